"""The frame of a picture: title and subtitle above, legend, notes and source below."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.plot import spoken
from kg.plot.canvas import Canvas, Typesetter
from kg.plot.geometry import Box, Curve, Point
from kg.plot.style import CAPTION, CREDIT, FADED, HAIRLINE, HEADING, INK, PAPER, SUBTITLE, TITLE, VERB

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.graph.model import KnowledgeGraph
    from kg.plot.style import Lettering, Marker, Stroke

MARGIN: Final = 36.0
_BAR: Final = 5.0
_SAMPLE: Final = 30.0
_ROW: Final = 15.0
_HEADING_WIDTH: Final = 50.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend: its words, and a tie's stroke or a marker, ``size`` points across, to show beside them."""

    caption: str
    stroke: Stroke | None = None
    marker: Marker | None = None
    arrows: int = 0
    planned: bool = False
    disputed: bool = False
    size: float = 8.0
    edge: str = INK


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of the legend under one heading."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """All that surrounds the drawing itself."""

    title: str
    subtitle: str
    groups: tuple[Group, ...]
    credit: str

    def texts(self) -> list[str]:
        """Return every text of the frame."""
        captions = [entry.caption for group in self.groups for entry in group.entries]
        return [self.title, self.subtitle, self.credit, *captions, *(group.heading for group in self.groups)]


def start(frame: Frame, width: float, body_height: float, typesetter: Typesetter) -> tuple[Canvas, Box]:
    """Return a page of ``width`` with the frame drawn, and the box of ``body_height`` that is left for the drawing."""
    inner = width - 2 * MARGIN
    title = typesetter.wrapped(frame.title, TITLE, inner, 3)
    subtitle = typesetter.wrapped(frame.subtitle, SUBTITLE, inner, 4)
    rows = _rows(frame.groups, inner, typesetter)
    above = _BAR + 12 + typesetter.size(title, TITLE)[1] + 7 + typesetter.size(subtitle, SUBTITLE)[1] + 16
    below = 14 + len(rows) * _ROW + 12 + typesetter.size(frame.credit or " ", CREDIT)[1]
    height = 2 * MARGIN + above + body_height + below
    canvas = Canvas(width, height, typesetter)
    top = height - MARGIN
    canvas.line([Point(MARGIN, top - 0.75), Point(width - MARGIN, top - 0.75)], INK, 0.7)
    canvas.line([Point(MARGIN, top - _BAR / 2), Point(MARGIN + 44, top - _BAR / 2)], INK, _BAR)
    box = canvas.text(title, TITLE, Point(MARGIN, top - _BAR - 12), "left", "top", role="title")
    canvas.text(subtitle, SUBTITLE, Point(MARGIN, box.bottom - 7), "left", "top", role="subtitle")
    body = Box(MARGIN, MARGIN + below, width - MARGIN, MARGIN + below + body_height)
    _draw_legend(canvas, rows, body.bottom - 14)
    credit = typesetter.wrapped(frame.credit, CREDIT, inner, 1)
    canvas.text(credit, CREDIT, Point(MARGIN, MARGIN + 4), "left", role="credit")
    return canvas, body


def credit(graph: KnowledgeGraph) -> str:
    """Return the line that names whose reports the picture rests on."""
    publishers = sorted({document.publisher for document in graph.documents if document.publisher})
    documents = spoken.count(len(graph.documents), "document")
    unnamed = sum(not document.publisher for document in graph.documents)
    if publishers:
        rest = f", {unnamed:,} without a publisher" if unnamed else ""
        return f"Source: {spoken.listed(publishers, 4)} ({documents}{rest})"
    if len(graph.documents) == 1:
        return f"Source: {graph.documents[0].source or graph.documents[0].id}"
    return f"Source: {documents}" if graph.documents else ""


def headline(graph: KnowledgeGraph, otherwise: str) -> str:
    """Return the title of the only document, or ``otherwise``."""
    titles = [document.title for document in graph.documents if document.title]
    return titles[0] if len(graph.documents) == 1 and titles else otherwise


def draw_tie(
    canvas: Canvas,
    curve: Curve,
    stroke: Stroke,
    width: float,
    arrows: int,
    *,
    planned: bool,
    gap: Box | None = None,
    layer: float = 2,
) -> None:
    """Draw a tie along ``curve`` with ``arrows`` at its end (1) or both ends (2), leaving out what lies in ``gap``."""
    size = 5.2 + 1.7 * width
    length = max(curve.start.distance(curve.end), 1.0)
    inset = min(size * 0.7 / length, 0.4)
    line = curve.between(inset if arrows == 2 else 0.0, 1 - inset if arrows else 1.0)
    for part in line.without(gap) if gap else (line,):
        canvas.curve(part, stroke.colour, width + (1.2 if planned else 0.0), stroke.dashes, layer)
        if planned:
            canvas.curve(part, PAPER, width * 0.62, layer=layer + 0.1)
    if arrows:
        canvas.head(curve.end, curve.direction(1 - inset / 2), size, stroke.colour, hollow=planned)
    if arrows == 2:
        back = curve.direction(inset / 2)
        canvas.head(curve.start, Point(-back.x, -back.y), size, stroke.colour, hollow=planned)


def draw_dispute(canvas: Canvas, at: Point, colour: str, layer: float = 6) -> None:
    """Draw the mark of a disputed account."""
    canvas.disc(at, 4.4, PAPER, colour, layer)
    lettering = replace(VERB, colour=colour, weight="bold", halo=0.0)
    canvas.text("?", lettering, at, layer=layer + 0.1, role="dispute")


def _rows(groups: Sequence[Group], width: float, typesetter: Typesetter) -> list[list[tuple[float, str | Entry]]]:
    """Return the legend's rows, each a list of what stands at which x."""
    rows: list[list[tuple[float, str | Entry]]] = []
    headings = [typesetter.size(group.heading, HEADING)[0] + 10 for group in groups]
    indent = max([_HEADING_WIDTH, *headings])
    for group in groups:
        x, row = indent, [(0.0, group.heading)]
        rows.append(list(row))
        for entry in group.entries:
            room = _room(entry) + typesetter.size(entry.caption, CAPTION)[0] + 16
            if x + room - 16 > width and len(rows[-1]) > 1:
                rows.append([])
                x = indent
            rows[-1].append((x, entry))
            x += room
    return rows


