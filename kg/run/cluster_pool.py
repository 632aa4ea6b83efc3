"""Workers on a Ray cluster that read documents side by side, whatever becomes of them and their machines."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ConfigError, KgError, ModelError
from kg.run.cluster import Cluster, LostError
from kg.run.cluster_worker import ClusterWorker, Equipment
from kg.run.reading import document_of, failure_of
from kg.run.workers import ENDED, wanted_threads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.records import Document, DocumentRecord
    from kg.run.engine import Engine
    from kg.run.reading import Read, Reading

_AHEAD: Final = 2  # One is read while the next is on its way.
_TRIES: Final = 3  # In a batch, and twice alone: a machine that goes takes documents with it that have done nothing.
_LOOK_EVERY_S: Final = 5.0
_START_S: Final = 600.0


class ClusterPool:
    """Workers on a Ray cluster, started when the first document is there to be read.

    Documents are handed only to workers that have loaded the model, so that one that waits for a free core, or for a
    machine that is being added, keeps nothing back. Where a worker dies, another is started in its place. What it had
    before it is read again: the batch that it was reading one by one, since it may have died of a document. One that
    has ended its reader three times is a failure.
    """

    def __init__(self, reading: Reading, engine: Engine) -> None:
        self.workers = engine.workers or 1
        self._engine = engine
        self._equipment = Equipment.of(reading, wanted_threads())
        self._sent: Any = None
        self._cluster: Cluster | None = None
        self._crew: list[_Worker] = []
        self._queue: deque[_Parcel] = deque()
        self._vain_starts = 0

    def submit(self, documents: Sequence[Document | DocumentRecord]) -> _Pending:
        """Hand documents to the cluster.

        Raises:
            ConfigError: If it cannot be reached.
            MissingExtraError: If Ray is not installed.
        """
        if self._cluster is None:
            self._open()
        pending = _Pending(self, [None] * len(documents))
        self._queue.append(_Parcel(pending, list(enumerate(documents))))
        return pending

    def advance(self, timeout_s: float) -> None:
        """Hand out what waits, and take what has been read; wait for something to happen so long.

        Raises:
            KgError: If something is wrong that no document can do better with, as a missing model.
        """
        assert self._cluster is not None
        self._hand_out()
        calls = {call: worker for worker in self._crew for call in worker.calls()}
        for call in self._cluster.wait(list(calls), timeout_s):
            if calls[call] in self._crew:
                self._take(call, calls[call])
        self._hand_out()

    def wait(self, pending: _Pending) -> None:
        """Wait until all documents of ``pending`` are read.

        Raises:
            ConfigError: If the cluster has had no room for a single worker for long.
            KgError: As :meth:`advance`.
        """
        idle_since = time.monotonic()
        while not pending.is_whole():
            self.advance(_LOOK_EVERY_S)
            if any(worker.starting is None for worker in self._crew):
                idle_since = time.monotonic()
            elif time.monotonic() - idle_since > _START_S:
                raise ConfigError(
                    f"no worker could start on the Ray cluster within {_START_S:.0f} seconds; "
                    "see with `ray status` whether it has cores to spare"
                )

    def close(self) -> None:
        """End the workers, without waiting for what is under way to be used, and leave the cluster."""
        if self._cluster is not None:
            for worker in self._crew:
                self._cluster.stop(worker.actor)
            self._cluster.close()

    def _open(self) -> None:
        self._cluster = Cluster(self._engine, self._equipment.threads)
        self.workers = self._engine.workers or self._cluster.room()
        self._sent = self._cluster.put(self._equipment)
        for _ in range(self.workers):
            self._start()

    def _start(self) -> None:
        assert self._cluster is not None
        actor = self._cluster.start(ClusterWorker, self._sent)
        self._crew.append(_Worker(actor, actor.ready.remote()))

    def _hand_out(self) -> None:
        """Give waiting parcels to those who have least before them, in order."""
        while self._queue:
            worker = min(self._crew, key=lambda each: each.load(), default=None)
            if worker is None or not worker.has_room(self._queue[0]):
                return
            parcel = self._queue.popleft()
            worker.parcels[worker.actor.read.remote([item for _, item in parcel.items])] = parcel

    def _take(self, call: Any, worker: _Worker) -> None:
        assert self._cluster is not None
        try:
            found = self._cluster.result(call)
        except LostError as error:
            self._replace(worker, error)
            return
        if isinstance(found, KgError):
            raise found
        if call == worker.starting:
            worker.starting = None
            self._vain_starts = 0
        else:
            worker.parcels.pop(call).put(found)

    def _replace(self, worker: _Worker, error: LostError) -> None:
        """Start another worker in place of one that is lost, and have read again what it had before it."""
        assert self._cluster is not None
        self._crew.remove(worker)
        self._cluster.stop(worker.actor)  # one that only its machine's network has cut off goes on otherwise
        if worker.starting is not None:
            self._vain_starts += 1
            if self._vain_starts > _TRIES * self.workers:
                raise ModelError(
                    f"no worker could start on the Ray cluster; install the same kg on each machine: {error}"
                ) from error
        # They are read in the order in which they were handed over, so that the first is the one it died of.
        for place, parcel in reversed(list(enumerate(worker.parcels.values()))):
            self._queue.extendleft(reversed(list(parcel.parts())) if place == 0 else [parcel])
        self._start()


@dataclass(eq=False, slots=True)
class _Worker:
    """A worker, and what lies before it; ``starting`` is the call that returns when it has loaded the model."""

    actor: Any
    starting: Any
    parcels: dict[Any, _Parcel] = field(default_factory=dict)

    def load(self) -> int:
        """Return how many parcels lie before it; more than any other has, where it is not ready for one."""
        alone = any(parcel.tries for parcel in self.parcels.values())
        return _AHEAD if self.starting is not None or alone else len(self.parcels)

    def has_room(self, parcel: _Parcel) -> bool:
        """Say whether it can take a parcel. One of which a worker has died goes alone: no other is to be blamed."""
        return self.load() < (1 if parcel.tries else _AHEAD)

    def calls(self) -> list[Any]:
        """Return the calls that have not returned, the oldest first."""
        return [*([] if self.starting is None else [self.starting]), *self.parcels]


@dataclass(eq=False, slots=True)
class _Parcel:
    """Documents that go to a worker together, each with its place in what was handed to the pool.

    ``tries`` is how many workers have died of them.
    """

    pending: _Pending
    items: list[tuple[int, Document | DocumentRecord]]
    tries: int = 0

    def put(self, found: Sequence[Read]) -> None:
        """Lay down what was read."""
        for (place, _), read in zip(self.items, found, strict=True):
            self.pending.found[place] = read

    def parts(self) -> Iterator[_Parcel]:
        """Give each document alone, after a worker has died of them; lay down the failure of one tried too often."""
        if self.tries + 1 < _TRIES:
            for item in self.items:
                yield _Parcel(self.pending, [item], self.tries + 1)
        else:
            self.put([failure_of(document_of(item), ENDED) for _, item in self.items])


@dataclass(eq=False, slots=True)
class _Pending:
    """Documents handed to the pool, and what has been read of them so far."""

    pool: ClusterPool
    found: list[Read | None]

    def is_whole(self) -> bool:
        """Say whether all are read."""
        return None not in self.found

    def is_done(self) -> bool:
        """Say whether all are read, having looked what the cluster has done."""
        if not self.is_whole():
            self.pool.advance(0.0)
        return self.is_whole()

    def result(self) -> Sequence[Read]:
        """Wait until all are read, and return what was."""
        self.pool.wait(self)
        return [read for read in self.found if read is not None]
