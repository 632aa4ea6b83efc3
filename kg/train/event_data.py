"""Annotated documents as training windows for the reading heads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import spacy

from kg.language.inventory import EventInventory
from kg.language.pairs import MentionWords
from kg.records import (
    ACTOR_TYPES,
    EVENT_TYPES,
    FACTUALITIES,
    RELATION_FACTUALITIES,
    RELATION_TYPES,
    SECTORS,
    DocumentRecord,
    Span,
)
from kg.train.event_network import CIRCUMSTANCES, MAX_SPAN, ROLES, EventSizes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from kg.language.paths import Paths
    from kg.language.pieces import PieceEncoder, Pieces
    from kg.records import Event
    from kg.train.parses import PathInventory

MAX_PIECES = 512


def event_sizes(labels: EventInventory) -> EventSizes:
    """Return the sizes that the network needs."""
    return EventSizes(
        actors=len(labels.actors),
        sectors=len(labels.sectors),
        events=len(labels.events),
        modes=len(labels.modes),
        relations=len(labels.relations),
        paths=len(labels.paths),
        cases=len(labels.cases),
    )


def event_labels(records: Iterable[DocumentRecord], paths: PathInventory) -> EventInventory:
    """Return the inventories; modes are those that occur."""
    modes = {e.mode for r in records for e in r.events}
    return EventInventory(
        actors=ACTOR_TYPES,
        sectors=("", *SECTORS),
        events=EVENT_TYPES,
        modes=tuple(sorted(modes | {""})),
        relations=RELATION_TYPES,
        factualities=FACTUALITIES,
        relation_factualities=RELATION_FACTUALITIES,
        roles=ROLES,
        circumstances=CIRCUMSTANCES,
        paths=paths.paths,
        cases=paths.cases,
    )


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention by word indices (both inclusive); ``actor`` indexes the window's actors."""

    begin: int
    last: int
    actor: int
    type: int
    sector: int


