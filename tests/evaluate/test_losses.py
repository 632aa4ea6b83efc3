"""Why arguments and relations are missing or extra."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.evaluate.losses import Loss, losses
from kg.evaluate.report import losses_as_text
from kg.evaluate.score import score

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.records import DocumentRecord, Event


def attack_of(record: DocumentRecord) -> Event:
    return next(event for event in record.events if event.type == "ASSAULT")


def changed(record: DocumentRecord, old: Event, *new: Event) -> DocumentRecord:
    events = [one for event in record.events for one in (new if event is old else (event,))]
    return replace(record, events=tuple(events))


def without_attack(record: DocumentRecord) -> DocumentRecord:
    return changed(record, attack_of(record))


def other_type(record: DocumentRecord) -> DocumentRecord:
    return changed(record, attack_of(record), replace(attack_of(record), type="COERCE"))


def turned(record: DocumentRecord) -> DocumentRecord:
    attack = attack_of(record)
    return changed(record, attack, replace(attack, sources=attack.targets, targets=attack.sources))


def without_attacker(record: DocumentRecord) -> DocumentRecord:
    """Leave out the attackers, who are then unknown; all that they take part in goes with them."""
    gone = set(attack_of(record).sources)
    events = tuple(
        replace(
            event,
            sources=tuple(one for one in event.sources if one not in gone),
            targets=tuple(one for one in event.targets if one not in gone),
            claimant=None,
            disputed_by=(),
        )
        for event in record.events
    )
    relations = tuple(r for r in record.relations if not gone & {r.source, r.target})
    actors = tuple(actor for actor in record.actors if actor.id not in gone)
    return replace(record, actors=actors, events=events, relations=relations)


@pytest.mark.parametrize(
    ("spoil", "reason", "extra"),
    [
        (without_attack, "no such event", False),
        (other_type, "other event type", True),
        (turned, "other role", True),
        (without_attacker, "no such actor", False),
    ],
)
def test_arguments(
    record: DocumentRecord, spoil: Callable[[DocumentRecord], DocumentRecord], reason: str, extra: bool
) -> None:
    found = [loss for loss in losses([record], [spoil(record)]) if loss.kind == "argument"]
    assert {(loss.missing, loss.reason) for loss in found} == {(True, reason), *([(False, reason)] if extra else [])}


def test_relations(record: DocumentRecord) -> None:
    first, second, *rest = (r for r in record.relations if r.target is not None)
    assert first.type != "supports"
    given = replace(record, relations=(replace(first, type="supports"), *rest))
    found = {(loss.missing, loss.reason) for loss in losses([record], [given])}
    assert found == {(True, "other type"), (False, "other type"), (True, "no tie")}
    assert second not in given.relations


def test_losses_add_up_to_what_the_scores_lack(record: DocumentRecord) -> None:
    for given in (record, without_attack(record), other_type(record), turned(record), without_attacker(record)):
        found = losses([record], [given])
        figures = score([record], [given]).figures()
        for kind, count in (("argument", figures["arguments"]), ("relation", figures["relations"])):
            missing = sum(loss.count for loss in found if loss.kind == kind and loss.missing)
            extra = sum(loss.count for loss in found if loss.kind == kind and not loss.missing)
            assert (missing, extra) == (count.gold - count.shared, count.predicted - count.shared)


def test_text() -> None:
    found = [Loss("argument", True, "no such event", 12), Loss("relation", False, "no tie", 3)]
    assert losses_as_text(found) == (
        "where they are lost\n    12  missing argument  no such event\n     3  extra   relation  no tie\n"
    )
