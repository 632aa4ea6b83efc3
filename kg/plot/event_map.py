"""The map of a graph: where what happened, by the places that the texts name.

Events at one place stand together, a sign for each family of events, larger for more of them. Places too close to be
told apart are drawn as one; signs that would cover each other move aside, with a line to where they belong.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.analyse.scope import Scope, select
from kg.errors import ConfigError
from kg.graph.names import find_actor
from kg.plot import page, spoken
from kg.plot.canvas import Typesetter, check_suffix, mixed, save, settings
from kg.plot.families import Family, family_of_event
from kg.plot.geometry import Box, Point
from kg.plot.labels import Ground
from kg.plot.page import Entry, Frame, Group
from kg.plot.projection import KM_PER_DEGREE, view_of
from kg.plot.style import (
    BORDER,
    CAPTION,
    COAST,
    EVENT_SIGNS,
    FADED,
    HAIRLINE,
    INK,
    LAND,
    PAPER,
    PLACE_NAME,
    STROKES,
    SUBTITLE,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from kg.analyse.scope import Counted, Selection
    from kg.graph.model import ActorNode, KnowledgeGraph, PlaceNode
    from kg.plot.canvas import Canvas
    from kg.plot.projection import View
    from kg.plot.style import Marker

MAX_SPOTS: Final = 90
_WIDTH: Final = 720.0
_NAME_WIDTH: Final = 110.0
_RADII: Final = (7.0, 10.0, 14.0, 19.0, 25.0, 32.0, 42.0, 55.0, 80.0)
_GAP: Final = 0.8
_COVERED: Final = 0.3
_APART: Final = 0.8
_DISPUTE_ROOM: Final = 11.0
_PUSHES: Final = 300
# How exactly a place is known, from the most exact: how far its signs are filled, and how that is put.
_EXACT: Final[Mapping[str, tuple[float, str]]] = {
    "city": (1.0, "place known"),
    "region": (0.4, "region known"),
    "country": (0.0, "country known"),
}
_LEAST_EXACT: Final = "country"
_SAMPLES: Final = (1, 10, 100)
_SCALES: Final = (25, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Places that are drawn as one: where they lie on the page, and how many events of each family they have."""

    at: Point
    precision: str
    names: tuple[str, ...]
    counts: Mapping[Family, int]
    contested: bool

    @property
    def events(self) -> int:
        return sum(self.counts.values())

    def signs(self) -> list[tuple[Marker, float, str]]:
        """Return the marker, its size in points and its colour for each family, friendliest first."""
        filled, _ = _EXACT[self.precision]
        found = []
        for family in Family:
            if self.counts.get(family):
                colour = STROKES[family].colour
                marker = replace(EVENT_SIGNS[family], fill=mixed(colour, PAPER, filled))
                found.append((marker, _size(self.counts[family]), colour))
        return found

    def room(self) -> tuple[float, float]:
        """Return width and height of all signs side by side."""
        sizes = [size for _, size, _ in self.signs()]
        width = sum(sizes) + _GAP * (len(sizes) - 1) + _DISPUTE_ROOM * self.contested
        return width, max(*sizes, 9.0 * self.contested)


def event_map(
    graph: KnowledgeGraph,
    path: Path,
    actor: str | None = None,
    scope: Scope | None = None,
    max_spots: int = MAX_SPOTS,
) -> None:
    """Draw where events happened to ``path``: PNG, SVG or PDF by its suffix.

    An event stands at that of its places which is known most exactly; one without a place whose position is known is
    left out and counted.

    Args:
        graph: What to draw.
        path: The file to write.
        actor: A name or IRI; only events in which this actor takes part are drawn.
        scope: Which events count; by default all that happened and nobody disputes.
        max_spots: How many spots of the map bear signs at most; nearby places are drawn as one until they fit.

    Raises:
        ConfigError: Another suffix, an actor that the graph does not have, a scope that is none, or ``max_spots``
            under 1.
        InputError: The file cannot be written.
    """
    check_suffix(path)
    save(event_map_figure(graph, actor, scope, max_spots), path)


