"""Tables as text for people and programs."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import XSD
from rdflib.plugins.sparql.results.jsonresults import JSONResult
from rdflib.plugins.sparql.results.tsvresults import TSVResultParser

from kg.errors import ConfigError
from kg.query import FORMATS, Table, render
from kg.query.format import display, printable

EX = "https://example.org/"
PREFIXES = (("ex", EX), ("exx", f"{EX}x/"))
TABLE = Table(
    "select",
    ("who", "what"),
    (
        (rdflib.URIRef(f"{EX}a"), rdflib.Literal("Erdoğan")),
        (rdflib.URIRef(f"{EX}x/b-c"), rdflib.Literal("chat", lang="fr")),
        (rdflib.BNode("n"), rdflib.Literal(3)),
        (None, rdflib.Literal("2015-11-24", datatype=XSD.date)),
        (rdflib.Literal("习近平"), rdflib.Literal('a "b"\n\tc\\, d')),
    ),
    prefixes=PREFIXES,
)
YES, NO = Table("ask", boolean=True), Table("ask", boolean=False)
TRIPLE = Table(
    "graph",
    ("subject", "predicate", "object"),
    ((rdflib.URIRef(f"{EX}a"), rdflib.URIRef(f"{EX}p"), rdflib.Literal("o")),),
    prefixes=PREFIXES,
)


def test_a_plain_table_lines_up_by_what_the_eye_sees() -> None:
    assert render(TABLE) == (
        'who      what\nex:a     Erdoğan\nexx:b-c  chat\n_:n      3\n         2015-11-24\n习近平   a "b"  c\\, d\n'
    )
    assert render(TRIPLE) == "subject  predicate  object\nex:a     ex:p       o\n"


def test_a_table_for_a_terminal_fits_it() -> None:
    text = render(TABLE, width=30)
    assert "\x1b[1m" in text
    assert "Erdoğan" in text
    assert "exx:b-c" in text


@pytest.mark.parametrize("width", [None, 40])
def test_yes_and_no(width: int | None) -> None:
    assert render(YES, width=width) == "yes\n"
    assert render(NO, width=width) == "no\n"
    assert [render(YES, name) for name in ("csv", "tsv")] == ["true\n", "true\n"]
    assert json.loads(render(NO, "json")) == {"head": {}, "boolean": False}


def test_csv_is_that_of_the_w3c() -> None:
    text = render(TABLE, "csv")
    assert text.startswith("who,what\r\nhttps://example.org/a,Erdoğan\r\n")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[3:] == [["_:n", "3"], ["", "2015-11-24"], ["习近平", 'a "b"\n\tc\\, d']]


def test_tsv_is_that_of_the_w3c() -> None:
    assert render(TABLE, "tsv").splitlines() == [
        "?who\t?what",
        '<https://example.org/a>\t"Erdoğan"',
        '<https://example.org/x/b-c>\t"chat"@fr',
        "_:n\t3",
        '\t"2015-11-24"^^<http://www.w3.org/2001/XMLSchema#date>',
        '"习近平"\t"a \\"b\\"\\n\\tc\\\\, d"',
    ]


def test_json_reads_back_the_same() -> None:
    result = JSONResult(json.loads(render(TABLE, "json")))
    assert [str(name) for name in result.vars or ()] == ["who", "what"]
    assert [[row.get(rdflib.Variable(name)) for name in TABLE.columns] for row in result.bindings] == [
        list(row) for row in TABLE.rows
    ]


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "table"])
def test_graphs_are_rows_of_triples(name: str) -> None:
    assert f"{EX}a" in render(TRIPLE, name)


def test_an_unknown_format_lists_the_known() -> None:
    with pytest.raises(ConfigError, match="no format 'xml' for the answer to a query; known: table, csv, tsv, json"):
        render(TABLE, "xml")


HOSTILE = [
    ("\x1b]0;title\x07\x1b[2Jgone", "\\x1b]0;title\\x07\\x1b[2Jgone"),
    ("\x9b31mred", "\\x9b31mred"),
    ("a\r\nb\tc", "a  b c"),
    ("abc\u202etxt.exe", "abc\\u202etxt.exe"),
    ("x\u2028y\x00z\ud800", "x\\u2028y\\x00z\\ud800"),
    ("[bold red]markup[/] :smile:", "[bold red]markup[/] :smile:"),
    ("می\u200cخواهم", "می\u200cخواهم"),
]


@pytest.mark.parametrize(("text", "expected"), HOSTILE)
def test_text_of_strangers_cannot_drive_the_terminal(text: str, expected: str) -> None:
    assert printable(text) == expected
    table = Table("select", (text,), ((rdflib.Literal(text),),))
    assert expected in render(table)
    assert "\x1b]" not in render(table, width=200)
    assert expected in render(table, width=200)


@given(st.text())
@settings(deadline=None)
def test_no_control_character_is_left(text: str) -> None:
    safe = display(rdflib.Literal(text))
    assert not [c for c in safe if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(deadline=None)
def test_tsv_holds_any_text_on_one_line(text: str) -> None:
    written = render(Table("select", ("x",), ((rdflib.Literal(text),),)), "tsv")
    assert written.count("\n") == 2
    assert written.encode()


def test_tsv_reads_back() -> None:
    source = io.BytesIO(render(Table("select", ("x",), ((rdflib.Literal('a"b'),),)), "tsv").encode())
    result = TSVResultParser().parse(source)  # type: ignore[no-untyped-call]
    assert [row[rdflib.Variable("x")] for row in result.bindings] == [rdflib.Literal('a"b')]


@pytest.mark.parametrize("name", FORMATS)
def test_lone_surrogates_can_be_written_to_a_file(name: str) -> None:
    table = Table("select", ("x",), ((rdflib.Literal("a\ud800"),), (rdflib.URIRef("urn:x:\ud800> <"),)))
    assert render(table, name).encode("utf-8")
