"""The SPARQL 1.1 Protocol: what a request asks, and in which format it would have the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST: Final = 100_000
# What a caller may ask for, best first: media type, the format of rows and that of graphs.
RESULTS: Final[Mapping[str, str]] = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPHS: Final[Mapping[str, str]] = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/ld+json": "jsonld",
    "text/plain": "ntriples",
}
_FORM: Final = "application/x-www-form-urlencoded"
_DIRECT: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"


class ProtocolError(QueryError):
    """A request is not as the protocol has it. ``status`` is that of the answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Operation:
    """A query and the formats of its answer: of rows or yes and no, and of a graph, with their media types."""

    query: str
    rows: str
    rows_type: str
    graph: str
    graph_type: str


def operation(method: str, query_string: bytes, content_type: str, body: bytes, accept: str) -> Operation:
    """Return what a request asks.

    Args:
        method: ``GET`` or ``POST``.
        query_string: What follows the question mark of the address.
        content_type: Of the body of a POST.
        body: The body of a POST.
        accept: The header of that name.

    Raises:
        ProtocolError: There is no query or several, an update or a dataset is asked for, or no format will do.
    """
    pairs = fields(query_string)
    kind = content_type.partition(";")[0].strip().lower()
    if method == "POST":
        if kind == _UPDATE:
            raise ProtocolError(403, "the graph can only be read: there are no updates")
        if kind == _FORM:
            pairs += fields(body)
        elif kind == _DIRECT:
            pairs.append(("query", _text(body)))
        else:
            raise ProtocolError(415, f"a POST is {_FORM} or {_DIRECT}")
    names = {name for name, _ in pairs}
    if "update" in names:
        raise ProtocolError(403, "the graph can only be read: there are no updates")
    if names & {"default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri"}:
        raise ProtocolError(400, "there is one graph here, and no other can be asked about")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise ProtocolError(400, f"a request has one query, not {len(queries)}")
    if len(queries[0]) > LONGEST:
        raise ProtocolError(413, f"a query has at most {LONGEST:,} characters")
    rows, graph = negotiated(accept, RESULTS), negotiated(accept, GRAPHS)
    if not rows and not graph:
        raise ProtocolError(406, f"answers are given as {', '.join((*RESULTS, *GRAPHS))}")
    rows_type, graph_type = rows or next(iter(RESULTS)), graph or next(iter(GRAPHS))
    return Operation(queries[0], RESULTS[rows_type], rows_type, GRAPHS[graph_type], graph_type)


def negotiated(accept: str, offered: Mapping[str, str]) -> str:
    """Return the media type of those offered that a caller likes best, "" where none will do (RFC 9110, 12.5.1).

    >>> negotiated("text/csv;q=0.5, application/json", RESULTS), negotiated("text/html, */*;q=0.1", GRAPHS)
    ('application/json', 'text/turtle')
    """
    ranges = _ranges(accept) or [("*/*", 1.0)]
    best, most = "", 0.0
    for offer in offered:
        weight = _weight(offer, ranges)
        if weight > most:
            best, most = offer, weight
    return best


def _weight(offer: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Return how much a caller likes a media type: the most specific of the ranges that hold it says."""
    for wanted in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        for given, weight in ranges:
            if given == wanted:
                return weight
    return 0.0


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if not name:
            continue
        weight = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    weight = min(max(float(parameter[2:]), 0.0), 1.0)
                except ValueError:
                    weight = 0.0
        found.append((name, weight))
    return found


def fields(encoded: bytes) -> list[tuple[str, str]]:
    """Return the names and values of a form, or of what follows the question mark of an address.

    Raises:
        ProtocolError: They are not encoded so, or too many.
    """
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, max_num_fields=100, errors="strict")
    except ValueError as error:
        raise ProtocolError(400, "the parameters are not encoded as those of a form in UTF-8") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "the query is not in UTF-8") from error
