"""A series as geometry: bars of conflict and cooperation over time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analyse.series import Point

_WIDTH: Final = 900.0
_HEIGHT: Final = 200.0
_LEFT: Final = 46.0
_BOTTOM: Final = 24.0
_MOST_LABELS: Final = 8
_MOST_BARS: Final = 400


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
