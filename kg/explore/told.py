"""Which of many facts a report tells, so that each line, bar and point that it draws leads to at least one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kg.explore.events import ordered, rows
from kg.explore.passages import fact_label
from kg.graph.model import EventNode, RelationEdge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.analyse.series import Point
    from kg.explore.index import Index
    from kg.graph.reports import Reports

F = TypeVar("F", EventNode, RelationEdge)


def told_events(
    index: Index, events: Sequence[EventNode], drawn: Iterable[Iterable[Sequence[EventNode]]], most: int
) -> tuple[EventNode, ...]:
    """Return the events that are told, by date.

    The best of each group that is drawn comes first, then those with the most independent reports.

    Args:
        index: The graph.
        events: What the report is about.
        drawn: Groups of what each line, bar and point that is drawn rests on, those that matter most first. It may be
            more than ``events``.
        most: The most that are told.
    """
    best = _best(index.counts.of_event, events, drawn, most)
    order = {row.key: place for place, row in enumerate(ordered(rows(index, best)))}
    return tuple(sorted(best, key=lambda event: order[index.key(event.iri)]))


def told_relations(
    index: Index, relations: Sequence[RelationEdge], drawn: Iterable[Iterable[Sequence[RelationEdge]]], most: int
) -> tuple[RelationEdge, ...]:
    """Return the relations that are told, by what they say; arguments as for :func:`told_events`."""
    return tuple(
        sorted(
            _best(index.counts.of_relation, relations, drawn, most), key=lambda one: (fact_label(index, one), one.iri)
        )
    )


def first_within(
    index: Index, events: Iterable[EventNode], link: Callable[[EventNode], str]
) -> Callable[[str, str], str]:
    """Return what links a period, given by its first and last day, to the first of the events that happened within it.

    The link is "" where none of them did.
    """
    spans = _spans(index, events)

    def window(begin: str, end: str) -> str:
        return next((link(event) for first, last, event in spans if _holds(begin, end, first, last)), "")

    return window


def by_period(index: Index, events: Sequence[EventNode], points: Iterable[Point]) -> list[tuple[EventNode, ...]]:
    """Return the events that happened within each period of a series."""
    spans = _spans(index, events)
    return [
        tuple(event for first, last, event in spans if _holds(point.begin, point.end, first, last)) for point in points
    ]


def _spans(index: Index, events: Iterable[EventNode]) -> list[tuple[str, str, EventNode]]:
    """Return the first and last day of each event that happened and of which both are known."""
    days = index.columns.days
    spans = []
    for event in events:
        place = index.columns.position[event.iri]
        if event.factuality == "happened" and days.first[place] >= 0 and days.last[place] >= 0:
            spans.append((days.known[days.first[place]], days.known[days.last[place]], event))
    return spans


def _holds(begin: str, end: str, first: str, last: str) -> bool:
    return begin <= first and last <= end


def _best(
    count: Callable[[F], Reports], facts: Sequence[F], drawn: Iterable[Iterable[Sequence[F]]], most: int
) -> list[F]:
    own = {one.iri for one in facts}

    def rank(one: F) -> tuple[int, float, str]:
        return (-count(one).independent, -one.confidence, one.iri)

    best: dict[str, F] = {}
    for groups in drawn:
        leading = {one.iri: one for group in groups if group for one in [min(group, key=rank)]}
        first = sorted(leading.values(), key=lambda one: (one.iri not in own, rank(one)))
        best |= {one.iri: one for one in first if one.iri not in best}
    best |= {one.iri: one for one in sorted(facts, key=rank) if one.iri not in best}
    return list(best.values())[:most]
