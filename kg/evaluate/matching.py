"""Which predicted actor stands for which gold one, and which predicted event for which gold one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.records import Actor, DocumentRecord, Event, Span

Party: TypeAlias = tuple[bool, str]
"""An actor in gold's terms: True and a gold actor's id, or False and the id of a predicted actor without match."""

Argument: TypeAlias = tuple[str, Party]
"""A role (``source``, ``target``, or ``party`` where the act has no direction) and who plays it."""

NOWHERE = -1


def match_actors(gold: Sequence[Actor], predicted: Sequence[Actor]) -> dict[str, str]:
    """Return the gold actor id of each predicted actor that matches one.

    One to one, greedily: first the pairs that share most mentions, then those with the most similar number of mentions.
    A gold mention is shared when some mention of the predicted actor overlaps it.
    """
    sizes = {actor.id: len(actor.mentions) for actor in predicted}
    index = SpanIndex((mention, actor.id) for actor in predicted for mention in actor.mentions)
    pairs = [
        (-shared, abs(len(actor.mentions) - sizes[other]), actor.id, other)
        for actor in gold
        for other, shared in _shared_mentions(actor, index).items()
    ]
    taken: set[str] = set()
    to_gold: dict[str, str] = {}
    for *_, actor_id, other in sorted(pairs):
        if actor_id not in taken and other not in to_gold:
            taken.add(actor_id)
            to_gold[other] = actor_id
    return to_gold


def match_events(gold: DocumentRecord, predicted: DocumentRecord, to_gold: Mapping[str, str]) -> dict[int, int]:
    """Return the index of the gold event of each predicted event (by index) that matches one.

    Events match when they have one type and their triggers begin in one gold sentence; one to one, greedily:
    first the pairs that share most arguments, then those whose triggers begin closest.
    """
    sentence_of = SentenceIndex(gold.sentences)
    by_place: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for index, event in enumerate(gold.events):
        by_place[event.type, sentence_of(event.trigger)].append(index)
    pairs = [
        (*_distance(gold.events[index], event, to_gold), index, other)
        for other, event in enumerate(predicted.events)
        for index in by_place[event.type, sentence_of(event.trigger)]
    ]
    taken: set[int] = set()
    matched: dict[int, int] = {}
    for *_, index, other in sorted(pairs):
        if index not in taken and other not in matched:
            taken.add(index)
            matched[other] = index
    return matched


def predicted_party(actor_id: str, to_gold: Mapping[str, str]) -> Party:
    """Return a predicted actor in gold's terms."""
    matched = to_gold.get(actor_id)
    return (False, actor_id) if matched is None else (True, matched)


def arguments(event: Event, to_gold: Mapping[str, str] | None = None) -> set[Argument]:
    """Return who plays which role in ``event``, in gold's terms; without ``to_gold`` the event is a gold one."""
    return {
        (role, (True, actor_id) if to_gold is None else predicted_party(actor_id, to_gold))
        for role, ids in (("source", event.sources), ("target", event.targets))
        for actor_id in ids
    }


class SentenceIndex:
    """Finds the sentence that a span begins in, in logarithmic time. Sentences must not overlap."""

    def __init__(self, sentences: Iterable[Span]) -> None:
        self._sentences = sorted((sentence, index) for index, sentence in enumerate(sentences))
        self._begins = [sentence.begin for sentence, _ in self._sentences]

    def __call__(self, span: Span) -> int:
        """Return the index of the sentence that ``span`` begins in, or ``NOWHERE``."""
        position = bisect_right(self._begins, span.begin) - 1
        if position < 0:
            return NOWHERE
        sentence, index = self._sentences[position]
        return index if span.begin < sentence.end else NOWHERE


class SpanIndex:
    """Finds the owners of the spans that overlap a given one without looking at all of them."""

    def __init__(self, owned: Iterable[tuple[Span, str]]) -> None:
        self._owned = sorted(owned)
        self._begins = [span.begin for span, _ in self._owned]
        self._longest = max((span.end - span.begin for span, _ in self._owned), default=0)

    def owners(self, span: Span) -> set[str]:
        """Return the owners of the spans that share a character with ``span``."""
        first, last = bisect_left(self._begins, span.begin - self._longest), bisect_left(self._begins, span.end)
        return {owner for other, owner in self._owned[first:last] if other.overlaps(span)}


def _shared_mentions(actor: Actor, index: SpanIndex) -> Counter[str]:
    return Counter(owner for mention in actor.mentions for owner in index.owners(mention))


def _distance(gold: Event, predicted: Event, to_gold: Mapping[str, str]) -> tuple[int, int]:
    shared = len(arguments(gold) & arguments(predicted, to_gold))
    return -shared, abs(gold.trigger.begin - predicted.trigger.begin)
