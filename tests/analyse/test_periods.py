from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analyse.periods import UNITS, By, check_unit, fitting_units, period_of, periods
from kg.errors import ConfigError

CASES: list[tuple[str, By, str, str, str]] = [
    ("2015-11-24", "day", "2015-11-24", "2015-11-24", "2015-11-24"),
    ("2015-11-24", "week", "2015-W48", "2015-11-23", "2015-11-29"),
    ("2016-01-03", "week", "2015-W53", "2015-12-28", "2016-01-03"),
    ("2016-02-10", "month", "2016-02", "2016-02-01", "2016-02-29"),
    ("2015-11-24", "year", "2015", "2015-01-01", "2015-12-31"),
    ("9999-12-31", "week", "9999-W52", "9999-12-27", "9999-12-31"),
]


@pytest.mark.parametrize(("day", "by", "label", "begin", "end"), CASES)
def test_period_of(day: str, by: By, label: str, begin: str, end: str) -> None:
    found = period_of(date.fromisoformat(day), by)
    assert (found.label, found.begin.isoformat(), found.end.isoformat()) == (label, begin, end)


@given(st.dates(date(1990, 1, 1), date(2000, 1, 1)), st.integers(0, 400), st.sampled_from(UNITS))
def test_periods_follow_each_other_without_gaps(first: date, days: int, by: By) -> None:
    last = date.fromordinal(first.toordinal() + days)
    found = periods(first, last, by)
    assert found[0].begin <= first <= found[0].end
    assert found[-1].begin <= last <= found[-1].end
    assert all(after.begin.toordinal() == before.end.toordinal() + 1 for before, after in pairwise(found))


def test_too_many_periods_are_refused() -> None:
    with pytest.raises(ConfigError, match="more than 10,000 periods of one day"):
        periods(date(1, 1, 1), date(9999, 12, 31), "day")


def test_units_that_fit() -> None:
    assert fitting_units(date(2015, 1, 1), date(2015, 1, 31), 60) == ("day", "week", "month", "year")
    assert fitting_units(date(2015, 1, 1), date(2016, 12, 31), 60) == ("month", "year")
    assert fitting_units(date(1900, 1, 1), date(2016, 12, 31), 60) == ("year",)


def test_an_unknown_unit_is_refused() -> None:
    assert check_unit("week") == "week"
    with pytest.raises(ConfigError, match="no period 'decade'; there are day, week, month, year"):
        check_unit("decade")
