"""The shipped ontologies: complete, consistent with one another, and read as the code expects."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

import owlrl  # type: ignore[import-untyped]
import pyoxigraph
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, FOAF, ORG, OWL, RDF, RDFS, SDO, SH, SKOS, TIME, VANN, WGS, XSD
from rdflib.namespace import PROV as PROV_O

from kg import ontology, resources
from kg.errors import OntologyError
from kg.graph.assemble import assemble
from kg.ontology import CAMEO, DCT, GAF, KG, PLOVER, PROV, SEM, local_name
from kg.rdf.encode import encode
from kg.records import (
    ACTOR_TYPES,
    EVENT_TYPES,
    FACTUALITIES,
    RELATION_FACTUALITIES,
    RELATION_TYPES,
    SECTORS,
    EventType,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rdflib.term import Node

    from kg.records import DocumentRecord

FILES = ("cameo", "kg", "plover", "shapes")
PROPERTY_KINDS = {OWL.AnnotationProperty, OWL.DatatypeProperty, OWL.ObjectProperty}

# Terms that nothing in the vocabularies ours is aligned with means, or nearly means.
OURS_ALONE = """
    agreesOn contested count cue goldstein independentReportCount intensity pattern precision reportCount resolvedBy
    rule score speaker statedClass statedCountry statedSector verbatim
"""
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)

# What others define: by rdflib's closed namespaces, or, where it has none, as far as it is used here.
CLOSED = {
    "dct": DCTERMS,
    "foaf": FOAF,
    "geo": WGS,
    "org": ORG,
    "prov": PROV_O,
    "schema": SDO,
    "skos": SKOS,
    "time": TIME,
    "vann": VANN,
}
LISTED = {
    "gaf": "Instance Mention containsDenotation denotedBy denotedIn denotes",
    "gn": "Feature countryCode population",
    "grasp": "Attribution AttributionValue Source hasAttribution isAttributionFor wasAttributedTo",
    "graspf": "certain future negative non-future positive possible probable underspecified",
    "nif": "Context String anchorOf beginIndex confidence endIndex isString referenceContext sentence",
    "oa": "Annotation",
    "sem": "Actor ActorType Authority Constraint Core Event EventType Place PlaceType Role Temporary Time Type View "
    "accordingTo actorType eventProperty eventType hasActor hasEarliestBeginTimeStamp hasLatestEndTimeStamp hasPlace "
    "hasTime hasTimeStamp type",
}
NEWER_THAN_RDFLIB = {"schema:PoliticalParty"}

# Axioms of the vocabularies that ours lies under, as far as they can contradict it or what graphs say.
OTHERS = """
    foaf:Person owl:disjointWith foaf:Organization . foaf:Document owl:disjointWith foaf:Organization .
    org:Organization owl:equivalentClass foaf:Organization ; rdfs:subClassOf foaf:Agent .
    org:FormalOrganization rdfs:subClassOf org:Organization . foaf:Group rdfs:subClassOf foaf:Agent .
    prov:Activity owl:disjointWith prov:Entity . prov:Person rdfs:subClassOf prov:Agent .
    prov:Organization rdfs:subClassOf prov:Agent . prov:hadPrimarySource rdfs:subPropertyOf prov:wasDerivedFrom .
    prov:wasDerivedFrom rdfs:domain prov:Entity ; rdfs:range prov:Entity .
    prov:wasAttributedTo rdfs:domain prov:Entity ; rdfs:range prov:Agent .
    prov:wasGeneratedBy rdfs:domain prov:Entity ; rdfs:range prov:Activity .
    prov:actedOnBehalfOf rdfs:domain prov:Agent ; rdfs:range prov:Agent .
    skos:Concept owl:disjointWith skos:ConceptScheme .
    gaf:denotes rdfs:domain gaf:Mention ; rdfs:range gaf:Instance ; owl:inverseOf gaf:denotedBy .
    gaf:Mention owl:disjointWith grasp:AttributionValue . gaf:Instance owl:disjointWith grasp:AttributionValue .
    grasp:Attribution owl:disjointWith grasp:AttributionValue .
    grasp:hasAttribution rdfs:domain gaf:Mention ; rdfs:range grasp:Attribution ; owl:inverseOf grasp:isAttributionFor .
    sem:hasActor rdfs:domain sem:Event ; rdfs:range sem:Actor . sem:hasPlace rdfs:domain sem:Event .
    sem:hasPlace rdfs:range sem:Place . sem:eventType rdfs:domain sem:Event ; rdfs:range sem:EventType .
    sem:actorType rdfs:domain sem:Actor .
    nif:referenceContext rdfs:domain nif:String ; rdfs:range nif:Context . nif:Context rdfs:subClassOf nif:String .
