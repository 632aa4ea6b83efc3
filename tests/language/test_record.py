"""From words to characters: what dates events, and which relations are kept."""

from __future__ import annotations

import re

import numpy as np
import pytest

from kg.language.inventory import EventInventory
from kg.language.reading import ReadActor, ReadEvent, Reading, ReadMention
from kg.language.record import RecordBuilder
from kg.language.relations import StatedRelation
from kg.language.triggers import Trigger
from kg.records import Document, DocumentRecord, Span

FACTUALITIES = ("happened", "planned", "possible", "negated")
INVENTORY = EventInventory(
    actors=("PERSON", "STATE"),
    sectors=("", "GOV"),
    events=("CONSULT",),
    modes=("",),
    relations=("leads", "supports"),
    factualities=FACTUALITIES,
    relation_factualities=("happened",),
    roles=(),
    circumstances=(),
    paths=(),
    cases=(),
)


def build(text: str, reading: Reading, published: str | None = "2019-09-26") -> DocumentRecord:
    words = [Span(*found.span()) for found in re.finditer(r"\w+", text)]
    document = Document("d", text, published=published)
    return RecordBuilder(document, words, [Span(0, len(text))], INVENTORY).build(reading)


def name(word: int, last: int, kind: str) -> ReadActor:
    return ReadActor(INVENTORY.actors.index(kind), 1, (ReadMention(word, last, "name"),))


@pytest.mark.parametrize(
    ("text", "trigger", "time", "factuality", "words", "day"),
    [
        ("The ministers met on 24 September", 2, 5, "happened", "24 September", "2019-09-24"),
        ("The ministers met on Wednesday", 2, 4, "happened", "Wednesday", "2019-09-25"),
        ("The ministers will meet on Wednesday", 3, 5, "planned", "Wednesday", "2019-10-02"),
        ("The ministers will not meet on Wednesday", 4, 6, "negated", "Wednesday", "2019-10-02"),
        ("The ministers may meet on Wednesday", 3, 5, "possible", "Wednesday", "2019-10-02"),
        ("The ministers may have met on Wednesday", 4, 6, "possible", "Wednesday", "2019-09-25"),
        ("Norway said Wednesday the ministers will meet", 6, 2, "planned", "Wednesday", None),
    ],
)
def test_days_of_events(text: str, trigger: int, time: int, factuality: str, words: str, day: str | None) -> None:
    scores = np.eye(4, dtype=np.float32)[FACTUALITIES.index(factuality)]
    none = np.zeros(1, np.float32)
    read = Trigger(trigger, trigger, 0, 0.9, none, scores, none, (), (time, time))
    (event,) = build(text, Reading((), (ReadEvent(read, (), (), None, (), None),), ())).events
    assert event.time is not None
    assert (event.time.of(text), event.date) == (words, day)


@pytest.mark.parametrize(("relation", "kept"), [(0, ["Kofi Example"]), (1, ["Kofi Example", "Hakainde Hichilema"])])
def test_nobody_known_leads_a_foreign_state(relation: int, kept: list[str]) -> None:
    text = "Kenya welcomed Kofi Example and Hakainde Hichilema of Zambia"
    actors = (name(0, 0, "STATE"), name(2, 3, "PERSON"), name(5, 6, "PERSON"))
    relations = (StatedRelation(relation, 1, 0, 0, 0, 0.9), StatedRelation(relation, 2, 0, 0, 0, 0.9))
    record = build(text, Reading(actors, (), relations), None)
    names = {actor.id: actor.name for actor in record.actors}
    assert [names[one.source] for one in record.relations] == kept
