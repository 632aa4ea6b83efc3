"""Tables as CSV and tab-separated text that a spreadsheet opens without running what strangers wrote.

Texts come from strangers. A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, even
after a blank, and a tab or line break may shift one to its beginning; such a text gets an apostrophe in front, which
says "this is text" (the advice of OWASP on CSV injection). Numbers are written by us, and stay numbers.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from kg.export.table import joined
from kg.graph.legible import legible

if TYPE_CHECKING:
    from kg.export.table import Cell, Table

# Apostrophes before a formula get one more, so that taking off one always gives the text back.
_FORMULA: Final = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")


def delimited(table: Table, delimiter: str = ",") -> str:
    """Return a table as text after RFC 4180, with a heading.

    Flags are ``true`` and ``false``, what is not known is empty, and several texts are joined by ``|``.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([safe(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def safe(cell: Cell) -> str:
    """Return a cell as text that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe(-1.5), safe("-1.5")
    ("'=1+1", '-1.5', "'-1.5")
    """
    text = plain(cell)
    guarded = isinstance(cell, str | tuple) and _FORMULA.match(text)
    return f"'{text}" if guarded else text


def plain(cell: Cell) -> str:
    """Return a cell as text, with U+FFFD for each character that no file should hold."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, tuple):
        cell = joined(cell)
    return legible(cell) if isinstance(cell, str) else repr(cell)
