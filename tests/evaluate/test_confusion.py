"""Which type was taken for which other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.evaluate.confusion import confusions
from kg.evaluate.report import confusions_as_text
from kg.records import Span

if TYPE_CHECKING:
    from kg.records import DocumentRecord


def test_a_perfect_prediction_confuses_nothing(record: DocumentRecord) -> None:
    found = confusions([record], [record])
    assert sum(found.events.values()) == len(record.events)
    assert sum(found.actors.values()) == len(record.actors)
    assert all(gold == given for kind in found for gold, given in kind)


def test_events_at_the_same_words_are_confused_and_others_missed_or_extra(record: DocumentRecord) -> None:
    first, second, *rest = record.events
    other = replace(first, type="THREATEN")
    astray = replace(second, trigger=Span(0, 1), type="PROTEST")
    found = confusions([record], [replace(record, events=(other, astray, *rest))]).events
    assert found[first.type, "THREATEN"] == 1
    assert found[second.type, ""] == 1
    assert found["", "PROTEST"] == 1
    assert sum(count for (gold, given), count in found.items() if gold == given) == len(rest)


def test_each_event_is_confused_once(record: DocumentRecord) -> None:
    first, *rest = record.events
    twice = (replace(first, type="THREATEN"), replace(first, id="E90", type="PROTEST"), *rest)
    found = confusions([record], [replace(record, events=twice)]).events
    assert found[first.type, "THREATEN"] + found[first.type, "PROTEST"] == 1
    assert found["", "THREATEN"] + found["", "PROTEST"] == 1


def test_types_of_actors(record: DocumentRecord) -> None:
    first, *rest = record.actors
    found = confusions(
        [record], [replace(record, actors=(replace(first, type="NGO"), *rest[1:]), events=(), relations=())]
    )
    assert found.actors[first.type, "NGO"] == 1
    assert found.actors[rest[0].type, ""] == 1


def test_a_document_that_was_not_read_is_missed_whole(record: DocumentRecord) -> None:
    assert set(confusions([record], []).events) == {(event.type, "") for event in record.events}


def test_text_has_the_commonest_first(record: DocumentRecord) -> None:
    first, *rest = record.events
    text = confusions_as_text(confusions([record], [replace(record, events=(replace(first, type="THREATEN"), *rest))]))
    assert text == (
        f"types of events: {len(rest)} right\n"
        f"     1  {first.type} read as THREATEN\n"
        "\n"
        f"types of actors: {len(record.actors)} right\n"
    )
