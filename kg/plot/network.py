"""The network of a graph: who meets, supports, disputes and opposes whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError
from kg.graph.names import find_actor
from kg.graph.reports import ReportCounts
from kg.plot import crowd, page, spoken
from kg.plot.canvas import Typesetter, check_suffix, save, settings
from kg.plot.families import Family
from kg.plot.geometry import Box, Curve, Point
from kg.plot.labels import Ground, beside, place_names, place_verbs
from kg.plot.layout import Footprint, arrange
from kg.plot.page import Entry, Frame, Group
from kg.plot.style import (
    FADED,
    HALO,
    INK,
    MARKERS,
    MINOR_NAME,
    NAME,
    PLACE,
    STROKES,
    SUBTITLE,
    VERB,
    width_of,
)
from kg.plot.ties import MOST_TIES, Selection, Tie, select

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from matplotlib.figure import Figure

    from kg.graph.model import ActorNode, DocumentNode, KnowledgeGraph
    from kg.plot.canvas import Canvas
    from kg.plot.labels import Placement
    from kg.plot.style import Lettering, Marker

MAX_ACTORS: Final = 40
# Of more actors, not all names and verbs find room.
MAX_NAMED: Final = 80
_LENGTH: Final = 100.0
_ASPECT: Final = 1.45
_NAME_WIDTH: Final = 96.0
_VERB_WIDTH: Final = 88.0
_FAN: Final = (15.0, 26.0)
_SHIFTS: Final = (0.0, 14.0, -14.0, 28.0, -28.0, 44.0, -44.0, 62.0, -62.0)
_LEAST_WIDTH: Final = 560.0
_LEAST_HEIGHT: Final = 240.0
_GROWTH: Final = (1.0, 1.1, 1.22, 1.36, 1.52)
_DISPUTE_ROOM: Final = 12.0


@dataclass(frozen=True, slots=True)
class _Node:
    """An actor or place as drawn; ``size`` is that of its name in points."""

    name: str
    lettering: Lettering
    marker: Marker
    radius: float
    size: tuple[float, float]

    def footprint(self) -> Footprint:
        """Return the room for the marker with the name below it."""
        half = max(self.radius, self.size[0] / 2)
        return Footprint(-half, -self.radius - 2.5 - self.size[1], half, self.radius)


@dataclass(frozen=True, slots=True)
class _Verb:
    """The words on a tie; ``size`` includes the room for the mark of a dispute."""

    text: str
    lettering: Lettering
    size: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Everything in its place, in a coordinate system of its own."""

    positions: Mapping[str, Point]
    names: Mapping[str, Box]
    curves: Sequence[Curve]
    verbs: Mapping[int, Placement]
    extent: Box


def network(
    graph: KnowledgeGraph,
    path: Path,
    actor: str | None = None,
    max_actors: int = MAX_ACTORS,
    title: str | None = None,
) -> None:
    """Draw the ties between the actors of ``graph`` to ``path``: PNG, SVG or PDF by its suffix.

    Args:
        graph: What to draw. Ties that are denied or merely possible are left out.
        path: The file to write.
        actor: A name or IRI; only this actor, those tied to it and the ties among them are drawn.
        max_actors: How many actors are drawn at most, the most connected first.
        title: The title, by default that of the only document, or a general one.

    Raises:
        ConfigError: Another suffix, an actor that the graph does not have, or ``max_actors`` under 2.
        InputError: The file cannot be written.
    """
    check_suffix(path)
    save(network_figure(graph, actor, max_actors, title), path)


def network_figure(
    graph: KnowledgeGraph, actor: str | None = None, max_actors: int = MAX_ACTORS, title: str | None = None
) -> Figure:
    """Return the picture that :func:`network` writes, as a matplotlib figure at 72 dots an inch.

    Raises:
        ConfigError: An actor that the graph does not have, or ``max_actors`` under 2.
    """
    if max_actors < 2:
        raise ConfigError(f"a network needs room for 2 actors at least: max_actors is {max_actors}")
    centre = find_actor(graph, actor) if actor is not None else None
    selection = select(graph, centre, max_actors)
    return drawn(graph, selection, _frame(graph, selection, centre, title), centre)