def event_map_figure(
    graph: KnowledgeGraph, actor: str | None = None, scope: Scope | None = None, max_spots: int = MAX_SPOTS
) -> Figure:
    """Return the picture that :func:`event_map` writes, as a matplotlib figure at 72 dots an inch.

    Raises:
        ConfigError: An actor that the graph does not have, a scope that is none, or ``max_spots`` under 1.
    """
    if max_spots < 1:
        raise ConfigError(f"a map needs 1 spot at least: max_spots is {max_spots}")
    centre = find_actor(graph, actor) if actor is not None else None
    selection = select(graph, scope or Scope(), *([centre.iri] if centre else []))
    places = {place.iri: place for place in graph.places if _located(place)}
    here = _by_place(selection, places)
    view = view_of([_point(places[iri]) for iri in here])
    # The frame of the map as it will lie on the page, but for a move.
    frame = Box(0.0, 0.0, _WIDTH, _WIDTH / view.aspect)
    spots = _spots(here, places, view, frame, max_spots)
    with settings():
        texts = _frame(graph, selection, here, spots, centre)
        typesetter = Typesetter([*texts.texts(), *(name for spot in spots for name in spot.names), "km"])
        return _paint(texts, view, spots, typesetter)


def _located(place: PlaceNode) -> bool:
    return place.latitude is not None and place.longitude is not None


def _point(place: PlaceNode) -> tuple[float, float]:
    return (place.longitude or 0.0, place.latitude or 0.0)


def _precision(place: PlaceNode) -> str:
    return place.precision if place.precision in _EXACT else _LEAST_EXACT


def _by_place(selection: Selection, places: Mapping[str, PlaceNode]) -> dict[str, list[Counted]]:
    """Return the events of each place, by its IRI; each event at the place that is known most exactly."""
    exactness = list(_EXACT)
    found: defaultdict[str, list[Counted]] = defaultdict(list)
    for counted in selection.events:
        known = [iri for iri in counted.event.places if iri in places]
        if known:
            best = min(known, key=lambda iri: (exactness.index(_precision(places[iri])), iri))
            found[best].append(counted)
    return dict(sorted(found.items()))


def _spots(
    here: Mapping[str, Sequence[Counted]], places: Mapping[str, PlaceNode], view: View, frame: Box, most: int
) -> list[_Spot]:
    """Return the spots of the map, those with the most events first; nearer places are joined until all fit."""
    single = [
        _Spot(
            at=view.place(*_point(places[iri]), frame),
            precision=_precision(places[iri]),
            names=(places[iri].name,),
            counts=Counter(family_of_event(counted.event.type) for counted in events),
            contested=any(counted.event.contested for counted in events),
        )
        for iri, events in here.items()
    ]
    single.sort(key=lambda spot: (-spot.events, spot.names, spot.at))
    fitting = [joined for radius in _RADII if len(joined := _joined(single, radius)) <= most]
    if not fitting:
        return _joined(single, math.inf)
    shares = [_covered(spots) for spots in fitting]
    most_covered = max(min(shares), _COVERED)
    return next(spots for spots, share in zip(fitting, shares, strict=True) if share <= most_covered)


def _covered(spots: Sequence[_Spot]) -> float:
    """Return how much of the spots' signs others cover; where it is much, signs move far from their places."""
    boxes = [Box.around(spot.at, *spot.room()) for spot in spots]
    whole = sum(box.width * box.height for box in boxes)
    return sum(one.overlap(other) for one, other in combinations(boxes, 2)) / whole if whole else 0.0


def _joined(spots: Iterable[_Spot], radius: float) -> list[_Spot]:
    """Return the spots with each joined to the first one before it that lies within ``radius`` points."""
    found: list[_Spot] = []
    for spot in spots:
        for number, other in enumerate(found):
            near = other.at.distance(spot.at) <= radius
            if near and (other.precision == spot.precision or math.isinf(radius)):
                found[number] = _with(other, spot)
                break
        else:
            found.append(spot)
    return sorted(found, key=lambda spot: (-spot.events, spot.names, spot.at))


def _with(spot: _Spot, other: _Spot) -> _Spot:
    names = spot.names if other.names[0] in spot.names else (*spot.names, *other.names)
    counts = Counter(spot.counts) + Counter(other.counts)
    return replace(spot, names=names, counts=counts, contested=spot.contested or other.contested)


def _size(events: int) -> float:
    """Return how many points across the sign of so many events is; its area grows with them, up to some size."""
    return min(22.0, 4.5 + 1.3 * math.sqrt(events))


