"""The network as GEXF, Gephi's own format."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from networkx.readwrite.gexf import GEXFWriter

from kg.export.network import flat, network

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph


def gexf(graph: KnowledgeGraph) -> str:
    """Return the network as GEXF 1.2."""
    flattened = flat(network(graph))
    for *_, data in flattened.edges(data=True):
        data["id"] = data.pop("iri")
    writer = GEXFWriter()
    writer.add_graph(flattened)
    meta = writer.xml.find("meta")
    # The writer dates the file, and equal graphs give equal bytes.
    del meta.attrib["lastmodifieddate"]
    out = io.BytesIO()
    writer.write(out)
    return f"{out.getvalue().decode('utf-8').rstrip()}\n"