"""

FAMILIES = {
    "supports": "agreesWith praises cooperatesWith aids concedesTo yieldsTo alliedWith",
    "disputes": "rejects accuses demandsOf threatens",
    "opposes": "disputes rejects accuses demandsOf threatens protestsAgainst sanctions mobilizesAgainst coerces "
    "attacks atWarWith",
    "meets": "",
}
EVENT_PROPERTIES: dict[EventType, str] = {
    "AGREE": "agreesWith",
    "CONSULT": "meets",
    "SUPPORT": "praises",
    "COOPERATE": "cooperatesWith",
    "AID": "aids",
    "CONCEDE": "concedesTo",
    "RETREAT": "yieldsTo",
    "REQUEST": "demandsOf",
    "ACCUSE": "accuses",
    "REJECT": "rejects",
    "THREATEN": "threatens",
    "PROTEST": "protestsAgainst",
    "SANCTION": "sanctions",
    "MOBILIZE": "mobilizesAgainst",
    "COERCE": "coerces",
    "ASSAULT": "attacks",
}
PROMISED = """
    Actor Person State GovernmentBody IntergovernmentalOrganization MilitaryForce PoliceForce ArmedGroup PoliticalParty
    NonGovernmentalOrganization Company MediaOutlet PopulationGroup EthnicOrReligiousGroup country sector Place
    Event mode context quadClass intensity cameo source target participant date factuality Happened Planned Possible
    Negated contested confidence reportCount Mention sentence Document Claim cue polarity contradicts sha256
    Relation fromEvent meets supports agreesWith praises cooperatesWith aids concedesTo yieldsTo alliedWith disputes
    opposes rejects accuses demandsOf threatens protestsAgainst sanctions mobilizesAgainst coerces attacks atWarWith
    memberOf leads represents partOf controls
    Account account statedSource statedTarget statedParticipant statedPlace statedDate statedEarliest statedLatest
    copyOf independentReportCount
