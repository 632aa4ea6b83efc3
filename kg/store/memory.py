"""A graph in memory: in rdflib while it is small, in Oxigraph once it is large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph

from kg import ontology
from kg.identifiers import Identifiers
from kg.rdf.encode import encode, triples
from kg.rdf.oxigraph import add, graph_on

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.graph.model import KnowledgeGraph

# About 200,000 triples: a second's work for rdflib's own store, and where sorting for people ends to pay.
LARGE_GRAPH: Final = 6_000


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


def graph_of(knowledge: KnowledgeGraph, large: int = LARGE_GRAPH) -> Graph:
    """Return a knowledge graph as RDF, in Oxigraph where it has ``large`` events and relations or more.

    Raises:
        GraphError: As :func:`kg.rdf.encode.encode`.
        OntologyError: As :func:`kg.rdf.encode.encode`.

    """
    if len(knowledge.events) + len(knowledge.relations) < large:
        return encode(knowledge)
    store = pyoxigraph.Store()
    add(store, triples(knowledge))
    rdf = graph_on(store)
    for prefix, namespace in {**ontology.prefixes(), **Identifiers(knowledge.base).namespaces()}.items():
        rdf.bind(prefix, namespace)
    return rdf