def drawn(graph: KnowledgeGraph, selection: Selection, frame: Frame, centre: ActorNode | None) -> Figure:
    """Return the picture of the ties of ``selection`` within ``frame``; of many actors, dots with few names."""
    with settings():
        if len(selection.nodes) > MAX_NAMED:
            return crowd.drawn(graph, selection, frame, centre)
        names = spoken.names(graph)
        called = [text for iri in selection.nodes for text in names[iri]]
        typesetter = Typesetter([*called, *frame.texts(), *(verb for tie in selection.ties for verb in tie.verbs)])
        nodes = _nodes(graph, selection, centre, names, typesetter)
        verbs = _verbs(selection.ties, typesetter)
        drawing = _compose(nodes, selection.ties, verbs)
        return _paint(frame, nodes, selection.ties, verbs, drawing, typesetter, centre)


def _nodes(
    graph: KnowledgeGraph,
    selection: Selection,
    centre: ActorNode | None,
    names: Mapping[str, tuple[str, ...]],
    typesetter: Typesetter,
) -> dict[str, _Node]:
    degrees = selection.degrees()
    types = {actor.iri: MARKERS[actor.type] for actor in graph.actors}
    found: dict[str, _Node] = {}
    for iri in selection.nodes:
        lettering = NAME if degrees[iri] >= 3 or (centre and iri == centre.iri) else MINOR_NAME
        name = typesetter.wrapped(typesetter.legible(names[iri], lettering), lettering, _NAME_WIDTH, 3) or "?"
        radius = min(9.0, 4.0 + 1.15 * degrees[iri] ** 0.5)
        found[iri] = _Node(name, lettering, types.get(iri, PLACE), radius, typesetter.size(name, lettering))
    return found


def _verbs(ties: Sequence[Tie], typesetter: Typesetter) -> list[_Verb]:
    """Return the words on each tie, or none where there are more ties than words find room."""
    if len(ties) > MOST_TIES:
        return [_Verb("", VERB, (0.0, 0.0)) for _ in ties]
    found: list[_Verb] = []
    for tie in ties:
        words = spoken.listed(tie.verbs, 2) if len(tie.verbs) > 3 else ", ".join(tie.verbs)
        lettering = replace(VERB, colour=STROKES[tie.family].text, slant="italic" if tie.planned else "normal")
        text = typesetter.wrapped(f"{words} (planned)" if tie.planned else words, lettering, _VERB_WIDTH, 3)
        width, height = typesetter.size(text, lettering)
        found.append(_Verb(text, lettering, (width + _DISPUTE_ROOM * tie.contested, max(height, 9.0 * tie.contested))))
    return found


def _compose(nodes: Mapping[str, _Node], ties: Sequence[Tie], verbs: Sequence[_Verb]) -> _Drawing:
    """Return the drawing, spread out as far as the words on the ties need."""
    footprints = {iri: node.footprint() for iri, node in nodes.items()}
    pairs = [tie.pair for tie in ties]
    start = arrange(footprints, pairs, length=_LENGTH, aspect=_ASPECT, gap=12.0)
    drawing = _spread(nodes, ties, verbs, start, leaders=False)
    for growth in _GROWTH:
        positions = {iri: Point(at.x * growth, at.y * growth) for iri, at in start.items()}
        drawing = _spread(nodes, ties, verbs, positions, leaders=growth > _GROWTH[1])
        if len(drawing.verbs) == sum(bool(verb.text) for verb in verbs):
            break
    return drawing


