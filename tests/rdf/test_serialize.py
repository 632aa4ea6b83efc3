"""What is written parses again, everywhere, to the same graph; what cannot be written is refused."""

from __future__ import annotations

import json
import logging
import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, RDFS, XSD

from kg.errors import ConfigError, GraphError, InputError
from kg.graph.assemble import assemble
from kg.ontology import KG, prefixes
from kg.rdf.encode import encode
from kg.rdf.formats import FORMATS
from kg.rdf.parse import parse, parse_bytes
from kg.rdf.serialize import format_of, serialize, write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.records import DocumentRecord

GOLDEN = Path(__file__).parent.parent / "golden" / "north-sea.ttl"
NAMES = [known.name for known in FORMATS]
RDFLIB = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "ntriples": "nt", "jsonld": "json-ld"}

HOSTILE = st.text(st.characters(codec=None), max_size=12)
IRIS = st.one_of(
    HOSTILE.map("http://example.org/{}".format),
    HOSTILE,
    st.sampled_from(
        ["kg:meets", "rdf:type", f"{KG.meets}", f"{KG.Event}.", f"{KG.Event}-", "http://example.org/a/../b"]
    ),
)
LITERALS = st.one_of(
    HOSTILE.map(Literal),
    st.builds(lambda text, language: Literal(text, lang=language), HOSTILE, st.sampled_from(["en", "pt-br"])),
    st.builds(lambda text, kind: Literal(text, datatype=URIRef(kind), normalize=False), HOSTILE, IRIS),
    st.builds(
        lambda text, kind: Literal(text, datatype=kind, normalize=False),
        st.sampled_from(["1", "-0", "+1", "01", "1.", ".5", "0.40", "1e3", "true", "1.0", "", "10" * 20]),
        st.sampled_from([XSD.integer, XSD.decimal, XSD.boolean, XSD.double, XSD.string]),
    ),
)
TRIPLES = st.tuples(IRIS.map(URIRef), IRIS.map(URIRef), IRIS.map(URIRef) | LITERALS)


@pytest.fixture(autouse=True)
def as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep rdflib from rewriting numbers as it reads, and from logging what it thinks of them."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)


@pytest.fixture
def rdf(record: DocumentRecord) -> Graph:
    return encode(assemble([replace(record, model="by hand")], program="kg"))


