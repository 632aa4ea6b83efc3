"""Tables as text: for people, and in the W3C's formats for SPARQL results (CSV, TSV, JSON).

Terms come from texts of strangers. In the table for people no character of theirs can move the cursor, colour the
screen or turn the direction of writing; the other formats carry every term whole, for programs.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

import rdflib
from rdflib.namespace import XSD

from kg.errors import ConfigError
from kg.query.table import Row, Table, Term

Writer: TypeAlias = Callable[[Table], str]

_UNSAFE: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
_JOINERS: Final = "\u200c\u200d"
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LOCAL_NAME: Final = re.compile(r"[\w.\-/~%]*")
_GAP: Final = "  "
_BARE: Final = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.double: re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)[eE][+-]?[0-9]+"),
    XSD.boolean: re.compile("true|false"),
}
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def render(table: Table, format: str = "table", *, width: int | None = None) -> str:  # noqa: A002
    """Return ``table`` as text that ends with a newline.

    Args:
        table: what to show.
        format: ``table`` for people, or ``csv``, ``tsv`` or ``json`` after the W3C's recommendations. The W3C names
            no such form for graphs (a row a triple here) nor, but in JSON, for yes and no (``true``, ``false``).
        width: columns of the terminal, for a table ruled and coloured to fit it. Without, the table is plain
            text, a line a row, however wide.

    Raises:
        ConfigError: there is no such format.

    """
    if format == "table":
        return _plain(table) if width is None else _ruled(table, width)
    if format not in _WRITERS:
        raise ConfigError(f"no format {format!r} for the answer to a query; known: {', '.join(FORMATS)}")
    return _WRITERS[format](table)


def printable(text: str) -> str:
    r"""Return ``text`` on one line with what could control a terminal or mislead the eye written out.

    >>> print(printable("a\x1b[31mb\nc\u202e"))
    a\x1b[31mb c\u202e
    """
    return "".join(map(_printable_character, text))


def _printable_character(character: str) -> str:
    if character in "\n\r\t":
        return " "
    if unicodedata.category(character) in _UNSAFE and character not in _JOINERS:
        return character.encode("unicode_escape").decode("ascii")
    return character


def display(term: Term | None, prefixes: Sequence[tuple[str, str]] = ()) -> str:
    """Return ``term`` for people: an IRI by its prefix, a literal by its text, nothing for None; always printable."""
    if term is None:
        return ""
    if isinstance(term, rdflib.URIRef):
        return printable(_shortened(str(term), prefixes))
    return printable(f"_:{term}" if isinstance(term, rdflib.BNode) else str(term))


def _shortened(iri: str, prefixes: Sequence[tuple[str, str]]) -> str:
    fitting = [(base, prefix) for prefix, base in prefixes if base and iri.startswith(base)]
    if fitting:
        base, prefix = max(fitting, key=lambda pair: len(pair[0]))
        local = iri.removeprefix(base)
        if _LOCAL_NAME.fullmatch(local):
            return f"{prefix}:{local}"
    return f"<{iri}>"


def _cells(table: Table) -> list[list[str]]:
    return [[display(term, table.prefixes) for term in row] for row in table.rows]


def _answer(table: Table) -> str:
    return "yes\n" if table.boolean else "no\n"


def _plain(table: Table) -> str:
    if table.kind == "ask":
        return _answer(table)
    from rich.cells import cell_len

    lines = [list(map(printable, table.columns)), *_cells(table)]
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    padded = (
        _GAP.join(cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True))
        for line in lines
    )
    return "".join(f"{line.rstrip()}\n" for line in padded)


def _ruled(table: Table, width: int) -> str:
    if table.kind == "ask":
        return _answer(table)
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    ruled = RichTable(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for index, column in enumerate(table.columns):
        numeric = all(_is_number(row[index]) for row in table.rows)
        ruled.add_column(
            Text(printable(column)), justify="right" if numeric and table.rows else "left", overflow="fold"
        )
    for cells in _cells(table):
        ruled.add_row(*map(Text, cells))
    screen = Console(file=io.StringIO(), force_terminal=True, width=width, highlight=False, legacy_windows=False)
    with screen.capture() as capture:
        screen.print(ruled)
    return capture.get()


def _is_number(term: Term | None) -> bool:
    return isinstance(term, rdflib.Literal) and term.datatype in (XSD.integer, XSD.decimal, XSD.double)


def _csv(table: Table) -> str:
    if table.kind == "ask":
        return _boolean(table)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_csv_cell(term) for term in row] for row in table.rows)
    return _encodable(out.getvalue())


def _csv_cell(term: Term | None) -> str:
    if term is None:
        return ""
    return f"_:{term}" if isinstance(term, rdflib.BNode) else str(term)


def _tsv(table: Table) -> str:
    if table.kind == "ask":
        return _boolean(table)
    names = table.columns if table.kind == "graph" else [f"?{column}" for column in table.columns]
    lines = ["\t".join(names), *("\t".join(map(_turtle, row)) for row in table.rows)]
    return _encodable("".join(f"{line}\n" for line in lines))


def _boolean(table: Table) -> str:
    return "true\n" if table.boolean else "false\n"


def _turtle(term: Term | None) -> str:
    """Return ``term`` as Turtle on one line without tabs."""
    if term is None:
        return ""
    if isinstance(term, rdflib.URIRef):
        return f"<{_iri(term)}>"
    if not isinstance(term, rdflib.Literal):
        return f"_:{term}"
    text = str(term)
    if term.datatype in _BARE and _BARE[term.datatype].fullmatch(text):
        return text
    quoted = f'"{text.translate(_ESCAPES)}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype in (None, XSD.string) else f"{quoted}^^<{_iri(term.datatype)}>"


def _iri(iri: str) -> str:
    """Return an IRI with what would end it too early escaped."""
    return re.sub(r"[\x00-\x20<>\"{}|^`\\]", lambda match: f"\\u{ord(match[0]):04X}", iri)


def _json(table: Table) -> str:
    head = {} if table.kind == "ask" else {"vars": list(table.columns)}
    body: Mapping[str, object]
    if table.kind == "ask":
        body = {"boolean": table.boolean}
    else:
        body = {"results": {"bindings": [_binding(table.columns, row) for row in table.rows]}}
    return _encodable(json.dumps({"head": head, **body}, ensure_ascii=False, indent=2)) + "\n"


def _binding(columns: Sequence[str], row: Row) -> dict[str, dict[str, str]]:
    return {column: _json_term(term) for column, term in zip(columns, row, strict=True) if term is not None}


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, rdflib.URIRef):
        return {"type": "uri", "value": str(term)}
    if not isinstance(term, rdflib.Literal):
        return {"type": "bnode", "value": str(term)}
    found = {"type": "literal", "value": str(term)}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype not in (None, XSD.string):
        found["datatype"] = str(term.datatype)
    return found


def _encodable(text: str) -> str:
    """Return ``text`` with lone surrogates, which UTF-8 has no bytes for, replaced."""
    return _SURROGATE.sub("\ufffd", text)


_WRITERS: Final[Mapping[str, Writer]] = {"csv": _csv, "tsv": _tsv, "json": _json}
FORMATS: Final = ("table", *_WRITERS)