def _spread(
    nodes: Mapping[str, _Node],
    ties: Sequence[Tie],
    verbs: Sequence[_Verb],
    positions: Mapping[str, Point],
    *,
    leaders: bool,
) -> _Drawing:
    rooms = {iri: (_below(nodes[iri], at),) for iri, at in positions.items()}
    whole = _curves(ties, positions, rooms)
    markers = {iri: Box.around(at, 2 * nodes[iri].radius, 2 * nodes[iri].radius) for iri, at in positions.items()}
    extent = _extent([_below(nodes[iri], at) for iri, at in positions.items()])
    ground = Ground(extent.padded(14), list(markers.values()))
    candidates = {iri: beside(at, nodes[iri].radius, nodes[iri].size) for iri, at in positions.items()}
    names = place_names(candidates, whole, ground)
    whole = _curves(ties, positions, {iri: (markers[iri], names[iri]) for iri in positions})
    curves = [_clipped(tie, curve, nodes, positions, names) for tie, curve in zip(ties, whole, strict=True)]
    requests = {key: (curve, verbs[key].size) for key, curve in enumerate(curves) if verbs[key].text}
    placed = place_verbs(requests, ground, leaders=leaders)
    boxes = [*markers.values(), *names.values(), *(placement.box for placement in placed.values())]
    bends = [Box(*point, *point) for curve in curves for point in curve.points(9)]
    return _Drawing(positions, names, curves, placed, _extent([*boxes, *bends]))


def _below(node: _Node, at: Point) -> Box:
    left, bottom, right, top = node.footprint()
    return Box(at.x + left, at.y + bottom, at.x + right, at.y + top)


def _extent(boxes: Sequence[Box]) -> Box:
    extent = boxes[0] if boxes else Box(0, 0, 0, 0)
    for box in boxes[1:]:
        extent = extent.joined(box)
    return extent


def _curves(ties: Sequence[Tie], positions: Mapping[str, Point], rooms: Mapping[str, Sequence[Box]]) -> list[Curve]:
    """Return each tie's curve from centre to centre: those of a pair fanned out, and led around others' rooms."""
    bundles: dict[tuple[str, str], list[int]] = defaultdict(list)
    for key, tie in enumerate(ties):
        bundles[tie.pair].append(key)
    found: dict[int, Curve] = {}
    for pair, keys in bundles.items():
        start, end = positions[pair[0]], positions[pair[1]]
        obstacles = [box.padded(3) for iri, boxes in rooms.items() if iri not in pair for box in boxes]
        # Words are wide: lines that run up and down stand further apart than those that run across.
        steep = abs(end.y - start.y) / (start.distance(end) or 1.0)
        gap = _FAN[0] + (_FAN[1] - _FAN[0]) * steep
        fan = [(place - (len(keys) - 1) / 2) * gap for place in range(len(keys))]
        shift = _clear_shift(start, end, fan, obstacles)
        for key, bend in zip(keys, fan, strict=True):
            curve = Curve.bent(start, end, bend + shift)
            found[key] = curve if ties[key].source == pair[0] else Curve(curve.end, curve.control, curve.start)
    return [found[key] for key in range(len(ties))]


def _clear_shift(start: Point, end: Point, fan: Sequence[float], obstacles: Sequence[Box]) -> float:
    """Return how far to bend all curves of a pair so that they run through the fewest obstacles."""
    reach = max(_SHIFTS) + max(fan)
    corridor = Box(min(start.x, end.x), min(start.y, end.y), max(start.x, end.x), max(start.y, end.y)).padded(reach)
    near = [box for box in obstacles if corridor.overlap(box)]
    best, least = 0.0, float("inf")
    for shift in _SHIFTS:
        points = [point for bend in fan for point in Curve.bent(start, end, bend + shift).points(25)]
        cost = sum(box.contains(point) for point in points for box in near) / len(fan) + abs(shift) * 0.06
        if cost < least:
            best, least = shift, cost
        if not cost:
            break
    return best