def graph_of(*triples: tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add(triple)
    return graph


def read_by_rdflib(text: str, format: str) -> set[tuple[rdflib.term.Node, ...]]:  # noqa: A002
    read = rdflib.Dataset(default_union=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, about itself
        read.parse(data=text, format=RDFLIB[format])
    return {quad[:3] for quad in read.quads((None, None, None, None))}


def test_golden(rdf: Graph) -> None:
    assert serialize(rdf) == GOLDEN.read_text(encoding="utf-8")


def test_order_of_triples_does_not_matter(rdf: Graph) -> None:
    for format in NAMES:  # noqa: A001
        backwards = graph_of(*sorted(rdf, reverse=True))
        assert serialize(backwards, format) == serialize(rdf, format)


@pytest.mark.parametrize("format", NAMES)
def test_rdflib_reads_it(rdf: Graph, format: str) -> None:  # noqa: A002
    assert read_by_rdflib(serialize(rdf, format), format) == set(rdf)


def test_quads_are_in_the_graph_called_by_its_base(rdf: Graph) -> None:
    for format in ("trig", "nquads"):  # noqa: A001
        kind = next(known.oxigraph for known in FORMATS if known.name == format)
        graphs = {str(quad.graph_name) for quad in pyoxigraph.parse(serialize(rdf, format), format=kind)}
        assert len(graphs) == 1
        assert graphs.pop().endswith("/id/>")


def test_jsonld_carries_its_context(rdf: Graph) -> None:
    document = json.loads(serialize(rdf, "jsonld"))
    assert document["@context"]["kg"] == prefixes()["kg"]
    assert {"@id", "@type"} <= document["@graph"][0].keys()


def plain(triples: Iterable[tuple[rdflib.term.Node, ...]]) -> set[tuple[rdflib.term.Node, ...]]:
    """Return the triples with strings as RDF 1.1 has them: xsd:string is what no type means."""
    return {
        (s, p, Literal(str(o)) if isinstance(o, Literal) and o.datatype == XSD.string else o) for s, p, o in triples
    }


@pytest.mark.parametrize("format", NAMES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(triples=st.lists(TRIPLES, max_size=4))
@example(triples=[(URIRef("http://example.org/a"), RDF.type, Literal("b"))])
@example(triples=[(URIRef("http://example.org/\xa0a"), RDFS.label, URIRef("http://example.org/\u2003"))])
@example(triples=[(URIRef("kg:meets"), RDFS.label, URIRef(KG.meets))])
@example(triples=[(URIRef("http://example.org/a"), RDFS.label, Literal("\"'\\\n\r\t\x00\u2028\ufeff<>😀"))])
def test_anything_is_written_truly_or_refused(format: str, triples: list[tuple[URIRef, URIRef, Literal]]) -> None:  # noqa: A002
    graph = graph_of(*triples)
    try:
        text = serialize(graph, format)
    except GraphError:
        return
    assert plain(parse_bytes(text.encode(), format)) == plain(graph)
    assert plain(read_by_rdflib(text, format)) == plain(graph)


@pytest.mark.parametrize("format", NAMES)
@pytest.mark.parametrize(
    "value",
    [
        URIRef("http://example.org/a> <http://example.org/b"),
        URIRef("http://example.org/a\n"),
        URIRef("not an iri"),
        URIRef(""),
        Literal("\ud800"),
        Literal("1", datatype=URIRef("http://example.org/> . <a> <b> <c"), normalize=False),
    ],
)
def test_what_no_syntax_can_hold_is_refused(format: str, value: rdflib.term.Node) -> None:  # noqa: A002
    subject = URIRef("http://example.org/a")
    with pytest.raises(GraphError):
        serialize(graph_of((subject, RDFS.seeAlso, value)), format)


@pytest.mark.parametrize("format", NAMES)
def test_blank_nodes(format: str) -> None:  # noqa: A002
    one, two = BNode("a> <b"), BNode("a . <x")
    graph = Graph(bind_namespaces="none")
    graph.add((one, RDFS.seeAlso, two))
    graph.add((two, RDFS.label, Literal("x")))
    assert isomorphic(parse_bytes(serialize(graph, format).encode(), format), graph)


@pytest.mark.parametrize("format", NAMES)
def test_empty_graph(format: str) -> None:  # noqa: A002
    assert len(parse_bytes(serialize(Graph(), format).encode(), format)) == 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.ttl", "turtle"), ("a.TRIG", "trig"), ("b/a.nq", "nquads"), ("a.nt", "ntriples"), ("a.jsonld", "jsonld")],
)
def test_format_of(name: str, expected: str) -> None:
    assert format_of(name) == expected


@pytest.mark.parametrize("name", ["a.rdf", "a", "a.txt"])
def test_format_of_nothing(name: str) -> None:
    with pytest.raises(ConfigError, match=r"known: \.ttl"):
        format_of(name)


def test_unknown_format() -> None:
    with pytest.raises(ConfigError, match="known: turtle, trig"):
        serialize(Graph(), "xml")


def test_write(rdf: Graph, tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    write(rdf, path)
    assert path.read_text(encoding="utf-8") == serialize(rdf, "nquads")
    write(rdf, path, "turtle")
    assert path.read_text(encoding="utf-8") == serialize(rdf)
    assert set(parse(path, "turtle")) == set(rdf)


def test_write_leaves_nothing_behind_when_refused(tmp_path: Path) -> None:
    graph = graph_of((URIRef("http://example.org/a"), RDFS.seeAlso, URIRef("no iri")))
    with pytest.raises(GraphError):
        write(graph, tmp_path / "graph.ttl")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(InputError, match="folder"):
        write(Graph(), tmp_path / "missing" / "graph.ttl")
