"""The map as geometry: places as points over coasts and borders, in the projections that the plots use."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kg.explore.page import short
from kg.plot.geometry import Box, Point
from kg.plot.labels import Ground, beside
from kg.plot.projection import View, view_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from kg.explore.places import Spot

_WIDTH: Final = 900.0
# The plots thin outlines to a third of a unit; so many pixels a unit make them light enough for a page.
_UNIT: Final = 3.0
_SCALE: Final = 4
_STEPS: Final = (1, 2, 5, 10, 15, 20, 30)
_MOST_LINES: Final = 8
_LONGEST_NAME: Final = 24
_LETTER: Final = 6.2
_LINE: Final = 12.0
_BASELINE: Final = 3.5
_KEPT: Final = 16


class MapSpot(NamedTuple):
    """A place on the map: its centre and radius, and whether most of its events are of conflict.

    ``label`` is where the middle of its name's line stands; None where there is no room for it.
    """

    x: float
    y: float
    radius: float
    spot: Spot
    hostile: bool
    label: tuple[float, float] | None


class Outlines(NamedTuple):
    """SVG paths of land, of the borders on it, and of meridians and parallels; and what these are called, where."""

    land: str
    borders: str
    grid: str
    labels: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True, slots=True)
class Map:
    """Points over outlines, in pixels from the top left. Outlines are told in units of which ``scale`` are a pixel."""

    width: float
    height: float
    spots: tuple[MapSpot, ...]
    outlines: Outlines
    scale: int = _SCALE


def chart_map(spots: Sequence[Spot]) -> Map:
    """Return places as points on a map that is cut to where they lie; the world, where that is far apart."""
    view = view_of([(spot.longitude, spot.latitude) for spot in spots])
    frame = Box(0.0, 0.0, _WIDTH, round(_WIDTH / view.aspect, 1))
    if not spots:
        return Map(frame.width, frame.height, (), Outlines("", "", "", ()))
    most = max(spot.events for spot in spots)
    ground = Ground(frame.padded(-2))
    centres = [view.place(spot.longitude, spot.latitude, frame) for spot in spots]
    radii = [round(5 + 13 * math.sqrt(spot.events / most), 1) for spot in spots]
    for centre, radius in zip(centres, radii, strict=True):
        ground.take(Box.around(centre, radius, radius))
    placed = tuple(
        MapSpot(
            round(centre.x, 1),
            round(frame.top - centre.y, 1),
            radius,
            spot,
            spot.conflict * 2 > spot.events,
            _label(spot.name, centre, radius, ground),
        )
        for spot, centre, radius in zip(spots, centres, radii, strict=True)
    )
    return Map(frame.width, frame.height, placed, _outlines(view))


def _label(name: str, centre: Point, radius: float, ground: Ground) -> tuple[float, float] | None:
    """Return where a name stands beside its point, from the top left; None where nothing is free."""
    size = (_LETTER * len(short(name, _LONGEST_NAME)), _LINE)
    found = ground.take_first(beside(centre, radius, size))
    if found is None:
        return None
    return round(found.centre.x, 1), round(ground.page.top + 2 - found.centre.y + _BASELINE, 1)


@lru_cache(_KEPT)
def _outlines(view: View) -> Outlines:
    """Return the outlines of a view, drawn once for all pages that show it."""
    frame = Box(0.0, 0.0, _WIDTH / _UNIT, _WIDTH / _UNIT / view.aspect)
    meridians, parallels = _lines(view)
    drawn = [view.on_page(view.plane(line), frame) for _, line in (*meridians, *parallels)]
    return Outlines(
        land=_path(view.land(frame), frame, "z"),
        borders=_path(view.borders(frame), frame),
        grid=_path(drawn, frame),
        labels=() if view.whole else _labels(view, meridians, parallels),
    )


def _lines(view: View) -> tuple[list[tuple[int, NDArray[np.float64]]], list[tuple[int, NDArray[np.float64]]]]:
    """Return the meridians and the parallels of a view: the degree, and points of longitude and latitude (n, 2)."""
    if view.whole:
        west, east, south, north = -180.0, 180.0, -60.0, 80.0
    else:
        half = view.high.x / math.cos(math.radians(view.latitude))
        west, east, south, north = view.longitude - half, view.longitude + half, view.low.y, view.high.y
    up, across = np.linspace(south, north, 24), np.linspace(west, east, 24)
    meridians = [(at, np.stack([np.full(24, float(at)), up], axis=1)) for at in _ticks(west, east)]
    parallels = [(at, np.stack([across, np.full(24, float(at))], axis=1)) for at in _ticks(south, north)]
    return meridians, parallels


def _labels(
    view: View,
    meridians: Iterable[tuple[int, NDArray[np.float64]]],
    parallels: Iterable[tuple[int, NDArray[np.float64]]],
) -> tuple[tuple[float, float, str], ...]:
    frame = Box(0.0, 0.0, _WIDTH, _WIDTH / view.aspect)
    found = []
    for at, line in meridians:
        x = float(view.on_page(view.plane(line), frame)[0, 0])
        found.append((round(x + 3, 1), round(frame.top - 4, 1), _degrees((at + 180) % 360 - 180, "W", "E")))
    for at, line in parallels:
        y = frame.top - float(view.on_page(view.plane(line), frame)[0, 1])
        found.append((3.0, round(y - 3, 1), _degrees(at, "S", "N")))
    return tuple(label for label in found if label[1] > _LINE)


def _path(lines: Iterable[NDArray[np.float64]], frame: Box, end: str = "") -> str:
    """Return lines as one SVG path in the units of outlines, each point told by its distance from the one before."""
    parts = []
    for line in lines:
        flipped = np.stack([line[:, 0], frame.top - line[:, 1]], axis=1) * (_UNIT * _SCALE)
        points = np.rint(flipped).astype(int)
        steps = np.diff(points, axis=0)
        said = " ".join(map(str, steps.ravel().tolist())).replace(" -", "-")
        parts.append(f"M{points[0, 0]} {points[0, 1]}l{said}{end}")
    return "".join(parts)


def _ticks(low: float, high: float) -> list[int]:
    step = next((step for step in _STEPS if (high - low) / step <= _MOST_LINES), _STEPS[-1])
    return list(range(math.ceil(low / step) * step, math.floor(high) + 1, step))


def _degrees(at: int, negative: str, positive: str) -> str:
    return f"{abs(at)}°{negative if at < 0 else positive if at > 0 else ''}"
