"""A knowledge graph as a packed file that is read back many times as fast as RDF: for copies, not for exchange.

The file is JSON in lines, by gzip. The first line tells the fields of every record, so that what another version of the
records wrote is known and left alone, and what the graph is a copy of; each other line holds up to a thousand nodes.
Whatever wrote it, nothing but records comes out of it, each value checked against the type of its field by msgspec.
"""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, Final, get_type_hints

import msgspec

from kg import ontology
from kg.errors import GraphError, OntologyError
from kg.graph import model
from kg.graph.model import KnowledgeGraph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_A_LINE: Final = 1_000
_FAST: Final = 1
_READ_AT_ONCE: Final = 1 << 20
# Graphs unpack to some eight times the size; what unpacks to far more was made to fill the memory.
_MOST_TIMES: Final = 100
_COLLECTIONS: Final = tuple(one.name for one in fields(KnowledgeGraph) if one.name != "base")
_BROKEN: Final = (OSError, EOFError, zlib.error, ValueError, LookupError, RecursionError, msgspec.MsgspecError)


@dataclass(frozen=True, slots=True)
class _Head:
    """The first line: ``nodes`` counts those of each collection."""

    fields: dict[str, list[str]]
    source: str
    base: str
    nodes: dict[str, int]


def pack(graph: KnowledgeGraph, file: BinaryIO, source: str = "") -> None:
    """Write a graph to a file; ``source`` names what it is a copy of.

    Raises:
        GraphError: A text holds a lone surrogate, which no graph that kg writes does.
    """
    with gzip.GzipFile("", "wb", _FAST, file, mtime=0) as packed:
        try:
            packed.writelines(_packed(graph, source))
        except UnicodeEncodeError as error:
            raise GraphError("a text of the graph holds a lone surrogate") from error


def unpack(path: Path, source: str = "") -> KnowledgeGraph:
    """Return the graph in a file that :func:`pack` wrote.

    Raises:
        GraphError: It is no such file or not whole, of another version of the records or a copy of something else; or
            a value is none that its field can have.
    """
    try:
        lines = _lines(path)
        head = msgspec.json.decode(next(lines, b""), type=_Head)
        if head.fields != _schema():
            raise GraphError(f"{path} was written by another version of kg")
        if head.source != source:
            raise GraphError(f"{path} is a copy of something else")
        graph = KnowledgeGraph(head.base, **{name: _nodes(name, head.nodes[name], lines) for name in _COLLECTIONS})
        if next(lines, None) is not None:
            raise GraphError(f"{path} holds more than it says")
        _check(graph)
    except (*_BROKEN, OntologyError) as error:
        raise GraphError(f"{path} holds no copy of a graph") from error
    return graph


def _packed(graph: KnowledgeGraph, source: str) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    collections: dict[str, tuple[Any, ...]] = {name: getattr(graph, name) for name in _COLLECTIONS}
    counts = {name: len(nodes) for name, nodes in collections.items()}
    yield encoder.encode(_Head(_schema(), source, graph.base, counts)) + b"\n"
    for nodes in collections.values():
        for begin in range(0, len(nodes), _A_LINE):
            yield encoder.encode(nodes[begin : begin + _A_LINE]) + b"\n"


def _lines(path: Path) -> Iterator[bytes]:
    """Give the lines of a packed file, as long as they are no more than such a file holds."""
    left = _MOST_TIMES * path.stat().st_size
    with gzip.open(path) as packed, io.BufferedReader(packed, _READ_AT_ONCE) as file:
        while line := file.readline(left + 1):
            left -= len(line)
            if left < 0:
                raise GraphError(f"{path} unpacks to more than a graph does")
            yield line


def _nodes(name: str, count: int, lines: Iterator[bytes]) -> tuple[Any, ...]:
    """Return the nodes of a collection, which must be as many as the first line says, each once and by IRI."""
    decoder = _decoder(name)
    found = tuple(node for line in islice(lines, -(-count // _A_LINE)) for node in decoder.decode(line))
    if len(found) != count or any(one.iri >= other.iri for one, other in pairwise(found)):
        raise GraphError(f"the {name} are not those that were written")
    return found


def _check(graph: KnowledgeGraph) -> None:
    """Look up the names that stand for terms of the ontology.

    Raises:
        OntologyError: One is none.
    """
    for kind, mode in {(event.type, event.mode) for event in graph.events}:
        ontology.intensity(kind, mode)
    for name in {relation.property for relation in graph.relations}:
        ontology.KG[name]


@cache
def _decoder(name: str) -> msgspec.json.Decoder[tuple[Any, ...]]:
    return msgspec.json.Decoder(get_type_hints(KnowledgeGraph)[name])


@cache
def _schema() -> dict[str, list[str]]:
    """Return the names of the fields of every record."""
    kinds = sorted((one for one in vars(model).values() if is_dataclass(one) and isinstance(one, type)), key=str)
    return {kind.__name__: [one.name for one in fields(kind)] for kind in kinds}
