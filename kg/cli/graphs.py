"""Graphs in and out of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph.model import KnowledgeGraph


def read_graph(path: str | Path) -> KnowledgeGraph:
    """Read a graph that kg wrote, from a file, database, endpoint or standard input (``-``).

    Raises:
        EndpointError: If the endpoint cannot be reached.
        GraphError: If the graph cannot be read, or is none of kg's.
    """
    from kg.store import read_knowledge

    return read_knowledge(path)


def deliver(graph: KnowledgeGraph, output: Path | None, rdf_format: str | None) -> None:
    """Write a graph to a file or database, or to standard output; by default after the suffix, or as Turtle.

    Raises:
        ConfigError: If the file's suffix tells no format.
        InputError: If the file cannot be written.
    """
    from kg.cli.terminal import emit
    from kg.rdf.encode import statements
    from kg.rdf.serialize import text_of
    from kg.store import write_knowledge

    if output is None:
        emit(text_of(statements(graph), rdf_format or "turtle"))
    else:
        write_knowledge(graph, output, rdf_format)


def check_format(output: Path | None, rdf_format: str | None) -> None:
    """Refuse, before any work, an output whose suffix tells no format where none is given.

    Raises:
        ConfigError: If that is so, or a format is given for a database.
    """
    from kg.errors import ConfigError
    from kg.rdf.formats import format_of
    from kg.store import is_database

    if output is None:
        return
    if not is_database(output):
        if rdf_format is None:
            format_of(output)
    elif rdf_format is not None:
        raise ConfigError(f"{output} is a database, which has no --format; give a file, or leave --format out")
