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
from kg.ontology import GAF, KG, prefixes
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


A = URIRef("http://example.org/a")
AS_VALUES = [
    (KG.meets, URIRef(KG.Event), {"@type": "@id"}, "kg:Event"),
    (KG.meets, A, {"@type": "@id"}, "http://example.org/a"),
    (KG.meets, Literal("kg:Event"), {"@type": "@id"}, {"@value": "kg:Event"}),
    (KG.meets, Literal("kg:Event", lang="en"), {"@type": "@id"}, {"@value": "kg:Event", "@language": "en"}),
    (KG.meets, Literal(3), {"@type": "@id"}, {"@value": "3", "@type": "xsd:integer"}),
    (GAF.denotedBy, A, {"@type": "@id"}, "http://example.org/a"),
    (KG.date, Literal("2015-11-24", datatype=XSD.date), {"@type": "xsd:date"}, "2015-11-24"),
    (KG.date, Literal("2015-11-24"), {"@type": "xsd:date"}, {"@value": "2015-11-24"}),
    (KG.date, A, {"@type": "xsd:date"}, {"@id": "http://example.org/a"}),
    (KG.confidence, Literal("0.9", datatype=XSD.decimal), {"@type": "xsd:decimal"}, "0.9"),
    (KG.confidence, Literal(1), {"@type": "xsd:decimal"}, {"@value": "1", "@type": "xsd:integer"}),
    (KG.confidence, Literal(True), {"@type": "xsd:decimal"}, {"@value": "true", "@type": "xsd:boolean"}),
    (KG.count, Literal(3), {"@type": "xsd:integer"}, 3),
    (KG.count, Literal("03", datatype=XSD.integer, normalize=False), {"@type": "xsd:integer"}, "03"),
    (KG.verbatim, Literal(True), {"@type": "xsd:boolean"}, True),
    (KG.cue, Literal("says"), None, "says"),
    (RDFS.label, Literal(3), None, 3),
    (RDFS.label, A, None, {"@id": "http://example.org/a"}),
]


@pytest.mark.parametrize(("predicate", "value", "term", "expected"), AS_VALUES)
def test_jsonld_says_in_its_context_what_values_are(
    predicate: URIRef, value: rdflib.term.Node, term: dict[str, str] | None, expected: object
) -> None:
    document = json.loads(serialize(graph_of((A, predicate, value)), "jsonld"))
    (name,) = document["@graph"][0].keys() - {"@id"}
    assert document["@context"].get(name) == term
    assert document["@graph"] == [{"@id": "http://example.org/a", name: expected}]
    assert list(document["@context"]) == sorted(document["@context"])


def test_jsonld_defines_no_name_that_is_an_iri_of_the_graph() -> None:
    graph = graph_of((URIRef("kg:meets"), KG.meets, A))
    document = json.loads(serialize(graph, "jsonld"))
    assert document == {
        "@context": {},
        "@graph": [{"@id": "kg:meets", str(KG.meets): {"@id": "http://example.org/a"}}],
    }


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


DATATYPES = [XSD.date, XSD.decimal, XSD.integer, XSD.boolean, XSD.string, XSD.anyURI, URIRef("xsd:date")]
WORDS = st.one_of(
    HOSTILE,
    st.sampled_from(["kg:meets", "_:b0", "@id", "http://example.org/a", "1", "true", "01", "0.9", "2015-11-24"]),
)
MIXED = st.tuples(
    st.sampled_from([A, URIRef("http://example.org/b"), URIRef("kg:meets"), URIRef("xsd:a")]),
    st.sampled_from(
        [
            KG.meets,
            KG.date,
            KG.confidence,
            KG.count,
            KG.verbatim,
            KG.cue,
            KG.controls,
            GAF.denotedBy,
            RDF.type,
            RDFS.label,
        ]
    ),
    st.one_of(
        IRIS.map(URIRef),
        st.sampled_from([A, KG.meets]),
        WORDS.map(Literal),
        st.builds(lambda words: Literal(words, lang="en"), WORDS),
        st.builds(
            lambda words, kind: Literal(words, datatype=kind, normalize=False), WORDS, st.sampled_from(DATATYPES)
        ),
    ),
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(triples=st.lists(MIXED, max_size=6))
@example(
    triples=[(A, KG.confidence, Literal(1)), (A, KG.confidence, Literal("1", datatype=XSD.decimal)), (A, KG.date, A)]
)
@example(
    triples=[(A, KG.meets, A), (A, KG.meets, Literal(str(A))), (A, KG.meets, Literal(str(A), datatype=XSD.anyURI))]
)
def test_jsonld_of_values_that_do_not_fit_the_ontology(triples: list[tuple[URIRef, URIRef, Literal]]) -> None:
    graph = graph_of(*triples)
    try:
        text = serialize(graph, "jsonld")
    except GraphError:
        return
    lines = serialize(graph, "ntriples")
    assert text == serialize(graph_of(*reversed(triples)), "jsonld")
    assert plain(parse_bytes(text.encode(), "jsonld")) == plain(graph)
    assert plain(read_by_rdflib(text, "jsonld")) == plain(graph)
    assert set(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD)) == set(
        pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
    )


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
    graph.add((two, KG.meets, one))
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
