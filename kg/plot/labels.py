"""Where the words go: names beside their markers, verbs on their lines, nothing on top of anything.

A name takes the side of its marker that lines cross least. Verbs sit on their line where there is room, else beside
it with a leader. Both are greedy, the most constrained first, and looked up in a fixed order.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.plot.geometry import Box, Curve, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

_ALONG: Final = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8)
_RINGS: Final = (16.0, 26.0, 38.0, 52.0, 68.0)
_TURNS: Final = 16
_CLEARANCE: Final = 2.0
_TRACED: Final = 28
_CELLS: Final = 24


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a label stands, and the point of its line that a leader must join it to, if it stands off."""

    box: Box
    anchor: Point | None = None


@dataclass
class Ground:
    """The page as far as it is taken: ``page`` bounds everything, ``taken`` are boxes that must stay clear."""

    page: Box
    taken: list[Box] = field(default_factory=list)
    _by_cell: defaultdict[tuple[int, int], list[Box]] = field(init=False, default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for box in self.taken:
            self._enter(box)

    def is_free(self, box: Box) -> bool:
        """Say whether ``box`` is on the page and clear of all that is taken."""
        if not self.page.holds(box):
            return False
        grown = box.padded(_CLEARANCE)
        return not any(grown.overlaps(other) for cell in self._cells(grown) for other in self._by_cell.get(cell, ()))

    def take(self, box: Box) -> None:
        """Mark ``box`` as taken."""
        self.taken.append(box)
        self._enter(box)

    def _enter(self, box: Box) -> None:
        for cell in self._cells(box):
            self._by_cell[cell].append(box)

    def _cells(self, box: Box) -> Iterator[tuple[int, int]]:
        """Give the cells of a grid over the page that a box touches; what lies beyond the page is in the outermost."""
        left, right = (self._cell(x - self.page.left, self.page.width) for x in (box.left, box.right))
        bottom, top = (self._cell(y - self.page.bottom, self.page.height) for y in (box.bottom, box.top))
        return product(range(left, right + 1), range(bottom, top + 1))

    @staticmethod
    def _cell(distance: float, extent: float) -> int:
        return int(min(1.0, max(0.0, distance / extent)) * _CELLS) if extent > 0 else 0

    def take_first(self, boxes: Iterable[Box]) -> Box | None:
        """Take the first of ``boxes`` that is free, and return it."""
        found = next(filter(self.is_free, boxes), None)
        if found is not None:
            self.take(found)
        return found


def beside(marker: Point, radius: float, size: tuple[float, float], gap: float = 2.5) -> tuple[Box, ...]:
    """Return the boxes that a label of ``size`` may fill beside a marker: below, above, right, left, and corners."""
    width, height = size
    across, up = radius + gap + width / 2, radius + gap + height / 2
    slanted = radius * 0.7 + gap * 0.5
    corners = [(sx * (slanted + width / 2), sy * (slanted + height / 2)) for sy in (-1, 1) for sx in (1, -1)]
    return tuple(
        Box.around(marker.plus(dx, dy), width, height)
        for dx, dy in ((0.0, -up), (0.0, up), (across, 0.0), (-across, 0.0), *corners)
    )


def place_names(candidates: Mapping[str, Sequence[Box]], curves: Sequence[Curve], ground: Ground) -> dict[str, Box]:
    """Return one box for each name and take it on the ``ground``.

    The first candidate of every name must be clear of the others' first candidates, so that there always is a
    solution; a better one is taken where it crosses fewer ``curves``.
    """
    traces = _traces(curves)
    chosen = {name: boxes[0] for name, boxes in candidates.items()}
    for name, boxes in candidates.items():
        others = [box for other, box in chosen.items() if other != name]
        free = [
            box
            for box in boxes
            if ground.is_free(box) and not any(box.padded(_CLEARANCE).overlap(other) for other in others)
        ]
        if free:
            costs = [_crossed(box, traces) + 0.6 * place for place, box in enumerate(free)]
            chosen[name] = free[costs.index(min(costs))]
    for box in chosen.values():
        ground.take(box)
    return chosen


def place_verbs(
    requests: Mapping[int, tuple[Curve, tuple[float, float]]], ground: Ground, *, leaders: bool
) -> dict[int, Placement]:
    """Return where the verbs of each curve stand, by the request's key; those without room are missing.

    Args:
        requests: By any key, the curve as drawn and the size of its label.
        ground: What is taken already; the labels are added.
        leaders: Whether a label may stand off its curve when there is no room on it.
    """
    curves = {key: curve for key, (curve, _) in requests.items()}
    points = _traces(curves.values())
    owners = np.repeat(np.array(list(curves), dtype=np.intp), _TRACED)
    traces = {key: points[owners != key] for key in curves}
    order = sorted(requests, key=lambda key: (curves[key].start.distance(curves[key].end) - requests[key][1][0], key))
    placed: dict[int, Placement] = {}
    for key in order:
        curve, size = requests[key]
        found = _on_curve(curve, size, ground, traces[key])
        if found is None and leaders:
            found = _off_curve(curve, size, ground, traces[key])
        if found is not None:
            ground.take(found.box)
            placed[key] = found
    return placed


def _on_curve(curve: Curve, size: tuple[float, float], ground: Ground, others: NDArray[np.float64]) -> Placement | None:
    boxes = [(t, Box.around(curve.at(t), *size)) for t in _ALONG]
    free = [(_crossed(box, others) * 1.5 + abs(t - 0.5) * 8, t, box) for t, box in boxes if ground.is_free(box)]
    return Placement(min(free)[2]) if free else None


def _off_curve(
    curve: Curve, size: tuple[float, float], ground: Ground, others: NDArray[np.float64]
) -> Placement | None:
    for ring in _RINGS:
        found: list[tuple[float, float, Box, Point]] = []
        for t in _ALONG[:7]:
            anchor = curve.at(t)
            for turn in range(_TURNS):
                angle = 2 * math.pi * turn / _TURNS
                away = Point(math.cos(angle), math.sin(angle))
                centre = anchor.plus(away.x * (ring + size[0] / 2 * abs(away.x)), away.y * (ring + size[1] / 2))
                box = Box.around(centre, *size)
                if ground.is_free(box) and not _hidden(anchor, box, ground):
                    found.append((_crossed(box, others) * 2 + abs(t - 0.5) * 4, angle, box, anchor))
        if found:
            _, _, box, anchor = min(found)
            return Placement(box, anchor)
    return None


def _hidden(anchor: Point, box: Box, ground: Ground) -> bool:
    """Say whether a leader from ``anchor`` to ``box`` would run over something."""
    end = box.nearest(anchor)
    steps = [anchor.plus((end.x - anchor.x) * step / 6, (end.y - anchor.y) * step / 6) for step in range(6)]
    return any(other.contains(point) for other in ground.taken for point in steps)


def _traces(curves: Iterable[Curve]) -> NDArray[np.float64]:
    """Return points (n, 2) along the curves, close enough that no label fits between two."""
    points = [point for curve in curves for point in curve.points(_TRACED)]
    return np.array(points, dtype=np.float64).reshape(-1, 2)


def _crossed(box: Box, traces: NDArray[np.float64]) -> float:
    """Return how much line runs through ``box``, in points of the trace."""
    if not len(traces):
        return 0.0
    inside = (
        (traces[:, 0] > box.left) & (traces[:, 0] < box.right) & (traces[:, 1] > box.bottom) & (traces[:, 1] < box.top)
    )
    return float(inside.sum())
