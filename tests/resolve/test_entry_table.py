"""The table of a user's own actors: what its columns mean, and what each error says."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.resolve.entries import Entry, Term
from kg.resolve.entry_table import LONGEST_LINE, read


def table(text: str | bytes) -> tuple[Entry, ...]:
    return read(text.encode() if isinstance(text, str) else text, "t.tsv")


def test_a_full_row() -> None:
    found = table(
        "# mine\r\n\ntype\tname\taliases\tcountry\tsector\tfrom\tuntil\tsame_as\tsource\r\n"
        "PARTY\tDeep  Blue Party\tDBP| Blues \tFRA\tPTY\t2001\t2004-02\thttp://example.org/a|urn:x:y\tknown\r\n"
    )
    assert found == (
        Entry(
            name="Deep Blue Party",
            forms=("Deep Blue Party", "DBP", "Blues"),
            terms=(Term("FRA", "PTY", date(2001, 1, 1), date(2004, 2, 29)),),
            type="PARTY",
            same_as=("http://example.org/a", "urn:x:y"),
        ),
    )


def test_rows_of_one_name_and_type_are_one_actor() -> None:
    first, second = table(
        "name\ttype\taliases\tsector\tfrom\tuntil\n"
        "Ana Example\tPERSON\tAna\tOPP\t\t2009-05-01\n"
        "Ana Example\tCOMPANY\n"
        "Ana Example\tPERSON\tA. Example\tGOV\t2009-05-02\n"
    )
    assert first.forms == ("Ana Example", "Ana", "A. Example")
    assert [term.sector for term in first.terms] == ["OPP", "GOV"]
    assert [first.on(day) for day in (date(2009, 5, 1), date(2009, 5, 2))] == list(first.terms)
    assert second.type == "COMPANY"


HEADER = "name\ttype\tcountry\tsector\tfrom\tuntil\tsame_as\n"
BAD: list[tuple[str | bytes, str]] = [
    ("", "t.tsv: empty; the first line names the columns: name, type, aliases"),
    ("name\tcountry\n", "t.tsv:1: no column 'type'; the first line names the columns"),
    ("name\ttype\tiso\n", "t.tsv:1: no such column: 'iso'; there are name, type, aliases, country"),
    ("name\ttype\ttype\n", "t.tsv:1: a column is named twice"),
    (HEADER + "Ana\tPERSON\t\t\t\t\t\tx\n", "t.tsv:2: 8 cells for 7 columns"),
    (HEADER + "\tPERSON\n", "t.tsv:2: '' is no name"),
    (HEADER + "...\tPERSON\n", "t.tsv:2: '...' is no name"),
    (HEADER + "Ana\n", "t.tsv:2: no type; give one of PERSON, STATE"),
    (HEADER + "Ana\tHUMAN\n", "t.tsv:2: type 'HUMAN': give one of PERSON, STATE"),
    (HEADER + "Ana\tPERSON\tFR\n", "t.tsv:2: country 'FR': give an ISO 3166-1 alpha-3 code, as FRA"),
    (HEADER + "Ana\tPERSON\tFRA\tELI\n", "t.tsv:2: sector 'ELI': give one of GOV, MIL"),
    (HEADER + "Ana\tPERSON\t\t\t2009-13\n", "t.tsv:2: from '2009-13': give a date as 2009, 2009-01 or 2009-01-20"),
    (HEADER + "Ana\tPERSON\t\t\t\t0000\n", "t.tsv:2: until '0000': give a date as"),
    (HEADER + "Ana\tPERSON\t\t\t\tMay 2009\n", "t.tsv:2: until 'May 2009': give a date as"),
    (HEADER + "Ana\tPERSON\t\t\t2009\t2008\n", "t.tsv:2: ends in 2008, before it begins in 2009"),
    (HEADER + "Ana\tPERSON\t\t\t\t\tQ42\n", "t.tsv:2: same_as 'Q42' is no absolute http, https or urn IRI"),
    (HEADER + "Ana\tPERSON\t\t\t\t\thttp://x/>\n", "t.tsv:2: same_as 'http://x/>' is no absolute"),
    (HEADER + "A\x00na\tPERSON\n", "t.tsv:2: control character U+0000; remove it"),
    (HEADER.encode() + b"\xe9\tPERSON\n", "t.tsv:2: not UTF-8 at byte 1; save the table as UTF-8"),
    (HEADER + "A" * LONGEST_LINE + "\tPERSON\n", f"t.tsv:2: longer than {LONGEST_LINE} bytes"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_bad_tables(text: str | bytes, message: str) -> None:
    with pytest.raises(LexiconError) as caught:
        table(text)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=200) | st.text("ab|\t\n29-", max_size=100).map(lambda text: (HEADER + text).encode()))
def test_no_bytes_break_it(data: bytes) -> None:
    try:
        found = table(data)
    except LexiconError as error:
        assert str(error).startswith("t.tsv")  # noqa: PT017 (any bytes may be a table, few are)
    else:
        assert all(entry.name and entry.terms for entry in found)