"""
# What PLOVER publishes, and the modes that document records may have beside them.
MODES: dict[EventType, tuple[str, str]] = {
    "AGREE": ("", "assist change meet yield"),
    "CONSULT": ("multilateral phone third-party visit", ""),
    "RETREAT": ("access ceasefire disarm release resign withdraw", "return"),
    "REQUEST": ("assist change meet yield", ""),
    "ACCUSE": ("allege disapprove investigate", ""),
    "REJECT": ("assist change meet yield", ""),
    "THREATEN": ("arrest expel relations restrict territory violence", "ban"),
    "PROTEST": ("boycott demo hunger obstruct riot strike vandalize", ""),
    "SANCTION": ("convict discontinue expel withdraw", ""),
    "MOBILIZE": ("militia police troops weapons", ""),
    "COERCE": ("arrest censor curfew cyber deport martial-law misinformation restrict seize withhold", "ban"),
    "ASSAULT": (
        "abduct aerial beat crowd-control destroy drone explosives firearms heavy-weapons primitive sexual "
        "suicide-attack targeted torture unconventional",
        "assassinate cleansing execute massacre",
    ),
}
INTENSITIES = [
    ("CONSULT", "", "2.5"),
    ("CONSULT", "third-party", "1"),
    ("AID", "", "10"),
    ("RETREAT", "disarm", "10"),
    ("RETREAT", "return", "6.5"),
    ("REQUEST", "", "0"),
    ("ACCUSE", "", "-3"),
    ("PROTEST", "vandalize", "-5"),
    ("THREATEN", "ban", "-3"),
    ("ASSAULT", "assassinate", "-9.5"),
    ("ASSAULT", "unconventional", "-10"),
]


@pytest.fixture(scope="module")
def graphs() -> dict[str, Graph]:
    return {name: Graph().parse(data=resources.ontology_text(name), format="turtle") for name in FILES}


@pytest.fixture(scope="module")
def kg(graphs: dict[str, Graph]) -> Graph:
    return graphs["kg"]


def items(graph: Graph, subject: Node, predicate: URIRef) -> set[Node]:
    """Return the members of the list that is the object, or of the union that is."""
    head = graph.value(subject, predicate)
    assert head is not None
    return set(Collection(graph, head))


def names(terms: Iterable[str]) -> set[str]:
    return {local_name(term) for term in terms}


def ancestors(graph: Graph, term: Node, predicate: URIRef) -> set[Node]:
    return {parent for parent in graph.transitive_objects(term, predicate) if parent is not None and parent != term}


# -------------------------------------------------------------------------------- files


@pytest.mark.parametrize("name", FILES)
def test_rdflib_and_oxigraph_read_the_same(name: str, graphs: dict[str, Graph]) -> None:
    text = resources.ontology_text(name)
    assert len(graphs[name]) == len(list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)))


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_one_header_with_version_and_licence(name: str, graphs: dict[str, Graph]) -> None:
    (header,) = graphs[name].subjects(RDF.type, OWL.Ontology)
    assert graphs[name].value(header, OWL.versionInfo) == Literal(ontology.version())
    assert isinstance(graphs[name].value(header, DCT.license), URIRef)


def test_prefixes_mean_the_same_in_all_files() -> None:
    seen: dict[str, str] = {}
    for name in FILES:
        reader = pyoxigraph.parse(resources.ontology_text(name), format=pyoxigraph.RdfFormat.TURTLE)
        list(reader)
        for prefix, namespace in reader.prefixes.items():
            assert seen.setdefault(prefix, namespace) == namespace
        assert list(reader.prefixes) == sorted(reader.prefixes)


@pytest.mark.parametrize("name", FILES)
def test_every_term_of_ours_in_use_is_defined(name: str, graphs: dict[str, Graph]) -> None:
    closed = {vocabulary: ontology.prefixes()[prefix] for vocabulary, prefix in ((KG, "kg"), (PLOVER, "plover"))}
    closed[CAMEO] = ontology.prefixes()["cameo"]
    used = {term for triple in graphs[name] for term in triple if isinstance(term, URIRef)}
    for vocabulary, namespace in closed.items():
        ours = {term for term in used if term.startswith(namespace) and term != URIRef(namespace)}
        assert {term for term in ours if term not in vocabulary} == set()


def test_every_reused_term_is_declared(graphs: dict[str, Graph]) -> None:
    built_in = tuple(str(namespace) for namespace in (OWL, RDF, RDFS, XSD, SH))
    for graph in (graphs["kg"], graphs["plover"], graphs["cameo"]):
        used = {term for triple in graph for term in triple if isinstance(term, URIRef)}
        for prefix, namespace in ontology.prefixes().items():
            if prefix in ("cameo", "kg", "plover") or namespace.startswith(built_in):
                continue
            terms = {term for term in used if term.startswith(namespace) and term != URIRef(namespace)}
            assert {term for term in terms if (term, RDF.type, None) not in graphs["kg"]} == set()


# -------------------------------------------------------------------------------- kg.ttl


def test_all_promised_terms_are_there() -> None:
    assert [name for name in PROMISED.split() if name not in KG] == []


@pytest.mark.parametrize("term", sorted(KG), ids=local_name)
def test_a_term_is_labelled_commented_and_aligned(term: URIRef, kg: Graph) -> None:
    for predicate in (RDFS.label, RDFS.comment):
        (text,) = kg.objects(term, predicate)
        assert isinstance(text, Literal)
        assert text.language == "en"
        assert text.strip()
    up = {RDF.type} if (term, RDF.type, OWL.NamedIndividual) in kg else {RDFS.subClassOf, RDFS.subPropertyOf}
    above = {parent for predicate in up for parent in ancestors(kg, term, predicate)}
    if RDF.type in up:
        above |= {parent for kind in kg.objects(term, RDF.type) for parent in ancestors(kg, kind, RDFS.subClassOf)}
    under = [parent for parent in above if isinstance(parent, URIRef) and parent not in KG and parent not in OWL]
    like = [match for predicate in MATCHES for match in kg.objects(term, predicate)]
    assert bool(under or like) == (local_name(term) not in OURS_ALONE.split())


@pytest.mark.parametrize("prefix", [*CLOSED, *LISTED])
def test_every_reused_term_exists(prefix: str, kg: Graph) -> None:
    namespace = ontology.prefixes()[prefix]
    used = {term for triple in kg for term in triple if isinstance(term, URIRef) and term.startswith(namespace)}
    names = {term.removeprefix(namespace) for term in used} - {""}
    defined = CLOSED[prefix] if prefix in CLOSED else LISTED[prefix].split()
    assert {f"{prefix}:{name}" for name in names if name not in defined} <= NEWER_THAN_RDFLIB


def test_no_vocabulary_is_reused_unchecked() -> None:
    unchecked = set(ontology.prefixes()) - set(CLOSED) - set(LISTED)
    assert unchecked == {"cameo", "kg", "owl", "plover", "rdf", "rdfs", "sh", "xsd"}


def test_what_lies_under_a_property_of_others_fits_its_domain_and_range(kg: Graph) -> None:
    others = parsed(OTHERS)
    for term, parent in kg.subject_objects(RDFS.subPropertyOf):
        for side in (RDFS.domain, RDFS.range):
            limit = others.value(parent, side)
            if limit is not None:
                ours = kg.value(term, side)
                members = items(kg, ours, OWL.unionOf) if isinstance(ours, BNode) else {ours}
                assert all(limit in {member, *ancestors(kg, member, RDFS.subClassOf)} for member in members if member)


@pytest.mark.parametrize("term", sorted(KG), ids=local_name)
def test_a_property_has_domain_range_and_one_kind(term: URIRef, kg: Graph) -> None:
    kinds = set(kg.objects(term, RDF.type)) & PROPERTY_KINDS
    if not kinds:
        return
    (kind,) = kinds
    (domain,), (range_,) = kg.objects(term, RDFS.domain), kg.objects(term, RDFS.range)
    if isinstance(domain, BNode):
        assert all(member in KG for member in items(kg, domain, OWL.unionOf))
    if kind == OWL.DatatypeProperty:
        assert str(range_).startswith(str(XSD))
    for parent in kg.objects(term, RDFS.subPropertyOf):
        assert parent == RDFS.seeAlso or (parent, RDF.type, kind) in kg


def test_no_term_is_of_two_kinds(kg: Graph) -> None:
    for term in KG:
        assert len({OWL.Class, OWL.NamedIndividual, *PROPERTY_KINDS} & set(kg.objects(term, RDF.type))) == 1


@pytest.mark.parametrize("predicate", [RDFS.subClassOf, RDFS.subPropertyOf], ids=["classes", "properties"])
def test_hierarchies_have_no_cycle(predicate: URIRef, kg: Graph) -> None:
    for term in KG:
        assert all(
            (term, predicate, None) not in kg or term not in set(kg.transitive_objects(parent, predicate))
            for parent in kg.objects(term, predicate)
        )


def test_no_class_lies_under_two_that_exclude_each_other(kg: Graph) -> None:
    for axiom in kg.subjects(RDF.type, OWL.AllDisjointClasses):
        for one, other in combinations(items(kg, axiom, OWL.members), 2):
            below = [set(kg.transitive_subjects(RDFS.subClassOf, term)) for term in (one, other)]
            assert below[0].isdisjoint(below[1])


def test_symmetric_and_inverse_properties(kg: Graph) -> None:
    assert names(ontology.symmetric_properties()) == {"alliedWith", "atWarWith", "contradicts", "meets"}
    for term in ontology.symmetric_properties():
        assert kg.value(term, RDFS.domain) == kg.value(term, RDFS.range)
    for one, other in kg.subject_objects(OWL.inverseOf):
        assert (other, OWL.inverseOf, one) in kg
        assert kg.value(one, RDFS.domain) == kg.value(other, RDFS.range)


def parsed(data: str) -> Graph:
    header = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in ontology.prefixes().items())
    return Graph().parse(data=f"{header}PREFIX : <https://example.org/>\n{data}", format="turtle")


def reasoned(kg: Graph, *data: Graph) -> set[str]:
    """Return the contradictions that an OWL 2 RL reasoner finds between the ontology and ``data``.

    The reasoner is written in Python: to trace it, which is none of our code, takes as long again.

    Labels, comments, examples and matches, from which nothing follows, are left out.
    """
    told = {RDFS.label, RDFS.comment, RDFS.isDefinedBy, SKOS.example, *MATCHES}
    graph = Graph()
    for part in (kg, parsed(OTHERS), *data):
        for triple in part:
            if triple[1] not in told:
                graph.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return {
        str(message) for message in graph.objects(None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error"))
    }


SAMPLE = """
    :a a kg:State ; kg:meets :b ; kg:alliedWith :b ; kg:memberOf :c ; kg:controls :p ; kg:leads :c ; kg:represents :c .
    :b a kg:Person ; kg:attacks :a ; kg:rejects :a . :c a kg:IntergovernmentalOrganization . :p a kg:Place .
    :e a kg:Event ; kg:source :a ; kg:target :b ; sem:eventType plover:CONSULT ; kg:mode plover:CONSULT-visit ;
        kg:factuality kg:Happened ; kg:confidence 0.5 ; gaf:denotedBy :m ; sem:hasPlace :p ; kg:intensity 4.0 .
    :m a kg:Mention ; kg:claim :k ; gaf:denotes :e ; nif:referenceContext :d .
    :k a kg:Claim ; kg:polarity kg:Affirms ; prov:wasAttributedTo :a ; kg:contradicts :l .
    :l a kg:Claim . :d a kg:Document .
    :r a kg:Relation ; rdf:subject :a ; rdf:predicate kg:meets ; rdf:object :b ; kg:fromEvent :e ;
        kg:factuality kg:Past .
