"""RDF back as a graph, and RDF that is no graph of ours. That nothing is lost is tested in test_roundtrip.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, XSD

from kg import ontology
from kg.errors import GraphError
from kg.graph.assemble import assemble
from kg.graph.model import KnowledgeGraph
from kg.ontology import KG, NIF, PLOVER, PROV, SEM, SKOS
from kg.rdf.decode import decode
from kg.rdf.encode import encode

if TYPE_CHECKING:
    from kg.records import DocumentRecord


@pytest.fixture
def knowledge(record: DocumentRecord) -> KnowledgeGraph:
    return assemble([record])


@pytest.fixture
def rdf(knowledge: KnowledgeGraph) -> Graph:
    return encode(knowledge)


def test_article(knowledge: KnowledgeGraph, rdf: Graph) -> None:
    assert decode(rdf) == knowledge


def test_empty_graph() -> None:
    assert decode(Graph()) == KnowledgeGraph(ontology.default_base())


def test_other_triples_are_passed_over(knowledge: KnowledgeGraph, rdf: Graph) -> None:
    rdf.add((URIRef("https://example.org/x"), RDFS.label, Literal("x")))
    rdf.add((URIRef(knowledge.actors[0].iri), RDFS.comment, Literal("y")))
    assert decode(rdf) == knowledge


def test_derived_triples_are_not_needed(knowledge: KnowledgeGraph, rdf: Graph) -> None:
    for name in (*ontology.relation_properties(), KG.quadClass, KG.intensity, KG.reportCount, KG.cameo):
        rdf.remove((None, name, None))
    assert decode(rdf) == knowledge


@pytest.mark.parametrize(
    ("kind", "predicate"),
    [
        (KG.Document, KG.sha256),
        (KG.Actor, SKOS.prefLabel),
        (KG.Place, RDFS.label),
        (KG.Event, SEM.eventType),
        (KG.Event, KG.factuality),
        (KG.Mention, PROV.hadPrimarySource),
        (KG.Claim, PROV.wasAttributedTo),
        (KG.Relation, RDF.subject),
        (KG.Relation, KG["count"]),
    ],
)
def test_missing_property(rdf: Graph, kind: URIRef, predicate: URIRef) -> None:
    subject = min(rdf.subjects(RDF.type, kind), key=str)
    rdf.remove((subject, predicate, None))
    with pytest.raises(GraphError, match=f"<{subject}> has no <{predicate}>"):
        decode(rdf)


@pytest.mark.parametrize(
    ("kind", "predicate", "value", "message"),
    [
        (KG.Event, SEM.eventType, PLOVER.AID, "2 values"),
        (KG.Actor, RDF.type, KG.State, "2 classes of actor"),
    ],
)
def test_one_value_too_many(rdf: Graph, kind: URIRef, predicate: URIRef, value: URIRef, message: str) -> None:
    taken = set(rdf.subjects(predicate, value))
    subject = min((subject for subject in rdf.subjects(RDF.type, kind) if subject not in taken), key=str)
    rdf.add((subject, predicate, value))
    with pytest.raises(GraphError, match=message):
        decode(rdf)


@pytest.mark.parametrize(
    ("kind", "predicate", "value"),
    [
        (KG.Event, KG.factuality, URIRef("https://example.org/maybe")),
        (KG.Event, KG.factuality, KG.meets),
        (KG.Event, SEM.eventType, URIRef("https://example.org/dance")),
        (KG.Event, KG.confidence, Literal("high", datatype=XSD.string)),
        (KG.Mention, NIF.beginIndex, Literal("one")),
        (KG.Relation, RDF.predicate, URIRef("https://example.org/likes")),
    ],
)
def test_value_that_is_none(rdf: Graph, kind: URIRef, predicate: URIRef, value: URIRef) -> None:
    subject = min(rdf.subjects(RDF.type, kind), key=str)
    rdf.set((subject, predicate, value))
    with pytest.raises(GraphError, match=f"<{subject}>"):
        decode(rdf)


def test_union_of_graphs_has_the_least_base(record: DocumentRecord) -> None:
    graphs = [encode(assemble([record], base)) for base in ("https://example.org/b/", "https://example.org/a/")]
    union = decode(graphs[0] + graphs[1])
    assert union.base == "https://example.org/a/"
    assert len(union.documents) == 2
