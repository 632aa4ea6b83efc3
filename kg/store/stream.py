"""A graph from standard input, so that commands can be piped; what format it is in, its content tells."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import pyoxigraph

from kg.errors import GraphError, InputError
from kg.rdf.formats import format_of_content
from kg.rdf.oxigraph import read_into
from kg.rdf.parse import parse_bytes
from kg.rdf.serialize import with_own_prefixes
from kg.store.file import LARGE_FILE

if TYPE_CHECKING:
    from rdflib import Graph

STANDARD_INPUT: Final = "-"
_NAME: Final = "stdin"


class StandardInput:
    """The graph that another command writes; it can be read once."""

    def read(self, large: float = LARGE_FILE) -> Graph:
        """Return the graph; one of ``large`` bytes or more in Oxigraph.

        Raises:
            GraphError: If there is nothing, or no graph; the message gives the line.

        """
        content = sys.stdin.buffer.read()
        if not content.strip():
            raise GraphError(f"cannot read graph {_NAME}: it is empty")
        name = format_of_content(content)
        if len(content) < large:
            return with_own_prefixes(parse_bytes(content, name, _NAME))
        return with_own_prefixes(read_into(pyoxigraph.Store(), content, name, _NAME))

    def write(self, graph: Graph) -> None:
        """Refuse to.

        Raises:
            InputError: In any case.

        """
        raise InputError(f"cannot write {len(graph)} triples to {_NAME}: it is there to be read")
