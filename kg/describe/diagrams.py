"""The diagrams: how the parts of a graph hang together, and the trees of classes and of relations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.describe.svg import LINE, PAD, Box, arrow, drawing, width, words
from kg.describe.terms import Link, Term, links, terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Where the classes of a graph stand: column and row.
_PLACES: Final = {
    "kg:Account": (1, 0),
    "kg:Document": (3, 0),
    "kg:Place": (0, 1),
    "kg:Event": (1, 1),
    "kg:Mention": (2, 1),
    "kg:Actor": (0, 2),
    "kg:Relation": (1, 2),
    "kg:Claim": (2, 2),
    "kg:Quote": (3, 2),
}
_COLUMN: Final = 390
_GAP: Final = 90
_INDENT: Final = 26


def diagrams() -> dict[str, str]:
    """Return every diagram as SVG, by the name of its file."""
    return {"model.svg": model(), "classes.svg": classes(), "relations.svg": relations()}


def model() -> str:
    """Return what the shapes say: the classes of a graph, what each has, and which property leads to which other."""
    said = {name: links(name) for name in _PLACES}
    own = {name: Box(name, _lines(name, parts), 0, 0) for name, parts in said.items()}
    rows = sorted({row for _, row in _PLACES.values()})
    highest = {row: max(own[name].height for name, (_, at) in _PLACES.items() if at == row) for row in rows}
    tops = {row: PAD * 3 + sum(highest[above] + _GAP for above in rows if above < row) for row in rows}
    boxes = {
        name: replace(own[name], x=PAD * 2 + column * _COLUMN, y=tops[row]) for name, (column, row) in _PLACES.items()
    }
    edges = (_edge(boxes[source], boxes[target], names) for (source, target), names in _between(said).items())
    wide = max(box.x + box.width for box in boxes.values()) + PAD * 2
    high = max(box.y + box.height for box in boxes.values()) + _GAP + PAD * 3
    return drawing("The parts of a graph", (wide, high), [*edges, *(box.drawn() for box in boxes.values())])


def _lines(name: str, parts: tuple[Link, ...]) -> tuple[str, ...]:
    """Return what is written into the box of a class: the properties that no arrow stands for."""
    return tuple(_line(link) for link in parts if not set(link.targets) - {name} or not _shown(link))


def _line(link: Link) -> str:
    return f"{link.property} → {', '.join(link.targets)}" if link.targets else link.property


def _shown(link: Link) -> bool:
    return any(target in _PLACES for target in link.targets)


def _between(said: dict[str, tuple[Link, ...]]) -> dict[tuple[str, str], list[str]]:
    """Return the names of the properties from one class to another, those the other way marked, by the two classes."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, parts in said.items():
        for link in parts:
            for target in link.targets:
                if target in _PLACES and target != name:
                    back = (target, name) in found
                    pair, shown = ((target, name), f"← {link.property}") if back else ((name, target), link.property)
                    found.setdefault(pair, []).append(shown)
    return found


def _edge(source: Box, target: Box, names: list[str]) -> str:
    same_row, apart = source.y == target.y, abs(source.x - target.x)
    if same_row and apart > _COLUMN * 1.5:  # around what stands between them
        start, end = ((box.middle[0], box.y + box.height) for box in (source, target))
        return arrow(start, end, names, bend=_GAP / 2)
    return arrow(source.edge_towards(target.middle), target.edge_towards(source.middle), names)


def classes() -> str:
    """Return the tree of classes, each under the class of ours that it lies under."""
    return _tree("Classes", terms("owl:Class"), lambda term: term.label)


def relations() -> str:
    """Return the tree of the properties that join actors, each with the event type that gives it."""
    found = terms("owl:ObjectProperty")
    joining = tuple(term for term in found if term.domain == ("kg:Actor",) and "kg:Actor" in term.range)
    return _tree("Relations between actors", joining, _given)


def _given(term: Term) -> str:
    given = [term.event_type] if term.event_type else []
    return ", ".join([*given, *(trait for trait in term.traits if trait == "both ways")]) or "stated"


def _tree(title: str, shown: tuple[Term, ...], about: Callable[[Term], str]) -> str:
    rows = list(_rows(shown))
    parts = []
    for number, (depth, term) in enumerate(rows, 1):
        x, y = PAD * 2 + depth * _INDENT, PAD + number * LINE
        if depth:
            parent = max(at for at, (higher, _) in enumerate(rows[: number - 1], 1) if higher == depth - 1)
            up = PAD + parent * LINE + 4
            left = x - _INDENT + 8
            parts.append(f'<path class="edge" d="M{left},{up} V{y - 4} H{x - 4}"/>\n')
        parts.append(words("head", x, y, term.name))
        parts.append(words("name", x + width(term.name) + PAD * 2, y, about(term)))
    wide = max(PAD * 6 + depth * _INDENT + width(term.name) + width(about(term)) for depth, term in rows)
    return drawing(title, (wide, LINE * len(rows) + PAD * 3), parts)


def _rows(shown: tuple[Term, ...]) -> Iterator[tuple[int, Term]]:
    """Give the terms with their depth, each after the one it lies under."""
    names = {term.name for term in shown}

    def below(parent: str, depth: int) -> Iterator[tuple[int, Term]]:
        for term in shown:
            if _parent(term, names) == parent:
                yield depth, term
                yield from below(term.name, depth + 1)

    yield from below("", 0)


def _parent(term: Term, names: set[str]) -> str:
    return next((parent for parent in term.above if parent in names), "")
