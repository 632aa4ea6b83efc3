"""RDF 1.2: the statement of each relation as one triple term, in place of subject, predicate and object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph
from rdflib import BNode, URIRef
from rdflib.namespace import RDF

from kg.rdf import syntax
from kg.rdf.layout import layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph
    from rdflib.term import Node

    from kg.rdf.layout import Layout
    from kg.rdf.order import Properties

# rdflib's own namespace is that of RDF 1.1.
REIFIES: Final = URIRef(f"{RDF}reifies")
PARTS: Final = (RDF.subject, RDF.predicate, RDF.object)


def reified(rdf: Graph) -> str:
    """Return a graph as N-Triples of RDF 1.2, a sorted line for each triple.

    What has a ``rdf:subject``, ``rdf:predicate`` and ``rdf:object`` has one ``rdf:reifies`` instead. Whether the triple
    it speaks of is true is said by that triple alone, as in RDF 1.1.

    Raises:
        GraphError: If the graph holds a term that cannot be written.
    """
    graph = layout(rdf)
    return "".join(sorted(line for subject, has in graph.subjects.items() for line in _lines(graph, subject, has)))


def spelled_out(quads: Iterable[pyoxigraph.Quad]) -> Iterator[pyoxigraph.Quad]:
    """Give statements with a subject, predicate and object for each triple that one speaks of by ``rdf:reifies``."""
    for quad in quads:
        spoken = quad.object
        if isinstance(spoken, pyoxigraph.Triple) and quad.predicate.value == str(REIFIES):
            for part, term in zip(PARTS, (spoken.subject, spoken.predicate, spoken.object), strict=True):
                yield pyoxigraph.Quad(quad.subject, pyoxigraph.NamedNode(part), term, quad.graph_name)
        else:
            yield quad


def _lines(graph: Layout, subject: Node, has: Properties) -> Iterator[str]:
    name = syntax.term(subject, graph.blanks)
    whole = _is_statement(has)
    if whole:
        spoken = " ".join(syntax.term(has[part][0], graph.blanks) for part in PARTS)
        yield f"{name} {syntax.iri(REIFIES)} <<( {spoken} )>> .\n"
    for predicate, values in has.items():
        if not (whole and predicate in PARTS):
            for value in values:
                yield f"{name} {syntax.term(predicate, graph.blanks)} {syntax.term(value, graph.blanks)} .\n"


def _is_statement(has: Properties) -> bool:
    """Say whether a node speaks of just one triple, and of one that there can be."""
    if any(len(has.get(part, ())) != 1 for part in PARTS):
        return False
    return isinstance(has[RDF.subject][0], URIRef | BNode) and isinstance(has[RDF.predicate][0], URIRef)
