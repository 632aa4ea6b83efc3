"""The graph in the terms of the ontology."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, XSD

from kg import ontology
from kg.errors import GraphError, OntologyError
from kg.graph.assemble import assemble
from kg.graph.model import ActorNode, DocumentNode, EventNode, KnowledgeGraph, PlaceNode, RelationEdge
from kg.ontology import KG, PLOVER, SEM, SKOS
from kg.rdf import literals
from kg.rdf.encode import encode
from kg.rdf.validate import validate

if TYPE_CHECKING:
    from kg.records import DocumentRecord

BASE = "https://example.org/id/"
A, B = f"{BASE}actor/a", f"{BASE}actor/b"


@pytest.fixture
def rdf(record: DocumentRecord) -> Graph:
    return encode(assemble([record]))


def ask(rdf: Graph, pattern: str) -> bool:
    names = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in ontology.prefixes().items())
    return bool(rdf.query(f"{names} ASK {{ {pattern} }}").askAnswer)


def test_it_is_valid(rdf: Graph) -> None:
    assert validate(rdf) == []


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ('[] rdfs:label "Katla Jónsdóttir"; kg:meets [ rdfs:label "Henrik Solberg" ]', True),
        ('[] rdfs:label "Henrik Solberg"; kg:meets [ rdfs:label "Katla Jónsdóttir" ]', True),
        ('[] rdfs:label "Norway"; kg:aids [ rdfs:label "Iceland" ]', True),
        ('[] rdfs:label "Norway"; kg:supports [ rdfs:label "Iceland" ]', True),
        ('[] rdfs:label "Iceland"; kg:alliedWith [ rdfs:label "Denmark" ]', True),
        ('[] rdfs:label "Denmark"; kg:supports [ rdfs:label "Iceland" ]', True),
        ('[] rdfs:label "Norwegian Police Service"; kg:disputes [ rdfs:label "Sea Watchers" ]', True),
        ('[] rdfs:label "Norwegian Police Service"; kg:opposes [ rdfs:label "demonstrators" ]', True),
        ('[] rdfs:label "Iceland"; kg:memberOf [ rdfs:label "NATO" ]', True),
        ('[] rdfs:label "Norway"; kg:controls [ a kg:Place; rdfs:label "Jan Mayen" ]', True),
        ("[] kg:sanctions []", False),
        ("[] sem:eventType plover:SANCTION; kg:factuality kg:Negated", True),
        ("[] sem:eventType plover:SANCTION; kg:factuality kg:Possible; kg:mode plover:SANCTION-discontinue", True),
        ("[] a kg:Event; kg:contested true; gaf:denotedBy/kg:claim/kg:polarity kg:Denies", True),
        ("[] a kg:Event; kg:contested false", False),
        ('[] prov:wasAttributedTo [ rdfs:label "The Northern Courier" ]', True),
        ("[] kg:contradicts/kg:contradicts []", True),
    ],
)
def test_questions(rdf: Graph, pattern: str, expected: bool) -> None:
    assert ask(rdf, pattern) is expected


def test_only_terms_of_the_ontology(rdf: Graph) -> None:
    known = tuple(ontology.prefixes().values())
    for _, predicate, value in rdf:
        assert str(predicate).startswith(known)
        if isinstance(value, URIRef) and value.startswith(ontology.prefixes()["kg"]):
            assert value in KG


def one_relation(factuality: str, name: str = "accuses") -> Graph:
    edge = RelationEdge(f"{BASE}relation/r", A, name, B, factuality=factuality)  # type: ignore[arg-type]
    return encode(KnowledgeGraph(BASE, relations=(edge,)))


@pytest.mark.parametrize("factuality", ["past", "negated", "possible"])
def test_what_does_not_hold_is_no_direct_triple(factuality: str) -> None:
    rdf = one_relation(factuality)
    assert list(rdf.objects(URIRef(A))) == []
    assert (URIRef(f"{BASE}relation/r"), KG.factuality, ontology.factuality(factuality)) in rdf


def test_direct_triples_with_all_above_them() -> None:
    assert set(one_relation("planned").predicate_objects(URIRef(A))) == {
        (KG.accuses, URIRef(B)),
        (KG.disputes, URIRef(B)),
        (KG.opposes, URIRef(B)),
    }
    both = one_relation("happened", "atWarWith")
    assert (URIRef(B), KG.opposes, URIRef(A)) in both


def test_what_follows_from_type_and_mode() -> None:
    event = EventNode(f"{BASE}event/e", "RETREAT", "A withdrew", "happened", mode="withdraw", sources=(A,))
    rdf = encode(KnowledgeGraph(BASE, events=(event,)))
    node = URIRef(event.iri)
    assert rdf.value(node, KG.quadClass) == PLOVER.material_cooperation
    assert rdf.value(node, KG.intensity) == Literal("8", datatype=XSD.decimal)
    assert rdf.value(node, KG.participant) == URIRef(A)
    assert rdf.value(node, SEM.eventType) == PLOVER.RETREAT


def test_classes_above_are_written_out() -> None:
    rdf = encode(KnowledgeGraph(BASE, actors=(ActorNode(A, "a", "STATE"), ActorNode(B, "b", "OTHER"))))
    assert set(rdf.objects(URIRef(A), RDF.type)) == {KG.State, KG.Actor}
    assert set(rdf.objects(URIRef(B), RDF.type)) == {KG.Actor}


def test_hostile_text_is_made_legible() -> None:
    rdf = encode(KnowledgeGraph(BASE, actors=(ActorNode(A, "a\x00\ud800", "STATE"),)))
    assert rdf.value(URIRef(A), SKOS.prefLabel) == Literal("a\ufffd\ufffd")


EVENT = EventNode(f"{BASE}event/e", "AID", "aid", "happened")
REFUSED = [
    KnowledgeGraph(BASE, actors=(ActorNode("no iri", "a", "STATE"),)),
    KnowledgeGraph(BASE, actors=(ActorNode(A, "a", "STATE", same_as=("http://x> <http://y",)),)),
    KnowledgeGraph(BASE, events=(replace(EVENT, date="2024-02-30"),)),
    KnowledgeGraph(BASE, events=(replace(EVENT, date="20240212"),)),
    KnowledgeGraph(BASE, events=(replace(EVENT, confidence=float("inf")),)),
    KnowledgeGraph(BASE, documents=(DocumentNode(A, "d", "", published="2024-02-01T10:00"),)),
    KnowledgeGraph(BASE, documents=(DocumentNode(A, "d", "", published="soon"),)),
    KnowledgeGraph(BASE, places=(PlaceNode(A, "p", latitude=float("nan")),)),
]


@pytest.mark.parametrize("graph", REFUSED)
def test_values_that_are_none(graph: KnowledgeGraph) -> None:
    with pytest.raises(GraphError):
        encode(graph)


@pytest.mark.parametrize(
    "graph",
    [
        KnowledgeGraph(BASE, events=(replace(EVENT, mode="shout"),)),
        KnowledgeGraph(BASE, actors=(ActorNode(A, "a", "STATE", sector="XXX"),)),
    ],
)
def test_terms_that_are_none(graph: KnowledgeGraph) -> None:
    with pytest.raises(OntologyError):
        encode(graph)


@pytest.mark.parametrize(
    ("value", "lexical"),
    [(0.4, "0.4"), (1.0, "1"), (0.0, "0"), (-0.0, "0"), (1e-7, "0.0000001"), (Decimal("-10.0"), "-10"), (100, "100")],
)
def test_decimals_are_canonical(value: float, lexical: str) -> None:
    assert literals.decimal(value) == f'"{lexical}"^^<{XSD.decimal}>'
