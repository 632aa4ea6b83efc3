"""The timeline of a graph: what happened in which order, between whom, and who says so or disputes it.

Time runs down the page. Each actor has a lane, each event a row: a line from lane to lane, and its words beside it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError
from kg.graph.names import find_actor
from kg.graph.reports import ReportCounts
from kg.identifiers import digest
from kg.ontology import intensity
from kg.plot import page, spoken
from kg.plot.canvas import Typesetter, check_suffix, save, settings
from kg.plot.families import Family, family_of_event
from kg.plot.geometry import Box, Curve, Point
from kg.plot.page import Entry, Frame, Group
from kg.plot.style import (
    CLAIM,
    DAY,
    HAIRLINE,
    INK,
    LANE,
    MARKERS,
    PAPER,
    STROKES,
    SUBTITLE,
    WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from kg.graph.model import ActorNode, EventNode, KnowledgeGraph
    from kg.plot.canvas import Canvas

MAX_EVENTS: Final = 40
_LANES: Final = 10
_DRAWN: Final = frozenset({"happened", "planned"})
_DATE_WIDTH: Final = 84.0
_LANE_WIDTH: Final = 64.0
_STUB: Final = 22.0
_WORDS_WIDTH: Final = 250.0
_GUTTER: Final = 14.0
_DOT: Final = 3.4
_OTHERS: Final = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """An event as drawn: its words, broken into lines, and who claims or denies it; ``day`` heads a new date."""

    event: EventNode
    family: Family
    day: str
    words: str
    claims: str
    height: float


def timeline(graph: KnowledgeGraph, path: Path, actor: str | None = None, max_events: int = MAX_EVENTS) -> None:
    """Draw the events of ``graph`` in time to ``path``: PNG, SVG or PDF by its suffix.

    Events without a date follow those with one, in the order of the texts. Denied and merely possible ones are left
    out and counted.

    Args:
        graph: What to draw.
        path: The file to write.
        actor: A name or IRI; only events in which this actor takes part are drawn.
        max_events: How many events are drawn at most: first those with the most independent reports, copies not
            counted; of equals the disputed, then of each family in turn the most intense and surest.

    Raises:
        ConfigError: Another suffix, an actor that the graph does not have, or ``max_events`` under 1.
        InputError: The file cannot be written.
    """
    check_suffix(path)
    save(timeline_figure(graph, actor, max_events), path)


def timeline_figure(graph: KnowledgeGraph, actor: str | None = None, max_events: int = MAX_EVENTS) -> Figure:
    """Return the picture that :func:`timeline` writes, as a matplotlib figure at 72 dots an inch.

    Raises:
        ConfigError: An actor that the graph does not have, or ``max_events`` under 1.
    """
    if max_events < 1:
        raise ConfigError(f"a timeline needs room for 1 event at least: max_events is {max_events}")
    centre = find_actor(graph, actor) if actor is not None else None
    told = [event for event in graph.events if centre is None or centre.iri in _parties(event)]
    counts = ReportCounts(graph)
    drawable = [event for event in told if event.factuality in _DRAWN]
    reports = {event.iri: counts.of_event(event).independent for event in drawable}
    shown = sorted(_chosen(drawable, reports, max_events), key=_moment)
    names = {node.iri: node.name for node in graph.actors}
    with settings():
        lanes = _lanes(shown, centre, names)
        frame = _frame(graph, shown, reports, len(told), centre)
        claims = {event.iri: _claims(event, names) for event in shown}
        typesetter = Typesetter([*frame.texts(), *names.values(), *(event.label for event in shown), *claims.values()])
        rows = _rows(shown, claims, typesetter)
        return _paint(frame, graph, rows, lanes, typesetter)


def _parties(event: EventNode) -> tuple[str, ...]:
    return (*event.sources, *event.targets, *event.participants)


def _chosen(events: Iterable[EventNode], reports: Mapping[str, int], limit: int) -> list[EventNode]:
    """Return the events drawn: those with the most reports, of these the disputed, and then each family in turn."""
    turns: Counter[tuple[int, bool, Family]] = Counter()
    ranks: dict[str, tuple[int, bool, int]] = {}
    ranked = sorted(events, key=_weight)
    for event in ranked:
        equals = (-reports[event.iri], not event.contested)
        family = family_of_event(event.type)
        ranks[event.iri] = (*equals, turns[*equals, family])
        turns[*equals, family] += 1
    return sorted(ranked, key=lambda event: ranks[event.iri])[:limit]


def _weight(event: EventNode) -> tuple[float, float, str]:
    """Return what ranks events of one family: intensity, certainty, and a digest, as the IRI begins with the type."""
    return (-abs(float(intensity(event.type, event.mode))), -event.confidence, digest(event.iri))


def _moment(event: EventNode) -> tuple[bool, str, str, int, str]:
    """Return what events are ordered by: the date, else the first report's place in the texts."""
    when = event.date or event.earliest or event.latest or ""
    first = min(((mention.document, mention.begin) for mention in event.mentions), default=("", 0))
    return (not when, when, *first, event.iri)


