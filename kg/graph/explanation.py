"""Why something is one node: who names an actor, who reports an event, and by which rule these were taken for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kg.errors import ConfigError
from kg.graph.agreement import ENOUGH
from kg.graph.model import AccountNode, ActorNode
from kg.graph.names import bearers
from kg.graph.reports import ReportCounts
from kg.identifiers import Identifiers, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.graph.model import (
        AppearanceNode,
        ClaimNode,
        EventNode,
        KnowledgeGraph,
        MentionNode,
        NamingNode,
        PlaceNode,
    )


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a document, in code points, that names an actor or reports an event; ``sentence`` holds a report."""

    begin: int
    end: int
    words: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who ``affirms`` or ``denies`` an event in a document, and which of the others contradict that."""

    name: str
    polarity: str
    contradicted_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What one document adds to a node.

    ``says`` is the label of an event, or the name of an actor or place, there; ``details`` are the values beside it.
    ``rule`` decided that it belongs to the node, ``confidence`` says how sure that is (of an event: how sure the
    reader was of the report). Of an event, ``joined_to`` is the id of the document whose account it was joined to,
    ``agrees_on`` in what respects these agree, and ``score`` counts the points for that; ``needed`` are enough.
    """

    document: str
    publisher: str | None
    published: str | None
    says: str
    details: tuple[str, ...]
    rule: str
    confidence: float
    mentions: tuple[Words, ...]
    copy_of: str | None = None
    joined_to: str | None = None
    agrees_on: tuple[str, ...] = ()
    score: int | None = None
    needed: int | None = None
    speakers: tuple[Speaker, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A node and what was merged into it: a part for each document, the one published first before the others.

    ``documents`` counts them, ``independent`` those that are no copies of each other.
    """

    iri: str
    kind: Literal["actor", "place", "event"]
    label: str
    also: tuple[str, ...]
    contested: bool
    documents: int
    independent: int
    parts: tuple[Part, ...]


def explain(graph: KnowledgeGraph, wanted: str) -> tuple[Explanation, ...]:
    """Return why each node that ``wanted`` gives is one: an actor, a place or an event, by IRI, by name or by label.

    The last part of an event's IRI will do. Names are compared without case, accents and punctuation.

    Raises:
        ConfigError: If there is no such node; the message gives names that come near.
    """
    explainer = _Explainer(graph)
    events = [event for event in graph.events if _is(event, wanted)]
    if events:
        return tuple(explainer.event(event) for event in events)
    try:
        found = set(bearers(graph, wanted))
    except ConfigError as error:
        raise ConfigError(f"{error} (an event goes by its IRI or label)") from error
    nodes = tuple(explainer.named(node) for node in graph.named if node.iri in found)
    if not nodes:
        raise ConfigError(f"{wanted!r} is a publisher of documents, not an actor, a place or an event")
    return nodes


def _is(event: EventNode, wanted: str) -> bool:
    iri = wanted.strip().strip("<>").removeprefix("event:")
    return iri in (event.iri, event.iri.rpartition("/")[2]) or fold(wanted) == fold(event.label) != ""


class _Explainer:
    def __init__(self, graph: KnowledgeGraph) -> None:
        identifiers = Identifiers(graph.base)
        self._documents = {node.iri: node for node in graph.documents}
        self._names = {
            **{identifiers.publisher(node.publisher): node.publisher for node in graph.documents if node.publisher},
            **{node.iri: node.name for node in graph.named},
        }
        self._counts = ReportCounts(graph)

    def named(self, node: ActorNode | PlaceNode) -> Explanation:
        """Explain an actor or place by the documents that name it."""
        kind: Literal["actor", "place"]
        also: tuple[str, ...]
        if isinstance(node, ActorNode):
            kind, also = "actor", (node.type, node.country, node.sector)
        else:
            kind, also = "place", (node.entry, node.country, node.precision)
        counted = self._counts.of_documents(shown.document for shown in node.appearances)
        return Explanation(
            iri=node.iri,
            kind=kind,
            label=node.name,
            also=tuple(filter(None, (*also, *node.alt_names))),
            contested=False,
            documents=counted.all,
            independent=counted.independent,
            parts=_in_order(self._appearance(shown) for shown in node.appearances),
        )

    def event(self, event: EventNode) -> Explanation:
        """Explain an event by the documents that report it."""
        counted = self._counts.of_event(event)
        said: tuple[AccountNode | EventNode, ...] = event.accounts or (event,)
        documents = {account.iri: account.document for account in event.accounts}
        return Explanation(
            iri=event.iri,
            kind="event",
            label=event.label,
            also=_details(event, event.type),
            contested=event.contested,
            documents=counted.all,
            independent=counted.independent,
            parts=_in_order(self._report(event, one, documents) for one in said),
        )

    def _appearance(self, shown: AppearanceNode) -> Part:
        document = self._documents[shown.document]
        return Part(
            document=document.id,
            publisher=document.publisher,
            published=document.published,
            says=shown.name,
            details=tuple(filter(None, (shown.type, shown.country, shown.sector, *shown.same_as))),
            rule=shown.rule,
            confidence=shown.confidence,
            mentions=tuple(Words(one.begin, one.end, one.anchor) for one in sorted(shown.namings, key=_position)),
            copy_of=self._id(document.copy_of),
        )

    def _report(self, event: EventNode, said: AccountNode | EventNode, documents: Mapping[str, str]) -> Part:
        iri = said.document if isinstance(said, AccountNode) else event.mentions[0].document
        document = self._documents[iri]
        mentions = sorted((mention for mention in event.mentions if mention.document == iri), key=_position)
        joined = said if isinstance(said, AccountNode) and said.joined_to else None
        return Part(
            document=document.id,
            publisher=document.publisher,
            published=document.published,
            says=said.label,
            details=_details(said, said.mode),
            rule=joined.rule if joined else "first" if event.accounts else "alone",
            confidence=said.confidence,
            mentions=tuple(Words(one.begin, one.end, one.anchor, one.sentence) for one in mentions),
            copy_of=self._id(document.copy_of),
            joined_to=self._id(documents.get(joined.joined_to or "")) if joined else None,
            agrees_on=joined.agrees_on if joined else (),
            score=joined.score if joined else None,
            needed=ENOUGH if joined else None,
            speakers=tuple(self._speaker(event, claim) for mention in mentions for claim in mention.claims),
        )

    def _speaker(self, event: EventNode, claim: ClaimNode) -> Speaker:
        against = {
            self._names.get(other.claimant, other.claimant)
            for mention in event.mentions
            for other in mention.claims
            if other.iri in claim.contradicts
        }
        return Speaker(self._names.get(claim.claimant, claim.claimant), claim.polarity, tuple(sorted(against)))

    def _id(self, iri: str | None) -> str | None:
        return self._documents[iri].id if iri in self._documents else None


def _details(said: AccountNode | EventNode, first: str) -> tuple[str, ...]:
    """Return what kind of event it is, whether it happened, and when."""
    day = said.date or "/".join(filter(None, (said.earliest, said.latest)))
    return tuple(filter(None, (first, said.factuality, day)))


def _position(words: NamingNode | MentionNode) -> tuple[int, int]:
    return words.begin, words.end


def _in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return the parts by when their documents were published, those of unknown date last."""
    return tuple(sorted(parts, key=lambda part: (part.published is None, part.published or "", part.document)))
