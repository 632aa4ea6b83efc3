"""What is chosen, sorted, counted and tied at a time is what looking at each fact by itself gives."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.analyse import Scope, series
from kg.errors import ConfigError
from kg.explore.chosen import chosen
from kg.explore.events import SORTS, ordered, rows
from kg.explore.history import history
from kg.explore.index import Index
from kg.explore.neighbourhood import MOST_TIES, neighbourhood
from kg.explore.selection import Selection
from kg.graph.assemble import assemble
from kg.plot.ties import fold

from .archive import archive

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph.model import EventNode, KnowledgeGraph, RelationEdge

DAYS = (None, "2020-01-03", "2019-12-30", "2020-02-29", "2021-05-01")
SELECTIONS = st.builds(
    Selection,
    since=st.sampled_from(["", "", "2020", "2020-01-02"]),
    until=st.sampled_from(["", "", "2020-01-03", "2021"]),
    type=st.sampled_from(["", "", "ASSAULT", "CONSULT", "member_of"]),
    sure=st.sampled_from([0.0, 0.0, 0.4]),
    source=st.sampled_from(["", "", "Harbour Post", "Nobody's Paper"]),
    claimant=st.sampled_from(["", "", "0", "1"]),
    undisputed=st.booleans(),
    happened=st.booleans(),
)


@pytest.fixture(scope="module")
def many(repository: Path) -> Index:
    """The graph of some articles, with dates, doubts and disputes that their annotation lacks."""
    chance = random.Random(7)
    graph = assemble(archive(repository, 60))
    return Index(
        replace(
            graph,
            events=tuple(varied(event, chance) for event in graph.events),
            relations=tuple(replace(one, contested=chance.random() < 0.2) for one in graph.relations),
        )
    )


def varied(event: EventNode, chance: random.Random) -> EventNode:
    date, earliest, latest = chance.choice(DAYS), chance.choice(DAYS), chance.choice(DAYS)
    bounds = sorted(day for day in (earliest, latest) if day)
    if date or len(bounds) < 2:
        earliest = latest = None
    else:
        earliest, latest = bounds
    if not date and chance.random() < 0.1:
        earliest = None
    confidence, contested = chance.choice((0.3, 0.6, 0.9)), chance.random() < 0.2
    return replace(event, date=date, earliest=earliest, latest=latest, confidence=confidence, contested=contested)


def selection_of(index: Index, drawn: Selection) -> Selection:
    """Return a selection whose claimant is one of those who say the most."""
    if not drawn.claimant:
        return drawn
    claims = index.columns.claims
    most = sorted(claims, key=lambda iri: (-claims[iri], iri))
    return replace(drawn, claimant=index.key(most[int(drawn.claimant) % len(most)]))


def iris(graph: KnowledgeGraph) -> list[str]:
    return [event.iri for event in graph.events]


FAST = settings(
    max_examples=25, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@FAST
@given(drawn=SELECTIONS)
def test_the_same_events_are_chosen(many: Index, drawn: Selection) -> None:
    selection = selection_of(many, drawn)
    found = many.columns.at(selection.meets(many, many.columns.all))
    assert [event.iri for event in found] == iris(selection.apply(many, many.graph.events))


@FAST
@given(drawn=SELECTIONS, place=st.integers(0, 10**6))
def test_relations_stand_the_same_under_a_selection(many: Index, drawn: Selection, place: int) -> None:
    selection = selection_of(many, drawn)
    busy = sorted(many.graph.actors, key=lambda one: (-many.activity(one.iri), one.iri))[place % 20]
    relations = many.relations_of(busy.iri)
    part = selection.apply(many, many.carrying(relations), relations)
    found = chosen(many, relations, selection)
    assert [essence(one) for one in found.relations] == [essence(one) for one in part.relations]
    assert fold(found) == fold(part)


def essence(relation: RelationEdge) -> tuple[object, ...]:
    mentions = tuple(mention.iri for mention in relation.mentions)
    return (relation.iri, relation.events, mentions, relation.count, relation.contested, relation.factuality)


@FAST
@given(drawn=SELECTIONS, by=st.sampled_from(["", "", "day", "week", "month", "year"]))
def test_a_history_is_the_series_of_the_analysis(many: Index, drawn: Selection, by: str) -> None:
    events = selection_of(many, drawn).meets(many, many.columns.all)
    found = history(many.columns, events, by)
    scope = Scope(include=("contested",), published=True)
    wanted = series(many.part(many.columns.at(events)), by or None, scope)
    assert (found.rows, found.basis) == (wanted.rows, wanted.basis)


def test_a_history_has_a_bound(many: Index) -> None:
    graph = many.graph
    ages = (replace(graph.events[0], date="1000-01-01", factuality="happened"), *graph.events[1:])
    columns = Index(replace(graph, events=ages)).columns
    with pytest.raises(ConfigError, match="more than 10,000 periods of one day"):
        history(columns, columns.all, "day")
    assert history(columns, columns.all[:0]).rows == ()


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("by", SORTS)
def test_events_are_in_the_order_of_their_rows(many: Index, by: str, *, descending: bool) -> None:
    positions = many.columns.involving(max(many.graph.actors, key=lambda one: many.activity(one.iri)).iri)
    for chosen_ in (many.columns.all, positions):
        found = many.columns.at(many.ranks.ordered(chosen_, by, descending=descending))
        wanted = ordered(rows(many, many.columns.at(chosen_)), by, descending=descending)
        assert [many.key(event.iri) for event in found] == [row.key for row in wanted]


def test_ties_are_those_of_the_relations(many: Index) -> None:
    for actor in many.graph.actors[::40]:
        relations = many.relations_of(actor.iri)
        wanted = [tie for tie in fold(many.part(many.carrying(relations), relations)) if actor.iri in tie.pair]
        assert list(many.bonds.ties_of(actor.iri)) == wanted
        assert many.bonds.others(actor.iri) == len(
            {end for one in relations for end in (one.source, one.target)} - {actor.iri}
        )


def test_of_many_ties_the_strongest_are_drawn(many: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    centre = max(many.graph.actors, key=lambda one: many.activity(one.iri)).iri
    whole = neighbourhood(many, centre, Selection())
    assert whole.known == len(whole.ties) <= MOST_TIES
    monkeypatch.setattr("kg.explore.neighbourhood.MOST_TIES", 3)
    few = neighbourhood(many, centre, Selection())
    assert (few.known, len(few.ties)) == (whole.known, 3)
    assert few.members == whole.members
    firm = sorted((tie.count for tie in whole.ties if centre in tie.pair and not tie.planned), reverse=True)
    assert sorted((tie.count for tie in few.ties), reverse=True) == firm[:3]
    assert (few.events, few.documents) == (whole.events, whole.documents)
