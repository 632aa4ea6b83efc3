"""CSV that reads back as it was, and that a spreadsheet does not run."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.delimited import delimited, plain, safe
from kg.export.table import Column, Table
from kg.export.tables import tables
from kg.graph.legible import legible

if TYPE_CHECKING:
    from kg.export.table import Cell
    from kg.graph.model import KnowledgeGraph

CELLS: list[tuple[Cell, str]] = [
    ("Turkey", "Turkey"),
    ("", ""),
    (None, ""),
    ((), ""),
    (("a|b", "c"), "a¦b|c"),
    (True, "true"),
    (False, "false"),
    (7, "7"),
    (-1.5, "-1.5"),
    (-3, "-3"),
    ("-1.5", "'-1.5"),
    ("=1+1", "'=1+1"),
    ("+49 30", "'+49 30"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\ttab", "'\ttab"),
    ("\r\n=1", "'\r\n=1"),
    ("  =1", "'  =1"),
    ("＝1", "'＝1"),
    ("'=1", "''=1"),
    ("'tis", "'tis"),
    ("a=1", "a=1"),
    (("=1", "b"), "'=1|b"),
    ("a\x00b\ud800", "a\ufffdb\ufffd"),
]


@pytest.mark.parametrize(("cell", "text"), CELLS)
def test_cells(cell: Cell, text: str) -> None:
    assert safe(cell) == text


@given(st.text(max_size=8) | st.sampled_from(["=", "'=", "''\t", "-", "' +"]))
def test_an_apostrophe_taken_off_gives_the_text_back(text: str) -> None:
    shown = safe(text)
    assert shown == legible(text) or shown == f"'{legible(text)}"
    assert not shown.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    again = shown[1:] if shown.startswith("'") and safe(shown[1:]) == shown else shown
    assert again == legible(text)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.text(max_size=8), st.floats(allow_nan=False, allow_infinity=False)), max_size=4))
def test_rows_come_back(rows: list[tuple[str, float]]) -> None:
    table = Table("t", "a test", (Column("text", "text", "any"), Column("number", "number", "any")), tuple(rows))
    for delimiter in ",\t":
        heading, *lines = csv.reader(io.StringIO(delimited(table, delimiter), newline=""), delimiter=delimiter)
        assert heading == ["text", "number"]
        assert [(text, float(number)) for text, number in lines] == [(safe(text), number) for text, number in rows]


def test_no_cell_of_a_hostile_graph_is_a_formula(hostile: KnowledgeGraph) -> None:
    for table in tables(hostile):
        _, *lines = csv.reader(io.StringIO(delimited(table), newline=""))
        for line, row in zip(lines, table.rows, strict=True):
            for text, cell in zip(line, row, strict=True):
                numeric = isinstance(cell, int | float)
                assert text == plain(cell) if numeric else not text.lstrip().startswith(("=", "+", "-", "@"))


def test_a_negative_number_stays_a_number(hostile: KnowledgeGraph) -> None:
    (places,) = (table for table in tables(hostile) if table.name == "places")
    (line,) = csv.DictReader(io.StringIO(delimited(places), newline=""))
    assert (line["latitude"], line["longitude"]) == ("-54.25", "-36.5")
