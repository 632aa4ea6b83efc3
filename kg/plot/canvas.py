"""The page: text measured and drawn in points, strokes, arrowheads and markers, and files of equal bytes.

Figures are made without pyplot, so nothing global is left behind; settings of the user's matplotlibrc are set aside.
"""

from __future__ import annotations

import io
import logging
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Polygon, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from kg.errors import ConfigError
from kg.files import write_whole
from kg.plot.fonts import SANS, SERIF, FontChain
from kg.plot.geometry import Box, Curve, Point
from kg.plot.style import HAIRLINE, PAPER, Lettering, Marker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

Align: TypeAlias = Literal["left", "center", "right"]
Stand: TypeAlias = Literal["top", "center", "baseline"]

_DPI: Final = 200
_SALT: Final = "kg"
_METADATA: Final[dict[str, dict[str, None]]] = {
    ".png": {"Software": None},
    ".svg": {"Date": None, "Creator": None},
    ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
# Measured finely, so that the extent is that of the letters and not of the pixels they are set in.
_MEASURED_AT: Final = 432


@contextmanager
def settings() -> Iterator[None]:
    """Set matplotlib's own defaults and the few that the pictures need, until the block ends.

    Its log of fonts that lack a bold face, which are drawn all the same, is silent meanwhile.
    """
    log = logging.getLogger("matplotlib.font_manager")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        with _defaults():
            yield
    finally:
        log.setLevel(level)


@contextmanager
def _defaults() -> Iterator[None]:
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(
            {
                "svg.hashsalt": _SALT,
                "svg.fonttype": "path",
                "pdf.fonttype": 42,
                "text.hinting": "none",
                "text.parse_math": False,
                "path.simplify": False,
            }
        )
        yield


def check_suffix(path: Path) -> str:
    """Return the suffix of ``path`` in lower case.

    Raises:
        ConfigError: No picture is written under that suffix.
    """
    suffix = path.suffix.lower()
    if suffix not in _METADATA:
        known = ", ".join(_METADATA)
        raise ConfigError(f"cannot draw {path}: the suffix must be one of {known}")
    return suffix


def mixed(colour: str, other: str, share: float) -> str:
    """Return the colour that is ``share`` of ``colour`` and for the rest ``other``, as ``#rrggbb``."""
    red, green, blue = (share * one + (1 - share) * two for one, two in zip(to_rgb(colour), to_rgb(other), strict=True))
    return to_hex((red, green, blue))


def save(figure: Figure, path: Path) -> None:
    """Write ``figure`` whole or not at all, as PNG (200 dpi), SVG or PDF by the suffix of ``path``.

    Raises:
        ConfigError: No picture is written under that suffix.
        InputError: The file cannot be written.
    """
    suffix = check_suffix(path)
    drawn = io.BytesIO()
    with settings():
        figure.savefig(drawn, format=suffix[1:], dpi=_DPI, metadata=_METADATA[suffix], facecolor=PAPER)
    with write_whole(path, "wb") as file:
        file.write(drawn.getvalue())


class Typesetter:
    """Measures and breaks text, in fonts that hold the letters of ``texts``."""

    def __init__(self, texts: Iterable[str]) -> None:
        collected = list(texts)
        self._chains = {family: FontChain.covering(family, collected) for family in (SANS, SERIF)}
        self._figure = Figure(figsize=(1, 1), dpi=_MEASURED_AT)
        self._renderer = FigureCanvasAgg(self._figure).get_renderer()  # type: ignore[no-untyped-call]
        self._sizes: dict[tuple[str, Lettering], tuple[float, float]] = {}

    def holds(self, text: str, lettering: Lettering) -> bool:
        """Say whether all letters of ``text`` can be drawn."""
        return self._chains[lettering.family].holds(text)

    def legible(self, names: Sequence[str], lettering: Lettering) -> str:
        """Return the first of ``names`` of which all letters can be drawn, or the first where that is none."""
        return next((name for name in names if self.holds(name, lettering)), names[0])

    def drawable(self, text: str, lettering: Lettering) -> str:
        """Return ``text`` line by line with substitutes for letters that no font holds."""
        chain = self._chains[lettering.family]
        return "\n".join(chain.drawable(line) for line in text.split("\n"))

    def artist(
        self, text: str, lettering: Lettering, at: Point, align: Align = "center", stand: Stand = "center"
    ) -> Text:
        """Return the text as it will be drawn, with its ``align`` (across) and ``stand`` (up and down) at ``at``."""
        drawn = Text(
            at.x,
            at.y,
            self.drawable(text, lettering),
            ha=align,
            va=stand,
            color=lettering.colour,
            linespacing=lettering.spacing,
            multialignment=align,
            fontproperties=FontProperties(
                family=list(self._chains[lettering.family].families),
                size=lettering.size,
                weight=lettering.weight,
                style=lettering.slant,
            ),
            parse_math=False,
        )
        if lettering.halo:
            drawn.set_path_effects([withStroke(linewidth=lettering.halo, foreground=PAPER)])
        return drawn

    def size(self, text: str, lettering: Lettering) -> tuple[float, float]:
        """Return width and height in points."""
        key = (text, replace(lettering, colour="", halo=0.0))
        if key not in self._sizes:
            artist = self.artist(text, replace(lettering, halo=0.0), Point(0, 0))
            artist.set_figure(self._figure)
            extent = artist.get_window_extent(self._renderer)
            self._sizes[key] = (extent.width * 72 / _MEASURED_AT, extent.height * 72 / _MEASURED_AT)
        return self._sizes[key]

    def wrapped(self, text: str, lettering: Lettering, width: float, lines: int) -> str:
        """Return ``text`` in at most ``lines`` lines no wider than ``width`` points, an ellipsis for what is cut."""
        broken: list[str] = []
        for word in self.drawable(text, lettering).split():
            longer = f"{broken[-1]} {word}" if broken else word
            if broken and self.size(longer, lettering)[0] <= width:
                broken[-1] = longer
            else:
                broken.append(word)
        kept = broken[:lines]
        if len(broken) > lines:
            kept[-1] += " …"
        return "\n".join(self._shortened(line, lettering, width) for line in kept)

    def _shortened(self, line: str, lettering: Lettering, width: float) -> str:
        if self.size(line, lettering)[0] <= width:
            return line
        kept = line.removesuffix("…").rstrip()
        while len(kept) > 1 and self.size(f"{kept}…", lettering)[0] > width:
            kept = kept[:-1].rstrip()
        return f"{kept}…"


class Canvas:
    """A page of ``width`` by ``height`` points, the origin at the lower left."""

    def __init__(self, width: float, height: float, typesetter: Typesetter) -> None:
        self.width, self.height = width, height
        self.typesetter = typesetter
        self.figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=PAPER)
        FigureCanvasAgg(self.figure)
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(0, height)
        self._axes.set_axis_off()

    def text(
        self,
        text: str,
        lettering: Lettering,
        at: Point,
        align: Align = "center",
        stand: Stand = "center",
        *,
        layer: float = 5,
        role: str = "",
    ) -> Box:
        """Draw ``text`` and return the box it fills. ``role`` is kept as the artist's gid."""
        artist = self.typesetter.artist(text, lettering, at, align, stand)
        artist.set_zorder(layer)
        artist.set_gid(role or None)
        self._axes.add_artist(artist)
        width, height = self.typesetter.size(text, lettering)
        left = at.x - {"left": 0.0, "center": 0.5, "right": 1.0}[align] * width
        bottom = at.y - {"top": 1.0, "center": 0.5, "baseline": 0.25}[stand] * height
        return Box(left, bottom, left + width, bottom + height)

    def curve(self, curve: Curve, colour: str, width: float, dashes: Sequence[float] = (), layer: float = 2) -> None:
        """Draw a line along ``curve``."""
        outline = Outline([curve.start, curve.control, curve.end], [Outline.MOVETO, Outline.CURVE3, Outline.CURVE3])
        self._stroke(outline, colour, width, dashes, layer)

    def line(
        self,
        points: Sequence[Point],
        colour: str = HAIRLINE,
        width: float = 0.6,
        dashes: Sequence[float] = (),
        layer: float = 1,
    ) -> None:
        """Draw straight lines from point to point."""
        self._stroke(Outline(list(points)), colour, width, dashes, layer)

    def _stroke(self, outline: Outline, colour: str, width: float, dashes: Sequence[float], layer: float) -> None:
        style: Any = (0, [length * width for length in dashes]) if dashes else "solid"
        patch = PathPatch(outline, fill=False, edgecolor=colour, linewidth=width, capstyle="butt", zorder=layer)
        with matplotlib.rc_context({"lines.scale_dashes": False}):
            patch.set_linestyle(style)
        self._axes.add_patch(patch)

    def head(
        self, tip: Point, direction: Point, size: float, colour: str, *, hollow: bool = False, layer: float = 2.5
    ) -> None:
        """Draw an arrowhead of length ``size`` that points along ``direction`` and ends in ``tip``."""
        back = tip.plus(-direction.x * size, -direction.y * size)
        notch = tip.plus(-direction.x * size * 0.78, -direction.y * size * 0.78)
        side = (-direction.y * size * 0.42, direction.x * size * 0.42)
        corners = [tip, back.plus(*side), notch, back.plus(-side[0], -side[1])]
        self._axes.add_patch(
            Polygon(
                corners,
                closed=True,
                facecolor=PAPER if hollow else colour,
                edgecolor=colour,
                linewidth=0.9 if hollow else 0.3,
                joinstyle="miter",
                zorder=layer,
            )
        )

    def marker(self, at: Point, marker: Marker, size: float, edge: str, layer: float = 4) -> None:
        """Draw ``marker``, about ``size`` points across."""
        self.markers([at], marker, size, edge, layer=layer)

    def markers(
        self, at: Sequence[Point], marker: Marker, size: float, edge: str, rim: float = 0.9, layer: float = 4
    ) -> None:
        """Draw ``marker`` at many places, with a rim of ``rim`` points."""
        self._axes.add_artist(
            Line2D(
                [point.x for point in at],
                [point.y for point in at],
                linestyle="none",
                marker=marker.shape,
                markersize=size * marker.scale,
                markerfacecolor=marker.fill,
                markeredgecolor=edge,
                markeredgewidth=rim,
                zorder=layer,
            )
        )

    def rectangle(self, box: Box, fill: str, edge: str = PAPER, width: float = 0.0, layer: float = 1.5) -> None:
        """Fill ``box``, with a rim of ``width`` points within it."""
        inner = box.padded(-width / 2)
        self._axes.add_patch(
            Rectangle(
                (inner.left, inner.bottom),
                inner.width,
                inner.height,
                facecolor=fill,
                edgecolor=edge if width else "none",
                linewidth=width,
                joinstyle="miter",
                zorder=layer,
            )
        )

    def areas(self, rings: Sequence[NDArray[np.float64]], frame: Box, fill: str, edge: str, width: float) -> None:
        """Fill all ``rings``, each points (n, 2), as one shape that is cut at ``frame``."""
        self._outlines(rings, frame, width, facecolor=fill, edgecolor=edge, zorder=0.5, closed=True)

    def strokes(self, lines: Sequence[NDArray[np.float64]], frame: Box, colour: str, width: float) -> None:
        """Draw ``lines``, each points (n, 2), cut at ``frame``."""
        self._outlines(lines, frame, width, facecolor="none", edgecolor=colour, zorder=0.6, closed=False)

    def _outlines(
        self, lines: Sequence[NDArray[np.float64]], frame: Box, width: float, *, closed: bool, **style: Any
    ) -> None:
        if not lines:
            return
        outlines = [Outline([*line, line[0]] if closed else line, closed=closed) for line in lines]
        patch = PathPatch(Outline.make_compound_path(*outlines), linewidth=width, joinstyle="round", **style)
        self._axes.add_patch(patch)
        patch.set_clip_path(
            Rectangle((frame.left, frame.bottom), frame.width, frame.height, transform=self._axes.transData)
        )

    def disc(self, at: Point, radius: float, fill: str, edge: str, layer: float = 3) -> None:
        """Draw a filled circle."""
        self.markers([at], Marker("o", fill), 2 * radius, edge, 1.0, layer)
