"""Graphs with planted faults: each is found, and nothing else is."""

from __future__ import annotations

import socket
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyshacl
import pytest
from rdflib import BNode, Graph, Literal, URIRef, Variable
from rdflib.namespace import OWL, RDF, SH

from kg import ontology, resources
from kg.ontology import KG
from kg.rdf.validate import Finding, validate

if TYPE_CHECKING:
    from rdflib.term import Node

EX = "https://example.org/"
VALID = Path(__file__).with_name("valid.ttl").read_text(encoding="utf-8")
PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in {**ontology.prefixes(), "": EX}.items())


class Fault(NamedTuple):
    """What is taken out of the valid graph and put into it, and where it is found: node, path, rule."""

    out: str
    into: str
    found: tuple[str, str, str]


FAULTS = {
    # actors and places
    "actor without name": Fault(
        ':league skos:prefLabel "Northern League" .', "", ("league", "skos:prefLabel", "Actor/MinCount")
    ),
    "actor with two names": Fault(
        "", ':league skos:prefLabel "League" .', ("league", "skos:prefLabel", "Actor/MaxCount")
    ),
    "actor without label": Fault(
        ':league rdfs:label "Northern League" .', "", ("league", "rdfs:label", "Actor/MinCount")
    ),
    "country that is no code": Fault("", ':norland kg:country "Norland" .', ("norland", "kg:country", "Actor/Pattern")),
    "sector that is an event type": Fault("", ":suvania kg:sector plover:AID .", ("suvania", "kg:sector", "Actor/In")),
    "known elsewhere by a text": Fault(
        "", ':league skos:exactMatch "Q1" .', ("league", "skos:exactMatch", "Actor/NodeKind")
    ),
    "place beyond the pole": Fault(
        ":port geo:lat 60.5 .", ":port geo:lat 160.5 .", ("port", "geo:lat", "Place/MaxInclusive")
    ),
    "latitude without longitude": Fault(":port geo:long 5.25 .", "", ("port", "", "PlacePoint")),
    "longitude without latitude": Fault(":port geo:lat 60.5 .", "", ("port", "", "PlacePoint")),
    "other name that is the name": Fault("", ':suvania skos:altLabel "Suvania" .', ("suvania", "", "OtherName")),
    # terms and labels
    "property of ours that is none": Fault("", ":port kg:sorce :doc .", ("port", "kg:sorce", "OwnProperty")),
    "class of ours that is none": Fault("", ":port a kg:Evnt .", ("port", "", "OwnClass")),
    "label of two lines": Fault(
        ':threat rdfs:label "Suvania may threaten Norland" .',
        r':threat rdfs:label "Suvania may\nthreaten Norland" .',
        ("threat", "rdfs:label", "LabelLine"),
    ),
    "name of a publisher of two lines": Fault(
        "", r':paper a prov:Organization ; rdfs:label "The\rPaper" .', ("paper", "rdfs:label", "LabelLine")
    ),
    "place without name": Fault(':port rdfs:label "Karsund" .', "", ("port", "rdfs:label", "Place/MinCount")),
    # events
    "event without type": Fault(
        ":threat sem:eventType plover:THREATEN .", "", ("threat", "sem:eventType", "Event/MinCount")
    ),
    "event of two types": Fault(
        "", ":threat sem:eventType plover:COERCE .", ("threat", "sem:eventType", "Event/MaxCount")
    ),
    "event of a mode as type": Fault(
        ":threat sem:eventType plover:THREATEN .",
        ":threat sem:eventType plover:THREATEN-ban .",
        ("threat", "sem:eventType", "Event/In"),
    ),
    "mode of another type": Fault("", ":threat kg:mode plover:COERCE-ban .", ("threat", "", "EventMode")),
    "mode that is a type": Fault("", ":threat kg:mode plover:COERCE .", ("threat", "kg:mode", "Event/In")),
    "quad class of another type": Fault(
        ":threat kg:quadClass plover:verbal_conflict .",
        ":threat kg:quadClass plover:material_conflict .",
        ("threat", "", "EventQuadClass"),
    ),
    "intensity off the scale": Fault(
        ":threat kg:intensity -3.5 .", ":threat kg:intensity -30.5 .", ("threat", "kg:intensity", "Event/MinInclusive")
    ),
    "intensity as a double": Fault(
        ":threat kg:intensity -3.5 .", ":threat kg:intensity -3.5e0 .", ("threat", "kg:intensity", "Event/Datatype")
    ),
    "intensity of another type": Fault(
        ":threat kg:intensity -3.5 .", ":threat kg:intensity 9.0 .", ("threat", "", "EventIntensity")
    ),
    "intensity of the type in place of the mode's": Fault(
        ":visit kg:intensity 2.5 .",
        ":visit kg:intensity 2.5 ; kg:mode plover:CONSULT-third-party .",
        ("visit", "", "EventIntensity"),
    ),
    "CAMEO code of another type": Fault("", ":threat kg:cameo cameo:19 .", ("threat", "", "EventCameo")),
    "CAMEO code of the type in place of the mode's": Fault(
        "", ":reject kg:cameo cameo:12 .", ("reject", "", "EventCameo")
    ),
    "no intensity": Fault(":threat kg:intensity -3.5 .", "", ("threat", "kg:intensity", "Event/MinCount")),
    "CAMEO code as text": Fault("", ':threat kg:cameo "13" .', ("threat", "kg:cameo", "Event/NodeKind")),
    "context that is none": Fault("", ":threat kg:context plover:COERCE .", ("threat", "kg:context", "Event/In")),
    "source that is no actor": Fault(
        "", ":threat kg:source :port ; kg:participant :port .", ("threat", "kg:source", "Event/Class")
    ),
    "target that is a blank node": Fault(
        "", ":threat kg:target [ a kg:Actor ] .", ("threat", "kg:target", "Event/NodeKind")
    ),
    "source that is no participant": Fault(":reject kg:participant :norland .", "", ("reject", "", "EventRoles")),
    "symmetric event with a target": Fault("", ":meeting kg:target :suvania .", ("meeting", "", "EventSymmetry")),
    "participant beside source and target": Fault(
        "", ":threat kg:participant :league .", ("threat", "", "EventSymmetry")
    ),
    "place of an event that is an actor": Fault(
        "", ":threat sem:hasPlace :league .", ("threat", "sem:hasPlace", "Event/Class")
    ),
    "date that is a time": Fault(
        ':reject kg:date "2021-03-03"^^xsd:date .',
        ':reject kg:date "2021-03-03T10:00:00"^^xsd:dateTime .',
        ("reject", "kg:date", "Event/Datatype"),
    ),
    "latest before earliest": Fault(
        ':meeting sem:hasLatestEndTimeStamp "2021-04-30"^^xsd:date .',
        ':meeting sem:hasLatestEndTimeStamp "2021-03-30"^^xsd:date .',
        ("meeting", "sem:hasEarliestBeginTimeStamp", "Event/LessThanOrEquals"),
    ),
    "day beside a period": Fault(
        "", ':reject sem:hasLatestEndTimeStamp "2021-03-03"^^xsd:date .', ("reject", "", "EventDay")
    ),
    "event that is past": Fault(
        ":threat kg:factuality kg:Possible .",
        ":threat kg:factuality kg:Past .",
        ("threat", "kg:factuality", "Event/In"),
    ),
    "confidence above one": Fault(
        ":threat kg:confidence 0.4 .", ":threat kg:confidence 1.4 .", ("threat", "kg:confidence", "Event/MaxInclusive")
    ),
    "confidence below zero": Fault(
        ":threat kg:confidence 0.4 .", ":threat kg:confidence -0.4 .", ("threat", "kg:confidence", "Event/MinInclusive")
    ),
    "report count of another integer type": Fault(
        ":threat kg:reportCount 1 .",
        ':threat kg:reportCount "1"^^xsd:nonNegativeInteger .',
        ("threat", "kg:reportCount", "Event/Datatype"),
    ),
    "reported by nobody": Fault(
        ":threat kg:reportCount 1 .", ":threat kg:reportCount 0 .", ("threat", "kg:reportCount", "Event/MinInclusive")
    ),
    "contested as text": Fault("", ':threat kg:contested "yes" .', ("threat", "kg:contested", "Event/Datatype")),
    "event without label": Fault(
        ':threat rdfs:label "Suvania may threaten Norland" .', "", ("threat", "rdfs:label", "Event/MinCount")
    ),
    "denied and not contested": Fault(":reject kg:contested true .", "", ("reject", "", "EventContested")),
    "more reports than documents": Fault(
        ":threat kg:reportCount 1 .", ":threat kg:reportCount 2 .", ("threat", "", "EventReports")
    ),
    # accounts
    "more independent reports than reports": Fault(
        ":visit kg:independentReportCount 1 .",
        ":visit kg:independentReportCount 3 .",
        ("visit", "kg:independentReportCount", "Event/LessThanOrEquals"),
    ),
    "account that is none": Fault("", ":visit kg:account :a9 .", ("visit", "kg:account", "Event/Class")),
    "account of no event": Fault(":visit kg:account :a2 .", "", ("a2", "^kg:account", "Account/MinCount")),
    "account of no document": Fault(
        ":a2 prov:hadPrimarySource :copy .", "", ("a2", "prov:hadPrimarySource", "Account/MinCount")
    ),
    "account by which a place acts": Fault(
        "", ":a2 kg:statedSource :port .", ("a2", "kg:statedSource", "Account/Class")
    ),
    "account that ends before it begins": Fault(
        ':a2 kg:statedLatest "2021-03-31"^^xsd:date .',
        ':a2 kg:statedLatest "2021-02-28"^^xsd:date .',
        ("a2", "kg:statedEarliest", "Account/LessThanOrEquals"),
    ),
    "account that is past": Fault(
        ":a2 kg:factuality kg:Happened .", ":a2 kg:factuality kg:Past .", ("a2", "kg:factuality", "Account/In")
    ),
    "account of a mode of another type": Fault("", ":a2 kg:mode plover:AID .", ("a2", "", "AccountMode")),
    "account of a document that reports something else": Fault(
        ":a2 prov:hadPrimarySource :copy .",
        ':a2 prov:hadPrimarySource :doc2 . :doc2 a kg:Document ; kg:documentId "a2" .',
        ("a2", "", "AccountReport"),
    ),
    "copy of its copy": Fault("", ":doc kg:copyOf :copy .", ("doc", "", "DocumentCopy")),
    "document at two addresses": Fault(
        "", ':doc schema:url "https://a.example", "https://b.example" .', ("doc", "schema:url", "Document/MaxCount")
    ),
    "document from a node": Fault("", ":doc dct:source :port .", ("doc", "dct:source", "Document/NodeKind")),
    "publisher without name": Fault("", ":paper a prov:Organization .", ("paper", "rdfs:label", "Publisher/MinCount")),
    "publisher that is none": Fault("", ":copy dct:publisher :port .", ("copy", "dct:publisher", "Document/Class")),
    "copy of an actor": Fault(
        ":copy kg:copyOf :doc .", ":copy kg:copyOf :norland .", ("copy", "kg:copyOf", "Document/Class")
    ),
    # types of the user's own
    "custom type that is none": Fault("", ":gift kg:customType plover:AID .", ("gift", "kg:customType", "Event/Class")),
    "custom type without label": Fault(
        ':parcel skos:prefLabel "parcel" .', "", ("parcel", "skos:prefLabel", "CustomEventType/MinCount")
    ),
    "custom type whose name is none": Fault(
        ':parcel skos:notation "PARCEL" .',
        ':parcel skos:notation "a parcel" .',
        ("parcel", "skos:notation", "CustomEventType/Pattern"),
    ),
    "custom type under another": Fault(
        ":parcel skos:broader plover:AID .",
        ":parcel skos:broader :gift .",
        ("parcel", "skos:broader", "CustomEventType/In"),
    ),
    "event of another type than its own": Fault(
        ":gift sem:eventType plover:AID .", ":gift sem:eventType plover:COOPERATE .", ("gift", "", "EventCustomType")
    ),
    "event of a type that no report is of": Fault(":m7 kg:customType :parcel .", "", ("gift", "", "EventCustomReport")),
    "event that lacks a type of its report": Fault(
        ":gift kg:customType :parcel .", "", ("gift", "", "EventCustomReport")
    ),
    "pattern that is no text": Fault("", ":m7 kg:pattern 7 .", ("m7", "kg:pattern", "Mention/Datatype")),
    # mentions
    "begin after end": Fault(
        ":m2 nif:beginIndex 60 .", ":m2 nif:beginIndex 68 .", ("m2", "nif:beginIndex", "Mention/LessThan")
    ),
    "begin below zero": Fault(
        ":m2 nif:beginIndex 60 .", ":m2 nif:beginIndex -1 .", ("m2", "nif:beginIndex", "Mention/MinInclusive")
    ),
    "offset of another integer type": Fault(
        ":m2 nif:endIndex 64 .", ':m2 nif:endIndex "64"^^xsd:int .', ("m2", "nif:endIndex", "Mention/Datatype")
    ),
    "words shorter than the offsets say": Fault(
        ":m2 nif:endIndex 64 .", ":m2 nif:endIndex 65 .", ("m2", "", "MentionLength")
    ),
    "words that are not in the sentence": Fault(
        ':m2 nif:anchorOf "meet" .', ':m2 nif:anchorOf "talk" .', ("m2", "", "MentionSentence")
    ),
    "mention without sentence": Fault(
        ':m2 kg:sentence "They will meet in April." .', "", ("m2", "kg:sentence", "Mention/MinCount")
    ),
    "mention in no document": Fault(
        ":m2 prov:hadPrimarySource :doc .", "", ("m2", "prov:hadPrimarySource", "Mention/MinCount")
    ),
    "mention in an unknown document": Fault(
        ":m2 nif:referenceContext :doc .",
        ":m2 nif:referenceContext :other .",
        ("m2", "nif:referenceContext", "Mention/Class"),
    ),
    "offsets in another document": Fault(
        ":m2 nif:referenceContext :doc .", ":m2 nif:referenceContext :copy .", ("m2", "", "MentionDocument")
    ),
    "denotes one way only": Fault(
        ":threat gaf:denotedBy :m3 .", ":threat gaf:denotedBy :m2 .", ("m3", "", "MentionDenotes")
    ),
    "claim that is none": Fault("", ":m3 kg:claim :c9 .", ("m3", "kg:claim", "Mention/Class")),
    # claims and documents
    "claim by nobody": Fault(
        ":c1 prov:wasAttributedTo :norland .", "", ("c1", "prov:wasAttributedTo", "Claim/MinCount")
    ),
    "claim by a place": Fault(
        ":c1 prov:wasAttributedTo :norland .",
        ":c1 prov:wasAttributedTo :port .",
        ("c1", "prov:wasAttributedTo", "Claim/Or"),
    ),
    "claim that neither affirms nor denies": Fault(
        ":c1 kg:polarity kg:Affirms .", ":c1 kg:polarity kg:Possible .", ("c1", "kg:polarity", "Claim/In")
    ),
    "contradiction one way only": Fault(":c2 kg:contradicts :c1 .", "", ("c1", "", "ClaimContradiction")),
    "claim that contradicts itself": Fault("", ":c1 kg:contradicts :c1 .", ("c1", "", "ClaimContradiction")),
    "claim on nothing": Fault(
        "",
        ":c3 a kg:Claim ; prov:wasAttributedTo :norland ; kg:polarity kg:Affirms .",
        ("c3", "^kg:claim", "Claim/MinCount"),
    ),
    "claim of two speakers": Fault("", ':c1 kg:speaker "he" .', ("c1", "kg:speaker", "Claim/MaxCount")),
    "quote that is none": Fault("", ":c2 kg:quote :m1 .", ("c2", "kg:quote", "Claim/Class")),
    "quote of nobody": Fault(":c1 kg:quote :q1 .", "", ("q1", "^kg:quote", "Quote/MinCount")),
    "quote without words": Fault(
        ':q1 nif:anchorOf "it, denied by Suvania" .', "", ("q1", "nif:anchorOf", "Quote/MinCount")
    ),
    "quote of another length": Fault(":q1 nif:endIndex 38 .", ":q1 nif:endIndex 40 .", ("q1", "", "MentionLength")),
    "quote from nowhere": Fault(
        ":q1 nif:referenceContext :doc .", "", ("q1", "nif:referenceContext", "Quote/MinCount")
    ),
    "quote from another document": Fault(
        ":q1 nif:referenceContext :doc .", ":q1 nif:referenceContext :copy .", ("q1", "", "QuoteDocument")
    ),
    "verbatim in part": Fault("", ":q1 kg:verbatim 0.5 .", ("q1", "kg:verbatim", "Quote/Datatype")),
    "digest cut short": Fault("", ':doc kg:sha256 "e3b0c442" .', ("doc", "kg:sha256", "Document/Pattern")),
    "document without digest": Fault(
        "", ':doc2 a kg:Document ; kg:documentId "a2" .', ("doc2", "kg:sha256", "Document/MinCount")
    ),
    "language that is a name": Fault(
        ':doc dct:language "en" .', ':doc dct:language "the English" .', ("doc", "dct:language", "Document/Pattern")
    ),
    "issued in words": Fault("", ':doc2 a kg:Document ; dct:issued "in May" .', ("doc2", "dct:issued", "Document/Or")),
    # relations
    "relation without its direct triple": Fault(":suvania kg:memberOf :league .", "", ("r3", "", "RelationDirect")),
    "relation without its family": Fault(":norland kg:opposes :suvania .", "", ("r1", "", "RelationFamily")),
    "symmetric relation one way only": Fault(":suvania kg:meets :norland .", "", ("r2", "", "RelationSymmetry")),
    "direct triple without relation": Fault("", ":norland kg:aids :league .", ("norland", "kg:aids", "DirectRelation")),
    "direct triple of a past relation": Fault(
        "", ":norland kg:memberOf :league .", ("norland", "kg:memberOf", "DirectRelation")
    ),
    "direct triple of a possible event": Fault(
        "", ":suvania kg:threatens :norland .", ("suvania", "kg:threatens", "DirectRelation")
    ),
    "family triple of nothing": Fault(
        "", ":suvania kg:disputes :norland .", ("suvania", "kg:disputes", "DirectRelation")
    ),
    "direct triple the wrong way": Fault(
        "", ":suvania kg:rejects :norland .", ("suvania", "kg:rejects", "DirectRelation")
    ),
    "relation that rests on a possible event": Fault(
        ":r1 kg:fromEvent :reject .", ":r1 kg:fromEvent :threat .", ("r1", "", "RelationGround")
    ),
    "relation that rests on a negated event": Fault(
        ":reject kg:factuality kg:Happened .", ":reject kg:factuality kg:Negated .", ("r1", "", "RelationGround")
    ),
    "relation that rests on a possible event too": Fault(
        "", ":r1 kg:fromEvent :threat .", ("r1", "", "RelationGround")
    ),
    "relation that counts what there is not": Fault(
        ":r1 kg:count 1 .", ":r1 kg:count 99 .", ("r1", "", "RelationCount")
    ),
    "relation that does not count a mention": Fault("", ":r3 gaf:denotedBy :m1 .", ("r3", "", "RelationCount")),
    "first day before all events": Fault(
        ':r1 kg:firstDate "2021-03-03"^^xsd:date .',
        ':r1 kg:firstDate "1999-01-01"^^xsd:date .',
        ("r1", "", "RelationFirst"),
    ),
    "first day after another event": Fault(
        "",
        ':r1 kg:fromEvent :e9 . :e9 a kg:Event ; kg:date "2021-03-01"^^xsd:date .',
        ("r1", "", "RelationFirst"),
    ),
    "first day of an event without one": Fault(
        ':reject kg:date "2021-03-03"^^xsd:date .', "", ("r1", "", "RelationFirst")
    ),
    "last day after all events": Fault(
        ':r1 kg:lastDate "2021-03-03"^^xsd:date .',
        ':r1 kg:lastDate "2021-03-04"^^xsd:date .',
        ("r1", "", "RelationLast"),
    ),
    "last day before the latest of a period": Fault(
        "", ':r2 kg:lastDate "2021-04-01"^^xsd:date .', ("r2", "", "RelationLast")
    ),
    "day of a stated relation that its document did not appear on": Fault(
        "",
        ':r3 kg:firstDate "2021-03-03"^^xsd:date ; kg:lastDate "2021-03-04"^^xsd:date .',
        ("r3", "", "RelationFirst"),
    ),
    "relation that rests on nothing": Fault(
        ":r1 kg:fromEvent :reject .", "", ("r1", "kg:fromEvent|gaf:denotedBy", "Relation/MinCount")
    ),
    "relation of a property of others": Fault(
        ":r4 rdf:predicate kg:memberOf .", ":r4 rdf:predicate org:memberOf .", ("r4", "rdf:predicate", "Relation/In")
    ),
    "relation to a document": Fault(
        ":r4 rdf:object :league .", ":r4 rdf:object :doc .", ("r4", "rdf:object", "Relation/Or")
    ),
    "relation of a place": Fault(
        ":r4 rdf:subject :norland .", ":r4 rdf:subject :port .", ("r4", "rdf:subject", "Relation/Class")
    ),
    "relation that does not count": Fault(
        ":r4 kg:count 1 .", ":r4 kg:count 0 .", ("r4", "kg:count", "Relation/MinInclusive")
    ),
    "relation without confidence": Fault(":r4 kg:confidence 0.8 .", "", ("r4", "kg:confidence", "Relation/MinCount")),
    "first after last": Fault(
        ':r1 kg:firstDate "2021-03-03"^^xsd:date .',
        ':r1 kg:firstDate "2021-03-04"^^xsd:date .',
        ("r1", "kg:firstDate", "Relation/LessThanOrEquals"),
    ),
}