"""


@pytest.mark.no_cover
def test_a_reasoner_finds_no_contradiction(kg: Graph) -> None:
    assert reasoned(kg, parsed(SAMPLE)) == set()


def unsatisfiable(kg: Graph) -> set[str]:
    """Return the classes of ours of which nothing can be a member: those whose sample takes part in a contradiction."""
    classes = [term for term in KG if (term, RDF.type, OWL.Class) in kg]
    samples = parsed(" ".join(f":a-{local_name(term)} a kg:{local_name(term)} ." for term in classes))
    found = {re.search(r"https://example\.org/a-(\w+)", message) for message in reasoned(kg, samples)}
    assert None not in found
    return {match[1] for match in found if match}


@pytest.mark.no_cover
def test_every_class_can_have_members(kg: Graph) -> None:
    assert unsatisfiable(kg) == set()


@pytest.mark.no_cover
def test_a_class_that_nothing_can_be_of_is_found(kg: Graph) -> None:
    assert unsatisfiable(kg + parsed("kg:PoliceForce rdfs:subClassOf kg:Place .")) == {"PoliceForce"}
    assert unsatisfiable(kg + parsed("kg:MediaOutlet rdfs:subClassOf owl:Nothing .")) == {"MediaOutlet"}


def test_ranges_are_of_the_datatypes_of_owl_but_for_days(kg: Graph) -> None:
    """As the comment on the ontology says; nor is what OWL reserves given a meaning of its own."""
    ranges = {
        str(range_).removeprefix(str(XSD))
        for range_ in kg.objects(None, RDFS.range)
        if str(range_).startswith(str(XSD))
    }
    assert ranges == {"anyURI", "boolean", "date", "decimal", "integer", "string"}
    annotations = set(kg.subjects(RDF.type, OWL.AnnotationProperty))
    assert not {*kg.subjects(RDFS.range, RDFS.Resource), *kg.subjects(RDFS.domain, RDFS.Resource)} - annotations


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "fault",
    [
        ":p a kg:Actor .",
        ":b kg:alliedWith :b .",
        ":e kg:factuality kg:Planned .",
        ":d a prov:Activity .",
        ":m a grasp:AttributionValue .",
    ],
)
def test_a_reasoner_finds_a_planted_contradiction(fault: str, kg: Graph) -> None:
    assert reasoned(kg, parsed(SAMPLE + fault))


@pytest.mark.no_cover
def test_a_reasoner_finds_no_contradiction_in_a_built_graph(kg: Graph, record: DocumentRecord) -> None:
    assert reasoned(kg, encode(assemble([record]))) == set()


@pytest.mark.no_cover
def test_a_reasoner_finds_what_contradicts_a_built_graph(kg: Graph, record: DocumentRecord) -> None:
    graph = encode(assemble([record]))
    person = min(graph.subjects(RDF.type, KG.Person), key=str)
    graph.add((person, RDF.type, KG.Company))
    found = reasoned(kg, graph)
    assert found
    assert any(str(person) in message for message in found)


# -------------------------------------------------------------------------------- relations


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_every_event_type_has_its_relation_property(event_type: EventType) -> None:
    assert ontology.property_of_event(event_type) == KG[EVENT_PROPERTIES[event_type]]


@pytest.mark.parametrize(("family", "members"), FAMILIES.items())
def test_families_are_those_of_the_vocabulary(family: str, members: str) -> None:
    below = {term for term in ontology.relation_properties() if KG[family] in ontology.super_properties(term)}
    assert names(below) == set(members.split())


@pytest.mark.parametrize("relation_type", RELATION_TYPES)
def test_every_stated_relation_has_its_property(relation_type: str) -> None:
    first, *rest = relation_type.split("_")
    term = ontology.property_of_relation(relation_type)
    assert local_name(term) == first + "".join(word.capitalize() for word in rest)
    assert ontology.record_value(term) == relation_type


def test_relation_properties_join_actors(kg: Graph) -> None:
    assert len(ontology.relation_properties()) == 26
    for term in ontology.relation_properties():
        assert kg.value(term, RDFS.domain) == KG.Actor
        assert kg.value(term, RDFS.range) == KG.Actor or term == KG.controls


def test_roles_are_participants() -> None:
    assert ontology.super_properties(KG.source) == ontology.super_properties(KG.target) == (KG.participant,)


@pytest.mark.parametrize(
    ("term", "kind"),
    [
        (KG.meets, OWL.Thing),
        (GAF.denotedBy, OWL.Thing),
        (KG.controls, OWL.Thing),
        (KG.date, XSD.date),
        (KG.cue, XSD.string),
        (KG.recordValue, XSD.string),
        (KG.derivedFromEventType, None),
        (DCT.issued, None),
        (KG.Event, None),
        (URIRef("http://example.org/p"), None),
    ],
)
def test_value_kind(term: URIRef, kind: URIRef | None) -> None:
    assert ontology.value_kind(term) == kind


# -------------------------------------------------------------------------------- record values


@pytest.mark.parametrize(
    ("function", "values"),
    [
        (ontology.actor_class, ACTOR_TYPES),
        (ontology.factuality, {*FACTUALITIES, *RELATION_FACTUALITIES}),
        (ontology.polarity, ("affirms", "denies")),
    ],
)
def test_record_values_go_there_and_back(function: Callable[[str], URIRef], values: Iterable[str]) -> None:
    terms = {function(value): value for value in values}
    assert len(terms) == len(set(values))
    assert all(ontology.record_value(term) == value for term, value in terms.items())


def test_every_actor_class_is_an_actor() -> None:
    for value in ACTOR_TYPES:
        term = ontology.actor_class(value)
        assert term == KG.Actor or ontology.super_classes(term) == (KG.Actor,)


# -------------------------------------------------------------------------------- plover.ttl


@pytest.mark.parametrize(("kind", "count"), [(KG.EventType, 16), (KG.Context, 37), (KG.QuadClass, 4), (KG.Sector, 27)])
def test_the_scheme_is_complete(kind: URIRef, count: int, graphs: dict[str, Graph]) -> None:
    assert len(set(graphs["plover"].subjects(RDF.type, kind))) == count


def test_types_and_sectors_are_those_of_document_records() -> None:
    assert all(PLOVER[name] for name in (*EVENT_TYPES, *SECTORS))


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_modes_are_those_of_plover_and_of_document_records(event_type: EventType) -> None:
    published, extra = (part.split() for part in MODES.get(event_type, ("", "")))
    found = ontology.modes(event_type)
    assert sorted(found) == sorted(published + extra)
    assert all(term == PLOVER[f"{event_type}-{name}"] for name, term in found.items())


def test_plover_publishes_67_modes() -> None:
    assert sum(len(published.split()) for published, _ in MODES.values()) == 67


@pytest.mark.parametrize(("event_type", "mode", "expected"), INTENSITIES)
def test_intensity(event_type: str, mode: str, expected: str) -> None:
    assert ontology.intensity(event_type, mode) == Decimal(expected)


@pytest.mark.parametrize("event_type", EVENT_TYPES)
def test_intensities_agree_with_the_quad_class(event_type: EventType) -> None:
    found = [ontology.intensity(event_type, mode) for mode in ("", *ontology.modes(event_type))]
    assert all(-10 <= value <= 10 for value in found)
    if ontology.quad_class(event_type) in (PLOVER.verbal_cooperation, PLOVER.material_cooperation):
        assert min(found) > 0
    else:
        assert max(found) <= Decimal("0.5")


@pytest.mark.parametrize("name", ["plover", "cameo"])
def test_every_concept_is_well_formed(name: str, graphs: dict[str, Graph]) -> None:
    graph = graphs[name]
    (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        (label,), (notation,) = graph.objects(concept, SKOS.prefLabel), graph.objects(concept, SKOS.notation)
        assert isinstance(label, Literal)
        assert label.language == "en"
        assert str(notation)
        assert (concept, SKOS.inScheme, scheme) in graph
        assert name == "cameo" or len(list(graph.objects(concept, SKOS.definition))) == 1
        assert (concept in set(graph.objects(scheme, SKOS.hasTopConcept))) == (
            (concept, SKOS.topConceptOf, scheme) in graph
        )
        assert all((parent, SKOS.inScheme, scheme) in graph for parent in graph.objects(concept, SKOS.broader))


def test_numbers_are_decimals(graphs: dict[str, Graph]) -> None:
    for name, term in (("plover", KG.intensity), ("cameo", KG.goldstein)):
        for value in graphs[name].objects(None, term):
            assert isinstance(value, Literal)
            assert value.datatype == XSD.decimal
            assert -10 <= value.toPython() <= 10


def test_only_consult_is_symmetric_by_type() -> None:
    assert ontology.symmetric_event_types() == {"CONSULT"}


def test_modes_that_imply_a_context() -> None:
    assert ontology.implied_contexts("COERCE", "cyber") == (PLOVER.cyber,)
    assert ontology.implied_contexts("COERCE", "arrest") == ontology.implied_contexts("COERCE") == ()


# -------------------------------------------------------------------------------- cameo.ttl


def test_cameo_is_complete_and_sorted(graphs: dict[str, Graph]) -> None:
    cameo = graphs["cameo"]
    codes = set(cameo.subjects(RDF.type, KG.CameoCode))
    assert len(codes) == 318
    assert len(set(cameo.subjects(SKOS.topConceptOf))) == 20
    text = resources.ontology_text("cameo")
    written = [line.split()[0].removeprefix("cameo:") for line in text.splitlines() if line.startswith("cameo:0")]
    assert written == sorted(written)
    for code in codes:
        parents = list(cameo.objects(code, SKOS.broader))
        assert len(parents) == (local_name(str(code)) not in {f"{root:02}" for root in range(1, 21)})
        assert all(str(code).startswith(str(parent)) for parent in parents)


def test_cameo_codes_lead_to_plover(graphs: dict[str, Graph]) -> None:
    cameo = graphs["cameo"]
    for code in cameo.subjects(RDF.type, KG.CameoCode):
        matches = set(cameo.objects(code, SKOS.broadMatch)) | set(cameo.objects(code, SKOS.closeMatch))
        assert len(matches) <= 1
        assert all(
            (match, RDF.type, KG.EventType) in graphs["plover"] or (match, RDF.type, KG.Mode) in graphs["plover"]
            for match in matches
        )
        if not matches:
            assert local_name(str(code))[:2] in {"01", "05", "08", "09", "11", "16", "17", "18", "19", "20", "10", "02"}


@pytest.mark.parametrize(
    ("code", "match"),
    [
        ("057", "SUPPORT"),
        ("055", "CONCEDE"),
        ("0256", "REQUEST-yield"),
        ("163", "SANCTION-discontinue"),
        ("116", "SANCTION-convict"),
        ("145", "PROTEST-riot"),
        ("1451", "PROTEST-riot"),
        ("1711", "COERCE-seize"),
        ("202", "ASSAULT-massacre"),
    ],
)
def test_a_cameo_code_matches(code: str, match: str, graphs: dict[str, Graph]) -> None:
    cameo = graphs["cameo"]
    assert PLOVER[match] in {*cameo.objects(CAMEO[code], SKOS.broadMatch), *cameo.objects(CAMEO[code], SKOS.closeMatch)}


def test_close_matches_go_both_ways(graphs: dict[str, Graph]) -> None:
    there = set(graphs["cameo"].subject_objects(SKOS.closeMatch))
    assert there == {(code, concept) for concept, code in graphs["plover"].subject_objects(SKOS.closeMatch)}


@pytest.mark.parametrize(
    ("event_type", "mode", "code"),
    [("PROTEST", "", "14"), ("PROTEST", "riot", "145"), ("COERCE", "curfew", "1723"), ("ASSAULT", "", None)],
)
def test_cameo_code(event_type: str, mode: str, code: str | None) -> None:
    assert ontology.cameo_code(event_type, mode) == (CAMEO[code] if code else None)


# -------------------------------------------------------------------------------- shapes.ttl


@pytest.mark.parametrize(
    ("shape", "path", "expected"),
    [
        ("Event", SEM.eventType, lambda graph: set(graph.subjects(RDF.type, KG.EventType))),
        ("Event", KG.mode, lambda graph: set(graph.subjects(RDF.type, KG.Mode))),
        ("Event", KG.context, lambda graph: set(graph.subjects(RDF.type, KG.Context))),
        ("Event", KG.quadClass, lambda graph: set(graph.subjects(RDF.type, KG.QuadClass))),
        ("Event", KG.factuality, lambda _: set(map(ontology.factuality, FACTUALITIES))),
        ("Actor", KG.sector, lambda graph: set(graph.subjects(RDF.type, KG.Sector))),
        ("Claim", KG.polarity, lambda _: {KG.Affirms, KG.Denies}),
        ("Relation", RDF.predicate, lambda _: set(ontology.relation_properties())),
        ("Relation", KG.factuality, lambda _: {KG.Happened, KG.Negated, KG.Past, KG.Planned, KG.Possible}),
    ],
)
def test_shapes_allow_what_the_ontology_defines(
    shape: str, path: URIRef, expected: Callable[[Graph], set[Node]], graphs: dict[str, Graph]
) -> None:
    shapes = graphs["shapes"]
    (allowed,) = (
        items(shapes, rule, SH["in"])
        for owner in shapes.subjects(SH.targetClass, KG[shape])
        for rule in shapes.objects(owner, SH.property)
        if (rule, SH.path, path) in shapes
    )
    assert allowed == expected(graphs["plover"])


@pytest.mark.parametrize("name", ["RelationFamily", "DirectRelation", "EventQuadClass", "RelationSymmetry"])
def test_queries_in_shapes_name_what_the_ontology_defines(name: str, graphs: dict[str, Graph]) -> None:
    shapes = graphs["shapes"]
    (query,) = (
        str(shapes.value(body, SH.select))
        for shape, body in shapes.subject_objects(SH.sparql)
        if str(shape).endswith(f"#{name}")
    )
    if name == "EventQuadClass":
        for event_type in EVENT_TYPES:
            (line,) = (
                line
                for line in query.splitlines()
                if f"plover:{event_type}," in line or f"plover:{event_type})" in line
            )
            assert line.rstrip(" |)").endswith(local_name(ontology.quad_class(event_type)))
        return
    words = set(query.replace(",", " ").replace("(", " ").replace(")", " ").split())
    named = {word.removeprefix("kg:") for word in words if word.startswith("kg:")}
    relations = names(ontology.relation_properties())
    joined = {"RelationSymmetry": names(ontology.symmetric_properties()) & relations, "DirectRelation": relations}
    families = {term for family, members in FAMILIES.items() if members for term in (family, *members.split())}
    assert named & relations == joined.get(name, families)


def select(shapes: Graph, name: str) -> str:
    (query,) = (
        str(shapes.value(body, SH.select))
        for shape, body in shapes.subject_objects(SH.sparql)
        if str(shape).endswith(f"#{name}")
    )
    return query


def test_intensities_in_shapes_are_those_of_plover(graphs: dict[str, Graph]) -> None:
    listed = re.findall(r"\?intensity = (\S+) && \?kind IN \(([^)]+)\)", select(graphs["shapes"], "EventIntensity"))
    told = {kind.strip(): Decimal(number) for number, kinds in listed for kind in kinds.split(",")}
    terms = {*graphs["plover"].subjects(RDF.type, KG.EventType), *graphs["plover"].subjects(RDF.type, KG.Mode)}
    assert told == {f"plover:{local_name(str(term))}": intensity(graphs["plover"], term) for term in terms}


def intensity(plover: Graph, term: Node) -> Decimal:
    value = plover.value(term, KG.intensity)
    assert isinstance(value, Literal)
    return Decimal(str(value))


def test_codes_in_shapes_are_those_that_match(graphs: dict[str, Graph]) -> None:
    listed = re.findall(r"\?code = cameo:(\w+) && \?kind = plover:([\w-]+)\)", select(graphs["shapes"], "EventCameo"))
    matches = graphs["cameo"].subject_objects(SKOS.closeMatch)
    assert sorted(listed) == sorted((local_name(str(code)), local_name(str(term))) for code, term in matches)


@pytest.mark.parametrize(("name", "kinds"), [("OwnProperty", PROPERTY_KINDS), ("OwnClass", {OWL.Class})])
def test_shapes_know_all_our_terms(name: str, kinds: set[URIRef], graphs: dict[str, Graph]) -> None:
    listed = re.findall(r"kg:(\w+)", select(graphs["shapes"], name))
    assert listed == sorted(local_name(term) for term in KG if kinds & set(graphs["kg"].objects(term, RDF.type)))


# -------------------------------------------------------------------------------- the closed namespaces


@pytest.mark.parametrize(
    ("misspelt", "near"),
    [
        (lambda: KG.meet, "kg:meets"),
        (lambda: KG["suports"], "kg:supports"),
        (lambda: PLOVER.CONSLT, "plover:CONSULT"),
        (lambda: PLOVER["RETREAT-withdrew"], "plover:RETREAT-withdraw"),
        (lambda: PROV.wasAttributedto, "prov:wasAttributedTo"),
        (lambda: SEM.hasActors, "sem:hasActor"),
    ],
)
def test_a_misspelt_term_is_an_error_that_names_near_ones(misspelt: Callable[[], URIRef], near: str) -> None:
    with pytest.raises(OntologyError, match=near):
        misspelt()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ontology.property_of_event("FIGHT"), "no event type 'FIGHT'.*ASSAULT"),
        (lambda: ontology.property_of_relation("hates"), "no relation type 'hates'.*member_of"),
        (lambda: ontology.actor_class("DOG"), "no actor type 'DOG'.*PERSON"),
        (lambda: ontology.mode("SUPPORT", "visit"), "no SUPPORT mode 'visit'.*known: none"),
        (lambda: ontology.intensity("CONSULT", "withdraw"), "no CONSULT mode 'withdraw'.*visit"),
        (lambda: ontology.factuality("maybe"), "no factuality 'maybe'.*possible"),
        (lambda: ontology.polarity("doubts"), "no polarity 'doubts'.*denies"),
        (lambda: ontology.quad_class("WAR"), "no event type 'WAR'"),
        (lambda: ontology.local_name("https://example.org/x"), "no term of the kg, plover or cameo vocabulary"),
        (lambda: ontology.record_value(KG.cue), "has 0 values for"),
        (lambda: KG.zzzzzz, "none comes near"),
    ],
)
def test_what_is_not_defined_is_an_error(call: Callable[[], object], message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        call()


def test_a_namespace_behaves_like_a_collection() -> None:
    assert "meets" in KG
    assert KG.meets in KG
    assert SEM.hasActor not in KG
    assert len(KG) == len(list(KG)) == len(set(KG))
    assert repr(KG) == "Vocabulary('kg')"
    assert not hasattr(KG, "__wrapped__")


def test_terms_are_read_off_their_iri() -> None:
    assert local_name(KG.meets) == "meets"
    assert local_name(PLOVER["COERCE-martial-law"]) == "COERCE-martial-law"
    assert local_name(CAMEO["0256"]) == "0256"


def test_the_default_base_is_stored_in_the_ontology() -> None:
    assert ontology.default_base() == "https://w3id.org/geopolitical-kg/id/"


def test_cameo_is_not_read_until_it_is_asked_for() -> None:
    code = (
        "from kg import ontology\n"
        "ontology.property_of_event('AID'), ontology.intensity('AID'), ontology.cameo_code('AID')\n"
        "print(ontology._load.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2"
