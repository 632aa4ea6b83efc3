"""The console: named queries and one's own, with the answer as a table, bars or a graph."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from kg import ontology
from kg.explore import page
from kg.explore.questions import Question
from kg.explore.sparql import LONGEST, ProtocolError
from kg.records import EVENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kg.explore.questions import Answer
    from kg.explore.site import Site

_SHOWN: Final = 500
_BARS: Final = 40
_NODES: Final = 40
# Of what is typed the address must hold three times as much, for the answer can be sent to others as a link.
_TYPED: Final = 10_000
_SHAPES: Final = ("table", "chart", "graph")
# The columns that tell best what a row is about.
_TELLING: Final = ("what", "how", "words")
_PREFIX: Final = "p."
_LENGTH: Final = 540


class Cell(NamedTuple):
    """One cell of an answer.

    ``words`` are shown; ``address`` is that of its page, ``key`` that of an actor or place, each "" for none;
    ``number`` says whether it is one.
    """

    words: str
    address: str
    number: bool
    key: str = ""


class Graph(NamedTuple):
    """An answer as two columns of nodes and lines between them.

    Nodes are (label, y, address of the page, "" for none), lines (y, y, what it says, address of the page of the two).
    ``drawn`` counts the rows whose two ends are drawn.
    """

    left: tuple[tuple[str, int, str], ...]
    right: tuple[tuple[str, int, str], ...]
    lines: tuple[tuple[int, int, str, str], ...]
    height: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer to be looked at. ``bars`` are (label, value, length, address of what the row is about, "" for none)."""

    boolean: bool | None
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    bars: tuple[tuple[str, str, float, str], ...]
    drawing: Graph | None


def prepare() -> None:
    """Read the named queries, which the first to open the console would wait for."""
    from kg.query import load, names

    for name in names():
        load(name)


def asked(given: Mapping[str, str]) -> Question | None:
    """Return the question that the parameters of an address ask, None where they ask none.

    Raises:
        QueryError: There is no query of that name, or it is longer than any that is answered.
    """
    if given.get("name"):
        from kg.query import load

        query = load(given["name"])
        arguments = tuple(
            (one.name, given[_PREFIX + one.name]) for one in query.parameters if given.get(_PREFIX + one.name)
        )
        return Question(name=query.name, arguments=arguments, subjects=True)
    sparql = given.get("query", "")
    if len(sparql) > LONGEST:
        raise ProtocolError(413, f"a query has at most {LONGEST:,} characters, not {len(sparql):,}")
    return Question(query=sparql) if sparql.strip() else None


def console(site: Site, given: Mapping[str, str], seconds: float, answer: Answer | None, error: str = "") -> str:
    """Return the console with an answer, or what went wrong."""
    from kg.query import load, names

    name = given.get("name", "")
    kept = [(key, value) for key, value in given.items() if key in ("name", "query") or key.startswith(_PREFIX)]
    shape = given["as"] if given.get("as") in _SHAPES else "table"
    queries = [
        {
            "name": one.name,
            "title": one.title,
            "description": one.description,
            "parameters": one.parameters,
            "edit": "/console" + page.query((), query=one.sparql),
        }
        for one in map(load, names())
    ]
    subjects = load(name).subjects if name in names() else ()
    found = shown(site, answer, subjects) if answer is not None else None
    return site.console(
        queries=queries,
        chosen=name,
        arguments={key.removeprefix(_PREFIX): value for key, value in given.items() if key.startswith(_PREFIX)},
        sparql=given.get("query", ""),
        longest=_TYPED,
        seconds=seconds,
        error=error,
        answer=found,
        caption=load(name).title if name in names() else "What the query answers",
        shape=shape,
        shape_link=lambda other: "/console" + page.query(kept, **{"as": other}) + "#answer",
        download=lambda suffix: f"/answer.{suffix}" + page.query(kept),
    )


def shown(site: Site, answer: Answer, subjects: Collection[str] = ()) -> Shown:
    """Return an answer, given as JSON, to be looked at; ``subjects`` are columns of what a row is about, not shown."""
    content: dict[str, Any] = json.loads(answer.text)
    if "boolean" in content:
        return Shown(bool(content["boolean"]), (), (), 0, (), None)
    columns = tuple(name for name in content["head"]["vars"] if name not in subjects)
    bindings = content["results"]["bindings"]
    rows = tuple(_row(site, row, columns, subjects) for row in bindings[:_SHOWN])
    return Shown(None, columns, rows, len(bindings), _bars(rows), _graph(rows))