def _when(event: EventNode) -> str:
    return spoken.interval(event.date or event.earliest, event.date or event.latest)


def _lanes(events: Sequence[EventNode], centre: ActorNode | None, names: Mapping[str, str]) -> list[str]:
    """Return the actors that get a lane of their own, side by side with those they deal with; "" is all others."""
    weights = Counter(iri for event in events for iri in dict.fromkeys(_parties(event)) if iri in names)
    busiest = sorted(weights, key=lambda iri: (centre is not None and iri != centre.iri, -weights[iri], iri))
    lanes = busiest[:_LANES] if len(busiest) > _LANES else busiest
    lanes = _untangled(lanes, events)
    if any(not set(_parties(event)) & set(names) or set(_parties(event)) - set(lanes) for event in events):
        lanes.append(_OTHERS)
    return lanes


def _untangled(lanes: list[str], events: Sequence[EventNode]) -> list[str]:
    """Return the lanes with neighbours swapped as long as that shortens the lines between them."""
    joined = Counter(
        (one, other)
        for event in events
        for one in dict.fromkeys(event.sources or event.participants)
        for other in dict.fromkeys(event.targets or event.participants)
        if one != other
    )

    def length(order: Sequence[str]) -> int:
        place = {iri: column for column, iri in enumerate(order)}
        return sum(
            times * abs(place[one] - place[other])
            for (one, other), times in joined.items()
            if one in place and other in place
        )

    best = list(lanes)
    for _ in range(len(best) ** 2):
        swaps = [
            [*best[:i], best[j], *best[i + 1 : j], best[i], *best[j + 1 :]]
            for i in range(len(best))
            for j in range(i + 1, len(best))
        ]
        shorter = min(swaps, key=length, default=best)
        if length(shorter) >= length(best):
            break
        best = shorter
    return best


def _claims(event: EventNode, names: Mapping[str, str]) -> str:
    """Return who says and who denies what the event reports, in words."""
    claims = [claim for mention in event.mentions for claim in mention.claims if claim.claimant in names]
    affirms = dict.fromkeys(names[claim.claimant] for claim in claims if claim.polarity == "affirms")
    denies = dict.fromkeys(names[claim.claimant] for claim in claims if claim.polarity == "denies")
    reports = len({mention.document for mention in event.mentions})
    parts = [
        "planned" if event.factuality == "planned" else "",
        f"according to {spoken.listed(affirms, 3)}" if affirms else "",
        f"disputed by {spoken.listed(denies, 3)}" if denies else "disputed" if event.contested else "",
        f"in {reports} documents" if reports > 1 else "",
    ]
    return "; ".join(part for part in parts if part)


def _rows(events: Sequence[EventNode], claims: Mapping[str, str], typesetter: Typesetter) -> list[_Row]:
    rows: list[_Row] = []
    dated = any(map(_when, events))
    previous: str | None = None
    for event in events:
        when = _when(event)
        day = when or "Date not given" if dated and when != previous else ""
        previous = when
        words = typesetter.wrapped(event.label or event.type.capitalize(), WORDS, _WORDS_WIDTH, 3)
        claim = typesetter.wrapped(claims[event.iri], CLAIM, _WORDS_WIDTH, 2) if claims[event.iri] else ""
        height = typesetter.size(words, WORDS)[1] + (typesetter.size(claim, CLAIM)[1] + 1.5 if claim else 0.0)
        day = typesetter.wrapped(day, DAY, _DATE_WIDTH - 8, 4)
        height = max(height, typesetter.size(day, DAY)[1] if day else 0.0, 12.0)
        rows.append(_Row(event, family_of_event(event.type), day, words, claim, height + 13.0))
    return rows


def _paint(
    frame: Frame, graph: KnowledgeGraph, rows: Sequence[_Row], lanes: Sequence[str], typesetter: Typesetter
) -> Figure:
    actors = {actor.iri: actor for actor in graph.actors}
    titles = [
        typesetter.wrapped(actors[iri].name if iri in actors else "others or not named", LANE, _LANE_WIDTH - 6, 4)
        for iri in lanes
    ]
    head = max((typesetter.size(title, LANE)[1] for title in titles), default=0.0) + 22
    dates = _DATE_WIDTH if any(row.day for row in rows) else 0.0
    width = 2 * page.MARGIN + dates + len(lanes) * _LANE_WIDTH + _GUTTER + _WORDS_WIDTH
    height = head + sum(row.height for row in rows) if rows else 80.0
    canvas, body = page.start(frame, max(width, 520.0), height, typesetter)
    if not rows:
        canvas.text("No events.", SUBTITLE, body.centre)
        return canvas.figure
    columns = {iri: body.left + dates + (place + 0.5) * _LANE_WIDTH for place, iri in enumerate(lanes)}
    for title, (iri, x) in zip(titles, columns.items(), strict=True):
        tall = typesetter.size(title, LANE)[1]
        canvas.text(title, LANE, Point(x, body.top - head + 18 + tall / 2), role="lane")
        if iri in actors:
            canvas.marker(Point(x, body.top - head + 8), MARKERS[actors[iri].type], 8.5, INK)
        canvas.line([Point(x, body.top - head), Point(x, body.bottom)], HAIRLINE, 0.8)
    top = body.top - head
    for row in rows:
        _paint_row(canvas, row, Box(body.left, top - row.height, body.right, top), columns)
        top -= row.height
    return canvas.figure