def _paint(texts: Frame, view: View, spots: Sequence[_Spot], typesetter: Typesetter) -> Figure:
    canvas, body = page.start(texts, _WIDTH + 2 * page.MARGIN, _WIDTH / view.aspect, typesetter)
    canvas.areas(view.land(body), body, LAND, COAST, 0.4)
    canvas.strokes(view.borders(body), body, BORDER, 0.5)
    if not spots:
        canvas.text("No events at places whose position is known.", SUBTITLE, body.centre)
        return canvas.figure
    if not view.whole:
        corners = [Point(body.left, body.bottom), Point(body.right, body.bottom), Point(body.right, body.top)]
        canvas.line([*corners, Point(body.left, body.top), corners[0]], HAIRLINE, 0.6)
    anchors = [spot.at.plus(body.left, body.bottom) for spot in spots]
    boxes = _apart([Box.around(at, *spot.room()) for at, spot in zip(anchors, spots, strict=True)], body)
    ground = Ground(body.padded(-2), list(boxes))
    if not view.whole:
        ground.take(_paint_scale(canvas, view, body))
    for spot, at, box in zip(spots, anchors, boxes, strict=True):
        _paint_signs(canvas, spot, at, box)
    for spot, box in zip(spots, boxes, strict=True):
        _paint_name(canvas, spot, box, ground)
    return canvas.figure


def _apart(boxes: Sequence[Box], frame: Box) -> list[Box]:
    """Return the boxes moved within ``frame`` until none covers another, or as far as that can be done."""
    sizes = np.array([(box.width, box.height) for box in boxes])
    centres = np.array([box.centre for box in boxes])
    room = np.array([(frame.left, frame.bottom), (frame.right, frame.top)])
    low, high = room[0] + 2 + sizes / 2, room[1] - 2 - sizes / 2
    centres = np.clip(centres, low, high)
    for _ in range(_PUSHES):
        if not _push_once(centres, sizes):
            break
        centres = np.clip(centres, low, high)
    return [
        Box.around(Point(round(x, 3), round(y, 3)), box.width, box.height)
        for (x, y), box in zip(centres.tolist(), boxes, strict=True)
    ]


def _push_once(centres: NDArray[np.float64], sizes: NDArray[np.float64]) -> bool:
    """Move every two boxes that overlap apart along the shorter way, the larger one less; say whether any did."""
    shared = (sizes[:, None] + sizes[None]) / 2 + _APART - np.abs(centres[:, None] - centres[None])
    hits = np.argwhere(np.triu(shared.min(axis=2) > 1e-6, k=1))
    areas = sizes.prod(axis=1)
    for one, other in hits.tolist():
        axis = int(shared[one, other].argmin())
        way = float(shared[one, other, axis]) * (1 if centres[one, axis] <= centres[other, axis] else -1)
        share = float(areas[other] / (areas[one] + areas[other]))
        centres[one, axis] -= way * share
        centres[other, axis] += way * (1 - share)
    return len(hits) > 0


def _paint_signs(canvas: Canvas, spot: _Spot, at: Point, box: Box) -> None:
    if box.centre.distance(at) > 4.0:
        canvas.line([at, box.centre], FADED, 0.5, layer=3)
        canvas.disc(at, 1.1, FADED, FADED, 3)
    x = box.left
    for marker, size, colour in spot.signs():
        canvas.marker(Point(x + size / 2, box.centre.y), marker, size, colour if marker.fill != colour else PAPER)
        x += size + _GAP
    if spot.contested:
        page.draw_dispute(canvas, Point(box.right - 4.5, box.centre.y), FADED)


def _paint_name(canvas: Canvas, spot: _Spot, box: Box, ground: Ground) -> None:
    """Draw the name of a spot, and of how many events it is, where there is room."""
    text = _label(spot, canvas.typesetter)
    if not text:
        return
    free = ground.take_first(_sides(box, canvas.typesetter.size(text, PLACE_NAME)))
    if free is not None:
        canvas.text(text, PLACE_NAME, free.centre, role="place")


def _label(spot: _Spot, typesetter: Typesetter) -> str:
    """Return the name and how many events there are, the number beside a word and never on a line of its own."""
    name, *more = spot.names
    number = f" · {spot.events:,}" if spot.events > 1 else ""
    room = _NAME_WIDTH if more else _NAME_WIDTH - typesetter.size(number, PLACE_NAME)[0]
    called = typesetter.wrapped(name, PLACE_NAME, room, 2)
    if not more:
        return f"{called}{number}".strip()
    rest = f"and {len(more):,} more{number}"
    joined = f"{called} {rest}"
    return joined if typesetter.size(joined, PLACE_NAME)[0] <= _NAME_WIDTH else f"{called}\n{rest}"


