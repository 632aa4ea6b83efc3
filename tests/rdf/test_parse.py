"""Files that are graphs, and files that are not."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from rdflib import Literal

from kg.errors import ConfigError, GraphError
from kg.rdf.parse import parse, parse_bytes

if TYPE_CHECKING:
    from pathlib import Path

TRIPLE = "<http://example.org/a> <http://example.org/b> "

BROKEN = [
    ("a.ttl", f"{TRIPLE}1 .\n{TRIPLE} .\n", "a.ttl, line 2: no turtle graph"),
    ("a.nt", "nonsense\n", "a.nt, line 1: no ntriples graph"),
    ("a.jsonld", "{", "no jsonld graph"),
    ("a.jsonld", '{"@context": "http://example.org/context", "a": "b"}', "no jsonld graph"),
    ("a.jsonld", '{"@context": "file:///etc/hostname", "a": "b"}', "no jsonld graph"),
    ("a.ttl", "\udcff\udcfe", "no turtle graph"),
    ("a.ttl", f"{TRIPLE}<relative> .", "line 1: no turtle graph"),
    ("a.ttl", f"{TRIPLE}<<( {TRIPLE}1 )>> .", "RDF 1.2"),
    ("a.rdf", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "no graph that can be read"),
    ("a", f"{TRIPLE}1 .", "no graph that can be read"),
]


@pytest.mark.parametrize(("name", "content", "message"), BROKEN)
def test_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str, message: str) -> None:
    monkeypatch.setattr(socket, "socket", None)
    path = tmp_path / name
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(GraphError, match=message) as caught:
        parse(path)
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="cannot read graph"):
        parse(tmp_path / "none.ttl")
    with pytest.raises(GraphError, match="cannot read graph"):
        parse(tmp_path)


def test_unknown_format() -> None:
    with pytest.raises(ConfigError, match="known: turtle"):
        parse_bytes(b"", "xml")


def test_graphs_of_a_file_are_joined(tmp_path: Path) -> None:
    path = tmp_path / "a.trig"
    path.write_text(f"{TRIPLE}1 . <http://example.org/g> {{ {TRIPLE}2 }}", encoding="utf-8")
    assert len(parse(path)) == 2


def test_literals_stay_as_written() -> None:
    written = ['"0.40"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"a"@en', '"a"', '"01"^^<http://example.org/t>']
    graph = parse_bytes("".join(f"{TRIPLE}{value} .\n" for value in written).encode(), "ntriples")
    assert {value.n3() for *_, value in graph if isinstance(value, Literal)} >= {'"a"@en', '"a"'}
    assert {str(value) for *_, value in graph} == {"0.40", "a", "01"}


def test_byte_order_mark() -> None:
    assert len(parse_bytes(b"\xef\xbb\xbf" + f"{TRIPLE}1 .".encode(), "turtle")) == 1
