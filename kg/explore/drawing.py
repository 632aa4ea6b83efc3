"""Where the members of a neighbourhood stand on the page, and the lines between them.

The centre stands in the middle; branches go left and right, each level in a column of its own and each member on a
row of its own, so that no two names ever meet. Those whom conflict joins to the centre stand on the left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from kg.plot.families import Family
from kg.plot.spoken import count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.explore.index import Index
    from kg.explore.neighbourhood import Member, Neighbourhood
    from kg.plot.ties import Tie

_ROW: Final = 30.0
_COLUMN: Final = 300.0
_MARGIN: Final = 24.0
_LABEL: Final = 230.0
_HEADROOM: Final = 34.0
_FEWEST_ROWS: Final = 6
_BEND: Final = 14.0
_THINNEST: Final = 1.5
_WIDEST: Final = 6.0
_HOSTILE: Final = (Family.DISPUTES, Family.OPPOSES)


class Node(NamedTuple):
    """A member's marker and label. ``side`` says to which side of the marker the label stands."""

    key: str
    name: str
    kind: str
    x: float
    y: float
    side: Literal["left", "right", "above"]
    centre: bool
    expanded: bool
    ties: int


class Line(NamedTuple):
    """A tie as an SVG path, and what a reader is told of it. ``arrows`` is how many ends bear one."""

    path: str
    one: str
    other: str
    family: Family
    width: float
    arrows: int
    planned: bool
    contested: bool
    note: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A neighbourhood as geometry, in pixels from the top left."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]


def draw(index: Index, shown: Neighbourhood) -> Drawing:
    """Return where everything stands."""
    points = _points(shown)
    left = min(x for x, _ in points.values()) - _LABEL - _MARGIN
    right = max(x for x, _ in points.values()) + _LABEL + _MARGIN
    top = min(y for _, y in points.values()) - _HEADROOM
    bottom = max(y for _, y in points.values()) + _HEADROOM
    moved = {iri: (round(x - left, 1), round(y - top, 1)) for iri, (x, y) in points.items()}
    inner = {member.parent for member in shown.members if member.parent}
    nodes = tuple(_node(index, member, moved[member.iri], points[member.iri][0], inner) for member in shown.members)
    return Drawing(round(right - left, 1), round(bottom - top, 1), nodes, _lines(index, shown, moved))


def about_network(shown: Neighbourhood) -> str:
    """Return what stands below a drawing: how much it shows, and on how much that rests."""
    drawn = f", the strongest {len(shown.ties)} of them drawn" if len(shown.ties) < shown.known else ""
    return (
        f"{count(len(shown.members) - 1, 'neighbour')} and {count(shown.known, 'tie')}{drawn}, resting on "
        f"{count(shown.events, 'event')} in {count(shown.documents, 'document')}. Conflict stands on the left."
    )


def note(index: Index, tie: Tie) -> str:
    """Return what a tie says, in one line: "Russia rejects, accuses Turkey: 3 reports, disputed"."""
    standing = [*(["planned"] if tie.planned else []), *(["disputed"] if tie.contested else [])]
    verbs = ", ".join(tie.verbs)
    both = "and" if tie.arrows != 1 else verbs
    after = f" {verbs}" if tie.arrows != 1 else ""
    said = f"{index.name(tie.source)} {both} {index.name(tie.target)}{':' if after else ''}{after}"
    return f"{said}; {', '.join((count(tie.count, 'report'), *standing))}"


def _points(shown: Neighbourhood) -> dict[str, tuple[float, float]]:
    """Return where each member stands, the centre at (0, 0)."""
    children: defaultdict[str, list[Member]] = defaultdict(list)
    for member in shown.members:
        if member.parent is not None:
            children[member.parent].append(member)
    left, right = _sides(children[shown.centre], shown.ties, shown.centre)
    points = {shown.centre: (0.0, 0.0)}
    for side, members in ((-1, left), (1, right)):
        rows = _rows(members, children)
        height = max(sum(rows[member.iri] for member in members), 1)
        stretch = max(1.0, _FEWEST_ROWS / height)
        at = -height * stretch * _ROW / 2
        for member in members:
            at = _place(member, children, rows, points, side, at, stretch * _ROW)
    return points


