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
_WHAT_WIDTH: Final = 44


def render(figures: Figures[Any], table_format: str, width: int | None = None) -> str:
    """Return the figures as ``table``, ``csv``, ``tsv`` or ``json``, ending with a newline.

    The table leaves out IRIs and says below what the figures rest on; so does JSON beside the rows.
    """
    if table_format == "json":
        return _json(figures)
    if table_format in ("csv", "tsv"):
        return _separated(figures, table_format)
    return _people(figures, width or _WIDTH)


def basis(figures: Figures[Any]) -> str:
    """Say in one line how many events and documents the figures rest on, when they lie, and what was left out."""
    from kg.plot.spoken import rests_on

    return rests_on(figures.basis)


def _people(figures: Figures[Any], width: int) -> str:
    rests = [line for words in (basis(figures), *figures.notes) for line in textwrap.wrap(words, width)]
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


def _sections(figures: Figures[Any], width: int) -> list[str]:
    from rich.cells import cell_len, set_cell_size

    lines: list[str] = []
    for section, rows in groupby(figures.rows, key=lambda row: row.section):
        facts = [(_cell(row.what, ""), _cell(row.value, ""), _rests(row)) for row in rows]
        room = min(max(cell_len(what) for what, *_ in facts), _WHAT_WIDTH)
        lines += [*([""] if lines else []), section.upper()]
        for what, value, rests in facts:
            shown = _cut(value, width - room - len(rests) - 7)
            lines.append(f"  {set_cell_size(what, room)}  {shown} ({rests})")
    return lines or ["nothing to report"]


def _rests(row: Any) -> str:
    from kg.plot.spoken import count

    return f"{count(row.events, 'event')}, {count(row.documents, 'document')}"


def _cut(text: str, width: int) -> str:
    from rich.cells import cell_len

    if cell_len(text) <= width or width < 2:
        return text
    while cell_len(text) >= width:
        text = text[:-1]
    return f"{text.rstrip()}…"


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
    writer.writerow(figures.columns)
    writer.writerows([_plain(value) for value in row.values()] for row in figures.dicts())
    return _encodable(out.getvalue())


def _json(figures: Figures[Any]) -> str:
    rests: dict[str, Any] = {field.name: getattr(figures.basis, field.name) for field in fields(figures.basis)}
    rests["left_out"] = dict(figures.basis.left_out)
    content = {**rests, "notes": list(figures.notes), "rows": figures.dicts()}
    return _encodable(json.dumps(content, ensure_ascii=False, indent=1)) + "\n"


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
