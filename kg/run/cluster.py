"""A connection to a Ray cluster: the one place that knows Ray.

Ray's core is enough: actors that hold the model, and documents handed to them. Ray Data would lay the documents out as
tables of blocks and give the blocks back; here they come one by one from readers that know which of them were read
before, and what comes of them is wanted in their order and at once, so that a run can keep it.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ConfigError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.run.engine import Engine

_STORE_BYTES: Final = 200_000_000
_CONNECT_S: Final = 10.0
_REASON_CHARACTERS: Final = 300


class LostError(Exception):
    """A worker, or what it had read, is gone."""


class Cluster:
    """A Ray cluster that this process is connected to, or one of its own on this machine, which ends with it.

    Where the process is connected to a cluster already, that one is used, and stays.

    Raises:
        ConfigError: If the cluster cannot be reached.
        MissingExtraError: If Ray is not installed.
    """

    def __init__(self, engine: Engine, threads: int) -> None:
        self._ray = _ray()
        self._threads = threads
        self._connected = not self._ray.is_initialized()
        self._on_termination = signal.getsignal(signal.SIGTERM)
        if self._connected:
            _connect(self._ray, engine, threads)

    def room(self) -> int:
        """Return how many workers the cores of the cluster suffice for; 1 at least."""
        return max(1, int(self._ray.cluster_resources().get("CPU", 0)) // self._threads)

    def put(self, value: object) -> Any:
        """Send something to the cluster once, for many workers, and return what stands for it."""
        return self._ray.put(value)

    def start(self, worker: type, *arguments: object) -> Any:
        """Start a worker where there is room, and return what it is called by; a call returns before it is done."""
        # Not restarted by Ray: whoever started it must know, since what it was reading is to be read again.
        actor = self._ray.remote(
            num_cpus=self._threads, max_restarts=0, max_task_retries=0, scheduling_strategy="SPREAD"
        )(worker)
        return actor.remote(*arguments)

    def wait(self, calls: Sequence[Any], timeout_s: float) -> list[Any]:
        """Return those of several calls that are done or lost; wait for the first so long."""
        if not calls:
            return []
        if timeout_s > 0:
            self._ray.wait(calls, num_returns=1, timeout=timeout_s)
        done, _ = self._ray.wait(calls, num_returns=len(calls), timeout=0)
        return list(done)

    def result(self, call: Any) -> Any:
        """Return what a call that is done has returned.

        Raises:
            LostError: If its worker died, or the machine that it was on.
        """
        errors = self._ray.exceptions
        lost = (errors.RayActorError, errors.ObjectLostError, errors.OutOfMemoryError, errors.NodeDiedError)
        try:
            return self._ray.get(call)
        except lost as error:
            raise LostError(shorten(str(error), _REASON_CHARACTERS)) from error

    def stop(self, worker: Any) -> None:
        """End a worker at once."""
        self._ray.kill(worker, no_restart=True)

    def close(self) -> None:
        """Leave the cluster, and end it where it is this process's own."""
        if self._connected:
            self._ray.shutdown(wait_for_processes=True)
            if threading.current_thread() is threading.main_thread():  # Ray has put one of its own in its place
                signal.signal(signal.SIGTERM, self._on_termination)


def _ray() -> Any:
    try:
        import ray
    except ImportError as error:
        raise MissingExtraError(f"the engine 'ray' needs {error.name}: pip install 'kg[ray]'") from error
    return ray


def _connect(ray: Any, engine: Engine, threads: int) -> None:
    address = engine.ray_address or os.environ.get("RAY_ADDRESS") or "local"
    # What workers print would get between the triples on standard output.
    quiet = {"log_to_driver": False, "logging_level": logging.ERROR}
    try:
        if address == "local":
            _begin(ray.init, engine, threads, quiet)
        else:
            _knock(address)
            ray.init(address, **quiet)
    except Exception as error:  # Ray raises all kinds, bare ones among them
        ray.shutdown(wait_for_processes=True)
        raise ConfigError(
            f"cannot use the Ray cluster at {address}: {shorten(str(error), _REASON_CHARACTERS)}; "
            "see that it runs there with the same version of Ray"
        ) from error


def _begin(init: Callable[..., object], engine: Engine, threads: int, quiet: dict[str, Any]) -> None:
    """Start a cluster on this machine, with no more than reading takes. It asks whoever calls for its token."""
    cores = None if engine.workers is None else engine.workers * threads
    init("local", num_cpus=cores, include_dashboard=False, object_store_memory=_STORE_BYTES, **quiet)


def _knock(address: str) -> None:
    """Raise an OSError where nobody listens: Ray itself would try for long, and then end the process."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_CONNECT_S).close()
