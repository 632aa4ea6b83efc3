"""Graphs from files. Nothing is fetched from anywhere, and RDF/XML, whose entities can grow without end, is refused."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from rdflib import Graph

from kg.errors import GraphError
from kg.rdf.formats import format_named, format_to_read
from kg.rdf.oxigraph import from_oxigraph, reading, with_prefixes
from kg.rdf.reified import spelled_out

if TYPE_CHECKING:
    import os

    from rdflib.term import Node


def parse(path: str | os.PathLike[str], format: str | None = None) -> Graph:  # noqa: A002 (as in rdflib)
    """Read a graph from a file; of a file with several graphs, their union.

    Args:
        path: The file, in UTF-8.
        format: ``turtle``, ``trig``, ``nquads``, ``ntriples`` or ``jsonld``; by default after the file's suffix.

    Raises:
        GraphError: If there is no such file, or it holds no graph in the format; the message gives the line.
        ConfigError: If ``format`` is not known.
    """
    name = str(path)
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise GraphError(f"cannot read graph {name}: {error.strerror or error}") from error
    return parse_bytes(content, format_to_read(path) if format is None else format, name)


def parse_bytes(content: bytes, format: str, name: str = "graph") -> Graph:  # noqa: A002
    """Read a graph from bytes; ``name`` is what errors call it. It knows the prefixes that they declare.

    A triple that another speaks of by ``rdf:reifies`` (RDF 1.2) is read as its subject, predicate and object.

    Raises:
        GraphError: If the bytes are no graph in the format.
        ConfigError: If ``format`` is not known.
    """
    reader = _Reader()
    oxigraph = format_named(format).oxigraph
    with reading(name, format):
        parsed = pyoxigraph.parse(content.removeprefix(BOM_UTF8), format=oxigraph, rename_blank_nodes=True)
        for quad in spelled_out(parsed):
            try:
                reader.add(quad)
            except GraphError as error:
                raise GraphError(f"{name}: {error}") from error
    return with_prefixes(reader.graph, parsed.prefixes)


class _Reader:
    """Turns Oxigraph's terms into rdflib's, each distinct one once."""

    def __init__(self) -> None:
        self.graph = Graph("SimpleMemory", bind_namespaces="none")
        self.terms: dict[object, Node] = {}

    def add(self, quad: pyoxigraph.Quad) -> None:
        self.graph.add((self.term(quad.subject), self.term(quad.predicate), self.term(quad.object)))

    def term(self, term: object) -> Node:
        if term not in self.terms:
            self.terms[term] = from_oxigraph(term)
        return self.terms[term]
