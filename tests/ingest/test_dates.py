"""Dates in all spellings become ISO 8601, or nothing where they could mean two days."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.dates import as_date, is_date

CASES = [
    ("2015-11-26", "2015-11-26"),
    ("2015-11-26T09:30:00Z", "2015-11-26T09:30:00Z"),
    ("20151126", "2015-11-26"),
    ("20151126T093000", "2015-11-26T09:30:00"),
    ("Thu, 26 Nov 2015 09:30:00 +0100", "2015-11-26T09:30:00+01:00"),
    ("Nov 26, 2015", "2015-11-26"),
    ("26/11/2015", "2015-11-26"),
    (datetime.date(2015, 11, 26), "2015-11-26"),
    ("11/10/2015", None),
    ("November 2015", None),
    ("26 November", None),
    ("Thursday", None),
    ("yesterday", None),
    ("", None),
    ("9" * 1000, None),
    (20151126, None),
]


@pytest.mark.parametrize(("value", "expected"), CASES)
def test_dates(value: object, expected: str | None) -> None:
    assert as_date(value) == expected


@given(st.text(st.characters(codec="ascii"), max_size=40) | st.text(max_size=20))
def test_any_words_are_a_date_or_none(words: str) -> None:
    found = as_date(words)
    assert found is None or is_date(found)
