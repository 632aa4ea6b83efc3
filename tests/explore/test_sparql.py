"""What requests after the SPARQL Protocol ask, and what is no such request."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from kg.explore.sparql import GRAPHS, LONGEST, RESULTS, ProtocolError, negotiated, operation

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
ASK = "ASK { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("accept", "rows", "graph"),
    [
        ("", "application/sparql-results+json", "text/turtle"),
        ("*/*", "application/sparql-results+json", "text/turtle"),
        ("text/csv", "text/csv", ""),
        ("text/*", "text/csv", "text/turtle"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.9", "text/tab-separated-values", ""),
        ("application/n-triples, */*;q=0.1", "application/sparql-results+json", "application/n-triples"),
        ("TEXT/CSV ; Q=0.5", "text/csv", ""),
        ("application/xml", "application/xml", ""),
        ("application/pdf", "", ""),
        ("text/csv;q=0", "", ""),
        ("text/csv;q=much", "", ""),
        (",,;q=1,", "application/sparql-results+json", "text/turtle"),
        ("*/*, text/turtle;q=0", "application/sparql-results+json", "application/n-triples"),
    ],
)
def test_formats_are_negotiated(accept: str, rows: str, graph: str) -> None:
    assert (negotiated(accept, RESULTS), negotiated(accept, GRAPHS)) == (rows, graph)


@pytest.mark.parametrize(
    ("method", "query_string", "kind", "body"),
    [
        ("GET", urlencode({"query": ASK}), "", b""),
        ("POST", "", FORM, urlencode({"query": ASK}).encode()),
        ("POST", "", f"{FORM}; charset=utf-8", urlencode({"query": ASK, "other": "x"}).encode()),
        ("POST", "", f"{DIRECT};charset=UTF-8", ASK.encode()),
    ],
)
def test_queries_come_in_three_ways(method: str, query_string: str, kind: str, body: bytes) -> None:
    found = operation(method, query_string.encode(), kind, body, "text/csv")
    assert (found.query, found.rows, found.graph) == (ASK, "csv", "turtle")


@pytest.mark.parametrize(
    ("method", "query_string", "kind", "body", "accept", "status"),
    [
        ("GET", "", "", b"", "", 400),
        ("GET", "query=a&query=b", "", b"", "", 400),
        ("GET", "query=%FF", "", b"", "", 400),
        ("GET", "query=" + "a" * (LONGEST + 1), "", b"", "", 413),
        ("GET", "query=a&default-graph-uri=https://example.org/", "", b"", "", 400),
        ("GET", "query=a&named-graph-uri=file:///etc/passwd", "", b"", "", 400),
        ("GET", "update=DROP+ALL", "", b"", "", 403),
        ("GET", "query=a", "", b"", "application/pdf", 406),
        ("GET", "&".join(["a=b"] * 200), "", b"", "", 400),
        ("POST", "", "application/sparql-update", b"DROP ALL", "", 403),
        ("POST", "", FORM, b"update=DROP+ALL", "", 403),
        ("POST", "", "text/plain", b"ASK {}", "", 415),
        ("POST", "", DIRECT, b"\xff", "", 400),
        ("POST", "query=a", DIRECT, b"ASK {}", "", 400),
    ],
)
def test_what_is_no_query_is_refused(
    method: str, query_string: str, kind: str, body: bytes, accept: str, status: int
) -> None:
    with pytest.raises(ProtocolError) as refused:
        operation(method, query_string.encode(), kind, body, accept)
    assert refused.value.status == status
    assert "\n" not in str(refused.value)
