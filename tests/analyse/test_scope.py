from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.analyse import Scope
from kg.analyse.scope import STATUSES, select
from kg.cli import options
from kg.errors import ConfigError

from .conftest import graph_of, happening

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph


def numbers(graph: KnowledgeGraph, scope: Scope, *actors: str) -> list[int]:
    return sorted(int(counted.event.iri[2:]) for counted in select(graph, scope, *actors).events)


CASES = [
    (Scope(), [1, 2, 3, 4, 5, 6]),
    (Scope(include=("planned",)), [1, 2, 3, 4, 5, 6, 7]),
    (Scope(include=("contested", "negated", "possible")), [1, 2, 3, 4, 5, 6, 8, 9, 10]),
    (Scope(since="2015-11-20"), [3, 4, 6]),
    (Scope(until="2015"), [1, 2, 3, 6]),
    (Scope(since="2015-11", until="2015-11"), [2, 3, 6]),
    (Scope(since="2015-11", until="2015-11", published=True), [2, 3, 5, 6]),
]


@pytest.mark.parametrize(("scope", "expected"), CASES)
def test_which_events_count(quarrel: KnowledgeGraph, scope: Scope, expected: list[int]) -> None:
    assert numbers(quarrel, scope) == expected


def test_events_of_an_actor_and_of_a_pair(quarrel: KnowledgeGraph) -> None:
    assert numbers(quarrel, Scope(), "c") == [1, 4]
    assert numbers(quarrel, Scope(), "a", "b") == [2, 3, 5]


def test_two_who_act_on_a_third_are_no_pair() -> None:
    graph = graph_of(happening(1, "ASSAULT", "ab", "c"))
    assert numbers(graph, Scope(), "a", "c") == [1]
    assert numbers(graph, Scope(), "a", "b") == []


def test_the_basis_says_what_was_counted_and_what_was_not(quarrel: KnowledgeGraph) -> None:
    basis = select(quarrel, Scope(since="2015-11")).basis()
    assert (basis.since, basis.until, basis.first, basis.last) == ("2015-11", None, "2015-11-03", "2016-01-07")
    assert (basis.events, basis.documents) == (4, 2)
    left_out = [("contested", 1), ("negated", 1), ("outside the window", 1), ("planned", 1), ("possible", 1)]
    assert basis.left_out == (*left_out, ("undated", 1))


def test_an_event_known_to_the_month_counts_where_the_window_touches_it() -> None:
    graph = graph_of(happening(1, "AID", "a", "b", between=("2015-11-01", "2015-11-30")))
    assert numbers(graph, Scope(since="2015-11-15")) == [1]
    assert numbers(graph, Scope(since="2015-12")) == []
    half = graph_of(happening(1, "AID", "a", "b", between=("2015-11-01", None)))
    assert numbers(half, Scope(until="2015-10")) == []
    assert numbers(half, Scope(since="2016")) == [1]


WRONG = [
    (Scope(since="soon"), "since: 'soon' is no date"),
    (Scope(until="2015-11-01/2015-11-03"), "until: '2015-11-01/2015-11-03' is an interval"),
    (Scope(since="2016", until="2015"), "the window ends on 2015-12-31, before it begins on 2016-01-01"),
    (Scope(include=("rumoured",)), "no events are 'rumoured'; what may be included: planned, possible, neg"),
]


@pytest.mark.parametrize(("scope", "message"), WRONG)
def test_a_wrong_scope_is_refused(quarrel: KnowledgeGraph, scope: Scope, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        select(quarrel, scope)


def test_the_command_line_knows_the_same_words() -> None:
    parameter = next(p for p in options.include(lambda: None).__click_params__)  # type: ignore[attr-defined]
    assert tuple(parameter.type.choices) == STATUSES
