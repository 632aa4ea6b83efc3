"""A part of a graph: the events and relations that meet some criteria, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from kg import ontology
from kg.errors import ConfigError
from kg.graph import dates
from kg.graph.model import ActorNode, CustomTypeNode, DocumentNode, PlaceNode, holds
from kg.graph.names import bearers
from kg.records import EVENT_TYPES, RELATION_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.graph.model import EventNode, KnowledgeGraph, MentionNode, RelationEdge

FACTUALITIES: Final = ("happened", "planned", "possible", "negated", "past")
TYPES: Final = (*EVENT_TYPES, *RELATION_TYPES)
N = TypeVar("N", ActorNode, CustomTypeNode, DocumentNode, PlaceNode)
S = TypeVar("S", ActorNode, PlaceNode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What a fact, an event or a stated relation, must meet: all that is given. Of several values, one is enough.

    Args:
        actors: IRIs of actors or places; the fact involves one of them.
        since: The first day (ISO 8601) of a window. A fact lies in it where its own day or period touches it; the
            day of a stated relation is that on which its document appeared.
        until: The last day of the window. What has no day lies in no window.
        published: Whether an event that no text dates takes the day on which the first document that reports it
            appeared.
        types: Types of events (``CONSULT``), of stated relations (``member_of``), and IRIs of types of the user's own.
        min_confidence: The least confidence, 0 to 1.
        asserted_by: IRIs of actors or publishers; a claim of one of them affirms the fact.
        exclude_contested: Whether what is contested is left out.
        factualities: ``happened``, ``planned``, ``possible``, ``negated`` and, of relations, ``past``.
    """

    actors: frozenset[str] = frozenset()
    since: str | None = None
    until: str | None = None
    published: bool = False
    types: frozenset[str] = frozenset()
    min_confidence: float = 0.0
    asserted_by: frozenset[str] = frozenset()
    exclude_contested: bool = False
    factualities: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Say whether anything is asked for."""
        return self != Criteria(published=self.published)


def criteria(
    graph: KnowledgeGraph,
    *,
    actors: Iterable[str] = (),
    since: str | None = None,
    until: str | None = None,
    published: bool = False,
    types: Iterable[str] = (),
    min_confidence: float = 0.0,
    asserted_by: Iterable[str] = (),
    exclude_contested: bool = False,
    factualities: Iterable[str] = (),
) -> Criteria:
    """Return criteria for ``graph``: actors and own types by name, and a window of days, months or years.

    Arguments as for :class:`Criteria`.

    Raises:
        ConfigError: Nobody in the graph bears a name; a bound is no date, or the window ends before it begins; a
            type or factuality is none; or the confidence does not lie between 0 and 1.
    """
    if not 0 <= min_confidence <= 1:
        raise ConfigError(f"the least confidence lies between 0 and 1, and {min_confidence} does not")
    first, last = _bound(since, "since"), _bound(until, "until")
    window = Criteria(since=first and first.earliest, until=last and last.latest)
    if window.since and window.until and window.since > window.until:
        raise ConfigError(f"the window ends on {window.until}, before it begins on {window.since}")
    return replace(
        window,
        actors=frozenset(iri for name in actors for iri in bearers(graph, name)),
        published=published,
        types=_types(graph, types),
        min_confidence=float(min_confidence),
        asserted_by=frozenset(iri for name in asserted_by for iri in bearers(graph, name)),
        exclude_contested=exclude_contested,
        factualities=_known(factualities, FACTUALITIES, "factuality"),
    )


def sliced(graph: KnowledgeGraph, wanted: Criteria) -> KnowledgeGraph:
    """Return the part of ``graph`` that meets the criteria, and with it all that it rests on; without any, all of it.

    An event remains whole, with all its reports. A relation remains where an event that it follows from does, or a
    report that states it; its dates, count, confidence and standing are then those of what remains. Of actors,
    places and documents, those remain that the facts and claims need. Slicing by some criteria and then by others
    gives the same as slicing by all at once.
    """
    if not wanted:
        return graph
    test = _Test(graph, wanted)
    events = {event.iri: event for event in graph.events if test.event(event)}
    relations = [
        _reduced(relation, _carrying(relation, events), test.mentions(relation), test) for relation in graph.relations
    ]
    return _closed(graph, tuple(events.values()), tuple(relation for relation in relations if relation is not None))


class _Test:
    """Says which facts meet the criteria."""

    def __init__(self, graph: KnowledgeGraph, wanted: Criteria) -> None:
        self.wanted = wanted
        self.appeared = {node.iri: node.published[:10] for node in graph.documents if node.published}
        self.properties = {
            ontology.local_name(ontology.property_of_relation(name)) for name in wanted.types & set(RELATION_TYPES)
        }

    def event(self, event: EventNode) -> bool:
        """Say whether an event meets them."""
        wanted = self.wanted
        return (
            self._involved(*event.sources, *event.targets, *event.participants, *event.places)
            and self._in_window(*self._days(event))
            and (not wanted.types or not wanted.types.isdisjoint((event.type, *event.custom_types)))
            and self._stands(event)
            and (not wanted.asserted_by or any(map(self._asserted, event.mentions)))
        )

    def mentions(self, relation: RelationEdge) -> tuple[MentionNode, ...]:
        """Return the reports that state a relation and meet them."""
        if not (
            self._involved(relation.source, relation.target)
            and (not self.wanted.types or relation.property in self.properties)
            and self._stands(relation)
        ):
            return ()
        return tuple(mention for mention in relation.mentions if self._dated(mention) and self._asserted(mention))

    def day(self, mention: MentionNode) -> str | None:
        """Return the day on which the document of a report appeared."""
        return self.appeared.get(mention.document)

    def _involved(self, *iris: str) -> bool:
        return not self.wanted.actors or not self.wanted.actors.isdisjoint(iris)

    def _stands(self, fact: EventNode | RelationEdge) -> bool:
        wanted = self.wanted
        return (
            fact.confidence >= wanted.min_confidence
            and not (wanted.exclude_contested and fact.contested)
            and (not wanted.factualities or fact.factuality in wanted.factualities)
        )

    def _asserted(self, mention: MentionNode) -> bool:
        return not self.wanted.asserted_by or any(
            claim.polarity == "affirms" and claim.claimant in self.wanted.asserted_by for claim in mention.claims
        )

    def _dated(self, mention: MentionNode) -> bool:
        return self._in_window(self.day(mention), self.day(mention))

    def _days(self, event: EventNode) -> tuple[str | None, str | None]:
        first, last = event.date or event.earliest, event.date or event.latest
        if first is None and last is None and self.wanted.published:
            first = last = min(filter(None, map(self.day, event.mentions)), default=None)
        return first, last

    def _in_window(self, first: str | None, last: str | None) -> bool:
        since, until = self.wanted.since, self.wanted.until
        if since is None and until is None:
            return True
        if first is None and last is None:
            return False
        return not ((since and last and last < since) or (until and first and first > until))


def _carrying(relation: RelationEdge, events: Mapping[str, EventNode]) -> tuple[EventNode, ...]:
    return tuple(events[iri] for iri in relation.events if iri in events)


def _reduced(
    relation: RelationEdge, events: tuple[EventNode, ...], mentions: tuple[MentionNode, ...], test: _Test
) -> RelationEdge | None:
    """Return a relation with what is left of what it rests on, None where nothing is.

    Graphs do not tell how sure each report is that states a relation; while one is left, the relation is as sure as
    it was.
    """
    if not events and not mentions:
        return None
    if len(events) == len(relation.events) and len(mentions) == len(relation.mentions):
        return relation
    days = [(event.date or event.earliest, event.date or event.latest) for event in events]
    days += [(test.day(mention), test.day(mention)) for mention in mentions]
    left = replace(
        relation,
        events=tuple(event.iri for event in events),
        mentions=mentions,
        first=min((first for first, _ in days if first), default=None),
        last=max((last for _, last in days if last), default=None),
        count=len(events) + len(mentions),
    )
    if mentions:
        return left
    happened = any(event.factuality == "happened" for event in events)
    return replace(
        left,
        confidence=max(event.confidence for event in events),
        contested=all(event.contested for event in events),
        factuality=("happened" if happened else "planned") if holds(relation) else relation.factuality,
    )


def _closed(
    graph: KnowledgeGraph, events: tuple[EventNode, ...], relations: tuple[RelationEdge, ...]
) -> KnowledgeGraph:
    """Return the graph of these facts, with all nodes that they speak of and no others."""
    facts: tuple[EventNode | RelationEdge, ...] = (*events, *relations)
    claims = {claim.iri for fact in facts for mention in fact.mentions for claim in mention.claims}
    events = tuple(replace(event, mentions=_agreeing(event.mentions, claims)) for event in events)
    relations = tuple(replace(relation, mentions=_agreeing(relation.mentions, claims)) for relation in relations)
    needed = set(_texts((events, relations)))
    documents = {document.iri: document for document in graph.documents}
    for iri in sorted(needed & set(documents)):
        needed.update(_originals(iri, documents))
    return replace(
        graph,
        documents=_among(graph.documents, needed),
        actors=tuple(_shown(node, needed) for node in _among(graph.actors, needed)),
        places=tuple(_shown(node, needed) for node in _among(graph.places, needed)),
        custom_types=_among(graph.custom_types, needed),
        events=events,
        relations=relations,
    )


def _agreeing(mentions: tuple[MentionNode, ...], claims: set[str]) -> tuple[MentionNode, ...]:
    """Return the mentions without word of contradictions to claims that are gone."""
    return tuple(
        replace(
            mention,
            claims=tuple(
                replace(claim, contradicts=tuple(iri for iri in claim.contradicts if iri in claims))
                for claim in mention.claims
            ),
        )
        for mention in mentions
    )


def _originals(iri: str, documents: Mapping[str, DocumentNode]) -> Iterator[str]:
    """Give the documents that a document reprints, however many times over."""
    seen = {iri}
    original = documents[iri].copy_of
    while original and original in documents and original not in seen:
        yield original
        seen.add(original)
        original = documents[original].copy_of


def _texts(value: object) -> Iterator[str]:
    """Give every string in a record, IRIs among them, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _among(nodes: tuple[N, ...], iris: set[str]) -> tuple[N, ...]:
    return tuple(node for node in nodes if node.iri in iris)


def _shown(node: S, iris: set[str]) -> S:
    """Return an actor or place, still called as in the whole graph, with its appearances in documents that are left."""
    return replace(node, appearances=tuple(shown for shown in node.appearances if shown.document in iris))


def _bound(text: str | None, name: str) -> dates.Period | None:
    if text is None:
        return None
    try:
        return dates.bound(text)
    except ValueError as error:
        raise ConfigError(f"{name}: {error}") from error


def _types(graph: KnowledgeGraph, given: Iterable[str]) -> frozenset[str]:
    own = {kind.name: kind.iri for kind in graph.custom_types}
    known = (*TYPES, *own)
    folded = {name.casefold(): name for name in reversed(known)}
    names = _known((name if name in known else folded.get(name.casefold(), name) for name in given), known, "type")
    return frozenset(name if name in TYPES else own[name] for name in names)


def _known(given: Iterable[str], known: tuple[str, ...], what: str) -> frozenset[str]:
    names = frozenset(given)
    for name in sorted(names - set(known)):
        raise ConfigError(f"no {what} {name!r}; known: {', '.join(known)}")
    return names
