"""Boxes and curves on the page. All lengths are points (1/72 inch), x to the right, y upwards."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Point(NamedTuple):
    """A place on the page."""

    x: float
    y: float

    def plus(self, dx: float, dy: float) -> Point:
        """Return the point moved by ``(dx, dy)``."""
        return Point(self.x + dx, self.y + dy)

    def distance(self, other: Point) -> float:
        """Return how far ``other`` is."""
        return math.hypot(other.x - self.x, other.y - self.y)


class Box(NamedTuple):
    """A rectangle with sides along the axes."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(cls, centre: Point, width: float, height: float) -> Box:
        """Return the box of that size about ``centre``."""
        return cls(centre.x - width / 2, centre.y - height / 2, centre.x + width / 2, centre.y + height / 2)

    @property
    def width(self) -> float:
        """The extent along x."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The extent along y."""
        return self.top - self.bottom

    @property
    def centre(self) -> Point:
        """The middle."""
        return Point((self.left + self.right) / 2, (self.bottom + self.top) / 2)

    def padded(self, margin: float) -> Box:
        """Return the box grown by ``margin`` on all four sides."""
        return Box(self.left - margin, self.bottom - margin, self.right + margin, self.top + margin)

    def moved(self, dx: float, dy: float) -> Box:
        """Return the box moved by ``(dx, dy)``."""
        return Box(self.left + dx, self.bottom + dy, self.right + dx, self.top + dy)

    def joined(self, other: Box) -> Box:
        """Return the smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def overlap(self, other: Box) -> float:
        """Return the area that the two boxes share; touching boxes share none."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return width * height if width > 0 and height > 0 else 0.0

    def overlaps(self, other: Box) -> bool:
        """Say whether the two boxes share any area."""
        return min(self.right, other.right) > max(self.left, other.left) and min(self.top, other.top) > max(
            self.bottom, other.bottom
        )

    def holds(self, other: Box) -> bool:
        """Say whether ``other`` lies within."""
        return (
            self.left <= other.left
            and self.bottom <= other.bottom
            and other.right <= self.right
            and other.top <= self.top
        )

    def contains(self, point: Point) -> bool:
        """Say whether ``point`` lies within."""
        return self.left <= point.x <= self.right and self.bottom <= point.y <= self.top

    def nearest(self, point: Point) -> Point:
        """Return the point of the box that is closest to ``point``."""
        return Point(min(max(point.x, self.left), self.right), min(max(point.y, self.bottom), self.top))


@dataclass(frozen=True, slots=True)
class Curve:
    """A quadratic Bézier curve."""

    start: Point
    control: Point
    end: Point

    @classmethod
    def bent(cls, start: Point, end: Point, bend: float) -> Curve:
        """Return a curve whose middle stands off the straight line by ``bend``, to the left of its direction."""
        length = start.distance(end) or 1.0
        normal = (-(end.y - start.y) / length, (end.x - start.x) / length)
        middle = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
        return cls(start, middle.plus(2 * bend * normal[0], 2 * bend * normal[1]), end)

    def moved(self, dx: float, dy: float) -> Curve:
        """Return the curve moved by ``(dx, dy)``."""
        return Curve(self.start.plus(dx, dy), self.control.plus(dx, dy), self.end.plus(dx, dy))

    def at(self, t: float) -> Point:
        """Return the point at parameter ``t`` from 0 (start) to 1 (end)."""
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        return Point(
            a * self.start.x + b * self.control.x + c * self.end.x,
            a * self.start.y + b * self.control.y + c * self.end.y,
        )

    def direction(self, t: float) -> Point:
        """Return the unit tangent at ``t``."""
        dx = (1 - t) * (self.control.x - self.start.x) + t * (self.end.x - self.control.x)
        dy = (1 - t) * (self.control.y - self.start.y) + t * (self.end.y - self.control.y)
        length = math.hypot(dx, dy) or 1.0
        return Point(dx / length, dy / length)

    def between(self, begin: float, end: float) -> Curve:
        """Return the stretch from parameter ``begin`` to ``end``."""
        first, last, tangent = self.at(begin), self.at(end), (end - begin) / 2
        slope = Point(
            2 * ((1 - begin) * (self.control.x - self.start.x) + begin * (self.end.x - self.control.x)),
            2 * ((1 - begin) * (self.control.y - self.start.y) + begin * (self.end.y - self.control.y)),
        )
        return Curve(first, first.plus(slope.x * tangent, slope.y * tangent), last)

    def without(self, box: Box) -> tuple[Curve, ...]:
        """Return what is left of the curve before its first and after its last point in ``box``."""
        inside = [step / 128 for step in range(129) if box.contains(self.at(step / 128))]
        if not inside:
            return (self,)
        parts = ((0.0, inside[0]), (inside[-1], 1.0))
        return tuple(self.between(begin, end) for begin, end in parts if end - begin > 1 / 256)

    def clipped(self, at_start: Callable[[Point], bool], at_end: Callable[[Point], bool]) -> Curve:
        """Return the curve without its beginning while ``at_start`` holds and its ending while ``at_end`` holds."""
        begin = self._leaves(at_start, lambda t: t)
        end = 1 - self._leaves(at_end, lambda t: 1 - t)
        return self.between(begin, end) if begin < end else self.between(0.49, 0.51)

    def points(self, count: int) -> tuple[Point, ...]:
        """Return ``count`` points from start to end, evenly spaced in the parameter."""
        return tuple(self.at(step / (count - 1)) for step in range(count))

    def _leaves(self, inside: Callable[[Point], bool], parameter: Callable[[float], float]) -> float:
        """Return how far along the curve its last point ``inside`` (before the middle) lies."""
        steps = [step / 64 for step in range(33)]
        low = max((step for step in steps if inside(self.at(parameter(step)))), default=0.0)
        high = low + 1 / 64 if low else 0.0
        for _ in range(10):
            middle = (low + high) / 2
            low, high = (middle, high) if inside(self.at(parameter(middle))) else (low, middle)
        return high
