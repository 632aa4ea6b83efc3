"""Graphs in Oxigraph, under rdflib's interface: read in bulk, and asked at Oxigraph's own speed.

A store of Oxigraph keeps values, not spellings: it rewrites ``0.40`` to ``0.4`` and ``xsd:int`` to ``xsd:integer``.
What kg writes is in the one form that stays as it is (:mod:`kg.rdf.literals`).
"""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from contextlib import contextmanager
from functools import cache
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Final, cast

import pyoxigraph
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import XSD

from kg.errors import GraphError
from kg.rdf.formats import format_named
from kg.rdf.reified import REIFIES, spelled_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from rdflib.term import Node

    Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal

_QUADS: Final = (pyoxigraph.RdfFormat.TRIG, pyoxigraph.RdfFormat.N_QUADS, pyoxigraph.RdfFormat.JSON_LD)
_DEFAULT: Final = pyoxigraph.DefaultGraph()
_LINES_AT_ONCE: Final = 100
_STRING: Final = str(XSD.string)
_datatype = cache(URIRef)  # there are few, and each literal of one needs it
NO_TRIPLE_TERMS: Final = "triples about triples (RDF 1.2) cannot be read; write them as kg:Relation"


class InOxigraph:
    """What has its triples in Oxigraph; ``location`` is the folder of a database on disk, None in memory."""

    inner: pyoxigraph.Store
    location: Path | None


def graph_on(store: pyoxigraph.Store, location: Path | None = None) -> Graph:
    """Return the default graph of a store as an rdflib graph."""
    from kg.rdf.graph_store import OxigraphGraphStore  # brings along rdflib's SPARQL, which writing can do without

    return Graph(OxigraphGraphStore(store, location), DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none")


def store_of(rdf: Graph) -> pyoxigraph.Store | None:
    """Return the store that a graph lies in; None where that is not Oxigraph's."""
    return rdf.store.inner if isinstance(rdf.store, InOxigraph) else None


def location_of(rdf: Graph) -> Path | None:
    """Return the folder of the database that a graph lies in; None where it lies in none."""
    return rdf.store.location if isinstance(rdf.store, InOxigraph) else None


@contextmanager
def reading(name: str, format: str) -> Iterator[None]:  # noqa: A002
    """Raise what Oxigraph says of a file that it cannot read, or that is no graph in the format, as a GraphError."""
    try:
        yield
    except SyntaxError as error:
        where = f", line {error.lineno}" if error.lineno else ""
        raise GraphError(f"{name}{where}: no {format} graph: {' '.join(error.msg.split())}") from error
    except OSError as error:
        raise GraphError(f"cannot read graph {name}: {error.strerror or error}") from error


def has_mark(path: Path) -> bool:
    """Say whether a file begins with a byte order mark, which Oxigraph does not pass over."""
    with path.open("rb") as file:
        return file.read(len(BOM_UTF8)) == BOM_UTF8


def read_into(store: pyoxigraph.Store, source: Path | bytes, format: str, name: str | None = None) -> Graph:  # noqa: A002
    """Read a file, or its content, into the default graph of a store; of a file with several graphs, their union.

    Args:
        store: Where it goes.
        source: The file, or what it holds.
        format: The name of the format that it is in.
        name: What errors call it; by default the file's name.

    Returns:
        The default graph, which knows the prefixes that the file begins with.

    Raises:
        GraphError: If the file is missing or no graph in the format; the message gives the line.

    """
    oxigraph = format_named(format).oxigraph
    given: Any = {"input": source} if isinstance(source, bytes) else {"path": source}
    with reading(name or str(source), format):
        if oxigraph in _QUADS:
            parsed = pyoxigraph.parse(**given, format=oxigraph, rename_blank_nodes=True)
            store.bulk_extend(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object) for quad in parsed)
        else:
            store.bulk_load(**given, format=oxigraph)
        for quad in list(store.quads_for_pattern(None, pyoxigraph.NamedNode(REIFIES), None)):
            store.remove(quad)
            store.extend(spelled_out([quad]))
        head = pyoxigraph.parse(**given, format=oxigraph)
        next(head, None)
    return with_prefixes(graph_on(store), head.prefixes)


def with_prefixes(graph: Graph, prefixes: Mapping[str, str]) -> Graph:
    """Give a graph prefixes, and return it."""
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, URIRef(namespace), replace=True)
    return graph


