"""The knowledge graph as RDF, in the terms of ``ontologies/kg.ttl``.

A triple of ours is never left to a reasoner: classes and properties above those used are written out where they
are ours too. A relation that holds or is planned is a direct triple (both ways where it is symmetric) beside its
``kg:Relation``; one that is past, negated or only possible is a ``kg:Relation`` alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from rdflib import Graph, Literal, URIRef

from kg import ontology
from kg.errors import GraphError
from kg.graph.model import holds
from kg.graph.reports import ReportCounts
from kg.identifiers import Identifiers, is_iri
from kg.rdf import literals, syntax
from kg.rdf.layout import prefixes_of
from kg.rdf.names import (
    DCT,
    GAF,
    GEO,
    KG,
    LABEL,
    NIF,
    OBJECT,
    PLOVER,
    PREDICATE,
    PROV,
    SCHEMA,
    SEM,
    SKOS,
    SUBJECT,
    TYPE,
)
from kg.rdf.statements import Statements, is_base

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

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
    from kg.rdf.statements import Statement

Triple: TypeAlias = "tuple[URIRef, URIRef, URIRef | Literal]"

_KEPT: Final = 100_000


def encode(graph: KnowledgeGraph) -> Graph:
    """Return the graph as RDF; :func:`kg.rdf.decode.decode` is the way back.

    Raises:
        GraphError: If it holds an IRI that is no absolute http, https or urn IRI, or a date or number that is none.
        OntologyError: If it holds a type, mode, sector or property that the ontology lacks.
    """
    rdf = Graph("SimpleMemory", bind_namespaces="none")
    for prefix, namespace in prefixes_of(graph.base).items():
        rdf.bind(prefix, namespace)
    terms: dict[str, Node] = {}
    for triple in dict.fromkeys(_statements(graph)):
        for text in triple:
            if text not in terms:
                terms[text] = syntax.node(text)
        subject, predicate, value = triple
        rdf.add((terms[subject], terms[predicate], terms[value]))
    return rdf


def triples(graph: KnowledgeGraph) -> Iterator[Triple]:
    """Give the triples of the graph; some of them, such as direct ones that several relations share, more than once.

    Raises:
        GraphError: As :func:`encode`.
        OntologyError: As :func:`encode`.
    """
    for subject, predicate, value in _statements(graph):
        object_ = syntax.node(value)
        assert isinstance(object_, URIRef | Literal)
        yield URIRef(subject[1:-1]), URIRef(predicate[1:-1]), object_


def statements(graph: KnowledgeGraph) -> Statements:
    """Return the graph as statements, made as they are taken, which can be done once.

    Taking them raises errors as :func:`encode` does.
    """
    return Statements(graph.base if is_base(graph.base) else None, _statements(graph))


def _statements(graph: KnowledgeGraph) -> Iterator[Statement]:
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
    iris: dict[str, str] = field(default_factory=dict)

    def iri(self, text: str) -> str:
        """Return an IRI that every syntax can hold; those used last are kept, since one is mostly used again soon."""
        known = self.iris.get(text)
        if known is None:
            if not is_iri(text):
                raise GraphError(f"{text!r} is no absolute http, https or urn IRI")
            if len(self.iris) == _KEPT:
                self.iris.clear()
            known = self.iris[text] = f"<{text}>"
        return known

    def graph_itself(self) -> Iterator[Statement]:
        """Give the graph itself, which its base stands for, and what made it."""
        base = self.iri(self.graph.base)
        yield base, TYPE, PROV.Entity
        for run in self.graph.runs:
            yield base, PROV.wasGeneratedBy, self.iri(run.iri)

    def run(self, run: RunNode) -> Iterator[Statement]:
        node = self.iri(run.iri)
        yield node, TYPE, KG.Run
        yield node, TYPE, PROV.Activity
        yield from _texts(node, KG.programVersion, run.program)
        yield from _texts(node, KG.modelVersion, run.model)
        yield from _texts(node, KG.ontologyVersion, run.ontology)

    def document(self, document: DocumentNode) -> Iterator[Statement]:
        node = self.iri(document.iri)
        yield node, TYPE, KG.Document
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
            yield publisher, TYPE, PROV.Organization
            yield publisher, LABEL, literals.text(document.publisher)
        if document.copy_of:
            yield node, KG.copyOf, self.iri(document.copy_of)
        if document.run:
            yield self.iri(document.run), PROV.used, node

    def actor(self, actor: ActorNode) -> Iterator[Statement]:
        node = self.iri(actor.iri)
        for one in _classes(actor.type):
            yield node, TYPE, one
        yield node, LABEL, literals.text(actor.name)
        yield node, SKOS.prefLabel, literals.text(actor.name)
        yield from _texts(node, SKOS.altLabel, *actor.alt_names)
        yield from _texts(node, KG.country, actor.country)
        if actor.sector:
            yield node, KG.sector, PLOVER[actor.sector]
        for same in actor.same_as:
            yield node, SKOS.exactMatch, self.iri(same)
        yield from self._appearances(node, actor.appearances)

    def place(self, place: PlaceNode) -> Iterator[Statement]:
        node = self.iri(place.iri)
        yield node, TYPE, KG.Place
        yield node, LABEL, literals.text(place.name)
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

    def custom_type(self, custom: CustomTypeNode) -> Iterator[Statement]:
        node = self.iri(custom.iri)
        yield node, TYPE, KG.CustomEventType
        yield node, TYPE, SKOS.Concept
        yield node, LABEL, literals.text(custom.label)
        yield node, SKOS.prefLabel, literals.text(custom.label)
        yield node, SKOS.notation, literals.text(custom.name)
        yield node, SKOS.broader, PLOVER[custom.broader]
        yield from _texts(node, SKOS.definition, custom.description)

    def event(self, event: EventNode) -> Iterator[Statement]:
        node = self.iri(event.iri)
        yield node, TYPE, KG.Event
        yield node, LABEL, literals.text(event.label)
        yield node, SEM.eventType, PLOVER[event.type]
        for custom in event.custom_types:
            yield node, KG.customType, self.iri(custom)
        for property_, value in _scheme(event.type, event.mode):
            yield node, property_, value
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

    def relation(self, relation: RelationEdge) -> Iterator[Statement]:
        node, source, target = map(self.iri, (relation.iri, relation.source, relation.target))
        yield node, TYPE, KG.Relation
        yield node, SUBJECT, source
        yield node, PREDICATE, KG[relation.property]
        yield node, OBJECT, target
        if holds(relation):
            yield from _direct(source, relation.property, target)
        for event in relation.events:
            yield node, KG.fromEvent, self.iri(event)
        yield from _days(node, KG.firstDate, relation.first)
        yield from _days(node, KG.lastDate, relation.last)
        yield node, KG["count"], literals.integer(relation.count)
        yield from _reports(node, self.counts.of_relation(relation))
        yield from _standing(node, relation)
        yield from self._mentions(node, relation.mentions)

    def _appearances(self, named: str, appearances: Iterable[AppearanceNode]) -> Iterator[Statement]:
        for appearance in appearances:
            node, document = self.iri(appearance.iri), self.iri(appearance.document)
            yield named, KG.appearance, node
            yield node, TYPE, KG.Appearance
            yield node, PROV.hadPrimarySource, document
            yield node, KG.rule, literals.text(appearance.rule)
            yield node, KG.confidence, literals.decimal(appearance.confidence)
            yield node, KG.statedName, literals.text(appearance.name)
            if appearance.type:
                yield node, KG.statedClass, _classes(appearance.type)[0]
            yield from _texts(node, KG.statedCountry, appearance.country)
            if appearance.sector:
                yield node, KG.statedSector, PLOVER[appearance.sector]
            for same in appearance.same_as:
                yield node, KG.statedMatch, self.iri(same)
            for naming in appearance.namings:
                words = self.iri(naming.iri)
                yield node, KG.naming, words
                yield words, TYPE, KG.Naming
                yield words, NIF.beginIndex, literals.integer(naming.begin)
                yield words, NIF.endIndex, literals.integer(naming.end)
                yield words, NIF.anchorOf, literals.text(naming.anchor)
                yield words, NIF.referenceContext, document

    def _roles(self, node: str, event: EventNode) -> Iterator[Statement]:
        for property_, actors in ((KG.source, event.sources), (KG.target, event.targets)):
            for actor in map(self.iri, actors):
                yield node, property_, actor
                yield node, KG.participant, actor
        for actor in map(self.iri, event.participants):
            yield node, KG.participant, actor

    def _account(self, event: EventNode, account: AccountNode) -> Iterator[Statement]:
        node = self.iri(account.iri)
        yield node, TYPE, KG.Account
        yield node, LABEL, literals.text(account.label)
        yield node, PROV.hadPrimarySource, self.iri(account.document)
        if account.mode:
            yield node, KG.mode, _mode(event.type, account.mode)
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

    def _mentions(self, denoted: str, mentions: Iterable[MentionNode]) -> Iterator[Statement]:
        for mention in mentions:
            node, document = self.iri(mention.iri), self.iri(mention.document)
            yield denoted, GAF.denotedBy, node
            yield node, TYPE, KG.Mention
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

    def _claim(self, claim: ClaimNode, document: str) -> Iterator[Statement]:
        node = self.iri(claim.iri)
        yield node, TYPE, KG.Claim
        yield node, PROV.wasAttributedTo, self.iri(claim.claimant)
        yield node, KG.polarity, _polarity(claim.polarity)
        yield from _texts(node, KG.cue, claim.cue)
        yield from _texts(node, KG.speaker, claim.speaker)
        for quote in claim.quotes:
            yield node, KG.quote, self.iri(quote.iri)
            yield from self._quote(quote, document)
        for other in claim.contradicts:
            yield node, KG.contradicts, self.iri(other)

    def _quote(self, quote: QuoteNode, document: str) -> Iterator[Statement]:
        node = self.iri(quote.iri)
        yield node, TYPE, KG.Quote
        yield node, NIF.beginIndex, literals.integer(quote.begin)
        yield node, NIF.endIndex, literals.integer(quote.end)
        yield node, NIF.anchorOf, literals.text(quote.text)
        yield node, NIF.referenceContext, document
        if quote.verbatim:
            yield node, KG.verbatim, literals.TRUE


def _direct(source: str, property: str, target: str) -> Iterator[Statement]:  # noqa: A002
    """Give the direct triples of a relation that holds: its property, those above it, and both ways if symmetric."""
    names, symmetric = _properties(property)
    for name in names:
        yield source, name, target
        if symmetric:
            yield target, name, source


@cache
def _properties(name: str) -> tuple[tuple[str, ...], bool]:
    """Return a property with those above it, and whether it is symmetric."""
    term = ontology.KG[name]
    return (
        tuple(map(syntax.iri, (term, *ontology.super_properties(term)))),
        term in ontology.symmetric_properties(),
    )


@cache
def _classes(actor_type: str) -> tuple[str, ...]:
    """Return the class of an actor, and those above it."""
    kind = ontology.actor_class(actor_type)
    return tuple(map(syntax.iri, (kind, *ontology.super_classes(kind))))


@cache
def _factuality(value: str) -> str:
    return syntax.iri(ontology.factuality(value))


@cache
def _polarity(value: str) -> str:
    return syntax.iri(ontology.polarity(value))


@cache
def _mode(event_type: str, mode: str) -> str:
    return syntax.iri(ontology.mode(event_type, mode))


@cache
def _scheme(event_type: str, mode: str) -> tuple[tuple[str, str], ...]:
    """Return what follows from an event's type and mode."""
    quad_class, cameo = ontology.quad_class(event_type), ontology.cameo_code(event_type, mode)
    contexts = ontology.implied_contexts(event_type, mode)
    return (
        *([(KG.mode, _mode(event_type, mode))] if mode else []),
        (KG.quadClass, syntax.iri(quad_class)),
        (KG.intensity, literals.decimal(ontology.intensity(event_type, mode))),
        *((KG.context, syntax.iri(context)) for context in contexts),
        *([(KG.cameo, syntax.iri(cameo))] if cameo is not None else []),
    )


def _reports(node: str, counted: Reports) -> Iterator[Statement]:
    """Give how many documents report a fact and, where there are several, how many of them are independent."""
    yield node, KG.reportCount, literals.integer(counted.all)
    if counted.all > 1:
        yield node, KG.independentReportCount, literals.integer(counted.independent)


def _standing(node: str, fact: AccountNode | EventNode | RelationEdge) -> Iterator[Statement]:
    """Give whether and how surely a fact holds."""
    yield node, KG.factuality, _factuality(fact.factuality)
    yield node, KG.confidence, literals.decimal(fact.confidence)
    if fact.contested:
        yield node, KG.contested, literals.TRUE


def _texts(node: str, property: str, *values: str | None) -> Iterator[Statement]:  # noqa: A002
    return ((node, property, literals.text(value)) for value in values if value)


def _days(node: str, property: str, value: str | None) -> Iterator[Statement]:  # noqa: A002
    return iter([(node, property, literals.day(value))] if value else [])
