"""Where arguments and relations go wrong: at the event, at the actor, or between the two.

An argument can only be right when its event is and its actor is, so that these tell which part of the reader costs
most.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from kg.evaluate.confusion import misread
from kg.evaluate.matching import arguments, match_actors, match_events
from kg.evaluate.score import loose, paired, relation_edges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.evaluate.matching import Party
    from kg.evaluate.score import Edge
    from kg.records import DocumentRecord

Reason: TypeAlias = Literal["no such event", "other event type", "no such actor", "other role", "other type", "no tie"]


@dataclass(frozen=True, slots=True)
class Loss:
    """How many items of a kind only gold (``missing``) or only the prediction has, for one reason.

    Reasons, the first that holds. Of an argument: the other side has no event at its trigger, or one of another type,
    does not have the actor, or gives it another role, or none. Of a relation: it does not have one of the actors, ties
    the two otherwise, or not at all.
    """

    kind: str
    missing: bool
    reason: Reason
    count: int


def losses(gold: Iterable[DocumentRecord], predicted: Iterable[DocumentRecord]) -> list[Loss]:
    """Return the losses over all documents, by kind, missing ones first, the commonest reason first."""
    found: Counter[tuple[str, bool, Reason]] = Counter()
    for record, other in paired(gold, predicted):
        to_gold = match_actors(record.actors, other.actors)
        for missing, reason in _arguments(record, other, to_gold):
            found["argument", missing, reason] += 1
        for missing, reason in _relations(record, other, to_gold):
            found["relation", missing, reason] += 1
    ordered = sorted(found.items(), key=lambda item: (item[0][0], not item[0][1], -item[1], item[0][2]))
    return [Loss(*key, count) for key, count in ordered]


def _arguments(
    gold: DocumentRecord, predicted: DocumentRecord, to_gold: Mapping[str, str]
) -> Iterator[tuple[bool, Reason]]:
    matched = match_events(gold, predicted, to_gold)
    of_gold = {index: n for n, index in matched.items()}
    misjudged = dict(misread(gold, predicted, matched))
    known = set(to_gold.values())
    for index, event in enumerate(gold.events):
        given = predicted.events[of_gold[index]] if index in of_gold else None
        there = loose(arguments(given, to_gold), event) if given else set()
        for _, party in loose(arguments(event), event) - there:
            if given is None:
                yield True, "other event type" if index in misjudged else "no such event"
            else:
                yield True, "other role" if party[1] in known else "no such actor"
    misjudging = set(misjudged.values())
    for n, event in enumerate(predicted.events):
        reference = gold.events[matched[n]] if n in matched else None
        there = loose(arguments(reference), reference) if reference else set()
        for _, (in_gold, _) in loose(arguments(event, to_gold), reference or event) - there:
            if reference is None:
                yield False, "other event type" if n in misjudging else "no such event"
            else:
                yield False, "other role" if in_gold else "no such actor"


def _relations(
    gold: DocumentRecord, predicted: DocumentRecord, to_gold: Mapping[str, str]
) -> Iterator[tuple[bool, Reason]]:
    expected, given = relation_edges(gold.relations), relation_edges(predicted.relations, to_gold)
    known: set[Party] = {(True, actor) for actor in to_gold.values()}
    yield from _ties(expected - given, given, known, missing=True)
    yield from _ties(given - expected, expected, {(True, actor.id) for actor in gold.actors}, missing=False)


def _ties(lost: set[Edge], there: set[Edge], known: set[Party], *, missing: bool) -> Iterator[tuple[bool, Reason]]:
    pairs = {frozenset((edge.source, edge.target)) for edge in there}
    for edge in lost:
        if not {edge.source, edge.target} <= known:
            yield missing, "no such actor"
        else:
            yield missing, "other type" if frozenset((edge.source, edge.target)) in pairs else "no tie"
