from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from kg.graph.model import ActorNode, EventNode, KnowledgeGraph, RelationEdge
from kg.graph.names import find_actor
from kg.plot.families import Family
from kg.plot.ties import MOST_TIES, fold, select, select_within

if TYPE_CHECKING:
    from kg.records import Factuality

ACTORS = (
    ActorNode("i:a", "Ada", "PERSON", alt_names=("the engineer",)),
    ActorNode("i:b", "Bo", "PERSON"),
    ActorNode("i:c", "Cy", "PERSON", alt_names=("Ada",)),
    ActorNode("i:d", "Di", "PERSON"),
)


def _edge(source: str, name: str, target: str, *events: str, factuality: Factuality = "happened") -> RelationEdge:
    iri = f"r:{source}{name}{target}"
    return RelationEdge(iri, f"i:{source}", name, f"i:{target}", events, count=len(events) or 1, factuality=factuality)


def _graph(*edges: RelationEdge, events: tuple[EventNode, ...] = ()) -> KnowledgeGraph:
    return KnowledgeGraph("i:", actors=ACTORS, events=events, relations=edges)


def test_edges_of_one_pair_direction_and_family_make_one_tie() -> None:
    (tie,) = fold(_graph(_edge("a", "accuses", "b", "e1"), _edge("a", "rejects", "b", "e2", "e3")))
    assert (tie.verbs, tie.count, tie.family, tie.arrows) == (("rejects", "accuses"), 3, Family.DISPUTES, 1)


def test_a_wider_property_of_the_same_events_is_not_said_again() -> None:
    (tie,) = fold(_graph(_edge("a", "supports", "b", "e1"), _edge("a", "aids", "b", "e1")))
    assert tie.verbs == ("aids",)
    (tie,) = fold(_graph(_edge("a", "supports", "b"), _edge("a", "aids", "b", "e1")))
    assert tie.verbs == ("aids", "supports")


def test_the_same_both_ways_is_one_tie() -> None:
    (tie,) = fold(_graph(_edge("a", "attacks", "b", "e1"), _edge("b", "attacks", "a", "e2")))
    assert (tie.arrows, tie.count) == (2, 2)
    (tie,) = fold(_graph(_edge("a", "meets", "b", "e1"), _edge("b", "meets", "a", "e1")))
    assert (tie.arrows, tie.count) == (0, 1)
    assert len(fold(_graph(_edge("a", "attacks", "b"), _edge("b", "coerces", "a")))) == 2


@pytest.mark.parametrize("factuality", ["negated", "possible", "past"])
def test_what_did_not_happen_is_not_drawn(factuality: Factuality) -> None:
    assert fold(_graph(_edge("a", "attacks", "b", factuality=factuality))) == []


def test_a_tie_whose_events_are_all_to_come_is_planned() -> None:
    def event(iri: str, factuality: Factuality) -> EventNode:
        return EventNode(iri, "CONSULT", "", factuality)

    events = (event("e1", "planned"), event("e2", "happened"))
    assert fold(_graph(_edge("a", "meets", "b", "e1"), events=events))[0].planned
    assert not fold(_graph(_edge("a", "meets", "b", "e1", "e2"), events=events))[0].planned
    assert fold(_graph(_edge("a", "meets", "b", factuality="planned")))[0].planned


def test_an_actor_and_its_neighbours() -> None:
    graph = _graph(_edge("a", "meets", "b"), _edge("b", "meets", "c"), _edge("c", "meets", "d"))
    selection = select(graph, find_actor(graph, "Bo"), 10)
    assert selection.nodes == ("i:a", "i:b", "i:c")
    assert len(selection.ties) == 2


def test_a_cut_leaves_nobody_alone() -> None:
    graph = _graph(_edge("a", "meets", "b"), _edge("b", "meets", "c"), _edge("c", "meets", "d"))
    selection = select(graph, None, 3)
    assert len(selection.nodes) <= 3
    assert {end for tie in selection.ties for end in tie.pair} == set(selection.nodes)
    assert (selection.connected, selection.known) == (4, 4)


