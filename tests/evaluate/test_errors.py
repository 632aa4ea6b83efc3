from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.evaluate.errors import Difference, differences
from kg.evaluate.report import differences_as_text

if TYPE_CHECKING:
    from kg.records import DocumentRecord


def test_no_differences_from_itself(record: DocumentRecord) -> None:
    assert list(differences([record], [record])) == []


def test_everything_is_missing_from_nothing(record: DocumentRecord) -> None:
    found = list(differences([record], []))
    assert all(difference.missing for difference in found)
    counts = {
        what: sum(difference.what == what for difference in found) for what in ("actor", "event", "edge", "relation")
    }
    assert counts == {"actor": 11, "event": 8, "edge": 5, "relation": 6}


def test_differences_say_what_and_where(record: DocumentRecord) -> None:
    attack = next(event for event in record.events if event.type == "ASSAULT")
    turned = replace(attack, type="COERCE", sources=attack.targets, targets=attack.sources)
    events = tuple(turned if event is attack else event for event in record.events)
    sentence = "They said Norwegian police officers had beaten two demonstrators, but the police denied it."
    forth = f"'beaten' (happened): Norwegian Police Service -> demonstrators in {sentence!r}"
    back = f"'beaten' (happened): demonstrators -> Norwegian Police Service in {sentence!r}"
    begin = record.document.text.index("beaten")
    assert list(differences([record], [replace(record, events=events)])) == [
        Difference("north-sea", "event", True, f"ASSAULT {forth}", begin),
        Difference("north-sea", "event", False, f"COERCE {back}", begin),
        Difference("north-sea", "edge", True, "Norwegian Police Service -> demonstrators: ASSAULT"),
        Difference("north-sea", "edge", False, "demonstrators -> Norwegian Police Service: COERCE"),
    ]


def test_text_groups_by_document() -> None:
    found = [
        Difference("one", "actor", True, "Iceland (STATE): 'Iceland'", 3),
        Difference("one", "edge", False, "Iceland -- Norway: AGREE"),
        Difference("two", "relation", True, "Iceland -> NATO: member_of"),
    ]
    assert differences_as_text(found) == (
        "one\n"
        "  missing actor    Iceland (STATE): 'Iceland'\n"
        "  extra   edge     Iceland -- Norway: AGREE\n"
        "two\n"
        "  missing relation Iceland -> NATO: member_of\n"
    )
