from __future__ import annotations

from typing import TYPE_CHECKING

import networkx
import pytest

from kg.analyse import Scope, actors
from kg.analyse.scope import select
from kg.analyse.ties import betweenness, exact_up_to, network, pagerank
from kg.graph.names import find_actor

from .conftest import graph_of, happening

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph


def test_what_each_does_and_suffers(quarrel: KnowledgeGraph) -> None:
    rows = {row.iri: row for row in actors(quarrel)}
    assert list(rows) == ["a", "b", "c", "d"]
    arland = rows["a"]
    assert (arland.events, arland.done, arland.received) == (4, 1, 3)
    assert (arland.net, arland.net_done, arland.net_received, arland.mean) == (-4.0, -3.0, -1.0, -1.0)
    borland = rows["b"]
    assert (borland.events, borland.done, borland.received) == (4, 3, 1)
    assert (rows["d"].events, rows["d"].partners, rows["d"].betweenness) == (1, 0, 0.0)


def test_the_middle_of_a_line_is_central() -> None:
    graph = graph_of(happening(1, "AID", "a", "b"), happening(2, "AID", "b", "c"), happening(3, "AID", "c", "b"))
    rows = {row.iri: row for row in actors(graph)}
    assert {iri: row.partners for iri, row in rows.items()} == {"a": 1, "b": 2, "c": 1}
    assert {iri: row.betweenness for iri, row in rows.items()} == {"a": 0.0, "b": 1.0, "c": 0.0}
    # By hand: b = .05 + .85 (a + c), a = .05 + .85 b / 3, c = .05 + .85 * 2 b / 3
    b = 0.05 + 0.85 * 0.1
    b /= 1 - 0.85**2
    assert rows["b"].pagerank == pytest.approx(b, abs=1e-4)
    assert rows["a"].pagerank == pytest.approx(0.05 + 0.85 * b / 3, abs=1e-4)
    assert rows["c"].pagerank == pytest.approx(0.05 + 0.85 * 2 * b / 3, abs=1e-4)


def test_pagerank_is_that_of_networkx() -> None:
    pytest.importorskip("scipy")
    ties = networkx.les_miserables_graph()
    ours, theirs = pagerank(ties), networkx.pagerank(ties, tol=1e-12)
    assert ours == pytest.approx(theirs, abs=1e-9)
    assert sum(ours.values()) == pytest.approx(1.0)


def test_rustworkx_gives_the_betweenness_of_networkx(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rustworkx", reason="needs the extra analysis")
    ties = networkx.union(networkx.les_miserables_graph(), networkx.path_graph(["x", "y", "z"]))
    ties.add_node("alone")
    fast = betweenness(ties)
    monkeypatch.setattr("kg.analyse.ties.find_spec", lambda _: None)
    slow = betweenness(ties)
    assert list(fast) == list(slow)
    assert fast == pytest.approx(slow, abs=1e-12)


def test_with_rustworkx_more_actors_are_reckoned_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rustworkx", reason="needs the extra analysis")
    assert exact_up_to() == 10_000
    monkeypatch.setattr("kg.analyse.ties.find_spec", lambda _: None)
    assert exact_up_to() == 1_000


def test_beyond_a_thousand_actors_betweenness_is_estimated_the_same_way_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.analyse.ties.find_spec", lambda _: None)
    ties = networkx.path_graph(1_001)
    networkx.set_edge_attributes(ties, 1, "weight")
    assert betweenness(ties) == betweenness(ties)
    assert pagerank(networkx.Graph()) == {}


def test_one_actor_keeps_its_place_in_the_whole(quarrel: KnowledgeGraph) -> None:
    figures = actors(quarrel, Scope(), find_actor(quarrel, "Corland"))
    (row,) = figures
    assert (row.actor, row.partners) == ("Corland", 2)
    assert figures.basis.events == 6


def test_the_network_holds_events_and_net(quarrel: KnowledgeGraph) -> None:
    ties = network(select(quarrel, Scope()))
    assert sorted(ties.edges(data=True)) == [
        ("a", "b", {"weight": 3, "net": -14.0}),
        ("a", "c", {"weight": 1, "net": 10.0}),
        ("b", "c", {"weight": 1, "net": 2.5}),
    ]
