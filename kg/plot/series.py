"""The series of an actor or a pair: cooperation upwards, conflict downwards, period by period."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from kg.analyse.changes import changes
from kg.analyse.series import series as reckoned
from kg.errors import ConfigError
from kg.graph.names import find_actor
from kg.plot import page, spoken
from kg.plot.canvas import Typesetter, check_suffix, save, settings
from kg.plot.families import Family
from kg.plot.geometry import Box, Point
from kg.plot.page import Entry, Frame, Group
from kg.plot.style import (
    CAPTION,
    FADED,
    HAIRLINE,
    INK,
    PAPER,
    STROKES,
    SUBTITLE,
    Lettering,
    Marker,
    Stroke,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from kg.analyse.changes import Change
    from kg.analyse.figures import Figures
    from kg.analyse.scope import Scope
    from kg.analyse.series import Point as Period
    from kg.graph.model import ActorNode, KnowledgeGraph
    from kg.plot.canvas import Canvas

MAX_PERIODS: Final = 400
# Rather than as a few years, a series is drawn in so many months.
_MOST_MONTHS: Final = 120
_WIDTH: Final = 760.0
_HEIGHT: Final = 250.0
_AXIS: Final = 42.0
_FOOT: Final = 34.0
_TICKS: Final = 6
_WIDEST_BAR: Final = 34.0
_MINUS: Final = "\N{MINUS SIGN}"
_SMALL: Final = Lettering(7.5, colour=FADED)
_COUNT: Final = Lettering(7, colour=FADED)
_COOPERATION: Final = STROKES[Family.SUPPORTS].colour
_CONFLICT: Final = STROKES[Family.OPPOSES].colour
_RISE: Final = Marker("^", INK, "sudden rise", 0.8)
_FALL: Final = Marker("v", PAPER, "sudden fall", 0.8)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def series(
    graph: KnowledgeGraph,
    path: Path,
    actor: str | None = None,
    partner: str | None = None,
    by: str | None = None,
    scope: Scope | None = None,
) -> None:
    """Draw conflict and cooperation over time to ``path``: PNG, SVG or PDF by its suffix.

    Bars sum the intensities of the events of a period on the PLOVER scale, the friendly ones upwards and the hostile
    ones downwards; the stroke across them is their net. Of a pair, sudden changes are marked (see
    :mod:`kg.analyse.changes`).

    Args:
        graph: What to draw.
        path: The file to write.
        actor: A name or IRI; only events in which this actor takes part. All events, where none is given.
        partner: Another; only events between the two.
        by: ``day``, ``week``, ``month`` or ``year``; by default what suits the length of the series, which the
            picture says.
        scope: Which events count; by default all that happened and nobody disputes.

    Raises:
        ConfigError: Another suffix, an actor that the graph does not have, a partner without an actor or the same, a
            period or scope that is none, or more than 400 periods.
        InputError: The file cannot be written.
    """
    check_suffix(path)
    save(series_figure(graph, actor, partner, by, scope), path)


def series_figure(
    graph: KnowledgeGraph,
    actor: str | None = None,
    partner: str | None = None,
    by: str | None = None,
    scope: Scope | None = None,
) -> Figure:
    """Return the picture that :func:`series` writes, as a matplotlib figure at 72 dots an inch.

    Raises:
        ConfigError: As :func:`series`, but for the suffix.
    """
    if partner is not None and actor is None:
        raise ConfigError("a series with a partner is that of an actor: name one")
    one, other = (find_actor(graph, name) if name is not None else None for name in (actor, partner))
    if one is not None and other is not None and one.iri == other.iri:
        raise ConfigError(f"a pair has two actors; {actor!r} and {partner!r} are one")
    points = reckoned(graph, by, scope, one, other) if by else _fitting(graph, scope, one, other)
    if len(points) > MAX_PERIODS:
        raise ConfigError(
            f"{len(points):,} periods do not fit into a picture, {MAX_PERIODS} do: take a longer period, or a shorter "
            "window"
        )
    unit = _unit(points)
    found = changes(graph, unit, scope, one).rows if one and other and points.rows else ()
    marks = [change for change in found if other and other.iri in (change.one_iri, change.other_iri)]
    with settings():
        cut = f"by {unit}" if by or not points.rows else f"by {unit}, chosen to suit its length"
        frame = _frame(graph, points, cut, one, other, marks)
        typesetter = Typesetter([*frame.texts(), _MINUS])
        return _paint(frame, points.rows, unit, marks, typesetter)


def _fitting(
    graph: KnowledgeGraph, scope: Scope | None, one: ActorNode | None, other: ActorNode | None
) -> Figures[Period]:
    """Return the series by the period that suits its length: by month, where years would do but be few."""
    points = reckoned(graph, None, scope, one, other)
    if _unit(points) != "year" or len(points) * 12 > _MOST_MONTHS:
        return points
    months = reckoned(graph, "month", scope, one, other)
    return months if months.basis.events == points.basis.events else points


def _unit(points: Figures[Period]) -> str:
    """Return the unit of the periods, from their labels."""
    label = points.rows[0].period if points.rows else ""
    return {4: "year", 7: "month", 8: "week"}.get(len(label), "day")


def _paint(frame: Frame, rows: Sequence[Period], unit: str, marks: Sequence[Change], typesetter: Typesetter) -> Figure:
    canvas, body = page.start(frame, _WIDTH, _HEIGHT if rows else 80.0, typesetter)
    if not rows:
        canvas.text("No events with a date.", SUBTITLE, body.centre)
        return canvas.figure
    area = Box(body.left + _AXIS, body.bottom + _FOOT, body.right, body.top - 6)
    low, high, step = _range(min(row.conflict for row in rows), max(row.cooperation for row in rows))

    def height(value: float) -> float:
        return area.bottom + (value - low) / (high - low) * area.height

    _paint_axis(canvas, area, low, high, step, height(0.0))
    slot = area.width / len(rows)
    middles = [area.left + (place + 0.5) * slot for place in range(len(rows))]
    half = min(slot * 0.76, _WIDEST_BAR) / 2
    for x, row in zip(middles, rows, strict=True):
        if row.cooperation:
            canvas.rectangle(Box(x - half, height(0.0), x + half, height(row.cooperation)), _COOPERATION)
        if row.conflict:
            canvas.rectangle(Box(x - half, height(row.conflict), x + half, height(0.0)), _CONFLICT)
        if row.events:
            _paint_net(canvas, Point(x, height(row.net)), half)
    ends = {
        (row.period, "cooperation"): Point(x, height(row.cooperation)) for x, row in zip(middles, rows, strict=True)
    }
    ends |= {(row.period, "conflict"): Point(x, height(row.conflict)) for x, row in zip(middles, rows, strict=True)}
    _paint_marks(canvas, [(change, ends[change.period, change.subject]) for change in marks])
    _paint_counts(canvas, rows, middles, slot, Point(body.left, body.bottom + 6))
    _paint_dates(canvas, rows, unit, middles, area)
    return canvas.figure


def _paint_net(canvas: Canvas, at: Point, half: float) -> None:
    """Draw the net of a period as a stroke across its bar."""
    ends = [at.plus(-half - 1, 0), at.plus(half + 1, 0)]
    canvas.line(ends, PAPER, 3.6, layer=3)
    canvas.line(ends, INK, 2.0, layer=3.1)


def _range(least: float, greatest: float) -> tuple[float, float, float]:
    """Return the ends of the scale, with room for marks, and how far apart its ticks are."""
    reach = max(greatest - least, 1.0)
    rough = reach / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    room = 0.09 * reach
    return (least - room, greatest + room, step)


def _paint_axis(canvas: Canvas, area: Box, low: float, high: float, step: float, zero: float) -> None:
    for place in range(math.ceil(low / step), math.floor(high / step) + 1):
        y = area.bottom + (place * step - low) / (high - low) * area.height
        canvas.line([Point(area.left, y), Point(area.right, y)], HAIRLINE, 0.5)
        text = f"{abs(place * step):,g}"
        sign = _MINUS if place < 0 else "+" if place > 0 else ""
        canvas.text(f"{sign}{text}", _SMALL, Point(area.left - 6, y), "right", role="tick")
    canvas.line([Point(area.left, zero), Point(area.right, zero)], FADED, 0.6)


def _paint_marks(canvas: Canvas, ends: Sequence[tuple[Change, Point]]) -> None:
    """Draw a mark for each change, beyond the end of its bar."""
    for change, end in ends:
        away = 7.0 if change.subject == "cooperation" else -7.0
        marker = _RISE if change.direction == "rise" else _FALL
        canvas.marker(end.plus(0, away), marker, 8, INK)


def _paint_counts(canvas: Canvas, rows: Sequence[Period], middles: Sequence[float], slot: float, at: Point) -> None:
    """Write the number of events under each period, where there is room."""
    widest = canvas.typesetter.size(str(max(row.events for row in rows)), _COUNT)[0]
    if slot < widest + 3:
        return
    canvas.text("events", _COUNT, at, "left", role="count")
    for x, row in zip(middles, rows, strict=True):
        if row.events:
            canvas.text(f"{row.events:,}", _COUNT, Point(x, at.y), role="count")


def _paint_dates(canvas: Canvas, rows: Sequence[Period], unit: str, middles: Sequence[float], area: Box) -> None:
    """Write the dates of as many periods as there is room for, evenly spaced."""
    labels = [_date(row, unit) for row in rows]
    widest = max(canvas.typesetter.size(label, CAPTION)[0] for label in labels) + 12
    every = math.ceil(widest * len(rows) / area.width)
    for place in range(0, len(rows), every):
        x = middles[place]
        half = canvas.typesetter.size(labels[place], CAPTION)[0] / 2
        if x + half > area.right + 4 and place:
            continue
        canvas.line([Point(x, area.bottom), Point(x, area.bottom - 3)], FADED, 0.6)
        canvas.text(labels[place], CAPTION, Point(max(x, area.left - 20 + half), area.bottom - 10), role="date")


def _date(row: Period, unit: str) -> str:
    year, month, day = row.begin.split("-")
    if unit == "month":
        return f"{_MONTHS[int(month) - 1]} {year}"
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}" if unit == "day" else row.period


def _frame(
    graph: KnowledgeGraph,
    points: Figures[Period],
    cut: str,
    one: ActorNode | None,
    other: ActorNode | None,
    marks: Sequence[Change],
) -> Frame:
    if one is None:
        title = page.headline(graph, "Conflict and cooperation")
    else:
        title = f"{one.name} and {other.name}" if other else f"What {one.name} does and what is done to it"
    subtitle = f"Conflict and cooperation {cut}. {spoken.rests_on(points.basis)}"
    return Frame(title, subtitle, _legend(points.rows, marks), page.credit(graph))


def _legend(rows: Sequence[Period], marks: Sequence[Change]) -> tuple[Group, ...]:
    if not rows:
        return ()
    bars = [
        Entry("cooperation", marker=Marker("s", _COOPERATION, "", 1.1)),
        Entry("conflict", marker=Marker("s", _CONFLICT, "", 1.1)),
        Entry("net: the sum of all PLOVER intensities in a period", Stroke(INK, INK, 2.0)),
    ]
    directions = {change.direction for change in marks}
    sudden = [Entry("more events than before", marker=_RISE)] if "rise" in directions else []
    sudden += [Entry("fewer events than before", marker=_FALL)] if "fall" in directions else []
    groups = [Group("SERIES", tuple(bars))]
    if sudden:
        test = Entry("against the six periods before, by an exact Poisson test")
        groups.append(Group("CHANGES", (*sudden, test)))
    return tuple(groups)
