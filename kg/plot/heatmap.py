"""The heat map of dyads: how every two actors get on, from conflict to cooperation.

Only one half of the square is drawn, so that names stand on its diagonal: an actor's dealings with those before it
are in the row to the left of its name, those with the ones after it in the column below.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.analyse.communities import partition
from kg.analyse.scope import Scope, select
from kg.analyse.ties import network as tied
from kg.analyse.ties import tallies_of
from kg.errors import ConfigError
from kg.graph.names import find_actor
from kg.plot import page, spoken
from kg.plot.canvas import Typesetter, check_suffix, save, settings
from kg.plot.geometry import Box, Point
from kg.plot.page import Entry, Frame, Group
from kg.plot.style import DIVERGING, FIGURE, HAIRLINE, INK, MINOR_NAME, PAPER, SUBTITLE, Marker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from kg.analyse.scope import Selection
    from kg.analyse.tally import Tally
    from kg.graph.model import ActorNode, KnowledgeGraph
    from kg.plot.canvas import Canvas

MAX_ACTORS: Final = 24
_CELL: Final = 27.0
_NAME_WIDTH: Final = 130.0
_LEAST_WIDTH: Final = 560.0
_MIDDLE: Final = len(DIVERGING) // 2
# The classes of net intensity end at these shares of the greatest, finer where most dyads lie.
_ENDS: Final = tuple((step / _MIDDLE) ** 2 for step in range(1, _MIDDLE + 1))
_LEAST_END: Final = 4.0
_ROUND_FROM: Final = 40.0
_DARK: Final = frozenset({0, 1, len(DIVERGING) - 1, len(DIVERGING) - 2})
_MINUS: Final = "\N{MINUS SIGN}"
_READING: Final = Entry("an actor with those above it: the row left of its name; with those below: the column under it")

_BLANK: Final = Entry("no events", marker=Marker("s", PAPER, "", 1.2), edge=HAIRLINE)


@dataclass(frozen=True, slots=True)
class _Scale:
    """The classes of net intensity: the upper ends of those above 0, which mirror those below."""

    ends: tuple[float, ...]

    @classmethod
    def upto(cls, greatest: float) -> _Scale:
        """Return the scale whose last class ends with ``greatest``, or with what four classes need at least."""
        greatest = max(greatest, _LEAST_END)
        unit = 0.5 if greatest < _ROUND_FROM else 1.0
        return cls((*(math.ceil(greatest * share / unit) * unit for share in _ENDS[:-1]), greatest))

    def place(self, net: float) -> int:
        """Return the place of a net intensity in the colours, conflict first."""
        if not net:
            return _MIDDLE
        step = next(step for step, end in enumerate(self.ends, start=1) if abs(net) <= end)
        return _MIDDLE + (step if net > 0 else -step)

    def groups(self, *, blank: bool) -> tuple[Group, ...]:
        """Return the legend; ``blank`` says whether there are cells without events."""
        starts = (0.0, *self.ends[:-1])
        bands = list(enumerate(zip(starts, self.ends, strict=True), start=1))
        even = Entry("even", marker=Marker("s", DIVERGING[_MIDDLE], "", 1.2))
        conflict = [_swatch(_MIDDLE - step, *band, _MINUS) for step, band in bands]
        cooperation = [_swatch(_MIDDLE + step, *band, "+") for step, band in bands]
        return (
            Group("NET COOPERATION", tuple(cooperation)),
            Group("NET CONFLICT", (*conflict, even, *([_BLANK] if blank else []))),
            Group("HOW TO READ", (_READING,)),
        )


def _swatch(place: int, start: float, end: float, sign: str) -> Entry:
    begin = f"{sign}{start:,g}" if start else "0"
    return Entry(f"{begin} to {sign}{end:,g}", marker=Marker("s", DIVERGING[place], "", 1.2))


def heatmap(
    graph: KnowledgeGraph,
    path: Path,
    actor: str | None = None,
    scope: Scope | None = None,
    max_actors: int = MAX_ACTORS,
) -> None:
    """Draw how every two actors get on to ``path``: PNG, SVG or PDF by its suffix.

    A cell holds the net intensity on the PLOVER scale of all events between two actors. Actors that get on with each
    other stand side by side.

    Args:
        graph: What to draw.
        path: The file to write.
        actor: A name or IRI; only this actor and those it deals with are drawn.
        scope: Which events count; by default all that happened and nobody disputes.
        max_actors: How many actors are drawn at most, those with the most events between them first.

    Raises:
        ConfigError: Another suffix, an actor that the graph does not have, a scope that is none, or ``max_actors``
            under 2.
        InputError: The file cannot be written.
    """
    check_suffix(path)
    save(heatmap_figure(graph, actor, scope, max_actors), path)


def heatmap_figure(
    graph: KnowledgeGraph, actor: str | None = None, scope: Scope | None = None, max_actors: int = MAX_ACTORS
) -> Figure:
    """Return the picture that :func:`heatmap` writes, as a matplotlib figure at 72 dots an inch.

    Raises:
        ConfigError: An actor that the graph does not have, a scope that is none, or ``max_actors`` under 2.
    """
    if max_actors < 2:
        raise ConfigError(f"a heat map needs room for 2 actors at least: max_actors is {max_actors}")
    centre = find_actor(graph, actor) if actor is not None else None
    selection = select(graph, scope or Scope())
    tallies = tallies_of(selection.events)
    near = {end for pair in tallies if centre is None or centre.iri in pair for end in pair}
    order = _ordered(_busiest(tallies, near, centre, max_actors), selection)
    names = spoken.names(graph)
    called = {iri: names.get(iri, (iri,)) for iri in order}
    shown = {pair: tally for pair, tally in tallies.items() if set(order).issuperset(pair)}
    scale = _Scale.upto(max((abs(tally.net) for tally in shown.values()), default=0.0))
    with settings():
        frame = _frame(graph, selection, centre, order, near, shown, scale)
        typesetter = Typesetter([*frame.texts(), _MINUS, *(name for names in called.values() for name in names)])
        labels = [_label(called[iri], typesetter) for iri in order]
        return _paint(frame, order, labels, shown, scale, typesetter)


def _busiest(
    tallies: Mapping[tuple[str, str], Tally], near: set[str], centre: ActorNode | None, limit: int
) -> list[str]:
    """Return the actors drawn: those with the most events, with ``centre`` if there is one."""
    events: Counter[str] = Counter()
    for pair, tally in tallies.items():
        if centre is None or centre.iri in pair:
            events.update(dict.fromkeys(pair, tally.events))
    return sorted(near, key=lambda iri: (centre is not None and iri != centre.iri, -events[iri], iri))[:limit]


def _ordered(actors: Sequence[str], selection: Selection) -> list[str]:
    """Return the actors community by community, each in the order given; those without one last."""
    rank = {iri: place for place, iri in enumerate(actors)}
    parts = [sorted(rank.keys() & set(part), key=rank.__getitem__) for part in partition(tied(selection))]
    parts.sort(key=lambda part: (-len(part), [rank[iri] for iri in part]))
    grouped = [iri for part in parts for iri in part]
    return [*grouped, *(iri for iri in actors if iri not in set(grouped))]


def _label(names: Sequence[str], typesetter: Typesetter) -> str:
    return typesetter.wrapped(typesetter.legible(names, MINOR_NAME), MINOR_NAME, _NAME_WIDTH, 2) or "?"


def _paint(
    frame: Frame,
    order: Sequence[str],
    labels: Sequence[str],
    tallies: Mapping[tuple[str, str], Tally],
    scale: _Scale,
    typesetter: Typesetter,
) -> Figure:
    names = max((typesetter.size(label, MINOR_NAME)[0] for label in labels[-6:]), default=0.0)
    side = _CELL * len(order)
    width = max(_LEAST_WIDTH, 2 * page.MARGIN + side + names + 8)
    canvas, body = page.start(frame, width, max(side, 80.0), typesetter)
    if not order:
        canvas.text("No events between actors.", SUBTITLE, body.centre)
    for row, (iri, label) in enumerate(zip(order, labels, strict=True)):
        y = body.top - row * _CELL
        for column, other in enumerate(order[:row]):
            tally = tallies.get((min(iri, other), max(iri, other)))
            x = body.left + column * _CELL
            _paint_cell(canvas, Box(x, y - _CELL, x + _CELL, y), tally, scale)
        at = Point(body.left + row * _CELL + 4, y - _CELL / 2)
        canvas.text(label, MINOR_NAME, at, "left", role="name")
    return canvas.figure


def _paint_cell(canvas: Canvas, box: Box, tally: Tally | None, scale: _Scale) -> None:
    if tally is None:
        canvas.rectangle(box.padded(-0.6), PAPER, HAIRLINE, 0.4)
        return
    place = scale.place(tally.net)
    canvas.rectangle(box.padded(-0.6), DIVERGING[place])
    lettering = replace(FIGURE, colour=PAPER if place in _DARK else INK)
    canvas.text(_figure(tally.net), lettering, box.centre, role="figure")


def _figure(net: float) -> str:
    size = f"{abs(net):.0f}" if abs(net) >= 100 or net == int(net) else f"{abs(net):.1f}"
    return f"{_MINUS}{size}" if net < 0 else size


def _frame(
    graph: KnowledgeGraph,
    selection: Selection,
    centre: ActorNode | None,
    order: Sequence[str],
    near: set[str],
    shown: Mapping[tuple[str, str], Tally],
    scale: _Scale,
) -> Frame:
    title = (
        f"How {centre.name} and those it deals with get on" if centre else page.headline(graph, "Who gets on with whom")
    )
    events = {
        counted.event.iri: counted for counted in selection.events if any(dyad in shown for dyad in counted.dyads)
    }
    drawn = replace(selection, events=tuple(events.values()), left_out=_left_out(selection, len(events))).basis()
    said = f"{len(order):,} of {spoken.count(len(near), 'actor')} with dealings shown"
    if len(order) < len(near):
        said += ", those with the most events"
    said += ". Cells sum the PLOVER intensities of all events between two actors"
    said += f". Here, of {spoken.count(len(graph.events), 'event')}: {spoken.rests_on(drawn)}"
    blank = len(shown) < len(order) * (len(order) - 1) // 2
    return Frame(title, said, scale.groups(blank=blank) if shown else (), page.credit(graph))


def _left_out(selection: Selection, drawn: int) -> tuple[tuple[str, int], ...]:
    """Return why events are not drawn: what does not count, what is no dealing of two, and what is between others."""
    alone = sum(not counted.dyads for counted in selection.events)
    others = len(selection.events) - alone - drawn
    reasons = (("between others", others), ("without a second actor", alone))
    return (*selection.left_out, *((reason, number) for reason, number in reasons if number))