def _sides(box: Box, size: tuple[float, float]) -> tuple[Box, ...]:
    """Return where a name of ``size`` may stand: right, left, above, below and at the corners of ``box``."""
    across, up = (box.width + size[0]) / 2 + 2.5, (box.height + size[1]) / 2 + 2.0
    moves = [(across, 0.0), (-across, 0.0), (0.0, up), (0.0, -up)]
    moves += [(side * across, rise * up * 0.7) for side in (1, -1) for rise in (1, -1)]
    return tuple(Box.around(box.centre.plus(dx, dy), *size) for dx, dy in moves)


def _paint_scale(canvas: Canvas, view: View, body: Box) -> Box:
    """Draw how long a round number of kilometres is along the middle parallel, and return the box it takes."""
    per_km = body.width / (view.high.x - view.low.x) / KM_PER_DEGREE
    length = max((km for km in _SCALES if km * per_km <= body.width / 5), default=_SCALES[0])
    left, y = Point(body.left + 10, body.bottom + 10), body.bottom + 10
    right = left.plus(length * per_km, 0)
    canvas.line([left.plus(0, 3), left, right, right.plus(0, 3)], FADED, 0.9, layer=3)
    words = canvas.text(f"{length:,} km", replace(CAPTION, colour=FADED, halo=2.0), Point(left.x + 3, y + 7), "left")
    return Box(left.x, y - 3, max(right.x, words.right), words.top)


def _frame(
    graph: KnowledgeGraph,
    selection: Selection,
    here: Mapping[str, Sequence[Counted]],
    spots: Sequence[_Spot],
    centre: ActorNode | None,
) -> Frame:
    title = f"Where {centre.name} acts and is acted upon" if centre else page.headline(graph, "Where it happened")
    events = [counted for of_place in here.values() for counted in of_place]
    drawn = replace(selection, events=tuple(events)).basis()
    said = f"{len(events):,} of {spoken.count(len(selection.events), 'event')} shown"
    said += f", at {spoken.count(len(here), 'place')}"
    if len(spots) < len(here):
        said += f" ({spoken.count(len(spots), 'spot')}: what lies close together is joined)"
    nowhere = sum(not counted.event.places for counted in selection.events)
    unknown = len(selection.events) - len(events) - nowhere
    reasons = [f"{nowhere:,} without a place"] if nowhere else []
    reasons += [f"{unknown:,} at places whose position is not known"] if unknown else []
    said += f"; {spoken.listed(reasons, 2)} left out" if reasons else ""
    return Frame(title, f"{said}. Here: {spoken.rests_on(drawn)}", _legend(spots), _credit(graph))


def _credit(graph: KnowledgeGraph) -> str:
    return ". ".join(part for part in (page.credit(graph), "Coasts and borders: Natural Earth") if part)


def _legend(spots: Sequence[_Spot]) -> tuple[Group, ...]:
    families = [family for family in Family if any(spot.counts.get(family) for spot in spots)]
    if not families:
        return ()
    events = [
        Entry(
            STROKES[family].event,
            marker=replace(EVENT_SIGNS[family], fill=STROKES[family].colour),
            edge=STROKES[family].colour,
        )
        for family in families
    ]
    if any(spot.contested for spot in spots):
        events.append(Entry("account disputed among them", disputed=True))
    sign, colour = EVENT_SIGNS[families[0]], STROKES[families[0]].colour
    exact = [
        Entry(words, marker=replace(sign, fill=mixed(colour, PAPER, filled)), edge=colour)
        for precision, (filled, words) in _EXACT.items()
        if any(spot.precision == precision for spot in spots)
    ]
    greatest = max(count for spot in spots for count in spot.counts.values())
    samples = [count for count in _SAMPLES if count <= greatest]
    sizes = [
        Entry(spoken.count(count, "event"), marker=replace(sign, fill=PAPER), size=_size(count), edge=INK)
        for count in samples
    ]
    groups = [Group("EVENTS", tuple(events)), Group("PLACES", tuple(exact))]
    return tuple([*groups, Group("SIZE", tuple(sizes))] if len(samples) > 1 else groups)
