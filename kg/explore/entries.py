"""What stands behind the lines and points of a report's drawings: pairs and places, each with what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kg.explore.chart import bars
from kg.explore.drawing import note
from kg.explore.events import rows
from kg.explore.pair import pair
from kg.explore.selection import Selection
from kg.explore.stated import stated
from kg.explore.told import first_within
from kg.plot.spoken import rests_on

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from kg.analyse.figures import Figures
    from kg.analyse.series import Point
    from kg.explore.chart import Bars
    from kg.explore.events import EventRow
    from kg.explore.index import Index
    from kg.explore.neighbourhood import Neighbourhood
    from kg.explore.places import Spot
    from kg.explore.ragged import Numbers
    from kg.explore.stated import Stated
    from kg.graph.model import EventNode, RelationEdge
    from kg.plot.families import Family
    from kg.plot.ties import Tie

_LISTED: Final = 20
_SERIES: Final = 40


@dataclass(frozen=True, slots=True)
class Dealings:
    """Two actors or places (IRIs): all that passes between them, of relations those that texts state."""

    one: str
    other: str
    events: tuple[EventNode, ...]
    relations: tuple[RelationEdge, ...]
    ties: tuple[Tie, ...]
    points: Figures[Point]


class Series(NamedTuple):
    """A series as bars, on how much it rests, and what links a period to what is told of it."""

    bars: Bars
    basis: str
    window: Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class PairEntry:
    """Two actors or places, their ties in words, their series, and what is told of them.

    ``events_left`` and ``relations_left`` count what is not told here; ``series`` is None where there is none to draw.
    """

    one: str
    one_name: str
    other: str
    other_name: str
    ties: tuple[tuple[str, Family], ...]
    series: Series | None
    events: tuple[EventRow, ...]
    events_left: int
    relations: tuple[Stated, ...]
    relations_left: int


class PlaceEntry(NamedTuple):
    """A place, and the events there that are told; ``events_left`` counts the others."""

    key: str
    name: str
    events: tuple[EventRow, ...]
    events_left: int


def drawn_pairs(shown: Neighbourhood | None) -> set[tuple[str, str]]:
    """Return the two ends of each line of a network, and the centre with each of the others, as IRIs in order."""
    if shown is None:
        return set()
    pairs = {tie.pair for tie in shown.ties}
    return pairs | {
        (min(shown.centre, member.iri), max(shown.centre, member.iri))
        for member in shown.members
        if member.iri != shown.centre
    }


def dealings(index: Index, pairs: Iterable[tuple[str, str]]) -> tuple[Dealings, ...]:
    """Return what passes between pairs of actors and places (IRIs), those with the most of it first."""
    found = [_dealings(index, one, other) for one, other in pairs]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                *(-len(one.events), -len(one.relations), index.name(one.one), index.name(one.other)),
                *(one.one, one.other),
            ),
        )
    )


def pair_entries(
    index: Index,
    found: Sequence[Dealings],
    events: Sequence[EventNode],
    relations: Sequence[RelationEdge],
    link: Callable[[EventNode], str],
) -> tuple[PairEntry, ...]:
    """Return the entries of pairs.

    Args:
        index: The graph.
        found: What passes between them.
        events: The events that are told, in their order.
        relations: The relations that are told, in their order.
        link: What leads to an event that is told.
    """
    return tuple(
        _pair_entry(index, one, events, relations, link if place < _SERIES else None) for place, one in enumerate(found)
    )


def events_at(index: Index, positions: Numbers, spots: Iterable[Spot]) -> dict[str, tuple[EventNode, ...]]:
    """Return which of the events, by their places among all, were at each spot, by its key."""
    columns = index.columns
    found = {}
    for spot in spots:
        iri = index.iri(spot.key)
        near = columns.at(np.intersect1d(positions, columns.involving(iri), assume_unique=True))
        found[spot.key] = tuple(event for event in near if iri in event.places)
    return found


def place_entries(
    index: Index, found: dict[str, tuple[EventNode, ...]], events: Sequence[EventNode]
) -> tuple[PlaceEntry, ...]:
    """Return the entries of places, given the events at each (by key) and those that are told, in their order."""
    return tuple(
        PlaceEntry(key, index.name(index.iri(key)), rows(index, listed), len(own) - len(listed))
        for key, own in found.items()
        for listed in [_listed(events, {event.iri for event in own})]
    )


def _dealings(index: Index, one: str, other: str) -> Dealings:
    found = pair(index, one, other, Selection())
    events = {event.iri: event for event in (*found.events, *index.carrying(found.relations))}
    return Dealings(
        one,
        other,
        tuple(events[iri] for iri in sorted(events)),
        tuple(relation for relation in found.relations if relation.mentions),
        found.ties,
        found.points,
    )


def _pair_entry(
    index: Index,
    found: Dealings,
    events: Sequence[EventNode],
    relations: Sequence[RelationEdge],
    link: Callable[[EventNode], str] | None,
) -> PairEntry:
    own = {event.iri for event in found.events}
    listed = _listed(events, own)
    known = {relation.iri for relation in found.relations}
    stating = [relation for relation in relations if relation.iri in known][:_LISTED]
    series = None
    if link is not None and found.points.rows:
        window = first_within(index, [event for event in events if event.iri in own], link)
        series = Series(bars(found.points.rows), rests_on(found.points.basis), window)
    return PairEntry(
        one=index.key(found.one),
        one_name=index.name(found.one),
        other=index.key(found.other),
        other_name=index.name(found.other),
        ties=tuple((note(index, tie), tie.family) for tie in found.ties),
        series=series,
        events=rows(index, listed),
        events_left=len(found.events) - len(listed),
        relations=stated(index, stating),
        relations_left=len(found.relations) - len(stating),
    )


def _listed(events: Iterable[EventNode], own: Collection[str]) -> list[EventNode]:
    return [event for event in events if event.iri in own][:_LISTED]
