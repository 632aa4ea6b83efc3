"""A network of more actors than can all be named: dots and thin lines, and the names of the most connected."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.plot import page, spoken
from kg.plot.canvas import Typesetter, mixed
from kg.plot.families import Family
from kg.plot.geometry import Box, Point
from kg.plot.labels import Ground, beside
from kg.plot.layout import parts
from kg.plot.page import Entry, Frame, Group
from kg.plot.springs import settled, turned
from kg.plot.style import HALO, INK, MARKERS, MINOR_NAME, NAME, PAPER, PLACE, STROKES, Marker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from kg.graph.model import ActorNode, KnowledgeGraph
    from kg.plot.canvas import Canvas
    from kg.plot.ties import Selection, Tie

MOST_NAMES: Final = 60
_NAMED_SHARE: Final = 0.3
_WIDTHS: Final = (760.0, 1500.0)
_ROOM: Final = 22.0
_NAME_WIDTH: Final = 110.0
_FLATTEST: Final = 1.6
_TALLEST: Final = 0.9
_ISLAND: Final = 46.0
# Of the colour of a tie, so much is drawn: the more ties, the paler.
_INKS: Final = ((400, 0.75), (2000, 0.45), (6000, 0.35))
_PALEST: Final = 0.3
_BACK_TO_FRONT: Final = (Family.STANDING, Family.MEETS, Family.SUPPORTS, Family.DISPUTES, Family.OPPOSES)


def drawn(graph: KnowledgeGraph, selection: Selection, frame: Frame, centre: ActorNode | None) -> Figure:
    """Return the picture of all ties of ``selection`` within ``frame``, a dot for each actor."""
    degrees = selection.degrees()
    width = min(max(_WIDTHS[0], _ROOM * len(selection.nodes) ** 0.5), _WIDTHS[1])
    places, height = _placed(selection, width)
    names = spoken.names(graph)
    ranked = sorted(selection.nodes, key=lambda iri: (iri != (centre and centre.iri), -degrees[iri], iri))
    named = ranked[: min(MOST_NAMES, max(12, int(_NAMED_SHARE * len(ranked))))]
    typesetter = Typesetter([*frame.texts(), *(name for iri in named for name in names[iri])])
    canvas, body = page.start(frame, width + 2 * page.MARGIN, height, typesetter)
    at = {iri: place.plus(body.left, body.bottom) for iri, place in places.items()}
    _paint_ties(canvas, selection.ties, at, body)
    radii = {iri: min(8.0, 1.5 + 0.75 * degrees[iri] ** 0.5) for iri in selection.nodes}
    if centre and centre.iri in at:
        canvas.disc(at[centre.iri], radii[centre.iri] + 5.0, HALO, HALO, 1.2)
    _paint_dots(canvas, graph, at, radii)
    ground = Ground(
        body.padded(page.MARGIN * 0.6), [Box.around(at[iri], 2 * radii[iri], 2 * radii[iri]) for iri in named]
    )
    for place, iri in enumerate(named):
        lettering = NAME if place < 12 else MINOR_NAME
        text = typesetter.wrapped(typesetter.legible(names[iri], lettering), lettering, _NAME_WIDTH, 2)
        if not text:
            continue
        box = ground.take_first(beside(at[iri], radii[iri], typesetter.size(text, lettering)))
        if box is not None:
            canvas.text(text, lettering, box.centre, role="name")
    return canvas.figure


def legend(ties: Sequence[Tie], types: Sequence[Marker]) -> tuple[Group, ...]:
    """Return what explains the lines and dots of a crowd."""
    share = _ink(len(ties))
    lines = [
        Entry(
            STROKES[family].caption, marker=_swatch(mixed(STROKES[family].colour, PAPER, max(share, 0.6))), edge=PAPER
        )
        for family in Family
        if any(tie.family is family for tie in ties)
    ]
    dots = [Entry(marker.caption, marker=marker) for marker in types]
    dots.append(Entry("larger: more ties; named: the most connected"))
    groups = (Group("TIES", tuple(lines)), Group("ACTORS", tuple(dots)))
    return tuple(group for group in groups if group.entries)


def _swatch(colour: str) -> Marker:
    return Marker("s", colour, scale=1.3)


def _ink(ties: int) -> float:
    return next((share for most, share in _INKS if ties <= most), _PALEST)


def _placed(selection: Selection, width: float) -> tuple[dict[str, Point], float]:
    """Return where every node stands on a page of ``width``, the origin at the lower left, and how high it is.

    The largest part of the network fills the page; the parts that do not hang together with it stand in rows below.
    """
    largest, *islands = parts(selection.nodes, (tie.pair for tie in selection.ties))
    main = _flat(largest, selection)
    extent = np.maximum(np.ptp(main, axis=0), 1e-9)
    height = width / min(max(float(extent[0] / extent[1]), _TALLEST), _FLATTEST)
    columns = max(1, int(width // _ISLAND))
    rows = -(-len(islands) // columns)
    below = rows * _ISLAND + (14.0 if rows else 0.0)
    scale = min(width / extent[0], height / extent[1]) * 0.97
    middle = (main.max(axis=0) + main.min(axis=0)) / 2
    found: dict[str, Point] = {}
    for iri, (x, y) in zip(largest, ((main - middle) * scale).tolist(), strict=True):
        found[iri] = Point(round(x + width / 2, 2), round(y + height / 2 + below, 2))
    for place, part in enumerate(islands):
        corner = Point((place % columns + 0.5) * _ISLAND, below - 14.0 - (place // columns + 0.5) * _ISLAND)
        island = _flat(part, selection)
        size = float(np.ptp(island, axis=0).max()) or 1.0
        middle = (island.max(axis=0) + island.min(axis=0)) / 2
        for iri, (x, y) in zip(part, ((island - middle) / size * _ISLAND * 0.6).tolist(), strict=True):
            found[iri] = corner.plus(round(x, 2), round(y, 2))
    return found, height + below


def _flat(part: Sequence[str], selection: Selection) -> NDArray[np.float64]:
    """Return the positions of one part, its longer extent across."""
    index = {iri: place for place, iri in enumerate(part)}
    pairs = sorted({tie.pair for tie in selection.ties if tie.source in index})
    joined = np.array([(index[one], index[other]) for one, other in pairs], dtype=np.intp).reshape(-1, 2)
    return turned(settled(len(part), joined))


def _paint_ties(canvas: Canvas, ties: Sequence[Tie], at: Mapping[str, Point], body: Box) -> None:
    share = _ink(len(ties))
    width = 0.45 if len(ties) > 1000 else 0.8
    for family in _BACK_TO_FRONT:
        lines = [np.array([at[tie.source], at[tie.target]]) for tie in ties if tie.family is family]
        canvas.strokes(lines, body.padded(page.MARGIN), mixed(STROKES[family].colour, PAPER, share), width)


def _paint_dots(canvas: Canvas, graph: KnowledgeGraph, at: Mapping[str, Point], radii: Mapping[str, float]) -> None:
    types = {actor.iri: MARKERS[actor.type] for actor in graph.actors}
    alike: defaultdict[tuple[float, Marker], list[Point]] = defaultdict(list)
    for iri, place in at.items():
        alike[round(radii[iri], 1), types.get(iri, PLACE)].append(place)
    for (radius, marker), places in sorted(alike.items(), key=lambda group: (group[0][0], group[0][1].caption)):
        edge, rim = (INK, 0.9) if radius > 3 else (PAPER, 0.3)
        canvas.markers(places, marker, 2 * radius, edge, rim)
