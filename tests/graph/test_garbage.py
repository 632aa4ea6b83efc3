"""The search for cycles, while a graph is made and after it."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from kg.graph.garbage import uncollected, without_rescans

if TYPE_CHECKING:
    from collections.abc import Iterator


class Knot:
    """Something that refers to itself."""

    def __init__(self) -> None:
        self.own = self


def test_things_come_as_they_are_and_nothing_stays_frozen() -> None:
    assert list(without_rescans(range(1000))) == list(range(1000))
    assert gc.get_freeze_count() == 0


def test_nothing_stays_frozen_where_the_making_fails() -> None:
    def fails() -> Iterator[int]:
        yield from range(600)
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        list(without_rescans(fails()))
    things = without_rescans(iter(range(1000)))
    assert [next(things) for _ in range(600)][-1] == 599
    del things
    assert gc.get_freeze_count() == 0


def test_cycles_of_the_source_are_found() -> None:
    def knots() -> Iterator[weakref.ref[Knot]]:
        for _ in range(513):
            yield weakref.ref(Knot())

    assert sum(one() is not None for one in list(without_rescans(knots()))) <= 2


def test_what_others_froze_stays_frozen() -> None:
    gc.freeze()
    try:
        count = gc.get_freeze_count()
        assert list(without_rescans(range(600))) == list(range(600))
        assert gc.get_freeze_count() >= count > 0
    finally:
        gc.unfreeze()


def test_the_search_goes_on_as_before() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="none"), uncollected():
        int("none")
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
