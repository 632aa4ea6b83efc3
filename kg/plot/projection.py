"""The world on the page: outlines of land and borders, and the window of it that a map shows.

Coasts and borders are those of Natural Earth at 1:50 million (``kg/data/map``, made by :mod:`kg.train.coastlines`).
The whole world is drawn in the Equal Earth projection (Šavrič, Patterson & Jenny 2018), a part of it with meridians
and parallels straight, true to scale along the middle parallel.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from kg.plot.geometry import Box, Point
from kg.resources import path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

KM_PER_DEGREE: Final = 111.2
_UNITS: Final = 100
_ONCE: Final = Box(-180.0, -90.0, 180.0, 90.0)
_EQUAL_EARTH: Final = (1.340264, -0.081106, 0.000893, 0.003796)
# The inhabited world, and what is too wide or tall to be drawn with straight meridians.
_SOUTH, _NORTH = -57.0, 82.0
_WIDEST: Final = 110.0
_TALLEST: Final = 62.0
_LEAST_HEIGHT: Final = 9.0
_MARGIN: Final = 0.16
_POLAR: Final = 84.0
# Lines are drawn no finer than this on the page, in points.
_FINEST: Final = 0.35


class Outlines(NamedTuple):
    """Rings of land and lines of border, each points (n, 2) of longitude and latitude in degrees."""

    land: tuple[Array, ...]
    borders: tuple[Array, ...]


@cache
def outlines() -> Outlines:
    """Return the outlines of the world.

    Raises:
        KgError: The installation lacks them.
    """
    with np.load(io.BytesIO(path("map/outlines.npz").read_bytes()), allow_pickle=False) as data:
        return Outlines(*(_lines(data[name], data[f"{name}_ends"]) for name in ("land", "border")))


def _lines(points: NDArray[Any], ends: NDArray[Any]) -> tuple[Array, ...]:
    return tuple(map(_unwrapped, np.split(points.astype(np.float64) / _UNITS, ends[:-1])))


def _unwrapped(line: Array) -> Array:
    """Return a line that goes on beyond 180 degrees where it crosses the date line."""
    return np.stack([np.unwrap(line[:, 0], period=360), line[:, 1]], axis=1)


@dataclass(frozen=True, slots=True)
class View:
    """A part of the world: its middle meridian and parallel in degrees, and its extent on the plane.

    The plane's unit is a degree of the middle parallel's scale, x to the east of the middle meridian; ``low`` and
    ``high`` are its corners. ``whole`` is the view of all the world.
    """

    longitude: float
    latitude: float
    low: Point
    high: Point
    whole: bool = False

    @property
    def aspect(self) -> float:
        """Width by height."""
        return (self.high.x - self.low.x) / (self.high.y - self.low.y)

    def plane(self, points: Array) -> Array:
        """Return where points (n, 2) of longitude and latitude lie on the plane."""
        east = points[:, 0] - self.longitude
        if self.whole:
            return _equal_earth(east, points[:, 1])
        return np.stack([east * math.cos(math.radians(self.latitude)), points[:, 1]], axis=1)

    def on_page(self, points: Array, frame: Box) -> Array:
        """Return where points of the plane lie on the page, if the view fills ``frame``."""
        scale = frame.width / (self.high.x - self.low.x)
        placed: Array = (points - np.array(self.low)) * scale + np.array([frame.left, frame.bottom])
        return placed

    def place(self, longitude: float, latitude: float, frame: Box) -> Point:
        """Return where a place lies on the page, if the view fills ``frame``."""
        east = (longitude - self.longitude + 180) % 360 - 180
        x, y = self.on_page(self.plane(np.array([[self.longitude + east, latitude]])), frame)[0].tolist()
        return Point(round(x, 3), round(y, 3))

    def land(self, frame: Box) -> list[Array]:
        """Return the rings of land within ``frame`` on the page, cut a little outside of it."""
        cut = frame.padded(4)
        clipped = (_clipped(ring, cut) for ring in self._drawn(outlines().land, frame, closed=True))
        return [ring for ring in clipped if len(ring) > 2]

    def borders(self, frame: Box) -> list[Array]:
        """Return the lines of border that touch ``frame`` on the page."""
        return self._drawn(outlines().borders, frame, closed=False)

    def _drawn(self, lines: Sequence[Array], frame: Box, *, closed: bool) -> list[Array]:
        found = []
        for line in lines:
            for turn in (-360.0, 0.0, 360.0):
                turned = line + np.array([turn, 0.0])
                if self.whole and closed:
                    turned = _clipped(turned, _ONCE)
                if not len(turned) or (self.whole and (turned[:, 0].min() > 180 or turned[:, 0].max() < -180)):
                    continue
                flat = self.plane(turned)
                (left, bottom), (right, top) = flat.min(axis=0).tolist(), flat.max(axis=0).tolist()
                if left < self.high.x and right > self.low.x and bottom < self.high.y and top > self.low.y:
                    thinned = _thinned(self.on_page(flat, frame))
                    if len(thinned) > (3 if closed else 1):
                        found.append(thinned)
        return found


def view_of(places: Sequence[tuple[float, float]]) -> View:
    """Return the view that shows all ``places`` (longitude, latitude) with some room around; the world for none."""
    if not places:
        return _world()
    west, width = _span(sorted(longitude % 360 for longitude, _ in places))
    south, north = min(latitude for _, latitude in places), max(latitude for _, latitude in places)
    if width > _WIDEST or north - south > _TALLEST:
        return _world()
    middle = (south + north) / 2
    shrink = math.cos(math.radians(min(abs(middle), 75.0)))
    tall = max((north - south) * (1 + 2 * _MARGIN), _LEAST_HEIGHT)
    wide = max(width * shrink * (1 + 2 * _MARGIN), tall * 1.25)
    tall = max(tall, wide / 1.9)
    low, high = middle - tall / 2, middle + tall / 2
    shift = max(0.0, -_POLAR - low) - max(0.0, high - _POLAR)
    middle_meridian = (west + width / 2 + 180) % 360 - 180
    true = math.degrees(math.acos(shrink)) * (1 if middle >= 0 else -1)
    return View(middle_meridian, true, Point(-wide / 2, low + shift), Point(wide / 2, high + shift))


def _span(longitudes: list[float]) -> tuple[float, float]:
    """Return where the shortest arc that holds all of the sorted ``longitudes`` (0 to 360) begins, and its width."""
    gaps = [(after - before) % 360 for before, after in zip(longitudes, longitudes[1:] + longitudes[:1], strict=True)]
    if len(set(longitudes)) == 1:
        return longitudes[0], 0.0
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    return longitudes[(widest + 1) % len(longitudes)], 360 - gaps[widest]


def _world() -> View:
    edges = np.array([[-180.0, 0.0], [180.0, 0.0], [0.0, _SOUTH], [0.0, _NORTH]])
    flat = _equal_earth(edges[:, 0], edges[:, 1])
    return View(
        0.0, 0.0, Point(float(flat[0, 0]), float(flat[2, 1])), Point(float(flat[1, 0]), float(flat[3, 1])), True
    )


def _equal_earth(east: Array, north: Array) -> Array:
    a1, a2, a3, a4 = _EQUAL_EARTH
    theta = np.arcsin(math.sqrt(3) / 2 * np.sin(np.radians(north)))
    square = theta * theta
    slope = a1 + 3 * a2 * square + square**3 * (7 * a3 + 9 * a4 * square)
    x = east * 2 / math.sqrt(3) * np.cos(theta) / slope
    y = np.degrees(theta * (a1 + a2 * square + square**3 * (a3 + a4 * square)))
    return np.stack([x, y], axis=1)


def _thinned(points: Array) -> Array:
    """Return the points without those that cannot be seen apart from the one before them."""
    cells = np.floor(points / _FINEST)
    kept = np.concatenate([[True], (np.diff(cells, axis=0) != 0).any(axis=1)])
    kept[-1] = True
    thinned: Array = points[kept]
    return thinned


def _clipped(ring: Array, box: Box) -> Array:
    """Return the part of a ring within ``box`` (Sutherland & Hodgman 1974)."""
    for axis, bound, sign in ((0, box.left, 1), (0, box.right, -1), (1, box.bottom, 1), (1, box.top, -1)):
        if not len(ring):
            break
        depth = (ring[:, axis] - bound) * sign
        if (depth >= 0).all():
            continue
        before, earlier = np.roll(ring, 1, axis=0), np.roll(depth, 1)
        crosses = (depth >= 0) != (earlier >= 0)
        share = np.where(crosses, earlier / np.where(crosses, earlier - depth, 1.0), 0.0)
        met = before + (ring - before) * share[:, None]
        pieces = np.stack([met, ring], axis=1).reshape(-1, 2)
        ring = pieces[np.stack([crosses, depth >= 0], axis=1).reshape(-1)]
    return ring
