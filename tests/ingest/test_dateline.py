"""The day that the dateline of a report states."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ingest.dateline import find_dateline

STORY = "Ministers of both sides met on Tuesday to talk about the border."
WITH_YEAR = [
    ("Paris, 13 November 2015 — ", "2015-11-13"),
    ("KABUL, Afghanistan - March 3, 2009", "2009-03-03"),
    ("KABUL, Afghanistan - March 3, 2009 - ", "2009-03-03"),
    ("WASHINGTON, D.C., March 3rd, 2009 – ", "2009-03-03"),
    ("GENEVA (26 November 2015) – ", "2015-11-26"),
    ("ANKARA (AA), 24 Nov 2015: ", "2015-11-24"),
    ("SANA'A, Yemen, Tues., Nov. 24, 2015 (Reuters) -- ", "2015-11-24"),
    ("DAR ES SALAAM, Dec 1, 2015 /PRNewswire/ -- ", "2015-12-01"),
    ("Sarajevo, Bosnia and Herzegovina, 2015-11-26 - ", "2015-11-26"),
]
WITHOUT_YEAR = [
    ("MOSCOW, Nov 26 (Reuters) - ", "2015-11-26"),
    ("PARIS, Nov. 13 — ", "2015-11-13"),
    ("MOSCOW, November 26. /TASS/. ", "2015-11-26"),
    ("Rio de Janeiro, 28 November (AFP) – ", "2015-11-28"),
    ("CAIRO, Dec. 31 (AP) — ", "2015-12-31"),
]
NONE = [
    "",
    "MOSCOW (Reuters) - ",
    "Ministers of both sides met in Vienna, 13 November 2015 — ",
    "They met on 13 November 2015 — ",
    "13 November 2015 — ",
    "In late March 2009 - ",
    "Paris, 31 November 2015 — ",
    "Paris, 13 November 2015 was a Friday. ",
    "NATO - 28 members - ",
]


@pytest.mark.parametrize("before", ["", "Talks resume\nBy Jane Doe\n\n", "Talks resume\r\n  "])
@pytest.mark.parametrize(("dateline", "day"), WITH_YEAR)
def test_with_its_year(dateline: str, day: str, before: str) -> None:
    text = before + dateline + ("" if dateline.endswith("9") else STORY)
    assert find_dateline(text) == date.fromisoformat(day)
    assert find_dateline(text, date(2020, 1, 1)) == date.fromisoformat(day)


@pytest.mark.parametrize(("dateline", "day"), WITHOUT_YEAR)
def test_without_year_it_is_that_of_the_day_given(dateline: str, day: str) -> None:
    assert find_dateline(dateline + STORY, date(2015, 11, 27)) == date.fromisoformat(day)
    assert find_dateline(dateline + STORY) is None


def test_the_year_may_be_the_one_before() -> None:
    assert find_dateline(f"CAIRO, Dec. 31 (AP) — {STORY}", date(2016, 1, 2)) == date(2015, 12, 31)


@pytest.mark.parametrize("line", NONE)
def test_none(line: str) -> None:
    assert find_dateline(line + STORY, date(2015, 11, 27)) is None


def test_only_at_the_head() -> None:
    assert find_dateline(f"{STORY}\n" * 100 + f"Paris, 13 November 2015 — {STORY}") is None


@pytest.mark.parametrize("text", ["Aa " * 50_000, "A, " * 50_000, "A - Mon " * 50_000, "A" * 200_000, "A (b)" * 50_000])
def test_hostile_texts_are_soon_read(text: str) -> None:
    assert find_dateline(text) is None


@settings(deadline=None)
@given(st.text(max_size=60), st.none() | st.dates())
def test_any_text(text: str, published: date | None) -> None:
    found = find_dateline(text, published)
    assert found is None or isinstance(found, date)
