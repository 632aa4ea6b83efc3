from __future__ import annotations

from kg.analyse import bridges, brokers
from kg.graph.names import find_actor

from .conftest import graph_of, happening

# Two triangles, abc and def, joined by c - d.
TIES = ("ab", "bc", "ac", "cd", "de", "ef", "df")
GRAPH = graph_of(*(happening(number, "AID", *tuple(pair)) for number, pair in enumerate(TIES)))


def test_those_who_hold_two_parts_together() -> None:
    rows = brokers(GRAPH).rows
    assert [(row.actor, row.parts, row.partners, row.events) for row in rows] == [
        ("Corland", 2, 3, 3),
        ("Dorland", 2, 3, 3),
    ]
    # On the shortest paths of 2 * 3 of the 10 pairs of others.
    assert [row.betweenness for row in rows] == [0.6, 0.6]


def test_the_tie_that_joins_them() -> None:
    (bridge,) = bridges(GRAPH)
    assert (bridge.one, bridge.other, bridge.one_side, bridge.other_side) == ("Corland", "Dorland", 3, 3)
    assert (bridge.events, bridge.documents, bridge.net) == (1, 1, 10.0)


def test_of_one_actor() -> None:
    assert bridges(GRAPH, actor=find_actor(GRAPH, "Arland")).rows == ()
    assert [row.iri for row in brokers(GRAPH, actor=find_actor(GRAPH, "Dorland"))] == ["d"]


def test_the_middle_of_a_star() -> None:
    star = graph_of(*(happening(number, "AID", "a", other) for number, other in enumerate("bcd")))
    (row,) = brokers(star)
    assert (row.actor, row.parts, row.betweenness) == ("Arland", 3, 1.0)
    assert bridges(star).rows == ()  # whoever hangs on one tie is no part of its own


def test_uneven_sides() -> None:
    line = graph_of(
        *(happening(number, "AID", *tuple(pair)) for number, pair in enumerate(("ab", "bc", "cd", "de", "ef")))
    )
    rows = {row.one_iri + row.other_iri: (row.one_side, row.other_side) for row in bridges(line)}
    assert rows == {"bc": (2, 4), "cd": (3, 3), "de": (4, 2)}
