"""A graph sent to a service by the SPARQL 1.1 Graph Store HTTP Protocol: in pieces, tried again, taken up again."""

from __future__ import annotations

import hashlib
import time
import urllib.parse
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from rdflib import BNode

from kg.errors import ConfigError, EndpointError, GraphError
from kg.identifiers import is_iri
from kg.rdf import syntax
from kg.store.held import Sent, is_held
from kg.store.http import PassingError, send
from kg.store.journal import Aim, Journal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from rdflib import Graph

Result = TypeVar("Result")

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
    anew: Callable[[str], None] = lambda _: None,
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
            there, if the service still holds what it was sent; it is removed when all is sent.
        sent: Called with the number of triples in each piece.
        anew: Called with the reason, in words, where all is sent again although the journal says that some was.
        sleep: Waits so many seconds.

    Raises:
        ConfigError: If ``name`` is no IRI, or the journal is that of another push.
        EndpointError: If the service refuses a piece, cannot be reached after all tries, or has meanwhile lost what
            it was sent.
        GraphError: If the graph holds blank nodes or terms that cannot be written.
        InputError: If the journal cannot be read or written.

    """
    if name is not None and not is_iri(name):
        raise ConfigError(f"{name!r} is no absolute http, https or urn IRI to call the graph by")
    data = None if journal is None else _digest(line for lines in _pieces(graph, piece) for line in lines)
    log = Journal(journal, Aim(url, name, add, data))
    place = "default" if name is None else f"graph={urllib.parse.quote(name, '')}"
    service = _Service(f"{url}{'&' if '?' in url else '?'}{place}", add, tries, sleep)
    if log.done and (lost := service.lost(*_taken(_pieces(graph, piece), log.done))):
        anew(lost)
        log.clear()
    there, pieces, known, again = Sent(), 0, 0, False
    for lines in _pieces(graph, piece):
        body = "".join(lines).encode()
        digest = hashlib.sha256(body).hexdigest()
        if digest in log.done:
            known += 1
        else:
            again |= service.send(body, first=not log.done) and bool(log.done)
            log.add(digest)
        there.add(lines)
        pieces += 1
        sent(len(lines))
    lost = service.lost(there) if again else ""
    log.clear()
    if lost:
        raise EndpointError(f"{lost}; send the graph again")
    return Pushed(there.triples, pieces, known)


@dataclass(frozen=True, slots=True)
class _Service:
    """Where the graph lives: its address, whether what is sent is added to what is there, and how often it is tried."""

    address: str
    add: bool
    tries: int
    sleep: Callable[[float], None]

    def send(self, body: bytes, *, first: bool) -> bool:
        """Send a piece; say whether it had to be sent again."""
        method = "PUT" if first and not self.add else "POST"
        headers = {"Content-Type": "application/n-triples"}
        _, again = self._tried(lambda: send(self.address, method, headers, body, _TIMEOUT_S))
        return again

    def lost(self, there: Sent, under_way: int = 0) -> str:
        """Say in words why what was sent cannot be relied on, "" if it can.

        Args:
            there: What was taken.
            under_way: The triples of a piece that may have been taken without our hearing of it.

        Raises:
            PassingError: If the service cannot be reached after all tries.

        """
        totals = None if self.add else (there.triples, there.triples + under_way)
        try:
            held, _ = self._tried(lambda: is_held(self.address, there, totals, _TIMEOUT_S))
        except PassingError:
            raise
        except EndpointError as error:
            return f"what was sent before cannot be looked for: {error}"
        return "" if held else f"{self.address} no longer holds what was sent before, or not alone"

    def _tried(self, work: Callable[[], Result]) -> tuple[Result, bool]:
        """Return what work returns, and whether it took more than one try."""
        pause = _FIRST_PAUSE_S
        for left in reversed(range(self.tries)):
            try:
                return work(), left + 1 < self.tries
            except PassingError as error:
                if not left:
                    raise PassingError(f"{error}, {self.tries} times" if self.tries > 1 else str(error)) from error
                self.sleep(pause)
                pause *= 2
        raise ValueError("nothing is tried less than once")


def _taken(pieces: Iterable[list[str]], done: Collection[str]) -> tuple[Sent, int]:
    """Return the pieces that were taken, and the number of triples in the first that was not."""
    there, next_one = Sent(), 0
    for lines in pieces:
        if _digest(lines) in done:
            there.add(lines)
        else:
            next_one = next_one or len(lines)
    return there, next_one


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
