"""Whether confidence can be believed: of all that is read with confidence .8, four of five should be right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.evaluate.matching import match_actors, match_events, predicted_party

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.records import DocumentRecord

BINS = 10


class Judged(NamedTuple):
    """Something that was read: how sure the reader was, and whether it is right."""

    confidence: float
    right: bool


def judged_events(gold: DocumentRecord, predicted: DocumentRecord) -> Iterator[Judged]:
    """Yield the predicted events; those are right that match a gold one (:func:`kg.evaluate.matching.match_events`)."""
    matched = match_events(gold, predicted, match_actors(gold.actors, predicted.actors))
    for index, event in enumerate(predicted.events):
        yield Judged(event.confidence, index in matched)


def judged_relations(gold: DocumentRecord, predicted: DocumentRecord) -> Iterator[Judged]:
    """Yield the predicted relations between actors; those are right whose type and actors are gold's."""
    to_gold = match_actors(gold.actors, predicted.actors)
    true = {(r.type, r.source, r.target) for r in gold.relations if r.target}
    for r in predicted.relations:
        if r.target:
            ends = predicted_party(r.source, to_gold), predicted_party(r.target, to_gold)
            right = all(known for known, _ in ends) and (r.type, ends[0][1], ends[1][1]) in true
            yield Judged(r.confidence, right)


def expected_calibration_error(judged: Iterable[Judged], bins: int = BINS) -> float:
    """Return the mean distance between confidence and share of right ones, over ``bins`` bins weighed by their size.

    Source: Naeini, Cooper & Hauskrecht 2015, "Obtaining well calibrated probabilities using Bayesian binning". Without
    anything judged it is 0.
    """
    groups: list[list[Judged]] = [[] for _ in range(bins)]
    for one in judged:
        groups[min(int(one.confidence * bins), bins - 1)].append(one)
    total = sum(len(group) for group in groups)
    return sum(_distance(group) * len(group) for group in groups if group) / total if total else 0.0


def _distance(group: Sequence[Judged]) -> float:
    return abs(sum(j.confidence for j in group) - sum(j.right for j in group)) / len(group)
