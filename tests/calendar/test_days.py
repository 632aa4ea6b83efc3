"""Weeks, months, years and their parts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.calendar import days
from kg.calendar.days import Days

UNITS = ["day", "week", "weekend", "month", "quarter", "half", "year", "decade"]
SATURDAY = date(2020, 2, 29)
CONTAINING = [
    ("day", 0, "2020-02-29"),
    ("week", 0, "2020-02-24/2020-03-01"),
    ("week", 1, "2020-03-02/2020-03-08"),
    ("weekend", -1, "2020-02-22/2020-02-23"),
    ("month", 0, "2020-02-01/2020-02-29"),
    ("month", -2, "2019-12-01/2019-12-31"),
    ("quarter", 0, "2020-01-01/2020-03-31"),
    ("half", 1, "2020-07-01/2020-12-31"),
    ("year", -20, "2000-01-01/2000-12-31"),
    ("decade", -1, "2010-01-01/2019-12-31"),
]


@pytest.mark.parametrize(("unit", "step", "expected"), CONTAINING)
def test_containing(unit: str, step: int, expected: str) -> None:
    assert days.containing(unit, SATURDAY, step).iso == expected


@given(st.sampled_from(UNITS), st.dates(date(20, 1, 1), date(9000, 1, 1)))
def test_units_follow_each_other_without_gap(unit: str, day: date) -> None:
    this, following = days.containing(unit, day), days.containing(unit, day, 1)
    assert this.first <= day <= this.last or unit == "weekend"
    assert this.last + timedelta(days=6 if unit == "weekend" else 1) == following.first


MOVED = [
    ("day", -1, "2020-02-28"),
    ("week", 1, "2020-03-07"),
    ("month", 1, "2020-03-29"),
    ("year", 1, "2021-02-28"),
    ("decade", -1, "2010-02-28"),
]


@pytest.mark.parametrize(("unit", "count", "expected"), MOVED)
def test_moved(unit: str, count: int, expected: str) -> None:
    assert days.moved(SATURDAY, count, unit).isoformat() == expected


@pytest.mark.parametrize("unit", UNITS)
def test_there_are_days_of_four_figures_only(unit: str) -> None:
    for count in (-10_000_000, 10_000_000):
        with pytest.raises((ValueError, OverflowError)):
            days.moved(SATURDAY, count, unit)


NTH = [
    ("week", 1, "2020-02-01/2020-02-07"),
    ("week", 4, "2020-02-22/2020-02-28"),
    ("week", 5, None),
    ("week", -1, "2020-02-23/2020-02-29"),
    ("day", -1, "2020-02-29"),
    ("year", 1, None),
]


@pytest.mark.parametrize(("unit", "number", "expected"), NTH)
def test_nth(unit: str, number: int, expected: str | None) -> None:
    found = days.nth(unit, number, days.containing("month", SATURDAY))
    assert (found.iso if found else None) == expected


PARTS = [
    ("month", "2020-02-01/2020-02-10", "2020-02-11/2020-02-20", "2020-02-21/2020-02-29"),
    ("year", "2020-01-01/2020-04-30", "2020-05-01/2020-08-31", "2020-09-01/2020-12-31"),
    ("decade", "2020-01-01/2023-12-31", "2024-01-01/2026-12-31", "2027-01-01/2029-12-31"),
    ("week", *["2020-02-24/2020-03-01"] * 3),
    ("day", *["2020-02-29"] * 3),
]


@pytest.mark.parametrize(("unit", "early", "mid", "late"), PARTS)
def test_parts(unit: str, early: str, mid: str, late: str) -> None:
    whole = days.containing(unit, SATURDAY)
    assert [days.part(whole, which).iso for which in ("early", "mid", "late")] == [early, mid, late]


def test_within() -> None:
    month, week = days.containing("month", SATURDAY), days.containing("week", SATURDAY)
    assert days.one(SATURDAY).within(month)
    assert not week.within(month)
    assert Days(*week).within(week)