def _room(entry: Entry) -> float:
    if entry.stroke:
        return _SAMPLE + 5
    return max(18.0, entry.size + 8.0) if entry.marker or entry.disputed else 0.0


def _draw_legend(canvas: Canvas, rows: Sequence[Sequence[tuple[float, str | Entry]]], top: float) -> None:
    if rows:
        canvas.line([Point(MARGIN, top), Point(canvas.width - MARGIN, top)], HAIRLINE, 0.6)
    for place, row in enumerate(rows):
        y = top - _ROW * (place + 0.85)
        for x, item in row:
            if isinstance(item, str):
                _legend_text(canvas, item, HEADING, Point(MARGIN + x, y))
            else:
                _draw_entry(canvas, item, Point(MARGIN + x, y))


def _draw_entry(canvas: Canvas, entry: Entry, at: Point) -> None:
    if entry.stroke:
        curve = Curve.bent(at, at.plus(_SAMPLE, 0), 0)
        draw_tie(canvas, curve, entry.stroke, entry.stroke.width, entry.arrows, planned=entry.planned)
    elif entry.marker:
        canvas.marker(at.plus(max(7.0, entry.size / 2 + 2), 0), entry.marker, entry.size, entry.edge)
    elif entry.disputed:
        draw_dispute(canvas, at.plus(7, 0), FADED)
    _legend_text(canvas, entry.caption, CAPTION, at.plus(_room(entry), 0))


def _legend_text(canvas: Canvas, text: str, lettering: Lettering, at: Point) -> None:
    canvas.text(text, lettering, at.plus(0, -0.36 * lettering.size), "left", "baseline", role="legend")
