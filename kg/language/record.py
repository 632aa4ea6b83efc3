"""From what was read by word to the document record by character: names, countries and sectors, dates, offsets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

import numpy as np

from kg.language.dates import DateRange, resolve
from kg.ontology import modes
from kg.records import Actor, DocumentRecord, Event, Relation, Span
from kg.resolve.document import ActorText, describe_all
from kg.resolve.names import MentionText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.language.inventory import EventInventory
    from kg.language.reading import ReadActor, ReadEvent, Reading
    from kg.language.relations import StatedRelation
    from kg.records import (
        ActorType,
        Document,
        EventType,
        Factuality,
        RelationFactuality,
        RelationType,
    )

_TIES = ("leads", "represents", "part_of", "member_of")


class RecordBuilder:
    """Builds the record of one document.

    ``words`` are the character spans of its words, ``sentences`` those of its sentences; ``model`` is the name and
    version of what read it.
    """

    def __init__(
        self,
        document: Document,
        words: Sequence[Span],
        sentences: Sequence[Span],
        inventory: EventInventory,
        model: str = "",
    ) -> None:
        self._document, self._words, self._sentences = document, words, tuple(sentences)
        self._inventory, self._model = inventory, model
        self._published = published_date(document.published)

    def build(self, reading: Reading) -> DocumentRecord:
        """Return the record of what was read."""
        return DocumentRecord(
            document=self._document,
            sentences=self._sentences,
            actors=self._actors(reading),
            events=tuple(self._event(i, event) for i, event in enumerate(reading.events)),
            relations=tuple(self._relation(i, relation) for i, relation in enumerate(reading.relations)),
            model=self._model,
        )

    def _span(self, begin: int, last: int) -> Span:
        return Span(self._words[begin].begin, self._words[last].end)

    def _actors(self, reading: Reading) -> tuple[Actor, ...]:
        read = [self._actor_text(i, actor) for i, actor in enumerate(reading.actors)]
        ties = [
            (f"A{r.source + 1}", f"A{r.target + 1}")
            for r in reading.relations
            if self._inventory.relations[r.type] in _TIES
        ]
        described = describe_all(read, ties, self._document.text, published=self._published)
        return tuple(
            Actor(
                id=text.id,
                name=described[text.id].name,
                type=text.type,
                mentions=tuple(self._span(m.begin, m.last) for m in actor.mentions),
                country=described[text.id].country,
                sector=described[text.id].sector,
                same_as=described[text.id].same_as,
            )
            for text, actor in zip(read, reading.actors, strict=True)
        )

    def _actor_text(self, number: int, actor: ReadActor) -> ActorText:
        return ActorText(
            id=f"A{number + 1}",
            type=cast("ActorType", self._inventory.actors[actor.type]),
            sector=self._inventory.sectors[actor.sector],
            mentions=[self._mention(m.begin, m.last, m.kind) for m in actor.mentions],
        )

    def _mention(self, begin: int, last: int, kind: str) -> MentionText:
        text, span = self._document.text, self._span(begin, last)
        sentence = self._sentence_of(span.begin)
        left, right = text[sentence.begin : span.begin], text[span.end : sentence.end]
        return MentionText(span.of(text), kind, left, right)  # type: ignore[arg-type]

    def _sentence_of(self, offset: int) -> Span:
        index = int(np.searchsorted([s.begin for s in self._sentences], offset, side="right")) - 1
        return self._sentences[index]

    def _event(self, number: int, event: ReadEvent) -> Event:
        trigger = event.trigger
        kind = cast("EventType", self._inventory.events[trigger.type])
        time = self._span(*trigger.time) if trigger.time else None
        when = resolve(time.of(self._document.text), self._published) if time else None
        return Event(
            id=f"E{number + 1}",
            type=kind,
            trigger=self._span(trigger.begin, trigger.last),
            sources=tuple(f"A{k + 1}" for k in event.sources),
            targets=tuple(f"A{k + 1}" for k in event.targets),
            factuality=cast("Factuality", self._inventory.factualities[int(trigger.factuality.argmax())]),
            mode=self._mode(kind, trigger.mode),
            places=tuple(self._span(*place) for place in trigger.places),
            time=time,
            date=_iso(when) if when else None,
            claimant=None if event.claimant is None else f"A{event.claimant + 1}",
            disputed_by=tuple(f"A{k + 1}" for k in event.disputed_by),
            same_as=None if event.repeats is None else f"E{event.repeats + 1}",
            confidence=round(trigger.probability, 3),
        )

    def _mode(self, event_type: EventType, scores: np.ndarray) -> str:
        """Return the likeliest of the modes that the event type has, or none."""
        allowed = modes(event_type)
        fitting = [i for i, name in enumerate(self._inventory.modes) if not name or name in allowed]
        return self._inventory.modes[max(fitting, key=lambda i: float(scores[i]))]

    def _relation(self, number: int, relation: StatedRelation) -> Relation:
        return Relation(
            id=f"R{number + 1}",
            type=cast("RelationType", self._inventory.relations[relation.type]),
            source=f"A{relation.source + 1}",
            target=f"A{relation.target + 1}",
            sentence=self._sentences[relation.sentence],
            factuality=cast("RelationFactuality", self._inventory.relation_factualities[relation.factuality]),
            confidence=round(relation.probability, 3),
        )


def _iso(days: DateRange) -> str:
    """Return a day, or an interval as ISO 8601 writes it."""
    return days.earliest if days.earliest == days.latest else f"{days.earliest}/{days.latest}"


def published_date(published: str | None) -> date | None:
    """Return the day of an ISO 8601 date or date-time, None where there is none."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
