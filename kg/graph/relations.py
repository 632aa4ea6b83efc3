"""Relations between actors: what follows from events and what texts state, gathered into one edge each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations, permutations, product
from typing import TYPE_CHECKING, NamedTuple, cast

from kg import ontology
from kg.graph import dates
from kg.graph.events import confidence
from kg.graph.model import AccountNode, ClaimNode, RelationEdge, holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.graph.model import EventNode, MentionNode
    from kg.graph.source import Source
    from kg.identifiers import Identifiers
    from kg.records import EventType, Relation, RelationFactuality, RelationType


class Tie(NamedTuple):
    """What joins two nodes. Ties that hold and ties that are planned are one, with the status ``happened``."""

    source: str
    property: str
    target: str
    status: RelationFactuality = "happened"


@dataclass(slots=True)
class Relations:
    """The relations found so far."""

    identifiers: Identifiers
    evidence: dict[Tie, Evidence] = field(default_factory=dict)

    def add_event(self, event: EventNode) -> None:
        """Take in what follows from an event; nothing does where it did not happen or is only possible."""
        for tie in ties(event):
            self.evidence.setdefault(tie, Evidence()).add_event(event)

    def add_edge(self, edge: RelationEdge, published: Mapping[str, str]) -> None:
        """Take in the reports that state a relation of another graph; ``published`` dates documents, by IRI."""
        status = cast("RelationFactuality", "happened" if holds(edge) else edge.factuality)
        tie = Tie(edge.source, edge.property, edge.target, status)
        for mention in edge.mentions:
            evidence = self.evidence.setdefault(tie, Evidence())
            sure = edge.confidence if mention.confidence is None else mention.confidence
            evidence.add_mention(mention, sure, published.get(mention.document))

    def add_stated(self, source: Source, relation: Relation) -> None:
        """Take in a relation that a document states.

        What held in the past, is negated or only possible is kept as a relation of its own, apart from what holds.

        Raises:
            RecordError: If the relation refers to what the record lacks, or its confidence is none.
        """
        owner = f"relation {relation.id!r}"
        subject, target = source.actor(relation.source, owner), _target(source, relation)
        if target is None or target == subject:
            return
        name = _stated_property(relation.type)
        tie = _tie(subject, name, target, relation.factuality)
        iri = self.identifiers.relation(*tie)
        mention = self.identifiers.mention(source.node.iri, relation.sentence, iri)
        claimant = source.claimant(relation.claimant, owner)
        claims = (
            [ClaimNode(self.identifiers.claim(mention, claimant, "affirms"), claimant, "affirms")] if claimant else []
        )
        self.evidence.setdefault(tie, Evidence()).add_mention(
            source.mention(mention, relation.sentence, owner, tuple(claims)),
            _confidence(source, relation),
            source.node.published,
        )

    def edges(self) -> Iterator[RelationEdge]:
        """Give an edge for each relation, in no order."""
        return (evidence.edge(self.identifiers.relation(*tie), tie) for tie, evidence in self.evidence.items())


@dataclass(slots=True)
class Evidence:
    """What one relation rests on."""

    events: set[str] = field(default_factory=set)
    mentions: dict[str, MentionNode] = field(default_factory=dict)
    first: str | None = None
    last: str | None = None
    confidence: float = 0.0
    undisputed: bool = False
    happened: bool = False

    def add_event(self, event: EventNode) -> None:
        """Take in an event that the relation follows from."""
        self.events.add(event.iri)
        self._add_days(event.date or event.earliest, event.date or event.latest)
        self.confidence = max(self.confidence, event.confidence)
        self.undisputed |= not event.contested
        self.happened |= event.factuality == "happened"

    def add_mention(self, mention: MentionNode, confidence: float, published: str | None) -> None:
        """Take in a report that states the relation, as of the day of its publication."""
        known = self.mentions.get(mention.iri)
        claims = {claim.iri: claim for node in (known, mention) if node for claim in node.claims}
        self.mentions[mention.iri] = replace(
            mention,
            claims=tuple(claims[iri] for iri in sorted(claims)),
            confidence=max(confidence, known.confidence or 0.0) if known else confidence,
        )
        period = dates.period(published) if published else dates.Period(None, None)
        self._add_days(period.earliest, period.latest)
        self.confidence = max(self.confidence, confidence)
        self.undisputed = self.happened = True

    def edge(self, iri: str, tie: Tie) -> RelationEdge:
        """Return the relation with all it rests on."""
        return RelationEdge(
            iri=iri,
            source=tie.source,
            property=tie.property,
            target=tie.target,
            events=tuple(sorted(self.events)),
            mentions=tuple(self.mentions[mention] for mention in sorted(self.mentions)),
            first=self.first,
            last=self.last,
            count=len(self.events) + len(self.mentions),
            confidence=self.confidence,
            contested=not self.undisputed,
            factuality=tie.status if self.happened else "planned",
        )

    def _add_days(self, earliest: str | None, latest: str | None) -> None:
        if earliest and (not self.first or earliest < self.first):
            self.first = earliest
        if latest and (not self.last or latest > self.last):
            self.last = latest


def ties(event: EventNode) -> dict[Tie, frozenset[str]]:
    """Return what an event ties, and the documents that say so.

    Each source is tied to each target, or all participants of a symmetric event in pairs. Of an event that several
    documents report, each account ties whom it names; one by which it did not happen or is only possible ties nobody.
    """
    name = _property(event.type)
    found: defaultdict[Tie, set[str]] = defaultdict(set)
    for account in event.accounts or (event,):
        if account.factuality not in ("happened", "planned"):
            continue
        documents = [account.document] if isinstance(account, AccountNode) else [one.document for one in event.mentions]
        for source, target in _couples(account, name):
            found[_tie(source, name, target)].update(documents)
    return {tie: frozenset(documents) for tie, documents in found.items()}


def _couples(event: EventNode | AccountNode, name: str) -> Iterator[tuple[str, str]]:
    pairs: Iterable[tuple[str, ...]] = product(event.sources, event.targets)
    if event.participants:
        pairs = (combinations if _is_symmetric(name) else permutations)(event.participants, 2)
    return ((source, target) for source, target in pairs if source != target)


def _tie(source: str, name: str, target: str, status: RelationFactuality = "happened") -> Tie:
    if _is_symmetric(name) and target < source:
        source, target = target, source
    return Tie(source, name, target, status)


@cache
def _property(kind: EventType) -> str:
    return ontology.local_name(ontology.property_of_event(kind))


@cache
def _stated_property(kind: RelationType) -> str:
    return ontology.local_name(ontology.property_of_relation(kind))


@cache
def _is_symmetric(name: str) -> bool:
    return ontology.KG[name] in ontology.symmetric_properties()


def _target(source: Source, relation: Relation) -> str | None:
    if relation.target is not None:
        return source.actor(relation.target, f"relation {relation.id!r}")
    return source.place(relation.target_place) if relation.target_place else None


def _confidence(source: Source, relation: Relation) -> float:
    try:
        return confidence(relation.confidence)
    except ValueError as error:
        raise source.wrong(f"relation {relation.id!r}: {error}") from error