@pytest.fixture
def graph() -> Graph:
    return Graph().parse(data=VALID, format="turtle")


def changed(graph: Graph, out: str, into: str) -> Graph:
    """Take the triples ``out`` from the graph, all of which it must hold, and put ``into`` in."""
    taken = Graph().parse(data=PREFIXES + out, format="turtle")
    assert all(triple in graph for triple in taken)
    graph -= taken
    return graph.parse(data=PREFIXES + into, format="turtle")


def place(finding: Finding) -> tuple[str, str, str]:
    return finding.node.removeprefix(EX), finding.path, finding.rule


def test_a_valid_graph_has_no_finding(graph: Graph) -> None:
    assert validate(graph) == []


def test_the_documented_example_is_valid() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "data-model.md").read_text(encoding="utf-8")
    example = page.split("```turtle\n")[1].split("```")[0]
    assert validate(Graph().parse(data=example, format="turtle")) == []


@pytest.mark.parametrize(
    ("out", "into"),
    [
        (':meeting sem:hasLatestEndTimeStamp "2021-04-30"^^xsd:date .', ""),  # from 1 April on
        ("", ':r2 kg:firstDate "2021-04-01"^^xsd:date ; kg:lastDate "2021-04-30"^^xsd:date .'),
        ("", ':r3 kg:firstDate "2021-03-04"^^xsd:date ; kg:lastDate "2021-03-04"^^xsd:date .'),
        (
            ':doc dct:issued "2021-03-04"^^xsd:date .',
            ':doc dct:issued "2021-03-04T23:30:00-05:00"^^xsd:dateTime . :r3 kg:lastDate "2021-03-04"^^xsd:date .',
        ),
        ("", ":threat kg:cameo cameo:13 ."),
        ("", ':norland kg:country "XKX" . :suvania kg:country "SUN" .'),
        ("", r':elsewhere rdfs:label "two\nlines" .'),
    ],
)
def test_what_is_promised_by_nobody_is_no_fault(out: str, into: str, graph: Graph) -> None:
    assert validate(changed(graph, out, into)) == []


