"""Joining actors that turn out to be one."""

from __future__ import annotations

import numpy as np

from kg.language.reading import ReadActor, ReadEvent, Reading, ReadMention, merged
from kg.language.relations import StatedRelation
from kg.language.triggers import Trigger

NONE = np.zeros(1, np.float32)
TRIGGER = Trigger(3, 3, 0, 0.9, NONE, NONE, NONE, (), None)


def actor(*spans: tuple[int, int], kind: int = 0) -> ReadActor:
    return ReadActor(kind, 0, tuple(ReadMention(*span, "name") for span in spans))


def test_joins_mentions_events_and_relations() -> None:
    reading = Reading(
        actors=(actor((0, 1)), actor((4, 4)), actor((1, 1), (9, 9), (11, 11), kind=2)),
        events=(ReadEvent(TRIGGER, (0, 2), (1, 2), 2, (1,), None),),
        relations=(
            StatedRelation(0, 0, 1, 0, 0, 0.5),
            StatedRelation(0, 2, 1, 0, 1, 0.8),
            StatedRelation(1, 0, 2, 0, 0, 0.9),
        ),
    )
    joined = merged(reading, [[0, 2]])
    assert [[(m.begin, m.last) for m in a.mentions] for a in joined.actors] == [[(0, 1), (9, 9), (11, 11)], [(4, 4)]]
    assert [a.type for a in joined.actors] == [2, 0], "the part with most mentions decides"
    (event,) = joined.events
    assert (event.sources, event.targets, event.claimant, event.disputed_by) == ((0,), (1,), 0, (1,))
    assert joined.relations == (StatedRelation(0, 0, 1, 0, 1, 0.8),)


def test_nothing_to_join_changes_nothing() -> None:
    reading = Reading((actor((0, 0)), actor((4, 4))), (ReadEvent(TRIGGER, (0,), (1,), None, (), None),), ())
    same = merged(reading, [])
    assert same.actors == reading.actors
    assert (same.events[0].sources, same.events[0].targets) == ((0,), (1,))
