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
from kg.graph.reports import ReportCounts
from kg.identifiers import Identifiers, is_iri
from kg.ontology import DCT, GAF, GEO, KG, NIF, PLOVER, PROV, SCHEMA, SEM, SKOS
from kg.rdf import literals
from kg.rdf.layout import prefixes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Literal

    from kg.graph.model import (
        AccountNode,
        ActorNode,
        AppearanceNode,
        ClaimNode,
        CustomTypeNode,
        DocumentNode,
        EventNode,
        KnowledgeGraph,
        MentionNode,
        PlaceNode,
        QuoteNode,
        RelationEdge,
        RunNode,
    )
    from kg.graph.reports import Reports

Triple: TypeAlias = "tuple[URIRef, URIRef, URIRef | Literal]"


def encode(graph: KnowledgeGraph) -> Graph:
    """Return the graph as RDF; :func:`kg.rdf.decode.decode` is the way back.

    Raises:
        GraphError: If it holds an IRI that is no absolute http, https or urn IRI, or a date or number that is none.
        OntologyError: If it holds a type, mode, sector or property that the ontology lacks.
    """
    rdf = Graph("SimpleMemory", bind_namespaces="none")
    for prefix, namespace in prefixes_of(graph.base).items():
        rdf.bind(prefix, namespace)
    rdf.addN((subject, predicate, value, rdf) for subject, predicate, value in triples(graph))
    return rdf


def triples(graph: KnowledgeGraph) -> Iterator[Triple]:
    """Give the triples of the graph; some of them, such as direct ones that several relations share, more than once.

    Raises:
        GraphError: As :func:`encode`.
        OntologyError: As :func:`encode`.
    """
    encoder = _Encoder(graph, ReportCounts(graph))
    yield from encoder.graph_itself()
    for run in graph.runs:
        yield from encoder.run(run)
    for document in graph.documents:
        yield from encoder.document(document)
    for actor in graph.actors:
        yield from encoder.actor(actor)
    for place in graph.places:
        yield from encoder.place(place)
    for custom in graph.custom_types:
        yield from encoder.custom_type(custom)
    for event in graph.events:
        yield from encoder.event(event)
    for relation in graph.relations:
        yield from encoder.relation(relation)


