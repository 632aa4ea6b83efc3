"""Where it happens: places with a point, and how many events each saw."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kg import ontology
from kg.plot.spoken import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.explore.index import Index
    from kg.graph.model import EventNode, PlaceNode


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


def spots(index: Index, events: Iterable[EventNode]) -> Spots:
    """Return where events took place, or may."""
    points = {iri: point for iri, place in index.places.items() if (point := _point(place)) is not None}
    counts: Counter[str] = Counter()
    hostile: Counter[str] = Counter()
    placed = unplaced = 0
    for event in events:
        known = points.keys() & set(event.places)
        placed += bool(known)
        unplaced += not known
        counts.update(known)
        if ontology.intensity(event.type, event.mode) < 0:
            hostile.update(known)
    found = []
    for iri, number in counts.items():
        place = index.places[iri]
        found.append(
            Spot(index.key(iri), place.name, place.country, *points[iri], place.precision, number, hostile[iri])
        )
    return Spots(tuple(sorted(found, key=lambda spot: (-spot.events, spot.name, spot.key))), placed, unplaced)


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
