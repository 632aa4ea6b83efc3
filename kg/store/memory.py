"""A graph in memory: in rdflib while it is small, in Oxigraph once it is large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph

from kg.rdf.encode import encode, statements
from kg.rdf.layout import prefixes_of
from kg.rdf.oxigraph import fill, graph_on, with_prefixes

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.graph.model import KnowledgeGraph

# Events and relations of about 200,000 triples: a second's work for rdflib's own store, and where sorting for people
# ceases to pay.
LARGE_KNOWLEDGE: Final = 6_000


class Memory:
    """The simplest store: it holds the graph that it was given."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def read(self) -> Graph:
        """Return the graph."""
        return self.graph

    def write(self, graph: Graph) -> None:
        """Hold another graph."""
        self.graph = graph


def graph_of(knowledge: KnowledgeGraph, large: int = LARGE_KNOWLEDGE) -> Graph:
    """Return a knowledge graph as RDF, in Oxigraph where it has ``large`` events and relations or more.

    Raises:
        GraphError: As :func:`kg.rdf.encode.encode`.
        OntologyError: As :func:`kg.rdf.encode.encode`.

    """
    if len(knowledge.events) + len(knowledge.relations) < large:
        return encode(knowledge)
    store = pyoxigraph.Store()
    fill(store, statements(knowledge).triples)
    return with_prefixes(graph_on(store), prefixes_of(knowledge.base))