def test_an_empty_graph_has_no_finding() -> None:
    assert validate(Graph()) == []


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_found(fault: Fault, graph: Graph) -> None:
    assert fault.found in map(place, validate(changed(graph, fault.out, fault.into)))


def test_every_query_of_the_shapes_is_tried(graph: Graph) -> None:
    shapes = Graph().parse(data=resources.ontology_text("shapes"), format="turtle")
    queries = {str(shape).split("#")[1] for shape in shapes.subjects(SH.sparql)}
    assert queries <= {fault.found[2] for fault in FAULTS.values()}


@pytest.mark.parametrize(
    "name",
    [
        "Actor",
        "Place",
        "Event",
        "Account",
        "CustomEventType",
        "Mention",
        "Claim",
        "Document",
        "Relation",
        "Quote",
        "Run",
    ],
)
def test_a_blank_node_is_found(name: str, graph: Graph) -> None:
    graph.add((BNode("b1"), RDF.type, KG[name]))
    assert ("_:b1", "", f"{name}/NodeKind") in map(place, validate(graph))


@pytest.mark.parametrize(
    "triple",
    [
        (URIRef("not absolute"), RDF.type, KG.Actor),
        (URIRef(f"{EX}a b"), RDF.type, KG.Actor),
        (URIRef(EX), KG.source, URIRef(f"{EX}x> <{EX}y")),
        (URIRef(EX), KG.cue, Literal("x", datatype=URIRef("a\nb"))),
        (URIRef(EX), KG.cue, Literal("lone \ud800")),
        (URIRef(EX), KG.cue, Variable("x")),
    ],
    ids=["relative", "space", "injected", "datatype", "surrogate", "variable"],
)
def test_a_term_that_is_not_valid_is_found(triple: tuple[URIRef, URIRef, URIRef | Literal], graph: Graph) -> None:
    graph.add(triple)
    assert "Term" in {finding.rule for finding in validate(graph)}


