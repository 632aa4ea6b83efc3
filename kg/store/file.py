"""A graph in a file of Turtle, TriG, N-Quads, N-Triples or JSON-LD.

Small graphs are read as they are written and written for people: sorted, in sections. Large ones go through Oxigraph,
which is many times faster; Turtle and TriG it writes in the order in which it holds them. N-Quads and N-Triples are
sorted at any size, and written in a stream.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph

from kg.files import write_whole
from kg.rdf import serialize
from kg.rdf.encode import statements
from kg.rdf.formats import format_named, format_of, format_to_read
from kg.rdf.oxigraph import has_mark, read_into, store_of
from kg.rdf.parse import parse
from kg.rdf.serialize import with_own_prefixes
from kg.store.memory import LARGE_KNOWLEDGE, graph_of

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib import Graph

    from kg.graph.model import KnowledgeGraph

LARGE_FILE: Final = 8_000_000  # bytes: about 200,000 triples
LARGE_GRAPH: Final = 200_000  # triples
_IN_A_STREAM: Final = ("nquads", "ntriples")


class File:
    """A graph in a file; the format is by default that of the suffix."""

    def __init__(self, path: Path, format: str | None = None) -> None:  # noqa: A002
        self.path = path
        self.format = format

    def read(self, large: int = LARGE_FILE) -> Graph:
        """Return the graph; that of a file of ``large`` bytes or more in Oxigraph.

        Raises:
            GraphError: If the file is missing, or no graph in the format; the message gives the line.

        """
        if not self._is_for_oxigraph(large):
            return with_own_prefixes(parse(self.path, self.format))
        name = self.format or format_to_read(self.path)
        return with_own_prefixes(read_into(pyoxigraph.Store(), self.path, name))

    def write(self, graph: Graph, large: int = LARGE_GRAPH) -> None:
        """Write a graph, whole or not at all; Turtle and TriG of ``large`` triples or more in Oxigraph as that does.

        Raises:
            ConfigError: If the format is not known.
            GraphError: If the graph holds a term that cannot be written.
            InputError: If the file cannot be written.

        """
        name, store = self.format or format_of(self.path), store_of(graph)
        if store is None or name not in ("turtle", "trig") or len(store) < large:
            serialize.write(graph, self.path, name)
            return
        shown, kind = serialize.prefixes_for(graph), format_named(name).oxigraph
        with write_whole(self.path, "wb") as file:
            if name == "trig":
                pyoxigraph.serialize(serialize.named_quads(graph), file, kind, prefixes=shown)
            else:
                store.dump(file, format=kind, from_graph=pyoxigraph.DefaultGraph(), prefixes=shown)

    def write_knowledge(self, knowledge: KnowledgeGraph, large: int = LARGE_KNOWLEDGE) -> None:
        """Write a knowledge graph, to the same bytes as its RDF, but without making that where the format allows it.

        Raises:
            ConfigError: If the format is not known.
            GraphError: As :func:`kg.rdf.encode.encode`.
            InputError: If the file cannot be written.
            OntologyError: As :func:`kg.rdf.encode.encode`.

        """
        name = self.format or format_of(self.path)
        if name in _IN_A_STREAM or len(knowledge.events) + len(knowledge.relations) < large:
            serialize.write_statements(statements(knowledge), self.path, name)
        else:
            self.write(graph_of(knowledge, large))

    def _is_for_oxigraph(self, large: int) -> bool:
        try:
            return self.path.stat().st_size >= large and not has_mark(self.path)
        except OSError:  # told by whoever reads the file
            return False
