"""RDF 1.2: the statement of each relation as one triple term, in place of subject, predicate and object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph
from rdflib import URIRef
from rdflib.namespace import RDF

from kg.rdf import names, syntax
from kg.rdf.layout import layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.rdf.order import Properties
    from kg.rdf.statements import Statements

# rdflib's own namespace is that of RDF 1.1.
REIFIES: Final = URIRef(f"{RDF}reifies")
PARTS: Final = (RDF.subject, RDF.predicate, RDF.object)
_PARTS: Final = (names.SUBJECT, names.PREDICATE, names.OBJECT)


def reified(graph: Statements) -> str:
    """Return a graph as N-Triples of RDF 1.2, a sorted line for each triple.

    What has a ``rdf:subject``, ``rdf:predicate`` and ``rdf:object`` has one ``rdf:reifies`` instead. Whether the triple
    it speaks of is true is said by that triple alone, as in RDF 1.1.

    Raises:
        GraphError: If the graph holds a term that cannot be written.
    """
    subjects = layout(graph).subjects
    return "".join(sorted(line for subject, has in subjects.items() for line in _lines(subject, has)))


def spelled_out(quads: Iterable[pyoxigraph.Quad]) -> Iterator[pyoxigraph.Quad]:
    """Give statements with a subject, predicate and object for each triple that one speaks of by ``rdf:reifies``."""
    for quad in quads:
        spoken = quad.object
        if isinstance(spoken, pyoxigraph.Triple) and quad.predicate.value == str(REIFIES):
            for part, term in zip(PARTS, (spoken.subject, spoken.predicate, spoken.object), strict=True):
                yield pyoxigraph.Quad(quad.subject, pyoxigraph.NamedNode(part), term, quad.graph_name)
        else:
            yield quad


def _lines(subject: str, has: Properties) -> Iterator[str]:
    whole = _is_statement(has)
    if whole:
        spoken = " ".join(value for part in _PARTS for value in has[part])
        yield f"{subject} {syntax.iri(REIFIES)} <<( {spoken} )>> .\n"
    for predicate, values in has.items():
        if not (whole and predicate in _PARTS):
            for value in values:
                yield f"{subject} {predicate} {value} .\n"


def _is_statement(has: Properties) -> bool:
    """Say whether a node speaks of just one triple, and of one that there can be."""
    if any(len(has.get(part, ())) != 1 for part in _PARTS):
        return False
    (subject,), (predicate,) = has[names.SUBJECT], has[names.PREDICATE]
    return subject[0] != '"' and predicate[0] == "<"