def _paint_row(canvas: Canvas, row: _Row, box: Box, columns: Mapping[str, float]) -> None:
    if row.day:
        canvas.line([Point(box.left, box.top), Point(box.right, box.top)], HAIRLINE, 0.6)
        canvas.text(row.day, DAY, Point(box.left, box.top - 6.5), "left", "top", role="day")
    stroke = STROKES[row.family]
    y = box.top - 11.5
    left = box.right - _WORDS_WIDTH
    words = canvas.text(row.words, WORDS, Point(left, box.top - 6.5), "left", "top", role="words")
    if row.claims:
        canvas.text(row.claims, CLAIM, Point(left, words.bottom - 1.5), "left", "top", role="claims")
    if row.event.contested:
        page.draw_dispute(canvas, Point(left - 9, y), stroke.text)
    _paint_event(canvas, row, y, columns)


def _paint_event(canvas: Canvas, row: _Row, y: float, columns: Mapping[str, float]) -> None:
    """Draw an event from lane to lane: dots for those who act or take part, arrows to those it is done to."""
    event, stroke = row.event, STROKES[row.family]
    planned = event.factuality == "planned"
    acting = sorted({columns.get(iri, columns.get(_OTHERS, 0.0)) for iri in (*event.sources, *event.participants)})
    targets = sorted({columns.get(iri, columns.get(_OTHERS, 0.0)) for iri in event.targets} - set(acting))
    if not _parties(event):
        acting = [columns[_OTHERS]]
    for one, other in pairwise(acting):
        _paint_span(canvas, row, y, one, other, arrows=0)
    for target in targets:
        if acting:
            nearest = min(acting, key=lambda x: abs(x - target))
            _paint_span(canvas, row, y, nearest, target, arrows=1)
        else:
            _paint_span(canvas, row, y, target - _STUB, target, arrows=1)
    for x in acting:
        canvas.disc(Point(x, y), _DOT, PAPER if planned else stroke.colour, stroke.colour, 4)


def _paint_span(canvas: Canvas, row: _Row, y: float, begin: float, end: float, arrows: int) -> None:
    side = 1 if end > begin else -1
    curve = Curve.bent(Point(begin + side * _DOT, y), Point(end - side * (1.0 if arrows else _DOT), y), 0)
    stroke = STROKES[row.family]
    page.draw_tie(canvas, curve, stroke, stroke.width, arrows, planned=row.event.factuality == "planned", layer=3)


def _frame(
    graph: KnowledgeGraph,
    shown: Sequence[EventNode],
    reports: Mapping[str, int],
    told: int,
    centre: ActorNode | None,
) -> Frame:
    title = f"The timeline of {centre.name}" if centre else page.headline(graph, "What happened, and in which order")
    left_out = told - len(reports)
    parts = [f"{len(shown):,} of {spoken.count(told, 'event')} shown"]
    if len(shown) < len(reports):
        parts[0] += f", those with the most reports{_of_equals(shown, reports)}"
    if left_out:
        parts[0] += f"; {left_out:,} denied or merely possible left out"
    when = spoken.period(day for event in shown for day in (event.date, event.earliest, event.latest) if day)
    documents = {mention.document for event in shown for mention in event.mentions}
    known = len(documents & {node.iri for node in graph.documents}) or len(graph.documents)
    origin = f"From {spoken.share(known, len(graph.documents), 'document')}"
    parts.append(f"{origin}, {when}" if when else f"{origin}, without dates: in the order of the text")
    return Frame(title, ". ".join(parts) + ".", _legend(graph, shown), page.credit(graph))


def _of_equals(shown: Sequence[EventNode], reports: Mapping[str, int]) -> str:
    """Say how many of the events with as many reports as the least of those shown are shown, where that is not all."""
    least = min(reports[event.iri] for event in shown)
    equals = sum(number == least for number in reports.values())
    drawn = sum(reports[event.iri] == least for event in shown)
    if drawn == equals:
        return ""
    which = "disputed first, then the most intense of each kind in turn"
    return f" ({drawn:,} of {equals:,} with {spoken.count(least, 'report')} each: {which})"


def _legend(graph: KnowledgeGraph, events: Sequence[EventNode]) -> tuple[Group, ...]:
    families = {family_of_event(event.type) for event in events}
    entries = [
        Entry(STROKES[family].event, STROKES[family], arrows=int(family is not Family.MEETS))
        for family in Family
        if family in families
    ]
    planned = [family_of_event(event.type) for event in events if event.factuality == "planned"]
    if planned:
        entries.append(Entry("planned", STROKES[planned[0]], arrows=int(planned[0] is not Family.MEETS), planned=True))
    if any(event.contested for event in events):
        entries.append(Entry("account disputed", disputed=True))
    return (Group("EVENTS", tuple(entries)),) if entries else ()
