"""The answer to a query as CSV that a spreadsheet opens without running what strangers wrote.

The CSV of :func:`kg.query.render` carries every term as it is, after the W3C, for programs. Here texts that a
spreadsheet takes for formulas are guarded as in all our tables (:mod:`kg.export.delimited`); numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
import json
import math
from typing import TYPE_CHECKING, Any

from kg.export.delimited import safe

if TYPE_CHECKING:
    from collections.abc import Mapping


def sheet(answer: str) -> str:
    """Return an answer, given as SPARQL JSON, as text after RFC 4180 with a heading; a yes or no is a word alone."""
    content: dict[str, Any] = json.loads(answer)
    if "boolean" in content:
        return "true\n" if content["boolean"] else "false\n"
    columns = content["head"]["vars"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in content["results"]["bindings"])
    return out.getvalue()


def _cell(term: Mapping[str, str] | None) -> str:
    if term is None:
        return ""
    value = term["value"]
    if term["type"] == "bnode":
        return safe(f"_:{value}")
    return value if "datatype" in term and _is_number(value) else safe(value)


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
