from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analyse import Scope, changes
from kg.analyse.changes import p_value
from kg.errors import ConfigError
from kg.graph.names import find_actor

from .conftest import graph_of, happening

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph
    from kg.records import EventType


def outbreak(counts: tuple[int, ...], kind: EventType = "ASSAULT") -> KnowledgeGraph:
    """Return a graph with so many events between a and b in each month of 2015 from January on."""
    months = [month for month, count in enumerate(counts, start=1) for _ in range(count)]
    events = [happening(n, kind, "a", "b", f"2015-{month:02}-10") for n, month in enumerate(months)]
    return graph_of(
        *events, happening(900, "AID", "c", "d", "2015-01-01"), happening(901, "AID", "c", "d", "2015-12-31")
    )


def test_the_p_value_by_hand() -> None:
    # 8 events, one period against 3: chance 1/4 each; six or more of them.
    upper = sum(comb(8, k) * 3 ** (8 - k) for k in (6, 7, 8)) / 4**8
    assert p_value(6, 2, 3) == pytest.approx(2 * upper, abs=1e-9)
    assert p_value(3, 0, 3) == pytest.approx(2 / 64, abs=1e-9)
    assert p_value(0, 12, 3) == pytest.approx(2 * 0.75**12, abs=1e-9)


@given(st.integers(0, 60), st.integers(0, 200), st.integers(3, 12))
def test_a_p_value_is_a_probability(now: int, past: int, held: int) -> None:
    assert 0 <= p_value(now, past, held) <= 1


def test_an_outbreak_is_found() -> None:
    figures = changes(outbreak((1, 0, 1, 1, 0, 1, 12, 11, 0, 0, 0, 0)))
    found = [(row.period, row.direction, row.events, row.expected, row.baseline) for row in figures]
    assert found[0] == ("2015-07", "rise", 12, 0.6667, 6)
    (first, *_) = figures
    assert (first.one, first.other, first.subject, first.documents) == ("Arland", "Borland", "conflict", 1)
    assert first.p <= first.q <= 0.05


def test_an_end_is_found() -> None:
    (row, *_) = changes(outbreak((10, 10, 10, 10, 10, 10, 10, 10, 0, 0, 0, 0)))
    assert (row.period, row.direction, row.events, row.documents, row.expected) == ("2015-09", "fall", 0, 0, 10.0)
    # 60 events, none of them in the last of seven periods, two-sided.
    assert row.p == pytest.approx(2 * (6 / 7) ** 60, abs=1e-6)


def test_an_even_series_has_no_changes() -> None:
    figures = changes(outbreak((2,) * 12, "CONSULT"))
    assert figures.rows == ()
    assert "over 9 tests" in figures.notes[0]


def test_the_first_periods_are_not_judged() -> None:
    (row, *_) = changes(outbreak((30, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
    assert (row.period, row.direction, row.expected, row.baseline) == ("2015-04", "fall", 10.0, 3)
    assert all(row.period >= "2015-04" for row in changes(outbreak((0, 0, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0))))


def test_of_another_actor_there_is_none() -> None:
    graph = outbreak((1, 0, 1, 1, 0, 1, 12, 0, 0, 0, 0, 0))
    assert changes(graph, actor=find_actor(graph, "Corland")).rows == ()
    assert changes(graph, actor=find_actor(graph, "Arland")).rows


def test_nothing_dated_nothing_tested() -> None:
    assert changes(graph_of(happening(1, "AID", "a", "b"))).rows == ()


@pytest.mark.parametrize(("before", "level", "message"), [(2, 0.05, "3 periods at least"), (6, 1.0, "it is 1.0")])
def test_wrong_settings_are_refused(before: int, level: float, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        changes(graph_of(), "month", Scope(), before=before, level=level)
