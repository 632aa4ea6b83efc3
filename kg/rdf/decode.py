"""RDF that :mod:`kg.rdf.encode` wrote, back as the knowledge graph it was.

What follows from other triples (direct triples, counts of documents, quad classes) is not read, but made again
when the graph is encoded; triples in other people's terms are passed over.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal, InvalidOperation
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar, cast

from rdflib.namespace import RDF, RDFS

from kg import ontology
from kg.errors import GraphError, OntologyError
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
    NamingNode,
    PlaceNode,
    QuoteNode,
    RelationEdge,
    RunNode,
)
from kg.identifiers import Identifiers, is_iri
from kg.ontology import DCT, GAF, GEO, KG, NIF, PROV, SCHEMA, SEM, SKOS
from kg.rdf.oxigraph import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import rdflib

    from kg.graph.model import Polarity
    from kg.records import ActorType, EventType, Factuality, RelationFactuality

Properties: TypeAlias = "dict[str, list[str]]"


class _HasIri(Protocol):
    @property
    def iri(self) -> str: ...


N = TypeVar("N", bound=_HasIri)


def decode(rdf: rdflib.Graph) -> KnowledgeGraph:
    """Return the knowledge graph that ``rdf`` holds.

    Raises:
        GraphError: If a node lacks a property that its class needs, has several where one belongs, or has a value
            that is none.
    """
    return _Decoder(rdf).graph()


class _Decoder:
    def __init__(self, rdf: rdflib.Graph) -> None:
        self.nodes: defaultdict[str, Properties] = defaultdict(lambda: defaultdict(list))
        self.by_class: defaultdict[str, list[str]] = defaultdict(list)
        self.runs: defaultdict[str, list[str]] = defaultdict(list)
        kind, used = str(RDF.type), str(PROV.used)
        for subject, predicate, value in statements(rdf):
            self.nodes[subject][predicate].append(value)
            if predicate == kind:
                self.by_class[value].append(subject)
            elif predicate == used:
                self.runs[value].append(subject)

    def graph(self) -> KnowledgeGraph:
        return KnowledgeGraph(
            base=self._base(),
            documents=self._all(KG.Document, self._document),
            actors=self._all(KG.Actor, self._actor),
            places=self._all(KG.Place, self._place),
            events=self._all(KG.Event, self._event),
            relations=self._all(KG.Relation, self._relation),
            runs=self._all(KG.Run, self._run),
            custom_types=self._all(KG.CustomEventType, self._custom_type),
        )

    def _base(self) -> str:
        """Return the base, which is the graph's own IRI; the least of several, as in a union of graphs."""
        entities = sorted(self.by_class[str(PROV.Entity)])
        return next((iri for iri in entities if is_iri(iri) and Identifiers(iri).base == iri), ontology.default_base())

    def _all(self, kind: str, make: Callable[[str], N]) -> tuple[N, ...]:
        return tuple(make(iri) for iri in sorted(self.by_class[str(kind)]))

    def _document(self, iri: str) -> DocumentNode:
        publisher = self._optional(iri, DCT.publisher)
        return DocumentNode(
            iri=iri,
            id=self._one(iri, KG.documentId),
            sha256=self._one(iri, KG.sha256),
            title=self._optional(iri, DCT.title),
            publisher=None if publisher is None else self._one(publisher, RDFS.label),
            published=self._optional(iri, DCT.issued),
            source=self._optional(iri, DCT.source),
            url=self._optional(iri, SCHEMA.url),
            language=self._optional(iri, DCT.language),
            copy_of=self._optional(iri, KG.copyOf),
            run=min(self.runs.get(iri, ()), default=None),
        )

    def _actor(self, iri: str) -> ActorNode:
        kinds = sorted(set(self._many(iri, RDF.type)) & _actor_classes() - {str(KG.Actor)}) or [str(KG.Actor)]
        if len(kinds) > 1:
            raise GraphError(f"<{iri}> is of {len(kinds)} classes of actor, not one: {', '.join(kinds)}")
        sector = self._optional(iri, KG.sector)
        return ActorNode(
            iri=iri,
            name=self._one(iri, SKOS.prefLabel),
            type=cast("ActorType", ontology.record_value(kinds[0])),
            country=self._optional(iri, KG.country) or "",
            sector=self._local(iri, sector) if sector else "",
            alt_names=self._many(iri, SKOS.altLabel),
            same_as=self._many(iri, SKOS.exactMatch),
            appearances=self._sorted(self._appearance, self._many(iri, KG.appearance)),
        )

    def _appearance(self, iri: str) -> AppearanceNode:
        kind, sector = self._optional(iri, KG.statedClass), self._optional(iri, KG.statedSector)
        return AppearanceNode(
            iri=iri,
            document=self._one(iri, PROV.hadPrimarySource),
            name=self._one(iri, KG.statedName),
            rule=self._one(iri, KG.rule),
            confidence=self._confidence(iri),
            type=cast("ActorType", self._value(iri, KG.statedClass)) if kind else "",
            country=self._optional(iri, KG.statedCountry) or "",
            sector=self._local(iri, sector) if sector else "",
            same_as=self._many(iri, KG.statedMatch),
            namings=self._sorted(self._naming, self._many(iri, KG.naming)),
        )

    def _naming(self, iri: str) -> NamingNode:
        span = (self._integer(iri, NIF.beginIndex), self._integer(iri, NIF.endIndex))
        return NamingNode(iri, *span, self._one(iri, NIF.anchorOf))

    def _place(self, iri: str) -> PlaceNode:
        return PlaceNode(
            iri=iri,
            name=self._one(iri, RDFS.label),
            country=self._optional(iri, KG.country) or "",
            latitude=self._number(iri, GEO.lat),
            longitude=self._number(iri, GEO.long),
            alt_names=self._many(iri, SKOS.altLabel),
            precision=self._optional(iri, KG.precision) or "",
            entry=self._optional(iri, KG.gazetteerEntry) or "",
            basis=self._optional(iri, KG.resolvedBy) or "",
            geonames=self._optional(iri, KG.geonamesId) or "",
            population=self._optional_integer(iri, KG.population),
            appearances=self._sorted(self._appearance, self._many(iri, KG.appearance)),
        )

    def _event(self, iri: str) -> EventNode:
        kind = self._local(iri, self._one(iri, SEM.eventType))
        mode = self._optional(iri, KG.mode)
        sources, targets = self._many(iri, KG.source), self._many(iri, KG.target)
        parties = set(self._many(iri, KG.participant)).difference(sources, targets)
        return EventNode(
            iri=iri,
            type=cast("EventType", kind),
            label=self._one(iri, RDFS.label),
            factuality=cast("Factuality", self._value(iri, KG.factuality)),
            mode=self._local(iri, mode).removeprefix(f"{kind}-") if mode else "",
            sources=sources,
            targets=targets,
            participants=tuple(sorted(parties)),
            places=self._many(iri, SEM.hasPlace),
            date=self._optional(iri, KG.date),
            earliest=self._optional(iri, SEM.hasEarliestBeginTimeStamp),
            latest=self._optional(iri, SEM.hasLatestEndTimeStamp),
            contested=self._optional(iri, KG.contested) in ("true", "1"),
            confidence=self._confidence(iri),
            mentions=self._sorted(self._mention, self._many(iri, GAF.denotedBy)),
            accounts=self._sorted(lambda account: self._account(account, kind), self._many(iri, KG.account)),
        )

    def _account(self, iri: str, kind: str) -> AccountNode:
        mode = self._optional(iri, KG.mode)
        return AccountNode(
            iri=iri,
            document=self._one(iri, PROV.hadPrimarySource),
            label=self._one(iri, RDFS.label),
            factuality=cast("Factuality", self._value(iri, KG.factuality)),
            mode=self._local(iri, mode).removeprefix(f"{kind}-") if mode else "",
            sources=self._many(iri, KG.statedSource),
            targets=self._many(iri, KG.statedTarget),
            participants=self._many(iri, KG.statedParticipant),
            places=self._many(iri, KG.statedPlace),
            date=self._optional(iri, KG.statedDate),
            earliest=self._optional(iri, KG.statedEarliest),
            latest=self._optional(iri, KG.statedLatest),
            contested=self._optional(iri, KG.contested) in ("true", "1"),
            confidence=self._confidence(iri),
            joined_to=self._optional(iri, KG.joinedTo),
            rule=self._optional(iri, KG.rule) or "",
            agrees_on=self._many(iri, KG.agreesOn),
            score=self._optional_integer(iri, KG.score),
        )

    def _relation(self, iri: str) -> RelationEdge:
        return RelationEdge(
            iri=iri,
            source=self._one(iri, RDF.subject),
            property=self._local(iri, self._one(iri, RDF.predicate)),
            target=self._one(iri, RDF.object),
            events=self._many(iri, KG.fromEvent),
            mentions=self._sorted(self._mention, self._many(iri, GAF.denotedBy)),
            first=self._optional(iri, KG.firstDate),
            last=self._optional(iri, KG.lastDate),
            count=self._integer(iri, KG["count"]),
            confidence=self._confidence(iri),
            contested=self._optional(iri, KG.contested) in ("true", "1"),
            factuality=cast("RelationFactuality", self._value(iri, KG.factuality)),
        )

    def _mention(self, iri: str) -> MentionNode:
        return MentionNode(
            iri=iri,
            document=self._one(iri, PROV.hadPrimarySource),
            begin=self._integer(iri, NIF.beginIndex),
            end=self._integer(iri, NIF.endIndex),
            anchor=self._one(iri, NIF.anchorOf),
            sentence=self._one(iri, KG.sentence),
            claims=self._sorted(self._claim, self._many(iri, KG.claim)),
            custom_types=self._many(iri, KG.customType),
            patterns=self._many(iri, KG.pattern),
            confidence=self._number(iri, KG.confidence),
        )

    def _claim(self, iri: str) -> ClaimNode:
        return ClaimNode(
            iri=iri,
            claimant=self._one(iri, PROV.wasAttributedTo),
            polarity=cast("Polarity", self._value(iri, KG.polarity)),
            cue=self._optional(iri, KG.cue) or "",
            contradicts=self._many(iri, KG.contradicts),
            speaker=self._optional(iri, KG.speaker) or "",
            quotes=self._sorted(self._quote, self._many(iri, KG.quote)),
        )

    def _quote(self, iri: str) -> QuoteNode:
        return QuoteNode(
            iri=iri,
            begin=self._integer(iri, NIF.beginIndex),
            end=self._integer(iri, NIF.endIndex),
            text=self._one(iri, NIF.anchorOf),
            verbatim=self._optional(iri, KG.verbatim) in ("true", "1"),
        )

    def _custom_type(self, iri: str) -> CustomTypeNode:
        return CustomTypeNode(
            iri=iri,
            name=self._one(iri, SKOS.notation),
            label=self._one(iri, SKOS.prefLabel),
            broader=cast("EventType", self._local(iri, self._one(iri, SKOS.broader))),
            description=self._optional(iri, SKOS.definition) or "",
        )

    def _run(self, iri: str) -> RunNode:
        versions = (KG.programVersion, KG.modelVersion, KG.ontologyVersion)
        return RunNode(iri, *(self._optional(iri, version) or "" for version in versions))

    def _sorted(self, make: Callable[[str], N], iris: Iterable[str]) -> tuple[N, ...]:
        return tuple(sorted(map(make, iris), key=attrgetter("iri")))

    def _many(self, iri: str, predicate: str) -> tuple[str, ...]:
        found = self.nodes.get(iri, {}).get(str(predicate), [])
        return tuple(sorted(found))

    def _optional(self, iri: str, predicate: str) -> str | None:
        found = self._many(iri, predicate)
        if len(found) > 1:
            raise GraphError(f"<{iri}> has {len(found)} values for <{predicate}>, not one")
        return found[0] if found else None

    def _one(self, iri: str, predicate: str) -> str:
        found = self._optional(iri, predicate)
        if found is None:
            raise GraphError(f"<{iri}> has no <{predicate}>: this is no complete graph of kg")
        return found

    def _value(self, iri: str, predicate: str) -> str:
        term = self._one(iri, predicate)
        try:
            return ontology.record_value(term)
        except OntologyError as error:
            raise GraphError(f"<{iri}>: <{predicate}> cannot be <{term}>") from error

    def _local(self, iri: str, term: str) -> str:
        try:
            return ontology.local_name(term)
        except OntologyError as error:
            raise GraphError(f"<{iri}>: {error}") from error

    def _integer(self, iri: str, predicate: str) -> int:
        found = self._one(iri, predicate)
        try:
            return int(found)
        except ValueError as error:
            raise GraphError(f"<{iri}>: <{predicate}> is {found!r}, not a whole number") from error

    def _optional_integer(self, iri: str, predicate: str) -> int | None:
        return self._integer(iri, predicate) if self._optional(iri, predicate) else None

    def _number(self, iri: str, predicate: str) -> float | None:
        found = self._optional(iri, predicate)
        try:
            return None if found is None else float(Decimal(found))
        except InvalidOperation as error:
            raise GraphError(f"<{iri}>: <{predicate}> is {found!r}, not a number") from error

    def _confidence(self, iri: str) -> float:
        found = self._number(iri, KG.confidence)
        return 1.0 if found is None else found


def _actor_classes() -> set[str]:
    return {str(term) for term in KG if KG.Actor in ontology.super_classes(term)}
