"""The knowledge graph as RDF, in the terms of ``ontologies/kg.ttl``.

A triple of ours is never left to a reasoner: classes and properties above those used are written out where they
are ours too. A relation that holds or is planned is a direct triple (both ways where it is symmetric) beside its
``kg:Relation``; one that is past, negated or only possible is a ``kg:Relation`` alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from rdflib import Graph, URIRef
from rdflib.namespace import RDF, RDFS

from kg import ontology
from kg.errors import GraphError
from kg.graph.model import holds
from kg.identifiers import Identifiers, is_iri
from kg.ontology import DCT, GAF, GEO, KG, NIF, PLOVER, PROV, SCHEMA, SEM, SKOS
from kg.rdf import literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Literal

    from kg.graph.model import (
        ActorNode,
        ClaimNode,
        DocumentNode,
        EventNode,
        KnowledgeGraph,
        MentionNode,
        PlaceNode,
        RelationEdge,
        RunNode,
    )

Triple: TypeAlias = "tuple[URIRef, URIRef, URIRef | Literal]"


def encode(graph: KnowledgeGraph) -> Graph:
    """Return the graph as RDF; :func:`kg.rdf.decode.decode` is the way back.

    Raises:
        GraphError: If it holds an IRI that is no absolute http, https or urn IRI, or a date or number that is none.
        OntologyError: If it holds a type, mode, sector or property that the ontology lacks.
    """
    rdf = Graph("SimpleMemory", bind_namespaces="none")
    for prefix, namespace in {**ontology.prefixes(), **Identifiers(graph.base).namespaces()}.items():
        rdf.bind(prefix, namespace)
    rdf.addN((subject, predicate, value, rdf) for subject, predicate, value in triples(graph))
    return rdf


def triples(graph: KnowledgeGraph) -> Iterator[Triple]:
    """Give the triples of the graph; some of them, such as direct ones that several relations share, more than once.

    Raises:
        GraphError: As :func:`encode`.
        OntologyError: As :func:`encode`.
    """
    encoder = _Encoder(graph)
    yield from encoder.graph_itself()
    for run in graph.runs:
        yield from encoder.run(run)
    for document in graph.documents:
        yield from encoder.document(document)
    for actor in graph.actors:
        yield from encoder.actor(actor)
    for place in graph.places:
        yield from encoder.place(place)
    for event in graph.events:
        yield from encoder.event(event)
    for relation in graph.relations:
        yield from encoder.relation(relation)


@dataclass(slots=True)
class _Encoder:
    graph: KnowledgeGraph
    iris: dict[str, URIRef] = field(default_factory=dict)
    reported_in: dict[str, frozenset[str]] = field(default_factory=dict)

    def iri(self, text: str) -> URIRef:
        """Return an IRI that every syntax can hold."""
        if text not in self.iris:
            if not is_iri(text):
                raise GraphError(f"{text!r} is no absolute http, https or urn IRI")
            self.iris[text] = URIRef(text)
        return self.iris[text]

    def graph_itself(self) -> Iterator[Triple]:
        """Give the graph itself, which its base stands for, and what made it."""
        base = self.iri(self.graph.base)
        yield base, RDF.type, PROV.Entity
        for run in self.graph.runs:
            yield base, PROV.wasGeneratedBy, self.iri(run.iri)

    def run(self, run: RunNode) -> Iterator[Triple]:
        node = self.iri(run.iri)
        yield node, RDF.type, KG.Run
        yield node, RDF.type, PROV.Activity
        yield from _texts(node, KG.programVersion, run.program)
        yield from _texts(node, KG.modelVersion, run.model)
        yield from _texts(node, KG.ontologyVersion, run.ontology)

    def document(self, document: DocumentNode) -> Iterator[Triple]:
        node = self.iri(document.iri)
        yield node, RDF.type, KG.Document
        yield node, KG.documentId, literals.text(document.id)
        yield node, KG.sha256, literals.text(document.sha256)
        yield from _texts(node, DCT.title, document.title)
        yield from _texts(node, DCT.source, document.source)
        yield from _texts(node, DCT.language, document.language)
        if document.url:
            yield node, SCHEMA.url, literals.text(document.url)
        if document.published:
            yield node, DCT.issued, literals.moment(document.published)
        if document.publisher:
            publisher = self.iri(Identifiers(self.graph.base).publisher(document.publisher))
            yield node, DCT.publisher, publisher
            yield publisher, RDF.type, PROV.Organization
            yield publisher, RDFS.label, literals.text(document.publisher)

    def actor(self, actor: ActorNode) -> Iterator[Triple]:
        node, kind = self.iri(actor.iri), ontology.actor_class(actor.type)
        yield node, RDF.type, kind
        for broader in ontology.super_classes(kind):
            yield node, RDF.type, broader
        yield node, RDFS.label, literals.text(actor.name)
        yield node, SKOS.prefLabel, literals.text(actor.name)
        yield from _texts(node, SKOS.altLabel, *actor.alt_names)
        yield from _texts(node, KG.country, actor.country)
        if actor.sector:
            yield node, KG.sector, PLOVER[actor.sector]
        for same in actor.same_as:
            yield node, SKOS.exactMatch, self.iri(same)

    def place(self, place: PlaceNode) -> Iterator[Triple]:
        node = self.iri(place.iri)
        yield node, RDF.type, KG.Place
        yield node, RDFS.label, literals.text(place.name)
        yield from _texts(node, KG.country, place.country)
        if place.latitude is not None:
            yield node, GEO.lat, literals.decimal(place.latitude)
        if place.longitude is not None:
            yield node, GEO.long, literals.decimal(place.longitude)

    def event(self, event: EventNode) -> Iterator[Triple]:
        node = self.iri(event.iri)
        self.reported_in[event.iri] = frozenset(mention.document for mention in event.mentions)
        yield node, RDF.type, KG.Event
        yield node, RDFS.label, literals.text(event.label)
        yield node, SEM.eventType, PLOVER[event.type]
        yield from _scheme(node, event)
        yield from self._roles(node, event)
        for place in event.places:
            yield node, SEM.hasPlace, self.iri(place)
        yield from _days(node, KG.date, event.date)
        yield from _days(node, SEM.hasEarliestBeginTimeStamp, event.earliest)
        yield from _days(node, SEM.hasLatestEndTimeStamp, event.latest)
        yield node, KG.reportCount, literals.integer(len(self.reported_in[event.iri]))
        yield from _standing(node, event)
        yield from self._mentions(node, event.mentions)

    def relation(self, relation: RelationEdge) -> Iterator[Triple]:
        node, source, target = map(self.iri, (relation.iri, relation.source, relation.target))
        yield node, RDF.type, KG.Relation
        yield node, RDF.subject, source
        yield node, RDF.predicate, KG[relation.property]
        yield node, RDF.object, target
        if holds(relation):
            yield from direct(source, KG[relation.property], target)
        documents = {mention.document for mention in relation.mentions}
        for event in relation.events:
            yield node, KG.fromEvent, self.iri(event)
            documents |= self.reported_in.get(event, frozenset())
        yield from _days(node, KG.firstDate, relation.first)
        yield from _days(node, KG.lastDate, relation.last)
        yield node, KG["count"], literals.integer(relation.count)
        yield node, KG.reportCount, literals.integer(len(documents))
        yield from _standing(node, relation)
        yield from self._mentions(node, relation.mentions)

    def _roles(self, node: URIRef, event: EventNode) -> Iterator[Triple]:
        for property_, actors in ((KG.source, event.sources), (KG.target, event.targets)):
            for actor in map(self.iri, actors):
                yield node, property_, actor
                yield node, KG.participant, actor
        for actor in map(self.iri, event.participants):
            yield node, KG.participant, actor

    def _mentions(self, denoted: URIRef, mentions: Iterable[MentionNode]) -> Iterator[Triple]:
        for mention in mentions:
            node, document = self.iri(mention.iri), self.iri(mention.document)
            yield denoted, GAF.denotedBy, node
            yield node, RDF.type, KG.Mention
            yield node, GAF.denotes, denoted
            yield node, NIF.beginIndex, literals.integer(mention.begin)
            yield node, NIF.endIndex, literals.integer(mention.end)
            yield node, NIF.anchorOf, literals.text(mention.anchor)
            yield node, KG.sentence, literals.text(mention.sentence)
            yield node, NIF.referenceContext, document
            yield node, PROV.hadPrimarySource, document
            for claim in mention.claims:
                yield node, KG.claim, self.iri(claim.iri)
                yield from self._claim(claim)

    def _claim(self, claim: ClaimNode) -> Iterator[Triple]:
        node = self.iri(claim.iri)
        yield node, RDF.type, KG.Claim
        yield node, PROV.wasAttributedTo, self.iri(claim.claimant)
        yield node, KG.polarity, ontology.polarity(claim.polarity)
        yield from _texts(node, KG.cue, claim.cue)
        for other in claim.contradicts:
            yield node, KG.contradicts, self.iri(other)


def direct(source: URIRef, property: URIRef, target: URIRef) -> Iterator[Triple]:  # noqa: A002
    """Give the direct triples of a relation that holds: its property, those above it, and both ways if symmetric."""
    ways = [(source, target), (target, source)] if property in ontology.symmetric_properties() else [(source, target)]
    for subject, value in ways:
        for name in (property, *ontology.super_properties(property)):
            yield subject, name, value


def _scheme(node: URIRef, event: EventNode) -> Iterator[Triple]:
    """Give what follows from an event's type and mode."""
    if event.mode:
        yield node, KG.mode, ontology.mode(event.type, event.mode)
    yield node, KG.quadClass, ontology.quad_class(event.type)
    yield node, KG.intensity, literals.decimal(ontology.intensity(event.type, event.mode))
    for context in ontology.implied_contexts(event.type, event.mode):
        yield node, KG.context, context
    cameo = ontology.cameo_code(event.type, event.mode)
    if cameo is not None:
        yield node, KG.cameo, cameo


def _standing(node: URIRef, fact: EventNode | RelationEdge) -> Iterator[Triple]:
    """Give whether and how surely a fact holds."""
    yield node, KG.factuality, ontology.factuality(fact.factuality)
    yield node, KG.confidence, literals.decimal(fact.confidence)
    if fact.contested:
        yield node, KG.contested, literals.TRUE


def _texts(node: URIRef, property: URIRef, *values: str | None) -> Iterator[Triple]:  # noqa: A002
    return ((node, property, literals.text(value)) for value in values if value)


def _days(node: URIRef, property: URIRef, value: str | None) -> Iterator[Triple]:  # noqa: A002
    return iter([(node, property, literals.day(value))] if value else [])
