"""Diagrams as SVG text: boxes, lines and words, in colours that read on light and on dark pages."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import hypot
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LINE: Final = 18
PAD: Final = 10
LETTER: Final = 7.3
_STYLE: Final = (
    "text{font:13px ui-sans-serif,system-ui,sans-serif;fill:#1d2733}.head{font-weight:700}"
    ".box{fill:#fff;stroke:#44607c}.bar{fill:#e3ecf5;stroke:#44607c}.edge{fill:none;stroke:#44607c}.tip{fill:#44607c}"
    ".tag{fill:#fff;fill-opacity:.9}.name{font-size:11px;fill:#7a2e0e}"
)


@dataclass(frozen=True, slots=True)
class Box:
    """A box with a heading and lines under it; ``x`` and ``y`` are those of its upper left corner, in pixels."""

    head: str
    lines: tuple[str, ...]
    x: float
    y: float

    @property
    def width(self) -> float:
        """How wide it is, in pixels, so that every line fits."""
        return round(max(map(width, (self.head, *self.lines))) + 2 * PAD, 1)

    @property
    def height(self) -> float:
        """How high it is, in pixels."""
        return LINE * (1 + len(self.lines)) + PAD + (PAD if self.lines else 0)

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def edge_towards(self, point: tuple[float, float]) -> tuple[float, float]:
        """Return where a line from the centre towards ``point`` leaves the box."""
        (x, y), (to_x, to_y) = self.middle, point
        across, down = abs(to_x - x), abs(to_y - y)
        shares = [size / 2 / way for size, way in ((self.width, across), (self.height, down)) if way]
        share = min([*shares, 1.0])
        return x + (to_x - x) * share, y + (to_y - y) * share

    def drawn(self) -> str:
        """Return it as SVG."""
        bar = LINE + PAD
        parts = [
            _rectangle("box", self.x, self.y, self.width, self.height),
            _rectangle("bar", self.x, self.y, self.width, bar),
            words("head", self.x + PAD, self.y + LINE, self.head),
        ]
        parts += [
            words("", self.x + PAD, self.y + bar + LINE * number - 2, line) for number, line in enumerate(self.lines, 1)
        ]
        return "".join(parts)


def width(text: str) -> float:
    """Return about how wide a line is, in pixels."""
    return len(text) * LETTER


def words(kind: str, x: float, y: float, text: str, *, middle: bool = False) -> str:
    """Return a line of text that begins at, or has its middle at, a point."""
    anchor = ' text-anchor="middle"' if middle else ""
    style = f' class="{kind}"' if kind else ""
    return f'<text{style} x="{x:.1f}" y="{y:.1f}"{anchor}>{escape(text)}</text>\n'


def arrow(start: tuple[float, float], end: tuple[float, float], names: Sequence[str], bend: float = 0.0) -> str:
    """Return an arrow with names at its middle; ``bend`` moves the middle downwards, in pixels."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + bend)
    control = (middle[0], middle[1] + bend)
    path = f"M{start[0]:.1f},{start[1]:.1f} Q{control[0]:.1f},{control[1]:.1f} {end[0]:.1f},{end[1]:.1f}"
    parts = [f'<path class="edge" d="{path}"/>\n', _tip(control, end)]
    high = 14 * len(names)
    wide = max(map(len, names)) * 6.2 + 4
    parts.append(_rectangle("tag", middle[0] - wide / 2, middle[1] - high / 2, wide, high))
    parts += [
        words("name", middle[0], middle[1] - high / 2 + 14 * number - 3, name, middle=True)
        for number, name in enumerate(names, 1)
    ]
    return "".join(parts)


def drawing(title: str, size: tuple[float, float], parts: Iterable[str]) -> str:
    """Return a whole drawing, on white, that ends with a newline."""
    wide, high = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" width="{wide:.0f}" '
        f'height="{high:.0f}" role="img" aria-label="{escape(title)}">\n<title>{escape(title)}</title>\n'
        f'<style>{_STYLE}</style>\n<rect width="{wide:.0f}" height="{high:.0f}" fill="#fff"/>\n'
        f"{''.join(parts)}</svg>\n"
    )


def _tip(source: tuple[float, float], end: tuple[float, float]) -> str:
    """Return the tip of an arrow that comes to its end from the direction of ``source``."""
    length = hypot(end[0] - source[0], end[1] - source[1]) or 1.0
    along = ((end[0] - source[0]) / length, (end[1] - source[1]) / length)
    foot = (end[0] - 9 * along[0], end[1] - 9 * along[1])
    corners = [(foot[0] + side * along[1], foot[1] - side * along[0]) for side in (4, -4)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (end, *corners))
    return f'<polygon class="tip" points="{points}"/>\n'


def _rectangle(kind: str, x: float, y: float, wide: float, high: float) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"/>\n'
