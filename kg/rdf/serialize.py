"""Graphs as text: equal graphs give equal bytes, and what cannot be written safely is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph

from kg.files import write_whole
from kg.rdf import syntax
from kg.rdf.formats import format_named, format_of
from kg.rdf.jsonld import jsonld
from kg.rdf.layout import layout, own_iri, prefixes_of
from kg.rdf.oxigraph import quads
from kg.rdf.turtle import trig, turtle

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Mapping

    from rdflib import Graph

__all__ = ["format_of", "named_quads", "prefixes_for", "serialize", "write"]


def serialize(rdf: Graph, format: str = "turtle") -> str:  # noqa: A002 (as in rdflib)
    """Return a graph as text.

    In TriG and N-Quads a graph of kg is a named graph, called by the base of its IRIs.

    Args:
        rdf: The graph. Its own prefixes are not looked at.
        format: ``turtle``, ``trig``, ``nquads``, ``ntriples`` or ``jsonld``.

    Raises:
        ConfigError: If the format is not known.
        GraphError: If the graph holds a term that cannot be written: an IRI that is none, a lone surrogate.
    """
    return _WRITERS[format_named(format).name](rdf)


def write(rdf: Graph, path: str | os.PathLike[str], format: str | None = None) -> None:  # noqa: A002
    """Write a graph to a file, whole or not at all.

    Args:
        rdf: The graph.
        path: The file.
        format: As for :func:`serialize`; by default after the file's suffix.

    Raises:
        ConfigError: If the format is not known.
        GraphError: If the graph holds a term that cannot be written.
        InputError: If the file cannot be written.
    """
    text = serialize(rdf, format or format_of(path))
    with write_whole(path) as file:
        file.write(text)


def named_quads(rdf: Graph) -> Iterator[pyoxigraph.Quad]:
    """Give the triples of a graph under the IRI that it has for itself, as TriG and N-Quads are written."""
    own = own_iri(rdf)
    name = pyoxigraph.NamedNode(own) if own else pyoxigraph.DefaultGraph()
    for quad in quads(rdf):
        yield pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, name)


def prefixes_for(rdf: Graph) -> dict[str, str]:
    """Return the prefixes that a graph is written with, each with its namespace."""
    return prefixes_of(own_iri(rdf))


def _turtle(rdf: Graph) -> str:
    return _joined(turtle(layout(rdf)))


def _trig(rdf: Graph) -> str:
    return _joined(trig(layout(rdf)))


def _jsonld(rdf: Graph) -> str:
    return f"{jsonld(layout(rdf))}\n"


def _ntriples(rdf: Graph) -> str:
    return _joined(_statements(rdf, named=False))


def _nquads(rdf: Graph) -> str:
    return _joined(_statements(rdf, named=True))


def _statements(rdf: Graph, *, named: bool) -> Iterator[str]:
    """Give a sorted line for each triple; when ``named``, with the IRI that the graph has for itself."""
    graph = layout(rdf)
    end = f" {syntax.iri(graph.own)} ." if named and graph.own else " ."
    return iter(sorted(f"{' '.join(syntax.term(node, graph.blanks) for node in triple)}{end}" for triple in rdf))


def _joined(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


_WRITERS: Final[Mapping[str, Callable[[Graph], str]]] = {
    "turtle": _turtle,
    "trig": _trig,
    "nquads": _nquads,
    "ntriples": _ntriples,
    "jsonld": _jsonld,
}
