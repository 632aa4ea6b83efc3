"""A third parser, Raptor in C, reads the same triples from what is written as rdflib and Oxigraph do.

It needs ``rapper`` on the path (raptor2-utils in Debian). Three things it does not hold itself, whoever wrote them: the
character U+0000, at which it ends a text; U+FFFE and U+FFFF, which it refuses; and the steps ``.`` and ``..`` in IRIs,
which it takes. No graph of kg has the first two (:mod:`kg.graph.legible`).
"""

from __future__ import annotations

import logging
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, RDFS, XSD

from kg.errors import GraphError
from kg.graph.assemble import assemble
from kg.graph.legible import legible
from kg.ontology import KG
from kg.rdf.encode import encode
from kg.rdf.oxigraph import add, graph_on
from kg.rdf.parse import parse_bytes
from kg.rdf.serialize import serialize
from kg.rdf.syntax import iri
from kg.store import File

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from kg.records import DocumentRecord

    Triple = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]

RAPPER = shutil.which("rapper")
pytestmark = pytest.mark.skipif(RAPPER is None, reason="needs rapper: apt-get install raptor2-utils")

FORMATS = ["turtle", "trig", "ntriples", "nquads"]
SUBJECT = URIRef("http://example.org/a")
TEXTS = [
    *("", " ", '"', '"""', "'''", "\\", "\\u0041", "\\n", "$& {{ }}", '" . <http://x.example/> <a> <b> . "'),
    *("<script>alert(1)</script>", "-- DROP", "# no comment", "@prefix x: <y> .", "\n", "\r\n", "\t", "\b\f\v"),
    "".join(map(chr, (*range(1, 0x20), *range(0x7F, 0xA0)))),
    *("\u2028\u2029", "\ufeff", "\u200b\u202e", "\ud7ff\ue000\ufffd", "\U00010000\U0010ffff", "e\u0301é", "😀", "中文"),
]
LANGUAGES = ["en", "EN", "pt-BR", "zh-Hant-TW", "sl-rozaj-biske-1994", "x-private"]
LOCALS = [
    *("Event", "Event.", "Event-", "-Event", "1", "", "a.b", "a..b", "a:b", "a/b", "a#b", "%41", "%", "é", "_"),
    *("a'b", "a(b)", "a,b;c", "a?b=c&d", "a~b", "a@b", "a!$*+", "中", "😀"),
]
# What rdflib misreads unless it is escaped or quoted, as kg does: blanks in the IRIs of N-Triples, and small decimals.
BLANKS = ["\xa0", "\u2003", "\u2028"]
SMALL = Literal("0.0000001", datatype=XSD.decimal, normalize=False)
NUMBERS = ["0", "-0", "+1", "01", "1.", ".5", "0.40", "-1.5", "1e3", "INF", "true", "1", "", "x", "9" * 30]
DATATYPES = [XSD.integer, XSD.decimal, XSD.boolean, XSD.double, XSD.string, XSD.date, URIRef("urn:x:é")]


def hostile(*, shielded: bool) -> list[Triple]:
    values: list[rdflib.term.Node] = [Literal(text) for text in TEXTS]
    values += [Literal(text, lang=language) for text in TEXTS for language in LANGUAGES]
    values += [Literal(number, datatype=kind, normalize=False) for number in NUMBERS for kind in DATATYPES]
    values += [SMALL] * shielded
    iris = [
        URIRef(f"{start}{name}")
        for start in (str(KG), "http://example.org/", "urn:kg:")
        for name in LOCALS + BLANKS * shielded
    ]
    iris = [value for value in iris if is_writable(value)]
    return [
        *((SUBJECT, RDFS.seeAlso, value) for value in (*values, *iris)),
        *((value, value, value) for value in iris),
        *((value, RDF.type, value) for value in iris),
    ]


def is_writable(value: str) -> bool:
    try:
        return bool(iri(value))
    except GraphError:
        return False


def read_by_raptor(content: bytes, format: str) -> Graph:  # noqa: A002
    """Return the triples that Raptor finds, of all graphs together; it may say nothing against the text."""
    assert RAPPER is not None
    command = [RAPPER, "--quiet", "--input", format, "--output", "ntriples", "-", "http://base.example/"]
    read = subprocess.run(command, input=content, capture_output=True, check=False)
    assert (read.returncode, read.stderr.decode()) == (0, "")
    return parse_bytes(read.stdout, "ntriples")


def read_by_rdflib(content: bytes, format: str) -> set[tuple[rdflib.term.Node, ...]]:  # noqa: A002
    read = rdflib.Dataset(default_union=True)
    read.parse(data=content, format={"ntriples": "nt"}.get(format, format))
    return {quad[:3] for quad in read.quads((None, None, None, None))}


def plain(triples: Iterable[tuple[rdflib.term.Node, ...]]) -> set[tuple[tuple[str, ...], ...]]:
    """Return triples so that two are alike only if all parsers must find them so: language tags know no case."""
    return {tuple(map(_plain, triple)) for triple in triples}


def _plain(term: rdflib.term.Node) -> tuple[str, ...]:
    if not isinstance(term, Literal):
        return type(term).__name__, str(term)
    return "Literal", str(term), (term.language or "").lower(), str(term.datatype or XSD.string)


def graph_of(triples: Iterable[Triple]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add(triple)
    return graph


def as_large(triples: Iterable[Triple]) -> Graph:
    """Return a graph as large ones are kept."""
    store = pyoxigraph.Store()
    add(store, triples)
    return graph_on(store)


def written(graph: Graph, folder: Path, format: str) -> bytes:  # noqa: A002
    """Return a graph as it is written: by kg, or by Oxigraph where it lies there."""
    path = folder / "news"
    File(path, format).write(graph, large=0)
    return path.read_bytes()


@pytest.fixture(autouse=True)
def as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep rdflib from rewriting numbers as it reads, and from logging what it thinks of them."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("keep", [graph_of, as_large], ids=["kg", "Oxigraph"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_three_parsers_read_the_same_hostile_terms(
    tmp_path: Path,
    keep: Callable[[Iterable[Triple]], Graph],
    format: str,  # noqa: A002
) -> None:
    graph = keep(hostile(shielded=keep is graph_of))
    content = written(graph, tmp_path, format)
    assert plain(read_by_raptor(content, format)) == plain(graph)
    assert plain(parse_bytes(content, format)) == plain(graph)
    assert plain(read_by_rdflib(content, format)) == plain(graph)


@pytest.mark.parametrize("format", FORMATS)
def test_a_graph_of_a_hostile_article(record: DocumentRecord, format: str) -> None:  # noqa: A002
    text = "".join(TEXTS)
    document = replace(record.document, id=f"a{text}", title=text, publisher=f"b{text}", source=text, url=text)
    rdf = encode(assemble([replace(record, document=document)], program=text))
    assert plain(read_by_raptor(serialize(rdf, format).encode(), format)) == plain(rdf)


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(st.text(max_size=12).map(legible), min_size=40, max_size=80))
def test_any_texts(format: str, texts: list[str]) -> None:  # noqa: A002
    graph = graph_of((SUBJECT, RDFS.label, Literal(text)) for text in texts)
    assert set(read_by_raptor(serialize(graph, format).encode(), format)) == set(graph)


@pytest.mark.parametrize("format", FORMATS)
def test_blank_nodes(format: str) -> None:  # noqa: A002
    one, two = BNode("a> <b"), BNode("a . <x")
    graph = graph_of([(one, RDFS.seeAlso, two), (two, RDFS.label, Literal("x"))])
    assert isomorphic(read_by_raptor(serialize(graph, format).encode(), format), graph)
