"""A bound on the CPU time of reading one document: libraries can be led into very long work by a short file."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kg.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_AGAIN_S: Final = 0.5


class _TimeUp(BaseException):
    """Beyond the reach of a library's ``except Exception``."""


@contextmanager
def time_limit(seconds: float, name: str) -> Iterator[None]:
    """Raise LimitError within the block once the process has spent ``seconds`` of CPU time in it.

    CPU time, because a busy machine must not change what is read. Without such timers (Windows), outside the main
    thread, or where a profiler uses the timer, nothing is bounded.

    Args:
        seconds: CPU seconds, of user and system.
        name: What to call the document in the message.

    Raises:
        LimitError: When the time is up.
    """
    if not _can_time():
        yield
        return
    running = True

    def end(_signal: int, _frame: FrameType | None) -> None:
        if running:
            raise _TimeUp

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN_S)
    try:
        yield
    except _TimeUp:
        reason = f"reading it takes more than {seconds:g} seconds (the limit 'seconds')"
        raise LimitError(f"cannot read {name}: {reason}") from None
    finally:
        running = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _can_time() -> bool:
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGPROF) in {signal.SIG_DFL, signal.SIG_IGN}
    )
