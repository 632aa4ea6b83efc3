"""Network files that other programs open, and that NetworkX reads back as they were."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import networkx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.export.cytoscape import cytoscape
from kg.export.gexf import gexf
from kg.export.graphml import graphml
from kg.export.network import flat, network
from kg.graph.model import KnowledgeGraph

from .conftest import BASE, spoken

if TYPE_CHECKING:
    from collections.abc import Callable

SETTINGS = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def parts(graph: networkx.MultiDiGraph[str]) -> tuple[dict[str, Any], dict[Any, Any]]:
    """Return the nodes and the edges with their attributes."""
    return dict(graph.nodes(data=True)), {(a, b, key): data for a, b, key, data in graph.edges(keys=True, data=True)}


def read_graphml(text: str) -> networkx.MultiDiGraph[str]:
    return networkx.read_graphml(io.BytesIO(text.encode()), edge_key_type=str, force_multigraph=True)


def test_attributes_are_plain(graph: KnowledgeGraph) -> None:
    net = network(graph)
    by_name = {data["label"]: data for _, data in net.nodes(data=True)}
    assert by_name["Henrik Solberg"]["alt_names"] == ["Foreign Minister Henrik Solberg", "Solberg"]
    assert (by_name["Norway"]["kind"], by_name["Norway"]["events"], by_name["Jan Mayen"]["kind"]) == (
        "actor",
        3,
        "place",
    )
    edges = {data["property"]: data for *_, data in net.edges(data=True)}
    assert edges["memberOf"]["label"] == "member of"
    assert (edges["meets"]["symmetric"], edges["memberOf"]["symmetric"]) == (True, False)
    assert edges["meets"]["weight"] == 1.0
    assert edges["meets"]["documents"] == ["north-sea"]
    assert [sentence[:9] for sentence in edges["meets"]["sentences"]] == ["Icelandic"]
    kinds = {type(value) for _, data in flat(net).nodes(data=True) for value in data.values()}
    kinds |= {type(value) for *_, data in flat(net).edges(data=True) for value in data.values()}
    assert kinds <= {str, int, float, bool}


def test_what_does_not_hold_is_no_edge(hostile: KnowledgeGraph) -> None:
    net = network(hostile)
    assert sorted(key for *_, key in net.edges(keys=True)) == [f"{BASE}relation/1", f"{BASE}relation/2"]


@SETTINGS
@given(st.text(max_size=20))
def test_graphml_comes_back_as_it_was(text: str) -> None:
    graph = spoken(text)
    back = read_graphml(graphml(graph))
    assert parts(back) == parts(flat(network(graph)))
    assert back.graph["base"] == BASE


@SETTINGS
@given(st.text(max_size=20))
def test_gexf_comes_back_as_it_was(text: str) -> None:
    graph = spoken(text)
    back = networkx.read_gexf(io.BytesIO(gexf(graph).encode()))
    expected = flat(network(graph))
    assert dict(back.nodes(data=True)) == dict(expected.nodes(data=True))
    found = {data["id"]: data for *_, data in back.edges(data=True)}
    assert set(found) == {key for *_, key in expected.edges(keys=True)}
    for *_, key, data in expected.edges(keys=True, data=True):
        assert {name: value for name, value in data.items() if name != "iri"}.items() <= found[key].items()


@pytest.mark.parametrize("write", [graphml, gexf])
def test_xml_is_well_formed_and_ids_are_unique(hostile: KnowledgeGraph, write: Callable[[KnowledgeGraph], str]) -> None:
    text = write(hostile)
    assert text.startswith("<?xml")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", text)
    assert "None" not in text
    for kind in ("node", "edge"):
        ids = [
            element.get("id") for element in ElementTree.fromstring(text).iter() if element.tag.endswith(f"}}{kind}")
        ]
        assert len(ids) == len(set(ids)) == (3 if kind == "node" else 2)
        assert all(ids)


def test_gexf_has_no_date_of_today(graph: KnowledgeGraph) -> None:
    assert "lastmodifieddate" not in gexf(graph)


def test_cytoscape_is_what_both_programs_read(hostile: KnowledgeGraph) -> None:
    content = json.loads(cytoscape(hostile))
    nodes, edges = (content["elements"][kind] for kind in ("nodes", "edges"))
    assert content["data"] == {"base": BASE}
    ids = [element["data"]["id"] for element in (*nodes, *edges)]
    assert len(ids) == len(set(ids)) == 5
    assert {edge["data"][end] for edge in edges for end in ("source", "target")} <= {
        node["data"]["id"] for node in nodes
    }
    assert all(node["data"]["name"] for node in nodes)
    assert nodes[0]["data"]["alt_names"][1] == "a|b"
    back = networkx.cytoscape_graph(content, name="label")
    assert back.number_of_edges() == 2


def test_an_empty_graph(graph: KnowledgeGraph) -> None:
    empty = KnowledgeGraph(graph.base)
    assert read_graphml(graphml(empty)).number_of_nodes() == 0
    assert networkx.read_gexf(io.BytesIO(gexf(empty).encode())).number_of_nodes() == 0
    assert json.loads(cytoscape(empty))["elements"] == {"nodes": [], "edges": []}


def test_ends_that_are_no_actors_are_called_by_their_iri(hostile: KnowledgeGraph) -> None:
    lone = KnowledgeGraph(BASE, relations=hostile.relations[:1])
    assert {data["label"] for _, data in network(lone).nodes(data=True)} == {f"{BASE}actor/a", f"{BASE}actor/b"}
