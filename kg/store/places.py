"""The interface of all stores, and which store a location stands for."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from kg.graph.garbage import uncollected
from kg.rdf.decode import decode
from kg.rdf.oxigraph import in_oxigraph, location_of, store_of
from kg.store.database import Database, is_database
from kg.store.endpoint import Endpoint
from kg.store.file import File
from kg.store.kept import kept
from kg.store.memory import graph_of
from kg.store.stream import STANDARD_INPUT, StandardInput

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.graph.model import KnowledgeGraph

# With one slash too: pathlib folds the slashes of a URL.
_URL: Final = re.compile("(https?):/+", re.IGNORECASE)


class Store(Protocol):
    """A place where one graph lives."""

    def read(self) -> Graph:
        """Return the graph, to be asked and not to be changed.

        Raises:
            GraphError: If there is none that can be read.

        """
        ...

    def write(self, graph: Graph) -> None:
        """Put a graph in place of the one that is there, whole or not at all.

        Raises:
            GraphError: If the graph holds what the store cannot keep.
            InputError: If the store cannot be written.

        """
        ...


def store_at(location: str | os.PathLike[str], format: str | None = None) -> Store:  # noqa: A002
    """Return the store that a location stands for.

    Args:
        location: The URL of a SPARQL endpoint, the folder of a database (``news.oxigraph``), a file, or ``-`` for
            standard input.
        format: Of a file: ``turtle``, ``trig``, ``nquads``, ``ntriples`` or ``jsonld``; by default after the suffix.

    >>> type(store_at("news.ttl")).__name__, type(store_at("http://localhost:7878/query")).__name__
    ('File', 'Endpoint')
    """
    name = os.fspath(location)
    if name == STANDARD_INPUT:
        return StandardInput()
    if _URL.match(name):
        return Endpoint(_URL.sub(r"\1://", name, count=1))
    if format is None and is_database(name):
        return Database(Path(name))
    return File(Path(name), format)


def read(location: str | os.PathLike[str]) -> Graph:
    """Return the graph at a location, to be asked and not to be changed.

    Raises:
        GraphError: If there is none that can be read.

    """
    return store_at(location).read()


def read_to_ask(location: str | os.PathLike[str]) -> Graph:
    """Return the graph at a location where Oxigraph, or the endpoint, answers: whatever its size, one engine for all.

    Raises:
        GraphError: If there is none that can be read.

    """
    store = store_at(location)
    if not isinstance(store, File | StandardInput):
        return store.read()
    found = store.read(large=0)
    return in_oxigraph(found) if store_of(found) is None else found


def read_knowledge(location: str | os.PathLike[str]) -> KnowledgeGraph:
    """Return the graph of kg's at a location as records; a database that kg wrote has them at hand.

    Raises:
        GraphError: If there is none that can be read, or none of kg's.

    """
    store = store_at(location)
    found = kept(store.path) if isinstance(store, Database) else None
    return _decoded(store.read()) if found is None else found


def knowledge_of(graph: Graph) -> KnowledgeGraph:
    """Return a graph of kg's that :func:`read` returned as records.

    Raises:
        GraphError: If it is none of kg's.

    """
    location = location_of(graph)
    found = kept(location) if location is not None else None
    return _decoded(graph) if found is None else found


def _decoded(graph: Graph) -> KnowledgeGraph:
    with uncollected():
        return decode(graph)


def write_knowledge(knowledge: KnowledgeGraph, location: str | os.PathLike[str], format: str | None = None) -> None:  # noqa: A002
    """Write a knowledge graph as RDF to a location, whole or not at all.

    Raises:
        ConfigError: If the format is not known.
        GraphError: As :func:`kg.rdf.encode.encode`.
        InputError: If the store cannot be written.
        OntologyError: As :func:`kg.rdf.encode.encode`.

    """
    store = store_at(location, format)
    if isinstance(store, File | Database):
        store.write_knowledge(knowledge)
    else:
        store.write(graph_of(knowledge))


def write(
    graph: Graph,
    location: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002
    knowledge: KnowledgeGraph | None = None,
) -> None:
    """Write a graph to a location, whole or not at all.

    Args:
        graph: The graph.
        location: A file, or the folder of a database.
        format: Of a file, as :func:`store_at` takes it.
        knowledge: The records that the graph was read into, if it was, for a database to keep.

    Raises:
        ConfigError: If the format is not known.
        GraphError: If the graph holds what the store cannot keep.
        InputError: If the store cannot be written.

    """
    store = store_at(location, format)
    if isinstance(store, Database):
        store.write(graph, knowledge)
    else:
        store.write(graph)
