"""Whether a service still holds what it was sent: it may have been restarted empty, or another may have written there.

The Graph Store Protocol gives a graph whole or not at all, neither some of its triples nor their number, and where to
ask the service in SPARQL is not known. So the graph is fetched, in a stream: memory does not grow with it, and it
takes less than to send it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph

from kg.errors import EndpointError
from kg.store.http import fetched, one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from http.client import HTTPResponse

_NTRIPLES: Final = "application/n-triples"
_TYPED: Final = "^^"  # a service may keep such a value in another spelling


class Sent:
    """Pieces that a service has taken: the number of their triples, and one of each to know it by."""

    def __init__(self) -> None:
        self.triples = 0
        self.witnesses: list[str] = []

    def add(self, lines: Sequence[str]) -> None:
        """Count a piece in, given as lines of N-Triples."""
        self.triples += len(lines)
        self.witnesses += next(([line] for line in lines if _TYPED not in line), [])


def is_held(address: str, sent: Sent, totals: Collection[int] | None, timeout_s: float) -> bool:
    """Say whether a service holds what it was sent.

    Args:
        address: Of the graph.
        sent: What is to be there.
        totals: How many triples there may be in all; None where there may be any others.
        timeout_s: The longest to wait for each part of the answer.

    Raises:
        EndpointError: If the service does not give the graph, or gives it as something else than N-Triples; a
            :class:`kg.store.http.PassingError` where trying again may help.

    """
    missing = {quad.triple for quad in _parsed("".join(sent.witnesses).encode())}
    found = 0
    try:
        with fetched(address, {"Accept": _NTRIPLES}, timeout_s) as answer:
            if answer.headers.get_content_type() not in (_NTRIPLES, "text/plain"):
                raise EndpointError(f"{address} gives its graph as {answer.headers.get_content_type()}")
            for quad in _parsed(answer):
                found += 1
                missing.discard(quad.triple)
    except SyntaxError as error:
        raise EndpointError(f"{address} does not give a graph: {one_line(error)}") from error
    return not missing and (totals is None or found in totals)


def _parsed(source: bytes | HTTPResponse) -> Iterable[pyoxigraph.Quad]:
    return pyoxigraph.parse(source, format=pyoxigraph.RdfFormat.N_TRIPLES)
