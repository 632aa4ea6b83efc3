"""The network as GraphML, for Gephi, Cytoscape, yEd, igraph and NetworkX."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import networkx

from kg.export.network import flat, network

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph


def graphml(graph: KnowledgeGraph) -> str:
    """Return the network as GraphML.

    ``networkx.read_graphml(file, edge_key_type=str, force_multigraph=True)`` gives the same nodes, edges and
    attributes again.
    """
    out = io.BytesIO()
    networkx.write_graphml_lxml(flat(network(graph)), out)
    return f"{out.getvalue().decode('utf-8').rstrip()}\n"
