"""Which type was taken for which other: of events by their triggers, of actors by their mentions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from kg.evaluate.matching import SpanIndex, match_actors, match_events
from kg.evaluate.score import paired

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.records import DocumentRecord

Confusion: TypeAlias = Counter[tuple[str, str]]
"""How often a gold type was read as a predicted one; the empty string stands for nothing there."""


class Confusions(NamedTuple):
    """Confusions of the types of events and of actors."""

    events: Confusion
    actors: Confusion


def confusions(gold: Iterable[DocumentRecord], predicted: Iterable[DocumentRecord]) -> Confusions:
    """Count over all documents; records are paired by document id.

    Events that match (:mod:`kg.evaluate.matching`) are of one type. Of the others, a gold and a predicted one are a
    pair when their triggers overlap, one to one, in text order; the rest are missed or extra. Actors are those that
    match.
    """
    events: Confusion = Counter()
    actors: Confusion = Counter()
    for record, other in paired(gold, predicted):
        to_gold = match_actors(record.actors, other.actors)
        types = {actor.id: actor.type for actor in record.actors}
        actors.update((types[to_gold[a.id]], a.type) if a.id in to_gold else ("", a.type) for a in other.actors)
        found = set(to_gold.values())
        actors.update((actor.type, "") for actor in record.actors if actor.id not in found)
        matched = match_events(record, other, to_gold)
        events.update((other.events[n].type, other.events[n].type) for n in matched)
        pairs = dict(misread(record, other, matched))
        events.update((record.events[index].type, other.events[n].type) for index, n in pairs.items())
        hit, taken = set(matched.values()) | set(pairs), set(matched) | set(pairs.values())
        events.update((event.type, "") for index, event in enumerate(record.events) if index not in hit)
        events.update(("", event.type) for n, event in enumerate(other.events) if n not in taken)
    return Confusions(events, actors)


def misread(gold: DocumentRecord, predicted: DocumentRecord, matched: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Give gold events, by index, with the predicted ones at the same words that have another type.

    ``matched`` are the events that match, as :func:`kg.evaluate.matching.match_events` tells.
    """
    hit, taken = set(matched.values()), set(matched)
    index = SpanIndex((e.trigger, str(n)) for n, e in enumerate(predicted.events) if n not in taken)
    for number, event in enumerate(gold.events):
        if number in hit:
            continue
        at = sorted(int(n) for n in index.owners(event.trigger))
        free = next((n for n in at if n not in taken), None)
        if free is not None:
            taken.add(free)
            yield number, free