def _sides(members: Sequence[Member], ties: Sequence[Tie], centre: str) -> tuple[list[Member], list[Member]]:
    """Return who stands left, those with whom there is more conflict than not, and who right."""
    weights: defaultdict[str, Counter[Family]] = defaultdict(Counter)
    for tie in ties:
        if centre in tie.pair:
            weights[tie.target if tie.source == centre else tie.source][tie.family] += tie.count

    def hostile(member: Member) -> bool:
        own = weights[member.iri]
        return sum(own[family] for family in _HOSTILE) * 2 > sum(own.values())

    left = [member for member in members if hostile(member)]
    right = [member for member in members if not hostile(member)]
    return left, right


def _rows(members: Sequence[Member], children: Mapping[str, Sequence[Member]]) -> dict[str, int]:
    """Return how many rows each member and those behind it take."""
    rows: dict[str, int] = {}
    waiting = list(members)
    order: list[Member] = []
    while waiting:
        member = waiting.pop()
        order.append(member)
        waiting.extend(children.get(member.iri, ()))
    for member in reversed(order):
        rows[member.iri] = max(1, sum(rows[child.iri] for child in children.get(member.iri, ())))
    return rows


def _place(
    member: Member,
    children: Mapping[str, Sequence[Member]],
    rows: Mapping[str, int],
    points: dict[str, tuple[float, float]],
    side: int,
    at: float,
    row: float,
) -> float:
    """Place a member and those behind it from ``at`` downwards; return where the next begins."""
    end = at + rows[member.iri] * row
    points[member.iri] = (side * member.depth * _COLUMN, (at + end) / 2)
    for child in children.get(member.iri, ()):
        at = _place(child, children, rows, points, side, at, row)
    return end


def _node(index: Index, member: Member, at: tuple[float, float], x: float, inner: set[str]) -> Node:
    actor = index.actors.get(member.iri)
    above = member.depth == 0 or member.iri in inner
    return Node(
        key=index.key(member.iri),
        name=index.name(member.iri),
        kind=actor.type if actor else "PLACE",
        x=at[0],
        y=at[1],
        side="above" if above else "left" if x < 0 else "right",
        centre=member.depth == 0,
        expanded=member.expanded,
        ties=member.ties,
    )


def _lines(index: Index, shown: Neighbourhood, points: Mapping[str, tuple[float, float]]) -> tuple[Line, ...]:
    """Return the ties as curves; those of one pair side by side."""
    ties, middle = shown.ties, points[shown.centre][0]
    number: Counter[tuple[str, str]] = Counter()
    among = Counter(tie.pair for tie in ties)
    found: list[Line] = []
    for tie in ties:
        offset = (number[tie.pair] - (among[tie.pair] - 1) / 2) * _BEND
        number[tie.pair] += 1
        path = _curve(points[tie.source], points[tie.target], offset, middle)
        width = _THINNEST + min(_WIDEST - _THINNEST, 0.8 * (tie.count - 1) ** 0.5)
        keys = (index.key(tie.source), index.key(tie.target))
        said = note(index, tie)
        found.append(Line(path, *keys, tie.family, round(width, 1), tie.arrows, tie.planned, tie.contested, said))
    return tuple(found)


def _curve(start: tuple[float, float], end: tuple[float, float], offset: float, centre: float) -> str:
    """Return a curve that leaves and arrives level; in one column, an arc towards the centre, away from the names."""
    (x1, y1), (x2, y2) = start, end
    if x1 == x2:
        bow = (40 + abs(offset) + min(abs(y2 - y1) / 4, 60)) * (1 if x1 < centre else -1)
        return f"M{x1:g} {y1:g}C{x1 + bow:g} {y1:g} {x2 + bow:g} {y2:g} {x2:g} {y2:g}"
    middle = (x1 + x2) / 2
    return f"M{x1:g} {y1:g}C{middle:g} {y1 + 2 * offset:g} {middle:g} {y2 + offset:g} {x2:g} {y2:g}"
