"""From words to characters: the days of events."""

from __future__ import annotations

import re

import numpy as np
import pytest

from kg.language.inventory import EventInventory
from kg.language.reading import ReadEvent, Reading
from kg.language.record import RecordBuilder
from kg.language.triggers import Trigger
from kg.records import Document, DocumentRecord, Span

FACTUALITIES = ("happened", "planned", "possible", "negated")
INVENTORY = EventInventory(
    actors=("PERSON", "STATE"),
    sectors=("", "GOV"),
    events=("CONSULT",),
    modes=("",),
    relations=("leads", "represents"),
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
