from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.analyse import Scope, series
from kg.errors import ConfigError
from kg.graph.names import find_actor

from .conftest import graph_of, happening

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph


def test_a_pair_without_gaps(quarrel: KnowledgeGraph) -> None:
    pair = (find_actor(quarrel, "Borland"), find_actor(quarrel, "Arland"))
    figures = series(quarrel, "week", None, *pair)
    assert [(row.period, row.events, row.net) for row in figures] == [
        ("2015-W45", 1, -3.0),
        ("2015-W46", 0, 0.0),
        ("2015-W47", 1, -9.0),
    ]
    assert (figures.basis.events, figures.basis.documents) == (2, 2)


def test_of_an_actor_both_sides_of_the_scale(quarrel: KnowledgeGraph) -> None:
    rows = series(quarrel, "year", Scope(include=("contested",)), find_actor(quarrel, "Arland")).rows
    (only,) = rows
    assert (only.period, only.cooperation, only.conflict, only.net) == ("2015", 10.0, -21.0, -11.0)
    assert (only.cooperative, only.conflictual) == (1, 3)


def test_a_bounded_window_is_shown_whole(quarrel: KnowledgeGraph) -> None:
    rows = series(quarrel, "month", Scope(since="2015-09", until="2016-02")).rows
    assert [row.period for row in rows] == ["2015-09", "2015-10", "2015-11", "2015-12", "2016-01", "2016-02"]
    assert [row.events for row in rows] == [0, 1, 3, 0, 1, 0]


def test_what_no_period_holds_is_left_out() -> None:
    vague = happening(1, "AID", "a", "b", between=("2015-11-01", "2015-11-30"))
    graph = graph_of(vague, happening(2, "AID", "a", "b", between=("2015-11-01", None)))
    assert [row.events for row in series(graph, "month")] == [1]
    assert series(graph, "month").basis.left_out == (("undated", 1),)
    assert series(graph, "week").rows == tuple(series(graph, "week").rows)
    assert series(graph, "week").basis.events == 0


def test_the_period_suits_the_span_and_the_events() -> None:
    days = [happening(number, "AID", "a", "b", f"2015-11-0{number}") for number in (1, 5, 9)]
    assert series(graph_of(*days)).rows[0].period == "2015-11-01"
    vague = happening(1, "AID", "a", "b", between=("2015-11-01", "2015-11-30"))
    assert [row.period for row in series(graph_of(vague))] == ["2015-11"]
    assert series(graph_of(*days, happening(8, "AID", "a", "b", "1990-01-01"))).rows[0].period == "1990"


def test_an_unknown_period_is_refused(quarrel: KnowledgeGraph) -> None:
    with pytest.raises(ConfigError, match="no period 'hour'"):
        series(quarrel, "hour")
