"""Work that can really be stopped: done in a child process, which is ended when its time is up.

Neither rdflib nor Oxigraph can be told to stop, and a thread cannot be made to. A child is a copy of this process that
shares its memory, so that even a large graph is not copied.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from kg.errors import ConfigError, KgError, QueryError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

Result = TypeVar("Result")


def within(seconds: float | None, work: Callable[[], Result]) -> Result:
    """Return what ``work`` returns, or raise what it raises; with ``seconds``, if that comes in time.

    Args:
        seconds: The most seconds to wait; None waits for ever, and works in this process.
        work: What is to be done. What it returns or raises must be something that can be pickled.

    Raises:
        QueryError: There was no answer in time, or the process ended without one (for want of memory, say).
        ConfigError: As :func:`check`, or the system cannot copy a process.

    """
    if seconds is None:
        return work()
    check(seconds)
    if not hasattr(os, "fork"):
        raise ConfigError(f"time-outs need a system that can copy a process, which {sys.platform} cannot")
    ours, theirs = multiprocessing.Pipe(duplex=False)
    child = _fork(ours, theirs, work)
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise QueryError(f"no answer within {seconds:g} s; give more time, or ask for less")
        return _received(ours)
    finally:
        ours.close()
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def check(seconds: float) -> None:
    """Refuse a time that no work can be done in.

    Raises:
        ConfigError: It is not positive, or no number.

    """
    if not 0 < seconds < float("inf"):
        raise ConfigError(f"a time-out of {seconds:g} s: it must be more than 0")


def _fork(ours: Connection, theirs: Connection, work: Callable[[], object]) -> int:
    with warnings.catch_warnings():
        # Python warns of threads that a child lacks; none of them holds what the work needs.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child
    try:
        ours.close()
        theirs.send_bytes(_outcome(work))
    finally:
        os._exit(0)


def _outcome(work: Callable[[], object]) -> bytes:
    try:
        return pickle.dumps((True, work()))
    except KgError as error:
        return pickle.dumps((False, error))
    except BaseException as error:
        return pickle.dumps((False, QueryError(f"the query failed: {type(error).__name__}: {error}")))


def _received(ours: Connection) -> Result:  # type: ignore[type-var]
    try:
        done, outcome = pickle.loads(ours.recv_bytes())  # noqa: S301 (our own child wrote it)
    except EOFError:
        raise QueryError("the query was ended from outside, perhaps for want of memory; ask for less") from None
    if not done:
        raise outcome
    return outcome  # type: ignore[no-any-return]
