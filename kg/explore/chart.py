"""Figures as geometry: bars of conflict and cooperation over time, and points on a map."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analyse.series import Point
    from kg.explore.places import Spot

_WIDTH: Final = 900.0
_HEIGHT: Final = 200.0
_LEFT: Final = 46.0
_BOTTOM: Final = 24.0
_MOST_LABELS: Final = 8
_MOST_BARS: Final = 400
_STEPS: Final = (1, 2, 5, 10, 15, 20, 30, 45)


class Bar(NamedTuple):
    """One period: the bar of cooperation above the line and that of conflict below, each as (y, height)."""

    x: float
    width: float
    above: tuple[float, float]
    below: tuple[float, float]
    period: str
    begin: str
    end: str
    note: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A series as bars. ``zero`` is the height of the line; ``most`` is the number of events of the tallest bar.

    ``labels`` are (x, period); ``left_out`` counts the earliest periods, which there was no room for.
    """

    width: float
    height: float
    zero: float
    most: int
    bars: tuple[Bar, ...]
    labels: tuple[tuple[float, str], ...]
    left_out: int


class MapSpot(NamedTuple):
    """A place on the map: its centre and radius, and whether most of its events are of conflict."""

    x: float
    y: float
    radius: float
    spot: Spot
    hostile: bool


@dataclass(frozen=True, slots=True)
class Map:
    """Points over a grid of meridians (x, label) and parallels (y, label), each degree as wide as it is high."""

    width: float
    height: float
    spots: tuple[MapSpot, ...]
    meridians: tuple[tuple[float, str], ...]
    parallels: tuple[tuple[float, str], ...]


def bars(points: Sequence[Point]) -> Bars:
    """Return a series as bars, cooperative events upwards and conflictual ones downwards."""
    shown = points[-_MOST_BARS:]
    most = max((max(point.cooperative, point.conflictual) for point in shown), default=0)
    zero = round((_HEIGHT - _BOTTOM) / 2, 1)
    step = (_WIDTH - _LEFT) / max(len(shown), 1)
    scale = (zero - 6) / max(most, 1)
    every = max(1, math.ceil(len(shown) / _MOST_LABELS))
    found: list[Bar] = []
    labels: list[tuple[float, str]] = []
    for place, point in enumerate(shown):
        x = round(_LEFT + place * step, 1)
        up, down = round(point.cooperative * scale, 1), round(point.conflictual * scale, 1)
        note = (
            f"{point.period}: {point.cooperative} of cooperation, {point.conflictual} of conflict, "
            f"net intensity {point.net:+g}"
        )
        width = round(max(min(step - 1, 40), 1), 1)
        found.append(Bar(x, width, (round(zero - up, 1), up), (zero, down), point.period, point.begin, point.end, note))
        if place % every == 0:
            labels.append((x, point.period))
    return Bars(_WIDTH, _HEIGHT, zero, most, tuple(found), tuple(labels), len(points) - len(shown))


def chart_map(spots: Sequence[Spot]) -> Map:
    """Return places as points, on an equirectangular map cut to where they lie."""
    if not spots:
        return Map(_WIDTH, _HEIGHT, (), (), ())
    west, east = _bounds([spot.longitude for spot in spots], -180, 180)
    south, north = _bounds([spot.latitude for spot in spots], -90, 90)
    scale = min(_WIDTH / (east - west), 560 / (north - south))
    width, height = round((east - west) * scale, 1), round((north - south) * scale, 1)
    most = max(spot.events for spot in spots)
    placed = tuple(
        MapSpot(
            round((spot.longitude - west) * scale, 1),
            round((north - spot.latitude) * scale, 1),
            round(5 + 15 * math.sqrt(spot.events / most), 1),
            spot,
            spot.conflict * 2 > spot.events,
        )
        for spot in spots
    )
    meridians = tuple((round((at - west) * scale, 1), _degrees(at, "W", "E")) for at in _ticks(west, east))
    parallels = tuple((round((north - at) * scale, 1), _degrees(at, "S", "N")) for at in _ticks(south, north))
    return Map(width, height, placed, meridians, parallels)


def _bounds(values: Sequence[float], least: float, most: float) -> tuple[float, float]:
    low, high = min(values), max(values)
    margin = max((high - low) * 0.12, 4.0)
    return max(low - margin, least), min(high + margin, most)


def _ticks(low: float, high: float) -> list[int]:
    step = next((step for step in _STEPS if (high - low) / step <= _MOST_LABELS), _STEPS[-1])
    return list(range(math.ceil(low / step) * step, math.floor(high) + 1, step))


def _degrees(at: int, negative: str, positive: str) -> str:
    return f"{abs(at)}°{negative if at < 0 else positive if at > 0 else ''}"
