"""Graphs in and out of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph.model import KnowledgeGraph


def read_graph(path: Path) -> KnowledgeGraph:
    """Read a graph that kg wrote.

    Raises:
        GraphError: If the file cannot be read or holds no such graph.
    """
    from kg.rdf.decode import decode
    from kg.rdf.parse import parse

    return decode(parse(path))


def deliver(graph: KnowledgeGraph, output: Path | None, rdf_format: str | None) -> None:
    """Write a graph to a file, or to standard output where there is none; by default after the suffix, or Turtle.

    Raises:
        ConfigError: If the file's suffix tells no format.
        InputError: If the file cannot be written.
    """
    from kg.cli.terminal import emit
    from kg.rdf.encode import encode
    from kg.rdf.serialize import serialize, write

    if output is None:
        emit(serialize(encode(graph), rdf_format or "turtle"))
    else:
        write(encode(graph), output, rdf_format)