def test_a_shacl_validator_finds_the_same(graph: Graph) -> None:
    for fault in FAULTS.values():
        graph -= Graph().parse(data=PREFIXES + fault.out, format="turtle")
        graph.parse(data=PREFIXES + fault.into, format="turtle")
    shapes = Graph().parse(data=resources.ontology_text("shapes"), format="turtle")
    found, expected = set(map(place, validate(graph))), referee(graph, shapes)
    assert len(expected) > len(FAULTS) / 2
    assert expected <= found
    # A number of a type that stores rewrite counts as none, so that its bounds are reported with its type.
    assert {rule[:2] for rule in expected} == {rule[:2] for rule in found}


def referee(graph: Graph, shapes: Graph) -> set[tuple[str, str, str]]:
    """Return what pyshacl finds: node, path and rule."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        kind = str(report.value(result, SH.sourceConstraintComponent)).split("#")[1].removesuffix("ConstraintComponent")
        focus, value, path, shape = (
            report.value(result, part) for part in (SH.focusNode, SH.value, SH.resultPath, SH.sourceShape)
        )
        owner = shape if isinstance(shape, URIRef) else shapes.value(predicate=SH.property, object=shape)
        name = str(owner).split("#")[1]
        node = str(value if kind == "SPARQL" else f"_:{focus}" if isinstance(focus, BNode) else focus)
        found.add((node.removeprefix(EX), written(shapes, path), name if kind == "SPARQL" else f"{name}/{kind}"))
    return found


def written(shapes: Graph, path: Node | None) -> str:
    if path is None:
        return ""
    if isinstance(path, URIRef):
        return next(
            f"{prefix}:{path.removeprefix(iri)}" for prefix, iri in ontology.prefixes().items() if path.startswith(iri)
        )
    inverse = shapes.value(path, SH.inversePath)
    parts = [inverse] if inverse else list(shapes.items(next(shapes.objects(path, SH.alternativePath))))
    return ("^" if inverse else "") + "|".join(written(shapes, part) for part in parts)


def test_the_graph_is_left_as_it_is_and_no_import_is_followed(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    graph.add((URIRef(EX), RDF.type, OWL.Ontology))
    graph.add((URIRef(EX), OWL.imports, URIRef("http://127.0.0.1:9/remote.ttl")))
    before = set(graph)
    assert validate(graph) == []
    assert set(graph) == before


def test_findings_are_sorted_and_repeatable(graph: Graph) -> None:
    changed(graph, ":r4 kg:count 1 .", ":norland kg:aids :league . :threat kg:mode plover:COERCE .")
    first = validate(graph)
    assert len(first) > 2
    assert first == sorted(first) == validate(Graph().parse(data=graph.serialize(format="nt"), format="nt"))


def test_a_finding_reads_as_one_line() -> None:
    finding = Finding(f"{EX}m1", "kg:cue", "Claim/MaxCount", "one\ntwo " + "x" * 100, "a claim has one cue")
    assert str(finding).startswith("https://example.org/m1 kg:cue: a claim has one cue, found one two xxx")
    assert str(finding).endswith("x… [Claim/MaxCount]")
    assert "\n" not in str(finding)
    assert str(Finding("a", "", "EventMode", "", "modes fit")) == "a: modes fit [EventMode]"


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        (":m2 kg:claim :c9 .", 'm2 ("meet", 60 to 64 in a1) kg:claim: '),
        (":doc dct:title 'The news' ; kg:copyOf :port .", 'doc (a1 "The news") kg:copyOf: '),
        (":doc dct:title 'The news' . :q1 kg:verbatim 1 .", '("it, denied by Suvania", 17 to 38 in a1 "The news") '),
        (":c1 kg:cue 'so' .", 'c1 ("rejected", 8 to 16 in a1) kg:cue: '),
        (":r1 kg:contested 1 .", 'r1 ("Norland" rejects "Suvania" in a1) kg:contested: '),
        (":threat kg:contested 1 .", 'threat ("Suvania may threaten Norland" in a1) kg:contested: '),
        (":port kg:population 'many' .", 'port ("Karsund") kg:population: '),
        (":nobody a kg:Claim .", "nobody kg:polarity: "),
    ],
)
def test_a_finding_tells_what_its_node_is(fault: str, found: str, graph: Graph) -> None:
    lines = [str(finding) for finding in validate(changed(graph, "", fault))]
    assert [line for line in lines if found in line]


def test_what_denotes_itself_is_told_as_well_as_it_can_be(graph: Graph) -> None:
    changed(graph, "", ":e8 kg:fromEvent :e9 . :e9 kg:fromEvent :e8 ; a kg:Place .")
    assert [finding.about for finding in validate(graph) if finding.node == f"{EX}e9"] == [""]


def test_a_finding_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Finding("a", "b", "c", "d", "e").node = "f"  # type: ignore[misc]


def test_the_value_at_fault_is_named(graph: Graph) -> None:
    changed(graph, "", ":norland kg:aids :league ; kg:country 'Norland' .")
    values = {finding.rule: finding.value for finding in validate(graph)}
    assert values == {"Actor/Pattern": "Norland", "DirectRelation": f"{EX}league"}
