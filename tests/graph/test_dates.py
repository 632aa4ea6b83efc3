"""Dates as records give them: to the day, as periods, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.dates import Period, period, published

if TYPE_CHECKING:
    from datetime import date

PERIODS = [
    ("2024-03-12", "2024-03-12", "2024-03-12"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2024", "2024-01-01", "2024-12-31"),
    ("2024-03-12T23:59:00Z", "2024-03-12", "2024-03-12"),
    ("2024-04-01/2024-04-30", "2024-04-01", "2024-04-30"),
    ("2024-04/2024-05", "2024-04-01", "2024-05-31"),
    ("2024-04-01/..", "2024-04-01", None),
    ("/2024-04-01", None, "2024-04-01"),
]


@pytest.mark.parametrize(("text", "earliest", "latest"), PERIODS)
def test_period(text: str, earliest: str | None, latest: str | None) -> None:
    assert period(text) == Period(earliest, latest)


def test_day_of_a_period() -> None:
    assert period("2024-03-12/2024-03-12").day == "2024-03-12"
    assert period("2024-03").day is None


@pytest.mark.parametrize(
    "text",
    ["", "Tuesday", "2024-02-30", "2024-13", "0000-01-01", "20240312", "2024-W11-2", "2024-05/2024-04", "/", "../.."],
)
def test_no_period(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        period(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-12", "2024-03-12"),
        ("2024-03-12T10:00Z", "2024-03-12T10:00:00Z"),
        ("2024-03-12 10:00:00.5", "2024-03-12T10:00:00.500000"),
        ("2024-03-12T10:00:00+0530", "2024-03-12T10:00:00+05:30"),
    ],
)
def test_published(text: str, expected: str) -> None:
    assert published(text) == expected
    assert published(expected) == expected


@pytest.mark.parametrize("text", ["2024-03", "yesterday", "2024-03-12T25:00", "2024-03-12T10:00+15:00"])
def test_not_published(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        published(text)


@given(st.dates(), st.dates())
def test_interval_of_any_two_days(one: date, other: date) -> None:
    start, end = sorted((one.isoformat(), other.isoformat()))
    assert period(f"{start}/{end}") == (start, end)