def _row(
    site: Site, row: Mapping[str, Mapping[str, str]], columns: Sequence[str], subjects: Iterable[str]
) -> tuple[Cell, ...]:
    """Return the cells of a row; that which tells best what it is about leads to the page of that."""
    cells = {column: _cell(site, row.get(column)) for column in columns}
    if "document" in cells and "begin" in cells and cells["document"].address:
        at = f"{cells['document'].address}&at={quote(cells['begin'].words)}#at"
        cells["document"] = cells["document"]._replace(address=at)
    about = next((address for name in subjects if name in row and (address := site.address(row[name]["value"]))), "")
    dead = [name for name in (*_TELLING, *columns) if name in cells and cells[name].words and not cells[name].address]
    if about and dead:
        cells[dead[0]] = cells[dead[0]]._replace(address=about)
    return tuple(cells.values())


def _cell(site: Site, term: Mapping[str, str] | None) -> Cell:
    if term is None:
        return Cell("", "", number=False)
    value = term["value"]
    if term["type"] == "uri":
        index = site.index
        own = site.address(value)
        address, words = (own, index.name(value)) if own else (_events_of(value), value)
        iri = index.iri(value)
        key = index.key(iri) if iri in index.actors or iri in index.places else ""
        target = address or ("" if ontology.is_own(value) else page.link(value))
        return Cell(_shortened(words), target, number=False, key=key)
    bearer = site.bearers.get(value, "") if term["type"] == "literal" and "datatype" not in term else ""
    number = _is_number(value) and "datatype" in term
    return Cell(value, site.address(bearer) if bearer else "", number, site.index.key(bearer) if bearer else "")


def _events_of(iri: str) -> str:
    """Return where the events of a type are, "" where ``iri`` is none of ours."""
    name = iri.removeprefix(ontology.prefixes()["plover"])
    return "/events" + page.query((), type=name) if name != iri and name in EVENT_TYPES else ""


def _shortened(iri: str) -> str:
    """Return an IRI by its prefix, where it has one."""
    fitting = [(base, prefix) for prefix, base in ontology.prefixes().items() if iri.startswith(base)]
    if not fitting:
        return iri
    base, prefix = max(fitting, key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri.removeprefix(base)}"


def _bars(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[str, str, float, str], ...]:
    """Return the first column of numbers as bars, each labelled by what stands beside it."""
    if not rows:
        return ()
    column = next((at for at in range(len(rows[0])) if all(row[at].number for row in rows)), None)
    if column is None:
        return ()
    values = [float(row[column].words) for row in rows[:_BARS]]
    most = max((abs(value) for value in values), default=0.0) or 1.0
    return tuple(
        (
            ", ".join(cell.words for at, cell in enumerate(row) if at != column and not cell.number)[:200],
            row[column].words,
            round(abs(value) / most * _LENGTH, 1),
            next((cell.address for cell in row if cell.address), ""),
        )
        for row, value in zip(rows, values, strict=False)
    )


def _graph(rows: Sequence[Sequence[Cell]]) -> Graph | None:
    """Return two columns as a graph, at most 40 nodes on each side.

    They are the first and the last of actors and places, or, where fewer than two hold any, of all without numbers.
    """
    if not rows:
        return None
    columns = [at for at in range(len(rows[0])) if not any(row[at].number for row in rows)]
    if len(columns) < 2:
        return None
    named = [at for at in columns if any(row[at].key for row in rows)]
    ends = named if len(named) >= 2 else columns
    first, last = ends[0], ends[-1]
    left = tuple(dict.fromkeys(row[first] for row in rows))[:_NODES]
    right = tuple(dict.fromkeys(row[last] for row in rows))[:_NODES]
    height = max(len(left), len(right)) * 24 + 12

    def placed(cells: Sequence[Cell]) -> dict[Cell, int]:
        step = height // max(len(cells), 1)
        return {cell: step * at + step // 2 for at, cell in enumerate(cells)}

    from_, to = placed(left), placed(right)
    drawn = [row for row in rows if row[first] in from_ and row[last] in to]
    lines = dict.fromkeys(
        (from_[row[first]], to[row[last]], " ".join(c.words for c in row)[:300], _pair(row[first], row[last]))
        for row in drawn
    )
    return Graph(_nodes(from_), _nodes(to), tuple(lines), height, len(drawn))


def _nodes(placed: Mapping[Cell, int]) -> tuple[tuple[str, int, str], ...]:
    return tuple((cell.words, y, cell.address) for cell, y in placed.items())


def _pair(one: Cell, other: Cell) -> str:
    """Return the address of what passes between two, "" where they are not two actors or places."""
    if not (one.key and other.key) or one.key == other.key:
        return ""
    return "/pair" + page.query((), one=one.key, other=other.key)


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
