"""Graphs as text: equal graphs give equal bytes, and what cannot be written safely is refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph

from kg.files import write_whole
from kg.rdf import syntax
from kg.rdf.formats import format_named, format_of
from kg.rdf.jsonld import jsonld
from kg.rdf.layout import layout, prefixes_of
from kg.rdf.oxigraph import quads, store_of, with_prefixes
from kg.rdf.sorting import in_order
from kg.rdf.statements import own_iri, statements_of
from kg.rdf.turtle import trig, turtle

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Mapping

    from rdflib import Graph

    from kg.rdf.statements import Statements

__all__ = [
    "format_of",
    "named_quads",
    "prefixes_for",
    "serialize",
    "text_of",
    "write",
    "write_statements",
]


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
    return text_of(statements_of(rdf), format)


def text_of(graph: Statements, format: str = "turtle") -> str:  # noqa: A002
    """Return a graph, given as statements, as text.

    Raises:
        ConfigError: As :func:`serialize`.
        GraphError: As :func:`serialize`.
    """
    return "".join(_WRITERS[format_named(format).name](graph, None))


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
    write_statements(statements_of(rdf), path, format)


def write_statements(graph: Statements, path: str | os.PathLike[str], format: str | None = None) -> None:  # noqa: A002
    """Write a graph, given as statements, to a file, whole or not at all.

    N-Quads and N-Triples are written in a stream: memory does not grow with the graph, the disk holds it twice while
    that lasts. The other formats have it in memory.

    Raises:
        ConfigError: As :func:`write`.
        GraphError: As :func:`write`.
        InputError: As :func:`write`.
    """
    target = Path(path).resolve()
    folder = None if target.exists() and not target.is_file() else target.parent
    lines = _WRITERS[format_named(format or format_of(path)).name](graph, folder)
    with write_whole(path) as file:
        file.writelines(lines)


def named_quads(rdf: Graph) -> Iterator[pyoxigraph.Quad]:
    """Give the triples of a graph under the IRI that it has for itself, as TriG and N-Quads are written."""
    own, store = own_iri(rdf), store_of(rdf)
    name, default = pyoxigraph.NamedNode(own) if own else pyoxigraph.DefaultGraph(), pyoxigraph.DefaultGraph()
    for quad in quads(rdf) if store is None else store.quads_for_pattern(None, None, None, default):
        yield pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, name)


def prefixes_for(rdf: Graph) -> dict[str, str]:
    """Return the prefixes that a graph is written with, each with its namespace."""
    return prefixes_of(own_iri(rdf))


def with_own_prefixes(rdf: Graph) -> Graph:
    """Give a graph that knows no prefixes those that it is written with, and return it."""
    return rdf if next(rdf.namespaces(), None) else with_prefixes(rdf, prefixes_for(rdf))


def _turtle(graph: Statements, _: Path | None) -> Iterator[str]:
    return turtle(layout(graph))


def _trig(graph: Statements, _: Path | None) -> Iterator[str]:
    return trig(layout(graph))


def _jsonld(graph: Statements, _: Path | None) -> Iterator[str]:
    yield f"{jsonld(layout(graph))}\n"


def _ntriples(graph: Statements, folder: Path | None) -> Iterator[str]:
    """Give a sorted line for each triple."""
    return in_order(graph.triples, " .\n", folder)


def _nquads(graph: Statements, folder: Path | None) -> Iterator[str]:
    """Give a sorted line for each triple, with the IRI that the graph has for itself."""
    return in_order(graph.triples, f" {syntax.iri(graph.own)} .\n" if graph.own else " .\n", folder)


_WRITERS: Final[Mapping[str, Callable[[Statements, Path | None], Iterator[str]]]] = {
    "turtle": _turtle,
    "trig": _trig,
    "nquads": _nquads,
    "ntriples": _ntriples,
    "jsonld": _jsonld,
}
