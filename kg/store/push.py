"""A graph sent to a service by the SPARQL 1.1 Graph Store HTTP Protocol: in pieces, tried again, taken up again."""

from __future__ import annotations

import hashlib
import json
import time
import urllib.parse
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import BNode

from kg.errors import ConfigError, GraphError, InputError
from kg.identifiers import is_iri
from kg.rdf import syntax
from kg.store.http import PassingError, send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from rdflib import Graph

PIECE: Final = 20_000
TRIES: Final = 5
_FIRST_PAUSE_S: Final = 0.5
_TIMEOUT_S: Final = 120.0


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was sent: triples and pieces, and how many pieces an earlier try had sent already."""

    triples: int
    pieces: int
    known: int


def push(
    graph: Graph,
    url: str,
    *,
    name: str | None = None,
    add: bool = False,
    piece: int = PIECE,
    tries: int = TRIES,
    journal: Path | None = None,
    sent: Callable[[int], None] = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Pushed:
    """Send a graph to a service.

    A piece that fails is sent again after a pause, twice as long each time. Sending a piece twice does no harm, since
    a graph holds a triple once; that is why blank nodes, which would become others each time, are refused.

    Args:
        graph: What is sent.
        url: The address of the service's Graph Store Protocol.
        name: The IRI of the graph there; by default its default graph.
        add: Whether the triples are added to what is there, in place of replacing it.
        piece: The most triples in one request.
        tries: How often a piece is tried.
        journal: A file that keeps track of what was sent. Where there is one, of the same aim, sending goes on from
            there; it is removed when all is sent.
        sent: Called with the number of triples in each piece.
        sleep: Waits so many seconds.

    Raises:
        ConfigError: If ``name`` is no IRI, or the journal is that of another push.
        EndpointError: If the service refuses a piece, or cannot be reached after all tries.
        GraphError: If the graph holds blank nodes or terms that cannot be written.
        InputError: If the journal cannot be read or written.

    """
    if name is not None and not is_iri(name):
        raise ConfigError(f"{name!r} is no absolute http, https or urn IRI to call the graph by")
    data = None if journal is None else _digest(line for lines in _pieces(graph, piece) for line in lines)
    log = _Journal(journal, {"endpoint": url, "graph": name, "add": add, "data": data})
    place = "default" if name is None else f"graph={urllib.parse.quote(name, '')}"
    address = f"{url}{'&' if '?' in url else '?'}{place}"
    triples = pieces = known = 0
    for lines in _pieces(graph, piece):
        body = "".join(lines).encode()
        digest = hashlib.sha256(body).hexdigest()
        if digest in log.done:
            known += 1
        else:
            method = "POST" if add or log.done or pieces else "PUT"
            _send(address, method, body, tries, sleep)
            log.add(digest)
        triples, pieces = triples + len(lines), pieces + 1
        sent(len(lines))
    log.finish()
    return Pushed(triples, pieces, known)


def _send(url: str, method: str, body: bytes, tries: int, sleep: Callable[[float], None]) -> None:
    pause = _FIRST_PAUSE_S
    for left in reversed(range(tries)):
        try:
            send(url, method, {"Content-Type": "application/n-triples"}, body, _TIMEOUT_S)
        except PassingError as error:
            if not left:
                raise PassingError(f"{error}, {tries} times") from error
            sleep(pause)
            pause *= 2
        else:
            return


def _pieces(graph: Graph, size: int) -> Iterator[list[str]]:
    """Give the graph as lines of N-Triples, so many at a time; one empty piece where there are none."""
    lines: list[str] = []
    empty = True
    for triple in graph:
        if any(isinstance(node, BNode) for node in triple):
            raise GraphError("the graph holds blank nodes, which cannot be sent in pieces; give them IRIs")
        lines.append(f"{' '.join(syntax.term(node, {}) for node in triple)} .\n")
        if len(lines) == size:
            yield lines
            lines, empty = [], False
    if lines or empty:
        yield lines


def _digest(lines: Iterable[str]) -> str:
    hashed = hashlib.sha256()
    for line in lines:
        hashed.update(line.encode())
    return hashed.hexdigest()


class _Journal:
    """Which pieces were sent, a line each by its digest; the first line says where to."""

    def __init__(self, path: Path | None, aim: dict[str, object]) -> None:
        self.path = path
        self.done: set[str] = set()
        if path is None:
            return
        head = json.dumps(aim, sort_keys=True)
        with _keeping_track(path):
            lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        if lines and lines[0] != head:
            raise ConfigError(f"{path} keeps track of another push: {lines[0]}; remove it, or name another file")
        self.done = set(lines[1:])
        if not lines:
            self._append(head)

    def add(self, digest: str) -> None:
        self.done.add(digest)
        self._append(digest)

    def finish(self) -> None:
        if self.path is not None:
            with _keeping_track(self.path):
                self.path.unlink(missing_ok=True)

    def _append(self, line: str) -> None:
        if self.path is not None:
            with _keeping_track(self.path), self.path.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")


@contextmanager
def _keeping_track(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"cannot keep track in {path}: {error.strerror or error}") from error