def add(store: pyoxigraph.Store, triples: Iterable[tuple[Node, Node, Node]]) -> None:
    """Add triples to the default graph of a store, in a stream.

    Raises:
        GraphError: If a term is none that RDF allows.

    """
    store.bulk_extend(quads(triples))


def in_oxigraph(graph: Graph) -> Graph:
    """Return a copy of a graph that lies in Oxigraph, with its prefixes.

    Raises:
        GraphError: If a term is none that RDF allows.

    """
    store = pyoxigraph.Store()
    add(store, graph)
    return with_prefixes(graph_on(store), {prefix: str(namespace) for prefix, namespace in graph.namespaces()})


def fill(store: pyoxigraph.Store, statements: Iterable[tuple[str, str, str]]) -> None:
    """Add triples of terms as N-Triples writes them to the default graph of a store, in a stream."""
    store.bulk_load(cast("IO[bytes]", _Lines(statements)), format=pyoxigraph.RdfFormat.N_TRIPLES)


class _Lines(io.RawIOBase):
    """Statements as a file of N-Triples, made as it is read."""

    def __init__(self, statements: Iterable[tuple[str, str, str]]) -> None:
        self._lines = (f"{subject} {predicate} {value} .\n".encode() for subject, predicate, value in statements)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not self._left:
            self._left = b"".join(islice(self._lines, _LINES_AT_ONCE))
        given = self._left[: len(buffer)]
        buffer[: len(given)] = given
        self._left = self._left[len(given) :]
        return len(given)


def quads(triples: Iterable[tuple[Node, Node, Node]]) -> Iterator[pyoxigraph.Quad]:
    """Give triples as Oxigraph has them.

    Raises:
        GraphError: If a term is none that RDF allows.

    """
    properties: dict[Node, Term] = {}
    last, node = None, None  # triples of one subject follow each other; those of all are too many to keep
    for subject, predicate, value in triples:
        try:
            if node is None or subject != last:
                last, node = subject, to_oxigraph(subject)
            if predicate not in properties:
                properties[predicate] = to_oxigraph(predicate)
            quad = pyoxigraph.Quad(node, properties[predicate], to_oxigraph(value))  # type: ignore[arg-type]
        except (TypeError, ValueError) as error:
            raise GraphError(f"{subject} {predicate} {value}: a term is not valid RDF ({error})") from error
        yield quad


def statements(rdf: Graph) -> Iterator[tuple[str, str, str]]:
    """Give the triples of a graph as the texts of their terms."""
    store = store_of(rdf)
    if store is None:
        return ((str(subject), str(predicate), str(value)) for subject, predicate, value in rdf)
    return _statements(store)


def _statements(store: pyoxigraph.Store) -> Iterator[tuple[str, str, str]]:
    for quad in store.quads_for_pattern(None, None, None, _DEFAULT):
        value = quad.object
        if isinstance(value, pyoxigraph.Triple):
            raise GraphError(NO_TRIPLE_TERMS)
        yield quad.subject.value, quad.predicate.value, value.value  # type: ignore[union-attr]


def to_oxigraph(term: Node) -> Term:
    """Return a term as Oxigraph has it.

    Raises:
        TypeError: If it is no term of RDF.
        ValueError: If it is not valid.

    """
    if isinstance(term, URIRef):
        return pyoxigraph.NamedNode(term)
    if isinstance(term, BNode):
        return pyoxigraph.BlankNode(term)
    if not isinstance(term, Literal):
        raise TypeError(f"a {type(term).__name__} is no RDF term")
    if term.language:
        return pyoxigraph.Literal(str(term), language=term.language)
    return pyoxigraph.Literal(str(term), datatype=pyoxigraph.NamedNode(term.datatype) if term.datatype else None)


def from_oxigraph(term: object) -> Node:
    """Return a term as rdflib has it, in the spelling that it has.

    Raises:
        GraphError: If it is a triple.

    """
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if not isinstance(term, pyoxigraph.Literal):
        raise GraphError(NO_TRIPLE_TERMS)
    if term.language is not None:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    if datatype == _STRING:
        return Literal(term.value, normalize=False)
    return Literal(term.value, datatype=_datatype(datatype), normalize=False)
