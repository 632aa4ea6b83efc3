"""A graph in a database of Oxigraph: a folder, for graphs that no file serves well.

The folder is written whole and then never changed, so that many may read it at once, while it is replaced too. Beside
the triples lie the records that they stand for, where whoever writes them has these (:mod:`kg.store.kept`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph
from rdflib import Literal
from rdflib.namespace import XSD

from kg.errors import GraphError, InputError
from kg.files import write_folder_whole
from kg.rdf.datatypes import KEPT_BY_STORES
from kg.rdf.encode import statements
from kg.rdf.oxigraph import add, fill, graph_on, location_of, store_of
from kg.rdf.serialize import with_own_prefixes
from kg.store.kept import keep

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator

    from rdflib import Graph
    from rdflib.term import Node

    from kg.graph.model import KnowledgeGraph

    Triple = tuple[Node, Node, Node]

SUFFIX: Final = ".oxigraph"
_MARK: Final = "CURRENT"  # what every database of RocksDB, which Oxigraph uses, holds


def is_database(location: str | os.PathLike[str]) -> bool:
    """Say whether a location is a database: by its suffix, or by what lies there.

    >>> is_database("news.oxigraph"), is_database("news.ttl")
    (True, False)
    """
    path = Path(location)
    return path.suffix.lower() == SUFFIX or (path / _MARK).is_file()


class Database:
    """A graph in a folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Graph:
        """Return the graph, which stays on disk.

        Raises:
            GraphError: If there is no database.

        """
        if not (self.path / _MARK).is_file():
            what = "holds no database of Oxigraph" if self.path.exists() else "does not exist"
            raise GraphError(f"cannot read graph {self.path}: the folder {what}")
        try:
            return with_own_prefixes(graph_on(pyoxigraph.Store.read_only(str(self.path)), self.path))
        except (OSError, RuntimeError, ValueError) as error:
            raise GraphError(f"cannot read graph {self.path}: {_one_line(error)}") from error

    def write(self, graph: Graph, knowledge: KnowledgeGraph | None = None) -> None:
        """Put a graph in place of the one that is there, whole or not at all.

        Args:
            graph: The graph.
            knowledge: The records that it was read into, if it was.

        Raises:
            GraphError: If it holds a value that Oxigraph would give another datatype, or a term that is none.
            InputError: If the folder cannot be written, or holds something else.

        """
        source = store_of(graph)
        if source is None:
            _replace(self.path, lambda store: add(store, _kept(graph)), knowledge)
            return
        quads = source.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())
        _replace(self.path, lambda store: store.bulk_extend(quads), knowledge)

    def write_knowledge(self, knowledge: KnowledgeGraph) -> None:
        """Put a knowledge graph in place of the graph that is there, in a stream.

        Raises:
            GraphError: As :func:`kg.rdf.encode.encode`.
            InputError: If the folder cannot be written, or holds something else.
            OntologyError: As :func:`kg.rdf.encode.encode`.

        """
        _replace(self.path, lambda store: fill(store, statements(knowledge).triples), knowledge)

    def fill(self, triples: Iterable[Triple]) -> None:
        """Put a stream of triples in place of the graph that is there; memory does not grow with their number.

        Raises:
            GraphError: If there is a value that Oxigraph would give another datatype, or a term that is none.
            InputError: If the folder cannot be written, or holds something else.

        """
        _replace(self.path, lambda store: add(store, _kept(triples)))


def reopened(graph: Graph) -> Graph:
    """Return a graph for a child process: one on disk opened anew, since the threads that read it stay behind."""
    location = location_of(graph)
    return graph if location is None else Database(location).read()


def _replace(path: Path, fill: Callable[[pyoxigraph.Store], None], knowledge: KnowledgeGraph | None = None) -> None:
    """Fill a new database beside the old, whose place it takes when that ends well."""
    with write_folder_whole(path, _is_replaceable) as part:
        try:
            _fill(part, fill)
        except OSError as error:
            raise InputError(f"cannot write {path}: {_one_line(error)}") from error
        if knowledge is not None:
            keep(knowledge, part)


def _fill(part: Path, fill: Callable[[pyoxigraph.Store], None]) -> None:
    """Fill a database and close it, which it is when nothing refers to it any more."""
    store = pyoxigraph.Store(part)
    fill(store)
    store.flush()
    store.optimize()


def _kept(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Give triples, refusing values that Oxigraph would store with another datatype."""
    for triple in triples:
        datatype = triple[2].datatype if isinstance(triple[2], Literal) else None
        if datatype is not None and datatype.startswith(str(XSD)) and datatype not in KEPT_BY_STORES:
            subject, predicate, _ = triple
            raise GraphError(
                f"{subject} {predicate}: a database would not keep the datatype <{datatype}>; "
                "write xsd:integer, xsd:decimal or xsd:string instead"
            )
        yield triple


def _is_replaceable(target: Path) -> bool:
    return target.is_dir() and ((target / _MARK).is_file() or not any(target.iterdir()))


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
