from __future__ import annotations

import random

import pytest

from kg.evaluate.matching import NOWHERE, SentenceIndex, SpanIndex, match_actors, match_events
from kg.records import Actor, Document, DocumentRecord, Event, Span


def actor(name: str, *mentions: tuple[int, int]) -> Actor:
    return Actor(name, name, "PERSON", tuple(Span(*mention) for mention in mentions))


ONE = actor("g", (0, 5))
TWICE = actor("g", (0, 5), (10, 15))
MATCHES = {
    "nothing in common": ([ONE], [actor("p", (5, 9))], {}),
    "touching in one character": ([ONE], [actor("p", (4, 9))], {"p": "g"}),
    "most shared mentions first": ([TWICE], [actor("p", (0, 5)), actor("q", (0, 5), (10, 15))], {"q": "g"}),
    "then the nearest number": ([ONE], [actor("p", (0, 5), (20, 25)), actor("q", (0, 5))], {"q": "g"}),
    "one to one": ([ONE, actor("h", (2, 7))], [actor("p", (0, 7))], {"p": "g"}),
    "no actors": ([], [], {}),
}


@pytest.mark.parametrize(("gold", "predicted", "expected"), MATCHES.values(), ids=MATCHES)
def test_actors(gold: list[Actor], predicted: list[Actor], expected: dict[str, str]) -> None:
    assert match_actors(gold, predicted) == expected


def test_span_index_finds_what_a_full_search_finds() -> None:
    generator = random.Random(7)
    spans = [Span(begin, begin + generator.randint(0, 12)) for begin in generator.choices(range(200), k=120)]
    index = SpanIndex((span, str(number)) for number, span in enumerate(spans))
    for begin in range(0, 200, 3):
        probe = Span(begin, begin + begin % 9)
        assert index.owners(probe) == {str(number) for number, span in enumerate(spans) if span.overlaps(probe)}


@pytest.mark.parametrize(("begin", "expected"), [(0, 0), (9, 0), (10, NOWHERE), (12, 1), (19, 1), (20, NOWHERE)])
def test_sentence_of_a_span(begin: int, expected: int) -> None:
    assert SentenceIndex([Span(0, 10), Span(12, 20)])(Span(begin, begin + 1)) == expected


def record(*events: Event) -> DocumentRecord:
    actors = tuple(actor(name, (begin, begin + 1)) for name, begin in (("a", 0), ("b", 5), ("c", 9)))
    return DocumentRecord(Document("d", "x" * 40), (Span(0, 20), Span(20, 40)), actors, events, ())


def event(begin: int, sources: str = "", targets: str = "") -> Event:
    return Event(
        f"E{begin}{sources}{targets}", "ASSAULT", Span(begin, begin + 1), tuple(sources), tuple(targets), "happened"
    )


SAME = {"a": "a", "b": "b", "c": "c"}
EVENTS = {
    "one sentence": ([event(1)], [event(19)], {0: 0}),
    "another sentence": ([event(1)], [event(21)], {}),
    "most arguments first": ([event(1, "a", "b")], [event(1, "c", "c"), event(9, "a", "b")], {1: 0}),
    "then the nearest trigger": ([event(8)], [event(1), event(7)], {1: 0}),
    "one to one": ([event(1), event(9)], [event(2)], {0: 0}),
}


@pytest.mark.parametrize(("gold", "predicted", "expected"), EVENTS.values(), ids=EVENTS)
def test_events(gold: list[Event], predicted: list[Event], expected: dict[int, int]) -> None:
    assert match_events(record(*gold), record(*predicted), SAME) == expected


def test_events_of_another_type_do_not_match() -> None:
    other = Event("E1", "COERCE", Span(1, 2), (), (), "happened")
    assert match_events(record(event(1)), record(other), SAME) == {}
