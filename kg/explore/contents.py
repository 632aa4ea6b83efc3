"""What a report holds: what it is about, what it draws of that, and which of many facts it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.explore.entries import dealings, drawn_pairs, events_at
from kg.explore.history import history
from kg.explore.neighbourhood import neighbourhood
from kg.explore.overview import overview
from kg.explore.places import spots
from kg.explore.selection import Selection
from kg.explore.told import by_period, told_events, told_relations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.analyse.figures import Figures
    from kg.analyse.series import Point
    from kg.explore.entries import Dealings
    from kg.explore.index import Index
    from kg.explore.neighbourhood import Neighbourhood
    from kg.explore.overview import Overview
    from kg.explore.places import Spot, Spots
    from kg.graph.model import EventNode, RelationEdge

    Anchors = dict[tuple[str, ...], str]

_SPOTS: Final = 200


@dataclass(frozen=True, slots=True)
class Contents:
    """What a report holds.

    ``events`` and ``relations`` are all that it is about, ``told`` and ``stating`` those that it tells, relations only
    where texts state them. What is told may go beyond what it is about, where that stands behind a line between others.
    ``places`` are all with a point, of which those in ``there`` are drawn, by key, with the events at each.
    """

    found: Overview
    centre: str
    network: Neighbourhood | None
    between: tuple[Dealings, ...]
    points: Figures[Point]
    places: Spots
    there: dict[str, tuple[EventNode, ...]]
    events: tuple[EventNode, ...]
    relations: tuple[RelationEdge, ...]
    told: tuple[EventNode, ...]
    stating: tuple[RelationEdge, ...]

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The places that are drawn."""
        return self.places.spots[: len(self.there)]

    @property
    def stated(self) -> tuple[RelationEdge, ...]:
        """The relations that it is about and texts state."""
        return tuple(one for one in self.relations if one.mentions)

    @property
    def listed(self) -> tuple[EventNode, ...]:
        """The events that are told of those that it is about."""
        own = {event.iri for event in self.events}
        return tuple(event for event in self.told if event.iri in own)

    def anchors(self, index: Index) -> Anchors:
        """Return where everything stands that has a place of its own, by the view of the explorer and its keys."""
        views: tuple[tuple[str, list[tuple[str, ...]]], ...] = (
            ("event", [(index.key(event.iri),) for event in self.told]),
            ("relation", [(index.key(relation.iri),) for relation in self.stating]),
            ("pair", [tuple(sorted((index.key(one.one), index.key(one.other)))) for one in self.between]),
            ("actor", [(key,) for key in self.there]),
        )
        return {
            (view, *keys): f"{view[0]}{number}" for view, known in views for number, keys in enumerate(known, start=1)
        }


def contents(index: Index, centre: str, most: int, *, whole: bool) -> Contents:
    """Return what a report holds.

    Args:
        index: The graph.
        centre: Whose neighbourhood is drawn, by IRI; "" for nobody's.
        most: The most events, and the most relations that texts state, that are told.
        whole: Whether it is about all, and not the centre alone.
    """
    found = overview(index)
    network = neighbourhood(index, centre, Selection()) if centre else None
    pairs = drawn_pairs(network)
    if whole:
        pairs |= {(index.iri(one.one), index.iri(one.other)) for one in found.pairs}
    between = dealings(index, pairs)
    positions = index.columns.all if whole else index.columns.involving(centre)
    events, points, places = index.columns.at(positions), history(index.columns, positions), spots(index, positions)
    there = events_at(index, positions, places.spots[:_SPOTS])
    relations = index.graph.relations if whole else _relations(index, centre, pairs)
    drawn = [*(one.events for one in between), *there.values(), *by_period(index, events, points.rows)]
    lines = [index.carrying((one,)) for both in between for one in index.bonds.between(both.one, both.other)]
    stated = [one for one in relations if one.mentions]
    return Contents(
        *(found, centre, network, between, points, places, there, events, relations),
        told=told_events(index, events, (drawn, lines), most),
        stating=told_relations(index, stated, ([one.relations for one in between],), most),
    )


def _relations(index: Index, centre: str, pairs: Iterable[tuple[str, str]]) -> tuple[RelationEdge, ...]:
    """Return the relations of an actor, and those between pairs of its neighbours."""
    found = {one.iri: one for pair in pairs for one in index.bonds.between(*pair)}
    found |= {one.iri: one for one in index.relations_of(centre)}
    return tuple(found[iri] for iri in sorted(found))
