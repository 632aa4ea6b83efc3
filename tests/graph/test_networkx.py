"""The graph as NetworkX users expect it. That nothing is lost on the way is tested in test_roundtrip.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx
import pytest

from kg.errors import GraphError
from kg.graph.assemble import assemble
from kg.graph.networkx import from_networkx, to_networkx

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph
    from kg.records import DocumentRecord


@pytest.fixture
def knowledge(record: DocumentRecord) -> KnowledgeGraph:
    return assemble([record])


def test_attributes_are_plain(knowledge: KnowledgeGraph) -> None:
    graph = to_networkx(knowledge)
    labels = networkx.get_node_attributes(graph, "label")
    by_name = {name: iri for iri, name in labels.items()}
    assert graph.nodes[by_name["Iceland"]]["type"] == "STATE"
    assert graph.nodes[by_name["Jan Mayen"]]["kind"] == "place"
    assert graph.has_edge(by_name["Norway"], by_name["Jan Mayen"], "controls")
    edge = graph.edges[by_name["Norway"], by_name["Iceland"], "aids"]
    assert (edge["factuality"], edge["first"], edge["count"]) == ("planned", "2024-04-01", 1)
    (event,) = edge["events"]
    assert graph.graph["events"][event]["label"] == "Norway to give aid to Iceland"


def test_negated_and_possible_are_no_edges(knowledge: KnowledgeGraph) -> None:
    graph = to_networkx(knowledge)
    asserted = {event for *_, events in graph.edges(data="events") for event in events}
    factualities = {graph.graph["events"][event]["factuality"] for event in asserted}
    assert factualities == {"happened", "planned"}


def test_other_attributes_are_passed_over(knowledge: KnowledgeGraph) -> None:
    graph = to_networkx(knowledge)
    networkx.set_node_attributes(graph, 0.5, "centrality")
    graph.add_node("elsewhere")
    assert from_networkx(graph) == knowledge


@pytest.mark.parametrize("spoil", ["base", "events"])
def test_foreign_graphs_are_refused(knowledge: KnowledgeGraph, spoil: str) -> None:
    graph = to_networkx(knowledge)
    del graph.graph[spoil]
    with pytest.raises(GraphError, match=f"no attribute '{spoil}'"):
        from_networkx(graph)
    graph = to_networkx(knowledge)
    graph.add_edge("https://example.org/a", "https://example.org/b")
    with pytest.raises(GraphError, match="no attribute 'property'"):
        from_networkx(graph)
