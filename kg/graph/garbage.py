"""Python's search for unreachable cycles, kept from going through a graph again and again while it is made.

The records of a graph refer to nothing that refers back to them, so the search finds nothing among them; but it goes
through all of them each time that they have grown by a quarter, which takes as long as a quarter of the making.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

_STEP: Final = 256


@contextmanager
def uncollected() -> Iterator[None]:
    """Search for no cycles meanwhile: for work that makes none."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def without_rescans(things: Iterable[T]) -> Iterator[T]:
    """Give things of which nearly all that is made is kept to the end, with what is kept searched only once.

    What makes the things, such as a language model, may leave cycles behind: they are still found, save those that
    were in use at every :data:`_STEP`-th thing, which are found once the things are at an end. Where another part of
    the program has frozen what it keeps, nothing is done.
    """
    if gc.get_freeze_count() or not gc.isenabled():
        yield from things
        return
    try:
        for number, thing in enumerate(things, 1):
            yield thing
            if number % _STEP == 0:
                gc.collect()
                gc.freeze()
    finally:
        gc.unfreeze()