def test_within_so_many_ties_of_an_actor() -> None:
    graph = _graph(_edge("a", "meets", "b"), _edge("b", "meets", "c"), _edge("c", "meets", "d"))
    start = find_actor(graph, "i:a")
    assert select_within(graph, start, 1, 10).nodes == ("i:a", "i:b")
    selection = select_within(graph, start, 2, 10)
    assert (selection.nodes, len(selection.ties), selection.connected) == (("i:a", "i:b", "i:c"), 2, 3)
    assert select_within(graph, start, 9, 3).nodes == ("i:a", "i:b", "i:c")


def test_the_nearest_and_most_reported_are_kept() -> None:
    graph = _graph(_edge("a", "meets", "b"), _edge("a", "attacks", "c", "e1", "e2"), _edge("c", "meets", "d"))
    selection = select_within(graph, find_actor(graph, "i:a"), 2, 2)
    assert (selection.nodes, selection.connected) == (("i:a", "i:c"), 4)


def _dense(actors: int) -> KnowledgeGraph:
    """Return a graph of which every two actors meet and attack each other, the later of them the more often."""
    names = [f"i:{number:03}" for number in range(actors)]
    edges = [
        RelationEdge(f"r:{name}{one}{other}", one, name, other, count=int(one[2:]) + int(other[2:]) + extra)
        for one, other in combinations(names, 2)
        for name, extra in (("meets", 0), ("attacks", 1))
    ]
    return KnowledgeGraph(
        "i:", actors=tuple(ActorNode(iri, iri, "PERSON") for iri in names), relations=tuple(sorted(edges))
    )


@pytest.mark.parametrize("actors", [12, 40, 100])
def test_of_a_dense_graph_the_strongest_ties_are_kept_and_one_for_every_actor(actors: int) -> None:
    graph = _dense(actors)
    selection = select(graph, None, actors)
    assert (len(selection.nodes), selection.between) == (actors, actors * (actors - 1))
    assert len(selection.ties) == max(MOST_TIES, actors * 3 // 2)
    assert {end for tie in selection.ties for end in tie.pair} == set(selection.nodes)
    strongest = max(fold(graph), key=lambda tie: tie.count)
    assert strongest in selection.ties
    assert selection == select(graph, None, actors)


def test_every_pair_has_one_tie_before_any_has_two() -> None:
    few = select(_dense(12), None, 12)
    assert len({tie.pair for tie in few.ties}) == MOST_TIES
    assert {tie.family for tie in few.ties} == {Family.OPPOSES}
    fewer = select(_dense(9), None, 9)
    assert len({tie.pair for tie in fewer.ties}) == 9 * 8 // 2


def test_around_an_actor_all_who_deal_with_it_come_before_ties_among_them() -> None:
    graph = _dense(90)
    selection = select_within(graph, find_actor(graph, "i:007"), 1, 40)
    assert len(selection.nodes) == 40
    assert len(selection.ties) == MOST_TIES
    assert all("i:007" in tie.pair for tie in selection.ties)
    near = select_within(_dense(6), find_actor(_dense(6), "i:003"), 1, 40)
    assert any("i:003" not in tie.pair for tie in near.ties)


def test_what_is_further_off_hangs_together_with_the_actor_when_ties_are_cut() -> None:
    graph = _dense(30)
    chain = [RelationEdge("r:x", "i:x", "meets", "i:000"), RelationEdge("r:y", "i:x", "meets", "i:y")]
    actors = (*graph.actors, ActorNode("i:x", "x", "PERSON"), ActorNode("i:y", "y", "PERSON"))
    graph = KnowledgeGraph("i:", actors=actors, relations=(*graph.relations, *chain))
    selection = select_within(graph, find_actor(graph, "i:y"), 3, 40)
    assert {("i:x", "i:y"), ("i:000", "i:x")} <= {tie.pair for tie in selection.ties}
    assert {("i:000", f"i:{number:03}") for number in range(1, 30)} <= {tie.pair for tie in selection.ties}
