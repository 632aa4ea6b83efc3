"""Figures as text: a table for people, and CSV, TSV and JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from dataclasses import fields
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analyse.figures import Figures

_GAP: Final = "  "
_WIDTH: Final = 100
_LEAST_NAME: Final = 12


def render(figures: Figures[Any], table_format: str, width: int | None = None) -> str:
    """Return the figures as ``table``, ``csv``, ``tsv`` or ``json``, ending with a newline.

    The table leaves out IRIs and says below what the figures rest on; so does JSON beside the rows. Every row of CSV
    and TSV ends with the window that was asked for. ``width`` is that of a terminal, to which long names of a summary
    are cut; without one nothing is.
    """
    if table_format == "json":
        return _json(figures)
    if table_format in ("csv", "tsv"):
        return _separated(figures, table_format)
    return _people(figures, width)


def basis(figures: Figures[Any]) -> str:
    """Say in one line how many events and documents the figures rest on, when they lie, and what was left out."""
    from kg.plot.spoken import rests_on

    return rests_on(figures.basis)


def _people(figures: Figures[Any], width: int | None) -> str:
    rests = [line for words in (basis(figures), *figures.notes) for line in textwrap.wrap(words, width or _WIDTH)]
    body = _sections(figures, width) if "section" in figures.columns else _table(figures)
    return "\n".join([*body, "", *rests]) + "\n"


def _table(figures: Figures[Any]) -> list[str]:
    from rich.cells import cell_len

    columns = [name for name in figures.columns if not name.endswith(("iri", "iris"))]
    cells = [[_cell(getattr(row, name), "; ") for name in columns] for row in figures.rows]
    widths = [max(map(cell_len, column)) for column in zip(columns, *cells, strict=True)]
    numeric = [figures.rows and all(_is_number(getattr(row, name)) for row in figures.rows) for name in columns]

    def line(row: Sequence[str]) -> str:
        filled = (
            " " * (width - cell_len(cell)) + cell if right else cell + " " * (width - cell_len(cell))
            for cell, width, right in zip(row, widths, numeric, strict=True)
        )
        return _GAP.join(filled).rstrip()

    return [line(columns), *map(line, cells)] if cells else ["nothing to report"]


def _sections(figures: Figures[Any], width: int | None) -> list[str]:
    from rich.cells import cell_len, set_cell_size

    lines: list[str] = []
    for section, rows in groupby(figures.rows, key=lambda row: row.section):
        facts = [(_cell(row.what, ""), f"{_cell(row.value, '')} ({_rests(row)})") for row in rows]
        room = max(cell_len(what) for what, _ in facts)
        if width is not None:
            said = max(cell_len(value) for _, value in facts)
            room = min(room, max(width - said - 2 * len(_GAP), _LEAST_NAME))
        lines += [*([""] if lines else []), section.upper()]
        lines += [f"{_GAP}{set_cell_size(_cut(what, room), room)}{_GAP}{value}" for what, value in facts]
    return lines or ["nothing to report"]


def _rests(row: Any) -> str:
    from kg.plot.spoken import count

    return f"{count(row.events, 'event')}, {count(row.documents, 'document')}"


def _cut(text: str, width: int) -> str:
    """Return a name, or names, in so many cells: cut in the middle, so that of a pair something of both is left."""
    from rich.cells import cell_len

    if cell_len(text) <= width:
        return text
    begin, end = text[: len(text) // 2], text[len(text) // 2 :]
    while cell_len(begin) + cell_len(end) >= width:
        begin, end = (begin[:-1], end) if cell_len(begin) > cell_len(end) else (begin, end[1:])
    return f"{begin.rstrip()}…{end.lstrip()}"


def _cell(value: object, between: str) -> str:
    from kg.query.format import printable

    return printable(_plain(value, between))


def _plain(value: object, between: str = "; ") -> str:
    if isinstance(value, tuple):
        return between.join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _separated(figures: Figures[Any], table_format: str) -> str:
    out = io.StringIO()
    tabs = table_format == "tsv"
    writer = csv.writer(out, delimiter="\t" if tabs else ",", lineterminator="\n" if tabs else "\r\n")
    asked = {"since": figures.basis.since, "until": figures.basis.until}
    writer.writerow([*figures.columns, *asked])
    writer.writerows([_plain(value) for value in (row | asked).values()] for row in figures.dicts())
    return _encodable(out.getvalue())


def _json(figures: Figures[Any]) -> str:
    rests: dict[str, Any] = {field.name: getattr(figures.basis, field.name) for field in fields(figures.basis)}
    rests["left_out"] = dict(figures.basis.left_out)
    content = {**rests, "notes": list(figures.notes), "rows": figures.dicts()}
    return _encodable(json.dumps(content, ensure_ascii=False, indent=1)) + "\n"


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
