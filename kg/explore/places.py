"""Where it happens: places with a point, and how many events each saw."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kg import ontology

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.explore.index import Index
    from kg.graph.model import EventNode


class Spot(NamedTuple):
    """A place on the map: its point in degrees (WGS 84), how exact that is, and the events there by what they are."""

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
    counts: Counter[str] = Counter()
    hostile: Counter[str] = Counter()
    placed = unplaced = 0
    for event in events:
        known = {iri for iri in event.places if iri in index.places and index.places[iri].latitude is not None}
        placed += bool(known)
        unplaced += not known
        counts.update(known)
        if ontology.intensity(event.type, event.mode) < 0:
            hostile.update(known)
    found = []
    for iri, count in counts.items():
        place = index.places[iri]
        if place.latitude is not None and place.longitude is not None:
            point = (place.latitude, place.longitude)
            found.append(Spot(index.key(iri), place.name, place.country, *point, place.precision, count, hostile[iri]))
    return Spots(tuple(sorted(found, key=lambda spot: (-spot.events, spot.name, spot.key))), placed, unplaced)