@dataclass(slots=True)
class _Encoder:
    graph: KnowledgeGraph
    counts: ReportCounts
    iris: dict[str, URIRef] = field(default_factory=dict)

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
        if document.copy_of:
            yield node, KG.copyOf, self.iri(document.copy_of)
        if document.run:
            yield self.iri(document.run), PROV.used, node

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
        yield from self._appearances(node, actor.appearances)

    def place(self, place: PlaceNode) -> Iterator[Triple]:
        node = self.iri(place.iri)
        yield node, RDF.type, KG.Place
        yield node, RDFS.label, literals.text(place.name)
        yield from _texts(node, KG.country, place.country)
        if place.latitude is not None:
            yield node, GEO.lat, literals.decimal(place.latitude)
        if place.longitude is not None:
            yield node, GEO.long, literals.decimal(place.longitude)
        yield from _texts(node, SKOS.altLabel, *place.alt_names)
        yield from _texts(node, KG.precision, place.precision)
        yield from _texts(node, KG.gazetteerEntry, place.entry)
        yield from _texts(node, KG.resolvedBy, place.basis)
        yield from _texts(node, KG.geonamesId, place.geonames)
        if place.population is not None:
            yield node, KG.population, literals.integer(place.population)
        yield from self._appearances(node, place.appearances)

    def custom_type(self, custom: CustomTypeNode) -> Iterator[Triple]:
        node = self.iri(custom.iri)
        yield node, RDF.type, KG.CustomEventType
        yield node, RDF.type, SKOS.Concept
        yield node, RDFS.label, literals.text(custom.label)
        yield node, SKOS.prefLabel, literals.text(custom.label)
        yield node, SKOS.notation, literals.text(custom.name)
        yield node, SKOS.broader, PLOVER[custom.broader]
        yield from _texts(node, SKOS.definition, custom.description)

    def event(self, event: EventNode) -> Iterator[Triple]:
        node = self.iri(event.iri)
        yield node, RDF.type, KG.Event
        yield node, RDFS.label, literals.text(event.label)
        yield node, SEM.eventType, PLOVER[event.type]
        for custom in event.custom_types:
            yield node, KG.customType, self.iri(custom)
        yield from _scheme(node, event)
        yield from self._roles(node, event)
        for place in event.places:
            yield node, SEM.hasPlace, self.iri(place)
        yield from _days(node, KG.date, event.date)
        yield from _days(node, SEM.hasEarliestBeginTimeStamp, event.earliest)
        yield from _days(node, SEM.hasLatestEndTimeStamp, event.latest)
        yield from _reports(node, self.counts.of_event(event))
        yield from _standing(node, event)
        yield from self._mentions(node, event.mentions)
        for account in event.accounts:
            yield node, KG.account, self.iri(account.iri)
            yield from self._account(event, account)

    def relation(self, relation: RelationEdge) -> Iterator[Triple]:
        node, source, target = map(self.iri, (relation.iri, relation.source, relation.target))
        yield node, RDF.type, KG.Relation
        yield node, RDF.subject, source
        yield node, RDF.predicate, KG[relation.property]
        yield node, RDF.object, target
        if holds(relation):
            yield from direct(source, KG[relation.property], target)
        for event in relation.events:
            yield node, KG.fromEvent, self.iri(event)
        yield from _days(node, KG.firstDate, relation.first)
        yield from _days(node, KG.lastDate, relation.last)
        yield node, KG["count"], literals.integer(relation.count)
        yield from _reports(node, self.counts.of_relation(relation))
        yield from _standing(node, relation)
        yield from self._mentions(node, relation.mentions)

    def _appearances(self, named: URIRef, appearances: Iterable[AppearanceNode]) -> Iterator[Triple]:
        for appearance in appearances:
            node, document = self.iri(appearance.iri), self.iri(appearance.document)
            yield named, KG.appearance, node
            yield node, RDF.type, KG.Appearance
            yield node, PROV.hadPrimarySource, document
            yield node, KG.rule, literals.text(appearance.rule)
            yield node, KG.confidence, literals.decimal(appearance.confidence)
            yield node, KG.statedName, literals.text(appearance.name)
            if appearance.type:
                yield node, KG.statedClass, ontology.actor_class(appearance.type)
            yield from _texts(node, KG.statedCountry, appearance.country)
            if appearance.sector:
                yield node, KG.statedSector, PLOVER[appearance.sector]
            for same in appearance.same_as:
                yield node, KG.statedMatch, self.iri(same)
            for naming in appearance.namings:
                words = self.iri(naming.iri)
                yield node, KG.naming, words
                yield words, RDF.type, KG.Naming
                yield words, NIF.beginIndex, literals.integer(naming.begin)
                yield words, NIF.endIndex, literals.integer(naming.end)
                yield words, NIF.anchorOf, literals.text(naming.anchor)
                yield words, NIF.referenceContext, document

    def _roles(self, node: URIRef, event: EventNode) -> Iterator[Triple]:
        for property_, actors in ((KG.source, event.sources), (KG.target, event.targets)):
            for actor in map(self.iri, actors):
                yield node, property_, actor
                yield node, KG.participant, actor
        for actor in map(self.iri, event.participants):
            yield node, KG.participant, actor

    def _account(self, event: EventNode, account: AccountNode) -> Iterator[Triple]:
        node = self.iri(account.iri)
        yield node, RDF.type, KG.Account
        yield node, RDFS.label, literals.text(account.label)
        yield node, PROV.hadPrimarySource, self.iri(account.document)
        if account.mode:
            yield node, KG.mode, ontology.mode(event.type, account.mode)
        for property_, iris in (
            (KG.statedSource, account.sources),
            (KG.statedTarget, account.targets),
            (KG.statedParticipant, account.participants),
            (KG.statedPlace, account.places),
        ):
            for iri in iris:
                yield node, property_, self.iri(iri)
        yield from _days(node, KG.statedDate, account.date)
        yield from _days(node, KG.statedEarliest, account.earliest)
        yield from _days(node, KG.statedLatest, account.latest)
        if account.joined_to:
            yield node, KG.joinedTo, self.iri(account.joined_to)
        yield from _texts(node, KG.rule, account.rule)
        yield from _texts(node, KG.agreesOn, *account.agrees_on)
        if account.score is not None:
            yield node, KG.score, literals.integer(account.score)
        yield from _standing(node, account)

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
            for custom in mention.custom_types:
                yield node, KG.customType, self.iri(custom)
            yield from _texts(node, KG.pattern, *mention.patterns)
            if mention.confidence is not None:
                yield node, KG.confidence, literals.decimal(mention.confidence)
            for claim in mention.claims:
                yield node, KG.claim, self.iri(claim.iri)
                yield from self._claim(claim, document)

    def _claim(self, claim: ClaimNode, document: URIRef) -> Iterator[Triple]:
        node = self.iri(claim.iri)
        yield node, RDF.type, KG.Claim
        yield node, PROV.wasAttributedTo, self.iri(claim.claimant)
        yield node, KG.polarity, ontology.polarity(claim.polarity)
        yield from _texts(node, KG.cue, claim.cue)
        yield from _texts(node, KG.speaker, claim.speaker)
        for quote in claim.quotes:
            yield node, KG.quote, self.iri(quote.iri)
            yield from self._quote(quote, document)
        for other in claim.contradicts:
            yield node, KG.contradicts, self.iri(other)

    def _quote(self, quote: QuoteNode, document: URIRef) -> Iterator[Triple]:
        node = self.iri(quote.iri)
        yield node, RDF.type, KG.Quote
        yield node, NIF.beginIndex, literals.integer(quote.begin)
        yield node, NIF.endIndex, literals.integer(quote.end)
        yield node, NIF.anchorOf, literals.text(quote.text)
        yield node, NIF.referenceContext, document
        if quote.verbatim:
            yield node, KG.verbatim, literals.TRUE


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


def _reports(node: URIRef, counted: Reports) -> Iterator[Triple]:
    """Give how many documents report a fact and, where there are several, how many of them are independent."""
    yield node, KG.reportCount, literals.integer(counted.all)
    if counted.all > 1:
        yield node, KG.independentReportCount, literals.integer(counted.independent)


def _standing(node: URIRef, fact: AccountNode | EventNode | RelationEdge) -> Iterator[Triple]:
    """Give whether and how surely a fact holds."""
    yield node, KG.factuality, ontology.factuality(fact.factuality)
    yield node, KG.confidence, literals.decimal(fact.confidence)
    if fact.contested:
        yield node, KG.contested, literals.TRUE


def _texts(node: URIRef, property: URIRef, *values: str | None) -> Iterator[Triple]:  # noqa: A002
    return ((node, property, literals.text(value)) for value in values if value)


def _days(node: URIRef, property: URIRef, value: str | None) -> Iterator[Triple]:  # noqa: A002
    return iter([(node, property, literals.day(value))] if value else [])