def _clipped(
    tie: Tie, curve: Curve, nodes: Mapping[str, _Node], positions: Mapping[str, Point], names: Mapping[str, Box]
) -> Curve:
    """Return the part of ``curve`` that runs outside its two nodes and their names."""

    def within(iri: str, point: Point) -> bool:
        reach = nodes[iri].radius + (3.0 if tie.arrows else 1.5)
        return positions[iri].distance(point) < reach or names[iri].padded(1.5).contains(point)

    return curve.clipped(lambda point: within(tie.source, point), lambda point: within(tie.target, point))


def _paint(
    frame: Frame,
    nodes: Mapping[str, _Node],
    ties: Sequence[Tie],
    verbs: Sequence[_Verb],
    drawing: _Drawing,
    typesetter: Typesetter,
    centre: ActorNode | None,
) -> Figure:
    extent = drawing.extent
    width = max(_LEAST_WIDTH, extent.width + 2 * page.MARGIN + 8)
    height = max(_LEAST_HEIGHT, extent.height + 8) if nodes else _LEAST_HEIGHT / 2
    canvas, body = page.start(frame, width, height, typesetter)
    dx, dy = body.centre.x - extent.centre.x, body.centre.y - extent.centre.y
    if not nodes:
        canvas.text("No ties between actors.", SUBTITLE, body.centre)
    for key, tie in enumerate(ties):
        curve = drawing.curves[key].moved(dx, dy)
        width = width_of(tie.family, tie.count)
        layer = 1.5 if tie.family is Family.STANDING else 2.0
        placement = drawing.verbs.get(key)
        gap = placement.box.moved(dx, dy).padded(1.5) if placement and not placement.anchor else None
        page.draw_tie(canvas, curve, STROKES[tie.family], width, tie.arrows, planned=tie.planned, gap=gap, layer=layer)
        _paint_verb(canvas, tie, verbs[key], curve, placement, dx, dy)
    if centre and centre.iri in nodes:
        canvas.disc(drawing.positions[centre.iri].plus(dx, dy), nodes[centre.iri].radius + 5.5, HALO, HALO, 1.2)
    for iri, node in nodes.items():
        canvas.marker(drawing.positions[iri].plus(dx, dy), node.marker, 2 * node.radius, INK)
        _paint_name(canvas, node, drawing.positions[iri].plus(dx, dy), drawing.names[iri].moved(dx, dy))
    return canvas.figure


def _paint_name(canvas: Canvas, node: _Node, at: Point, box: Box) -> None:
    """Draw a name, its lines flush with the marker where it stands beside it."""
    if box.left > at.x:
        canvas.text(node.name, node.lettering, Point(box.left, box.centre.y), "left", role="name")
    elif box.right < at.x:
        canvas.text(node.name, node.lettering, Point(box.right, box.centre.y), "right", role="name")
    else:
        canvas.text(node.name, node.lettering, box.centre, role="name")


def _paint_verb(
    canvas: Canvas, tie: Tie, verb: _Verb, curve: Curve, placement: Placement | None, dx: float, dy: float
) -> None:
    colour = STROKES[tie.family].text
    if placement is None:
        if tie.contested:
            page.draw_dispute(canvas, curve.at(0.5), colour)
        return
    box = placement.box.moved(dx, dy)
    if placement.anchor:
        anchor = placement.anchor.plus(dx, dy)
        canvas.line([anchor, box.nearest(anchor)], FADED, 0.5, layer=3)
    room = _DISPUTE_ROOM * tie.contested
    if tie.contested:
        page.draw_dispute(canvas, Point(box.left + 4.5, box.centre.y), colour)
    canvas.text(verb.text, verb.lettering, box.centre.plus(room / 2, 0), role="verb")


def _frame(graph: KnowledgeGraph, selection: Selection, centre: ActorNode | None, title: str | None) -> Frame:
    general = f"The ties of {centre.name}" if centre else page.headline(graph, "Who does what to whom")
    return Frame(title or general, _subtitle(graph, selection, centre), legend(graph, selection), page.credit(graph))


