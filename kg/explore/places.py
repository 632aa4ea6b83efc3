"""Where it happens: places with a point, and how many events each saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.plot.spoken import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.explore.index import Index
    from kg.explore.ragged import Numbers
    from kg.graph.model import PlaceNode


class Spot(NamedTuple):
    """A place on the map: its point in degrees (WGS 84), how exact that is, its events, and those of conflict."""

    key: str
    name: str
    country: str
    latitude: float
    longitude: float
    precision: str
    events: int
    conflict: int


class Spots(NamedTuple):
    """Places with a point, those with the most events first; and the events that no point is known of."""

    spots: tuple[Spot, ...]
    placed: int
    unplaced: int


def spots(index: Index, positions: Numbers) -> Spots:
    """Return where events, by their places among all, took place or may."""
    columns, points = index.columns, points_of(index.graph.places)
    lengths = columns.places.lengths[positions]
    owners, at = np.repeat(positions, lengths), columns.places.of(positions)
    known = np.isin(at, sorted(points))
    owners, at = owners[known], at[known]
    counts = np.bincount(at).tolist()
    hostile = np.bincount(at, columns.weights[owners] < 0).tolist()
    placed = len(np.unique(owners))
    found = []
    for place, number in enumerate(counts):
        if number:
            node = index.graph.places[place]
            own = (index.name(node.iri), node.country, *points[place], node.precision)
            found.append(Spot(index.key(node.iri), *own, number, int(hostile[place])))
    found.sort(key=lambda spot: (-spot.events, spot.name, spot.key))
    return Spots(tuple(found), placed, len(positions) - placed)


def points_of(places: Sequence[PlaceNode]) -> dict[int, tuple[float, float]]:
    """Return the latitude and longitude of each place, by its number, that has them on this earth."""
    return {number: point for number, place in enumerate(places) if (point := _point(place)) is not None}


def about_map(found: Spots) -> str:
    """Return what stands below a map: how many events it shows, and how many it has no point for."""
    return (
        f"{count(found.placed, 'event')} in {count(len(found.spots), 'place')}; of "
        f"{count(found.unplaced, 'further event')} no point is known."
    )


def _point(place: PlaceNode) -> tuple[float, float] | None:
    """Return the latitude and longitude of a place, None where it has none on this earth."""
    latitude, longitude = place.latitude, place.longitude
    if latitude is None or longitude is None:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
