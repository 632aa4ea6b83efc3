"""What words the record gives for a claim, and that it changes nobody's claims."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.language.attribution import attributed
from kg.language.quotation import Quotation
from kg.records import Actor, Attribution, Document, DocumentRecord, Event, Span

TEXT = "Norway said Suvania denied that rebels attacked the town. He regretted it."


def at(words: str) -> Span:
    begin = TEXT.index(words)
    return Span(begin, begin + len(words))


NORWAY = Actor("A1", "Norway", "STATE", (at("Norway"),))
SUVANIA = Actor("A2", "Suvania", "STATE", (at("Suvania"),))
ATTACK = Event("E1", "ASSAULT", at("attacked"), (), (), "happened")
SAID = Quotation(
    *("indirect", (at("Suvania denied that rebels attacked the town"),), at("said"), "say", "neutral"),
    *(at("Norway"), at("Norway")),
)
DENIED = Quotation(
    *("indirect", (at("rebels attacked the town"),), at("denied"), "deny", "denying"),
    *(at("Suvania"), at("Suvania")),
)
QUOTED = replace(DENIED, kind="direct", stance="assertive", content=(at("rebels"), at("attacked the town")))

CASES: list[tuple[Event, list[Quotation], list[tuple[str, str, bool]]]] = [
    # Claimed, and disputed; the actor, the cue, and whether it denies.
    (replace(ATTACK, claimant="A1"), [SAID, DENIED], [("A1", "said", False)]),
    (replace(ATTACK, disputed_by=("A2",)), [SAID, DENIED], [("A2", "denied", True)]),
    (
        replace(ATTACK, claimant="A1", disputed_by=("A2",)),
        [DENIED, SAID],
        [("A1", "said", False), ("A2", "denied", True)],
    ),
    # A denial is no claim, and a statement no denial.
    (replace(ATTACK, claimant="A2"), [SAID, DENIED], []),
    (replace(ATTACK, disputed_by=("A1",)), [SAID, DENIED], []),
    (replace(ATTACK, claimant="A2"), [QUOTED], [("A2", "denied", False)]),
    # Nobody claims it, somebody else says it, or it stands elsewhere.
    (ATTACK, [SAID, DENIED], []),
    (replace(ATTACK, claimant="A1"), [QUOTED], []),
    (replace(ATTACK, claimant="A1", trigger=at("regretted")), [SAID], []),
    (replace(ATTACK, claimant="A1"), [replace(SAID, speaker=None, head=None)], []),
    (replace(ATTACK, claimant="A1"), [], []),
]


@pytest.mark.parametrize(("event", "quotations", "expected"), CASES)
def test_attributed(event: Event, quotations: list[Quotation], expected: list[tuple[str, str, bool]]) -> None:
    record = DocumentRecord(Document("d", TEXT), (Span(0, 57),), (NORWAY, SUVANIA), (event,), ())
    found = attributed(record, quotations)
    (kept,) = found.events
    assert [(one.actor, one.cue.of(TEXT), one.denies) for one in kept.attributions] == expected
    assert replace(found, events=(replace(kept, attributions=()),)) == record


def test_the_innermost_words_are_taken() -> None:
    outer = replace(DENIED, stance="neutral", content=(at("Suvania denied that rebels attacked the town"),))
    record = DocumentRecord(Document("d", TEXT), (), (SUVANIA,), (replace(ATTACK, claimant="A2"),), ())
    assert attributed(record, [outer, QUOTED]).events[0].attributions == (
        Attribution("A2", at("denied"), at("Suvania"), (at("rebels"), at("attacked the town")), verbatim=True),
    )
