"""Time expressions mean the days of the table beside this file, or nothing that kg can know."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.calendar import resolve, whole_date

TABLE = Path(__file__).with_name("time_expressions.tsv")
THURSDAY = date(2015, 11, 26)


class Row(NamedTuple):
    expression: str
    published: date | None
    answer: str | None
    claimed: bool


def read_table() -> list[Row]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    cells = [line.split("\t") for line in lines[1:]]
    return [Row(text, _day(published), answer or None, claimed == "yes") for text, published, answer, claimed in cells]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


ROWS = read_table()
CLAIMED = [row for row in ROWS if row.claimed]


def meaning(expression: str, published: date | None, *, ahead: bool = False) -> str | None:
    found = resolve(expression, published, ahead=ahead)
    return found.iso if found else None


@pytest.mark.parametrize("row", CLAIMED, ids=lambda row: f"{row.expression} ({row.published})")
def test_claimed(row: Row) -> None:
    assert meaning(row.expression, row.published) == row.answer


@pytest.mark.parametrize("row", [row for row in ROWS if not row.claimed], ids=lambda row: row.expression)
def test_what_is_not_claimed_is_left_unknown_and_never_guessed(row: Row) -> None:
    assert meaning(row.expression, row.published) is None


def test_rows_differ() -> None:
    keys = [(row.expression, row.published) for row in ROWS]
    assert len(set(keys)) == len(keys) >= 150


@pytest.mark.parametrize("row", [row for row in CLAIMED if row.published is None], ids=lambda row: row.expression)
def test_with_its_year_it_means_the_same_whenever_published(row: Row) -> None:
    if row.answer:
        assert meaning(row.expression, THURSDAY) == row.answer


AHEAD = [
    ("on Tuesday", "2015-12-01"),
    ("Thursday", "2015-11-26"),
    ("Wednesday morning", "2015-12-02"),
    ("Thursday and Friday", "2015-11-26/2015-11-27"),
    ("last Tuesday", "2015-11-24"),
    ("next Tuesday", "2015-12-01"),
    ("the weekend", "2015-11-28/2015-11-29"),
    ("December", "2015-12-01/2015-12-31"),
    ("November", "2015-11-01/2015-11-30"),
    ("early March", "2016-03-01/2016-03-10"),
    ("last March", "2015-03-01/2015-03-31"),
    ("March 3", "2016-03-03"),
    ("November 24", "2015-11-24"),
    ("October 2015", "2015-10-01/2015-10-31"),
    ("today", "2015-11-26"),
]


@pytest.mark.parametrize(("expression", "answer"), AHEAD)
def test_ahead(expression: str, answer: str) -> None:
    assert meaning(expression, THURSDAY, ahead=True) == answer


# Each could be read in ever more ways the longer it is.
@pytest.mark.parametrize("word", ["morning ", "a to ", "since ", "early a night ", "may ", "'s ", "-", " ", "1"])
def test_long_texts_are_soon_found_to_be_none(word: str) -> None:
    assert resolve((word * 80)[:80], THURSDAY) is None
    assert resolve(word * 100_000, THURSDAY) is None


@settings(deadline=None)
@given(st.text(max_size=30), st.none() | st.dates(), st.booleans())
def test_any_text_means_days_in_order_or_nothing(expression: str, published: date | None, ahead: bool) -> None:
    found = resolve(expression, published, ahead=ahead)
    assert found is None or found.first <= found.last


@settings(deadline=None)
@given(st.sampled_from(CLAIMED), st.dates(), st.booleans())
def test_any_day_of_publication(row: Row, published: date, ahead: bool) -> None:
    found = resolve(row.expression, published, ahead=ahead)
    assert found is None or found.first <= found.last


@settings(deadline=None)
@given(st.dates(), st.sampled_from(["Monday", "Saturday", "in May", "the weekend", "February 29", "early October"]))
def test_what_was_is_never_to_come_and_what_is_planned_never_past(published: date, expression: str) -> None:
    back, ahead = resolve(expression, published), resolve(expression, published, ahead=True)
    if back and ahead and expression != "February 29":
        assert back.first <= published <= max(ahead.last, published)
        assert back.first <= ahead.first


@settings(deadline=None)
@given(st.dates())
def test_iso_days_are_themselves(day: date) -> None:
    assert meaning(day.isoformat(), None) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("ON 24 SEPTEMBER", "SEPTEMBER", "24 SEPTEMBER"),
        ("on 24 September 2013, he", "September", "24 September 2013"),
        ("on Sept. 24, 2013 they", "Sept", "Sept. 24, 2013"),
        ("on Thursday, September 24, the", "Thursday", "Thursday, September 24"),
        ("the 24th of September", "September", "24th of September"),
        ("in September 2013 ten men", "September", "September 2013"),
        ("in September 24 men died", "September", "September"),
        ("at 10:24 September", "September", "September"),
        ("last week", "last week", "last week"),
    ],
)
def test_the_whole_of_a_date_is_read(text: str, found: str, whole: str) -> None:
    begin = text.index(found)
    wide = whole_date(text, begin, begin + len(found))
    assert text[wide[0] : wide[1]] == whole


@settings(deadline=None)
@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_any_text_is_within_its_date(text: str, begin: int, end: int) -> None:
    first, last = whole_date(text, begin, end)
    assert first <= begin
    assert last >= end