def _subtitle(graph: KnowledgeGraph, selection: Selection, centre: ActorNode | None) -> str:
    actors = {actor.iri for actor in graph.actors}
    shown = sum(iri in actors for iri in selection.nodes)
    parts = [f"{shown:,} of {spoken.count(selection.known, 'actor')} shown"]
    if centre:
        parts[0] += f", {centre.name} and the direct ties" if shown == selection.connected else ""
    elif selection.connected < selection.known:
        parts[0] += f", {selection.known - selection.connected:,} without ties left out"
    if shown < selection.connected:
        parts[0] += f"; the most connected of {selection.connected:,}"
    parts.append(origin(graph, selection, centre))
    return ". ".join(parts) + "."


def origin(graph: KnowledgeGraph, selection: Selection, centre: ActorNode | None) -> str:
    """Say how many ties are drawn and which, from how many documents, and of when."""
    documents = _documents(graph, selection)
    ties = spoken.count(len(selection.ties), "tie")
    if len(selection.ties) < selection.between:
        first = f"those that lead to {centre.name}" if centre else "each actor's strongest"
        shown = spoken.share(len(selection.ties), selection.between, "tie")
        ties = f"{shown} between them shown, {first}, then those with the most reports,"
    when = spoken.period(_dates(selection, documents))
    said_by = spoken.share(len(documents), len(graph.documents), "document")
    return f"{ties} from {said_by}{', ' + when if when else ''}"


def _documents(graph: KnowledgeGraph, selection: Selection) -> list[DocumentNode]:
    """Return the documents that report the ties, or all where it is not known which do."""
    counts = ReportCounts(graph)
    reporting = {iri for tie in selection.ties for edge in tie.edges for iri in counts.documents_of(edge)}
    return [node for node in graph.documents if node.iri in reporting] or list(graph.documents)


def _dates(selection: Selection, documents: Iterable[DocumentNode]) -> list[str]:
    """Return the days that the ties span, or where none is known, those on which the documents appeared."""
    edges = [edge for tie in selection.ties for edge in tie.edges]
    dates = [day for edge in edges for day in (edge.first, edge.last) if day]
    return dates or [document.published for document in documents if document.published]


def legend(graph: KnowledgeGraph, selection: Selection) -> tuple[Group, ...]:
    """Return what explains the ties and actors of ``selection``."""
    shown = set(selection.nodes)
    types = {actor.type for actor in graph.actors if actor.iri in shown}
    markers = [marker for kind, marker in MARKERS.items() if kind in types]
    markers += [PLACE] if shown & {place.iri for place in graph.places} else []
    if len(selection.nodes) > MAX_NAMED:
        return crowd.legend(selection.ties, markers)
    ties = [
        Entry(STROKES[family].caption, STROKES[family], arrows=int(any(tie.arrows for tie in of_family)))
        for family in Family
        if (of_family := [tie for tie in selection.ties if tie.family is family])
    ]
    if any(tie.planned for tie in selection.ties):
        planned = max((tie for tie in selection.ties if tie.planned), key=lambda tie: tie.arrows > 0)
        ties.append(Entry("planned", STROKES[planned.family], arrows=min(planned.arrows, 1), planned=True))
    if any(tie.contested for tie in selection.ties):
        ties.append(Entry("account disputed", disputed=True))
    if any(tie.count > 1 and tie.family is not Family.STANDING for tie in selection.ties):
        family = next(tie.family for tie in selection.ties if tie.count > 1 and tie.family is not Family.STANDING)
        ties.append(Entry("thicker: more reports", replace(STROKES[family], width=3.0), arrows=0))
    actors = [Entry(marker.caption, marker=marker) for marker in markers]
    groups = (Group("TIES", tuple(ties)), Group("ACTORS", tuple(actors)))
    return tuple(group for group in groups if group.entries)
