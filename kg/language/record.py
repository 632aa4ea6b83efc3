"""From what was read by word to the document record by character: names, countries and sectors, dates, offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, cast

from kg.calendar import resolve, whole_date
from kg.language.calibration import Calibrations
from kg.language.office_ties import settle_offices
from kg.language.outlook import is_of_saying, looks_ahead
from kg.language.reading import merged
from kg.ontology import modes
from kg.records import Actor, DocumentRecord, Event, Relation, Span
from kg.resolve.document import ActorText, describe_all
from kg.resolve.names import MentionText

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from kg.language.inventory import EventInventory
    from kg.language.reading import ReadActor, ReadEvent, Reading
    from kg.language.relations import StatedControl, StatedRelation
    from kg.records import (
        ActorType,
        Document,
        EventType,
        Factuality,
        RelationFactuality,
        RelationType,
    )
    from kg.resolve.actors import Description
    from kg.resolve.dictionaries import Lexicon

_UNCALIBRATED = Calibrations()
_TIES = ("leads", "represents", "part_of", "member_of")


class RecordBuilder:
    """Builds the record of one document.

    ``words`` are the character spans of its words, ``sentences`` those of its sentences; ``model`` is the name and
    version of what read it, ``lexicon`` the user's own, ``calibrations`` what its probabilities are worth.
    """

    def __init__(
        self,
        document: Document,
        words: Sequence[Span],
        sentences: Sequence[Span],
        inventory: EventInventory,
        model: str = "",
        lexicon: Lexicon | None = None,
        calibrations: Calibrations = _UNCALIBRATED,
    ) -> None:
        self._document, self._words, self._sentences = document, words, tuple(sentences)
        self._begins = [sentence.begin for sentence in sentences]
        self._inventory, self._model, self._lexicon = inventory, model, lexicon
        self._calibrations = calibrations
        self._published = published_date(document.published)

    def build(self, reading: Reading) -> DocumentRecord:
        """Return the record of what was read; actors whose names turn out to be one name are one."""
        described = self._described(reading)
        same = _namesakes(reading, described, self._inventory)
        if same:
            reading = merged(reading, same)
            described = self._described(reading)
        called = [self._called(actor) for actor in reading.actors]
        reading = settle_offices(reading, self._inventory, described, called, self._published)
        return DocumentRecord(
            document=self._document,
            sentences=self._sentences,
            actors=self._actors(reading, described),
            events=tuple(self._event(i, event) for i, event in enumerate(reading.events)),
            relations=self._relations(reading),
            model=self._model,
        )

    def _span(self, begin: int, last: int) -> Span:
        return Span(self._words[begin].begin, self._words[last].end)

    def _called(self, actor: ReadActor) -> frozenset[str]:
        spans = (self._span(m.begin, m.last) for m in actor.mentions)
        return frozenset(word for span in spans for word in span.of(self._document.text).lower().split())

    def _described(self, reading: Reading) -> list[Description]:
        read = [self._actor_text(i, actor) for i, actor in enumerate(reading.actors)]
        ties = [
            (f"A{r.source + 1}", f"A{r.target + 1}")
            for r in reading.relations
            if self._inventory.relations[r.type] in _TIES
        ]
        text, day = self._document.text, self._published
        return list(describe_all(read, ties, text, published=day, lexicon=self._lexicon).values())

    def _actors(self, reading: Reading, described: Sequence[Description]) -> tuple[Actor, ...]:
        return tuple(
            Actor(
                id=f"A{number}",
                name=description.name,
                type=self._type(actor),
                mentions=tuple(self._span(m.begin, m.last) for m in actor.mentions),
                country=description.country,
                sector=description.sector,
                same_as=description.same_as,
                link=description.link,
            )
            for number, (actor, description) in enumerate(zip(reading.actors, described, strict=True), 1)
        )

    def _type(self, actor: ReadActor) -> ActorType:
        return cast("ActorType", self._inventory.actors[actor.type])

    def _actor_text(self, number: int, actor: ReadActor) -> ActorText:
        return ActorText(
            id=f"A{number + 1}",
            type=self._type(actor),
            sector=self._inventory.sectors[actor.sector],
            mentions=[self._mention(m.begin, m.last, m.kind) for m in actor.mentions],
        )

    def _mention(self, begin: int, last: int, kind: str) -> MentionText:
        text, span = self._document.text, self._span(begin, last)
        sentence = self._sentence_of(span.begin)
        left, right = text[sentence.begin : span.begin], text[span.end : sentence.end]
        return MentionText(span.of(text), kind, left, right)  # type: ignore[arg-type]

    def _sentence_of(self, offset: int) -> Span:
        return self._sentences[bisect_right(self._begins, offset) - 1]

    def _event(self, number: int, event: ReadEvent) -> Event:
        trigger = event.trigger
        kind = cast("EventType", self._inventory.events[trigger.type])
        time = Span(*whole_date(self._document.text, *self._span(*trigger.time))) if trigger.time else None
        factuality = cast("Factuality", self._inventory.factualities[int(trigger.factuality.argmax())])
        return Event(
            id=f"E{number + 1}",
            type=kind,
            trigger=self._span(trigger.begin, trigger.last),
            sources=tuple(f"A{k + 1}" for k in event.sources),
            targets=tuple(f"A{k + 1}" for k in event.targets),
            factuality=factuality,
            mode=self._mode(kind, trigger.mode),
            places=tuple(self._span(*place) for place in trigger.places),
            time=time,
            date=self._date(time, self._span(trigger.begin, trigger.last), factuality) if time else None,
            claimant=None if event.claimant is None else f"A{event.claimant + 1}",
            disputed_by=tuple(f"A{k + 1}" for k in event.disputed_by),
            same_as=None if event.repeats is None else f"E{event.repeats + 1}",
            confidence=round(self._calibrations.events(trigger.probability), 3),
        )

    def _date(self, time: Span, trigger: Span, factuality: Factuality) -> str | None:
        """Return the day or interval that the words of a time mean; what is planned lies ahead.

        The day on which something was announced is none of what is planned.
        """
        text = self._document.text
        if factuality == "planned" and is_of_saying(text[self._sentence_of(time.begin).begin : time.begin]):
            return None
        ahead = looks_ahead(text[self._sentence_of(trigger.begin).begin : trigger.begin], factuality)
        days = resolve(time.of(text), self._published, ahead=ahead)
        return days.iso if days else None

    def _mode(self, event_type: EventType, scores: np.ndarray) -> str:
        """Return the likeliest of the modes that the event type has, or none."""
        allowed = modes(event_type)
        fitting = [i for i, name in enumerate(self._inventory.modes) if not name or name in allowed]
        return self._inventory.modes[max(fitting, key=lambda i: float(scores[i]))]

    def _relations(self, reading: Reading) -> tuple[Relation, ...]:
        between = [self._relation(i, relation) for i, relation in enumerate(reading.relations)]
        return (*between, *(self._control(i, control) for i, control in enumerate(reading.controls, len(between))))

    def _control(self, number: int, control: StatedControl) -> Relation:
        return Relation(
            id=f"R{number + 1}",
            type="controls",
            source=f"A{control.source + 1}",
            target=None,
            sentence=self._sentences[control.sentence],
            factuality=self._relation_factuality(control.factuality),
            target_place=self._span(control.begin, control.last).of(self._document.text),
            confidence=round(self._calibrations.relations(control.probability), 3),
        )

    def _relation_factuality(self, column: int) -> RelationFactuality:
        return cast("RelationFactuality", self._inventory.relation_factualities[column])

    def _relation(self, number: int, relation: StatedRelation) -> Relation:
        return Relation(
            id=f"R{number + 1}",
            type=cast("RelationType", self._inventory.relations[relation.type]),
            source=f"A{relation.source + 1}",
            target=f"A{relation.target + 1}",
            sentence=self._sentences[relation.sentence],
            factuality=self._relation_factuality(relation.factuality),
            confidence=round(self._calibrations.relations(relation.probability), 3),
        )


def _namesakes(reading: Reading, described: Sequence[Description], inventory: EventInventory) -> list[list[int]]:
    """Return the actors that share name and type with another, and state where both have one.

    They are states, and others that have a name in the text: ``Afghanistan's government`` has none, but is Afghanistan.
    """
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for k, (actor, description) in enumerate(zip(reading.actors, described, strict=True)):
        state = inventory.actors[actor.type] == "STATE" and description.country
        if state or any(m.kind == "name" for m in actor.mentions):
            groups[actor.type, description.name.casefold()].append(k)
    same: list[list[int]] = []
    for group in groups.values():
        countries = {described[k].country for k in group}
        if len(countries - {""}) < 2:
            same.append(group)
        else:
            same += [[k for k in group if described[k].country == c] for c in sorted(countries)]
    return [group for group in same if len(group) > 1]


def published_date(published: str | None) -> date | None:
    """Return the day of an ISO 8601 date or date-time, None where there is none."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None
