"""What a prediction misses and what it adds, document by document, in words that can be looked up in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from kg.evaluate.matching import match_actors, match_events
from kg.evaluate.score import edges, paired, relation_edges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.evaluate.matching import Party
    from kg.evaluate.score import Edge
    from kg.records import Actor, DocumentRecord, Event

What: TypeAlias = Literal["actor", "event", "edge", "relation"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that only gold (``missing``) or only the prediction (not ``missing``) has.

    ``text`` is readable: an actor's name and type, an event with its parties and sentence, an edge with its ends.
    ``begin`` is where it stands in the document, in code points; None for an edge or relation.
    """

    document: str
    what: What
    missing: bool
    text: str
    begin: int | None = None


def differences(gold: Iterable[DocumentRecord], predicted: Iterable[DocumentRecord]) -> Iterator[Difference]:
    """Yield every difference, by document in gold's order: actors, events, edges, relations; missing ones first."""
    for record, other in paired(gold, predicted):
        to_gold = match_actors(record.actors, other.actors)
        yield from _actors(record, other, to_gold)
        yield from _events(record, other, to_gold)
        names = _names(record, other)
        document = record.document.id
        yield from _ties(document, "edge", edges(record.events), edges(other.events, to_gold), names)
        stated = relation_edges(record.relations), relation_edges(other.relations, to_gold)
        yield from _ties(document, "relation", *stated, names)


def _actors(gold: DocumentRecord, predicted: DocumentRecord, to_gold: Mapping[str, str]) -> Iterator[Difference]:
    found = set(to_gold.values())
    for actor in gold.actors:
        if actor.id not in found:
            yield _actor(gold, actor, missing=True)
    for actor in predicted.actors:
        if actor.id not in to_gold:
            yield _actor(gold, actor, missing=False)


def _actor(record: DocumentRecord, actor: Actor, *, missing: bool) -> Difference:
    words = ", ".join(repr(mention.of(record.document.text)) for mention in actor.mentions)
    begin = min((mention.begin for mention in actor.mentions), default=None)
    return Difference(record.document.id, "actor", missing, f"{actor.name} ({actor.type}): {words}", begin)


def _events(gold: DocumentRecord, predicted: DocumentRecord, to_gold: Mapping[str, str]) -> Iterator[Difference]:
    matched = match_events(gold, predicted, to_gold)
    found = set(matched.values())
    for index, event in enumerate(gold.events):
        if index not in found:
            yield _event(gold, gold, event, missing=True)
    for index, event in enumerate(predicted.events):
        if index not in matched:
            yield _event(gold, predicted, event, missing=False)


def _event(gold: DocumentRecord, owner: DocumentRecord, event: Event, *, missing: bool) -> Difference:
    names = {actor.id: actor.name for actor in owner.actors}
    sources, targets = (", ".join(names.get(one, one) for one in ids) or "?" for ids in (event.sources, event.targets))
    text = gold.document.text
    sentence = " ".join(gold.sentence_at(event.trigger.begin).of(text).split())
    words = f"{event.type} {event.trigger.of(text)!r} ({event.factuality}): {sources} -> {targets} in {sentence!r}"
    return Difference(gold.document.id, "event", missing, words, event.trigger.begin)


def _names(gold: DocumentRecord, predicted: DocumentRecord) -> dict[Party, str]:
    named: dict[Party, str] = {(False, actor.id): f"{actor.name} (not in gold)" for actor in predicted.actors}
    named.update({(True, actor.id): actor.name for actor in gold.actors})
    return named


def _ties(
    document: str, what: What, gold: set[Edge], predicted: set[Edge], names: Mapping[Party, str]
) -> Iterator[Difference]:
    for missing, ties in ((True, gold - predicted), (False, predicted - gold)):
        yield from (Difference(document, what, missing, text) for text in sorted(_tie(tie, names) for tie in ties))


def _tie(edge: Edge, names: Mapping[Party, str]) -> str:
    source, target = (names.get(party, party[1]) for party in (edge.source, edge.target))
    return f"{source} {'->' if edge.directed else '--'} {target}: {edge.type}"