@dataclass(frozen=True, slots=True)
class GoldTrigger:
    """A trigger by word indices.

    ``roles`` holds (role, actor); ``circumstances`` is int64 (words,); ``chain`` joins reports of one happening.
    """

    begin: int
    last: int
    type: int
    mode: int
    factuality: int
    roles: frozenset[tuple[int, int]]
    circumstances: NDArray[np.int64]
    chain: int


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A relation between two actors, stated in a sentence."""

    type: int
    source: int
    target: int
    sentence: int
    factuality: int


@dataclass(frozen=True, slots=True)
class GoldControl:
    """An actor's control of a place, which indexes the window's places."""

    actor: int
    place: int
    factuality: int


@dataclass(frozen=True)
class EventWindow:
    """One document, or as much of it as the encoder sees at once; ``paths`` are known once it has been parsed."""

    words: tuple[str, ...]
    pieces: Pieces
    sentences: NDArray[np.int64]
    mentions: tuple[GoldMention, ...]
    triggers: tuple[GoldTrigger, ...]
    relations: tuple[GoldRelation, ...]
    actors: int
    places: tuple[tuple[int, int], ...]
    controls: tuple[GoldControl, ...]
    paths: Paths | None = None

    @cached_property
    def described(self) -> tuple[MentionWords, ...]:
        """Return the gold mentions as the pair features see them."""
        return tuple(self.describe(m.begin, m.last) for m in self.mentions)

    @property
    def known_paths(self) -> Paths:
        """Return the paths of a window that has been parsed."""
        if self.paths is None:
            raise ValueError("a window must be parsed before the reading heads are trained on it")
        return self.paths

    def describe(self, begin: int, last: int) -> MentionWords:
        """Return a span as the pair features see it."""
        return MentionWords.of(self.words, begin, last, int(self.sentences[begin]))


class WordIndex:
    """Finds the words that a span of characters touches."""

    def __init__(self, offsets: Sequence[tuple[int, int]]) -> None:
        self._begins = np.array([b for b, _ in offsets])
        self._ends = np.array([e for _, e in offsets])

    def words(self, span: Span) -> tuple[int, int] | None:
        """Return first and last word, or None where the span touches no word."""
        first = int(np.searchsorted(self._ends, span.begin, side="right"))
        last = int(np.searchsorted(self._begins, span.end, side="left")) - 1
        return (first, last) if first <= last else None


def event_windows(
    records: Iterable[DocumentRecord], labels: EventInventory, pieces: PieceEncoder
) -> Iterator[EventWindow]:
    """Turn records into windows; a document too long for the encoder is cut between sentences."""
    tokenizer = spacy.blank("en").tokenizer
    for record in records:
        doc = tokenizer(record.document.text)
        tokens = [(t.text, t.idx, t.idx + len(t)) for t in doc if not t.is_space]
        starts = np.array([s.begin for s in record.sentences])
        sentence = np.searchsorted(starts, [b for _, b, _ in tokens], side="right") - 1
        for begin, end in _cuts([pieces.count(t) for t, _, _ in tokens], sentence):
            yield _window(record, tokens[begin:end], sentence[begin:end], labels, pieces)


def _cuts(lengths: Sequence[int], sentences: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    begin, used = 0, 2
    for end in range(1, len(lengths) + 1):
        used += lengths[end - 1]
        if used > MAX_PIECES:
            cut = int(np.searchsorted(sentences, sentences[end - 1]))
            cut = cut if cut > begin else end - 1
            yield begin, cut
            begin, used = cut, 2 + sum(lengths[cut:end])
    yield begin, len(lengths)


def _window(
    record: DocumentRecord,
    tokens: Sequence[tuple[str, int, int]],
    sentence: NDArray[np.int64],
    labels: EventInventory,
    pieces: PieceEncoder,
) -> EventWindow:
    words = tuple(t for t, _, _ in tokens)
    index = WordIndex([(b, e) for _, b, e in tokens])
    actor_at = {a.id: i for i, a in enumerate(record.actors)}
    mentions: dict[tuple[int, int], GoldMention] = {}
    for i, actor in enumerate(record.actors):
        for span in actor.mentions:
            at = index.words(span)
            if at and at[1] - at[0] < MAX_SPAN:
                kind, sector = labels.actors.index(actor.type), labels.sectors.index(actor.sector)
                mentions.setdefault(at, GoldMention(*at, i, kind, sector))
    chains = _chains(record.events)
    triggers = [
        trigger
        for event in record.events
        if (trigger := _trigger(event, index, len(words), labels, actor_at, chains[event.id])) is not None
    ]
    relations = [
        GoldRelation(
            labels.relations.index(r.type),
            actor_at[r.source],
            actor_at[r.target],
            int(np.searchsorted([s.begin for s in record.sentences], r.sentence.begin)),
            labels.relation_factualities.index(r.factuality),
        )
        for r in record.relations
        if r.target in actor_at and r.source in actor_at
    ]
    places, controls = _places(record, index, labels, actor_at)
    ordered = tuple(sorted(mentions.values(), key=lambda m: (m.begin, -m.last)))
    by_start = {t.begin: t for t in reversed(triggers)}
    return EventWindow(
        words,
        pieces.encode(words),
        np.asarray(sentence, np.int64),
        ordered,
        tuple(by_start[k] for k in sorted(by_start)),
        tuple(relations),
        len(record.actors),
        places,
        controls,
    )


def _places(
    record: DocumentRecord, index: WordIndex, labels: EventInventory, actor_at: dict[str, int]
) -> tuple[tuple[tuple[int, int], ...], tuple[GoldControl, ...]]:
    """Return the places of events and those that somebody controls, by first and last word, and who controls which."""
    found = {at for e in record.events for span in e.places if (at := index.words(span))}
    stated = []
    for r in record.relations:
        begin = record.document.text.find(r.target_place, r.sentence.begin, r.sentence.end) if r.target_place else -1
        if r.target_place and begin >= 0 and r.source in actor_at:
            at = index.words(Span(begin, begin + len(r.target_place)))
            if at:
                found.add(at)
                stated.append((r, at))
    places = sorted(found)
    factualities = labels.relation_factualities
    return tuple(places), tuple(
        GoldControl(actor_at[r.source], places.index(at), factualities.index(r.factuality)) for r, at in stated
    )


def _trigger(
    event: Event,
    index: WordIndex,
    words: int,
    labels: EventInventory,
    actor_at: dict[str, int],
    chain: int,
) -> GoldTrigger | None:
    at = index.words(event.trigger)
    if at is None:
        return None
    filled = (
        *((0, k) for k in event.sources),
        *((1, k) for k in event.targets),
        *((2, k) for k in (event.claimant,) if k),
        *((3, k) for k in event.disputed_by),
    )
    circumstances = np.zeros(words, np.int64)
    for begin_label, spans in ((1, event.places), (3, (event.time,) if event.time else ())):
        for span in spans:
            place = index.words(span)
            if place:
                circumstances[place[0] : place[1] + 1] = begin_label + 1
                circumstances[place[0]] = begin_label
    return GoldTrigger(
        *at,
        type=labels.events.index(event.type),
        mode=labels.modes.index(event.mode),
        factuality=labels.factualities.index(event.factuality),
        roles=frozenset((role, actor_at[k]) for role, k in filled if k in actor_at),
        circumstances=circumstances,
        chain=chain,
    )


def _chains(events: Sequence[Event]) -> dict[str, int]:
    chain: dict[str, int] = {}
    for i, event in enumerate(events):
        chain[event.id] = chain.get(event.same_as or "", i)
    return chain
