"""The network as Cytoscape JSON, for Cytoscape and Cytoscape.js."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import networkx

from kg.export.network import network

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph


def cytoscape(graph: KnowledgeGraph) -> str:
    """Return the network as JSON; texts of which there are several stay lists."""
    result = network(graph)
    for *_, data in result.edges(data=True):
        data["id"] = data.pop("iri")
    content = networkx.cytoscape_data(result, name="label")
    # NetworkX gives pairs where both programs expect an object.
    content["data"] = dict(content["data"])
    return f"{json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)}\n"
