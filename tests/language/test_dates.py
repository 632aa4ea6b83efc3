from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language.dates import DateRange, resolve

THURSDAY = date(2015, 11, 26)

DAYS = [
    ("Thursday", "2015-11-26"),
    ("on Tuesday", "2015-11-24"),
    ("Friday", "2015-11-20"),
    ("Sunday night", "2015-11-22"),
    ("late Wednesday", "2015-11-25"),
    ("early Thursday morning", "2015-11-26"),
    ("Earlier Monday", "2015-11-23"),
    ("later Sunday", "2015-11-22"),
    ("last Thursday", "2015-11-19"),
    ("last Saturday", "2015-11-21"),
    ("next Sunday", "2015-11-29"),
    ("next Thursday", "2015-12-03"),
    ("this Friday", "2015-11-27"),
    ("Tuesday's", "2015-11-24"),
    ("Tuesday last week", "2015-11-17"),
    ("Friday next week", "2015-12-04"),
    ("midday Tuesday", "2015-11-24"),
    ("before dawn Wednesday", "2015-11-25"),
    ("Thurs.", "2015-11-26"),
    ("today", "2015-11-26"),
    ("tonight", "2015-11-26"),
    ("early today", "2015-11-26"),
    ("this morning", "2015-11-26"),
    ("Yesterday", "2015-11-25"),
    ("last night", "2015-11-25"),
    ("yesterday evening", "2015-11-25"),
    ("tomorrow", "2015-11-27"),
    ("the day before yesterday", "2015-11-24"),
    ("three days ago", "2015-11-23"),
    ("a day ago", "2015-11-25"),
    ("10 days ago", "2015-11-16"),
    ("November 24", "2015-11-24"),
    ("Nov. 24", "2015-11-24"),
    ("24 November", "2015-11-24"),
    ("the 24th of November", "2015-11-24"),
    ("November 24th, 2015", "2015-11-24"),
    ("Tuesday, November 24", "2015-11-24"),
    ("Tuesday, 24 November 2015", "2015-11-24"),
    ("May 5", "2015-05-05"),
    ("5 May 2015", "2015-05-05"),
    ("December 18", "2015-12-18"),
    ("January 4", "2016-01-04"),
    ("September 11, 2001", "2001-09-11"),
    ("Sept. 11", "2015-09-11"),
    ("January second", "2016-01-02"),
    ("first of February", "2016-02-01"),
    ("2015-11-24", "2015-11-24"),
    ("1 January 2009", "2009-01-01"),
]
PERIODS = [
    ("last week", "2015-11-16", "2015-11-22"),
    ("this week", "2015-11-23", "2015-11-29"),
    ("next week", "2015-11-30", "2015-12-06"),
    ("the past week", "2015-11-19", "2015-11-26"),
    ("earlier this week", "2015-11-23", "2015-11-26"),
    ("later this week", "2015-11-26", "2015-11-29"),
    ("two weeks ago", "2015-11-09", "2015-11-15"),
    ("last month", "2015-10-01", "2015-10-31"),
    ("Earlier this month", "2015-11-01", "2015-11-26"),
    ("next month", "2015-12-01", "2015-12-31"),
    ("early next month", "2015-12-01", "2015-12-10"),
    ("the end of this month", "2015-11-21", "2015-11-30"),
    ("nearly a month ago", "2015-10-01", "2015-10-31"),
    ("nine months ago", "2015-02-01", "2015-02-28"),
    ("last year", "2014-01-01", "2014-12-31"),
    ("late last year", "2014-09-01", "2014-12-31"),
    ("earlier this year", "2015-01-01", "2015-11-26"),
    ("later this year", "2015-11-26", "2015-12-31"),
    ("next year", "2016-01-01", "2016-12-31"),
    ("three years ago", "2012-01-01", "2012-12-31"),
    ("two decades ago", "1990-01-01", "1999-12-31"),
    ("the last three months", "2015-08-26", "2015-11-26"),
    ("past two weeks", "2015-11-12", "2015-11-26"),
    ("the next 10 days", "2015-11-26", "2015-12-06"),
    ("October", "2015-10-01", "2015-10-31"),
    ("November", "2015-11-01", "2015-11-30"),
    ("December", "2014-12-01", "2014-12-31"),
    ("last November", "2014-11-01", "2014-11-30"),
    ("last March", "2015-03-01", "2015-03-31"),
    ("next March", "2016-03-01", "2016-03-31"),
    ("November of last year", "2014-11-01", "2014-11-30"),
    ("March of next year", "2016-03-01", "2016-03-31"),
    ("late October", "2015-10-21", "2015-10-31"),
    ("mid-August", "2015-08-11", "2015-08-20"),
    ("the weekend", "2015-11-21", "2015-11-22"),
    ("over the weekend", "2015-11-21", "2015-11-22"),
    ("last weekend", "2015-11-21", "2015-11-22"),
    ("next weekend", "2015-12-05", "2015-12-06"),
    ("overnight", "2015-11-25", "2015-11-26"),
    ("Saturday and Sunday", "2015-11-21", "2015-11-22"),
    ("June and July", "2015-06-01", "2015-07-31"),
    ("October 20 - 28", "2015-10-20", "2015-10-28"),
    ("since 2003", "2003-01-01", "2015-11-26"),
    ("since Monday", "2015-11-23", "2015-11-26"),
    ("since early October", "2015-10-01", "2015-11-26"),
]
DATED = [
    ("October 2015", "2015-10-01", "2015-10-31"),
    ("in October, 2015", "2015-10-01", "2015-10-31"),
    ("February 2016", "2016-02-01", "2016-02-29"),
    ("August of 2004", "2004-08-01", "2004-08-31"),
    ("in 2003", "2003-01-01", "2003-12-31"),
    ("late September 2007", "2007-09-21", "2007-09-30"),
    ("late 2001", "2001-09-01", "2001-12-31"),
    ("early 2001", "2001-01-01", "2001-05-02"),
    ("the 1980s", "1980-01-01", "1989-12-31"),
    ("between 1998 and 2000", "1998-01-01", "2000-12-31"),
    ("from 2000 to 2002", "2000-01-01", "2002-12-31"),
    ("1950-1953", "1950-01-01", "1953-12-31"),
    ("between March and May 2010", "2010-03-01", "2010-05-31"),
    ("2015-10", "2015-10-01", "2015-10-31"),
    ("May 5, 2015", "2015-05-05", "2015-05-05"),
]
UNKNOWN = [
    "",
    "   ",
    "recently",
    "soon",
    "several days ago",
    "in the past",
    "until Wednesday",
    "World War II",
    "after the summit",
    "ten",
    "week",
    "February 30",
    "February 30, 2015",
    "2015-13-01",
    "34-day",
    "the and or",
    "to to to",
    "99999",
]


@pytest.mark.parametrize(("expression", "day"), DAYS)
def test_days(expression: str, day: str) -> None:
    assert resolve(expression, THURSDAY) == DateRange(day, day)


@pytest.mark.parametrize(("expression", "earliest", "latest"), PERIODS + DATED)
def test_periods(expression: str, earliest: str, latest: str) -> None:
    assert resolve(expression, THURSDAY) == DateRange(earliest, latest)


@pytest.mark.parametrize(("expression", "earliest", "latest"), DATED)
def test_with_its_year_no_day_of_publication_is_needed(expression: str, earliest: str, latest: str) -> None:
    assert resolve(expression, None) == DateRange(earliest, latest)


@pytest.mark.parametrize(("expression", "earliest", "latest"), PERIODS)
def test_without_its_year_it_is_unknown_without_day_of_publication(expression: str, earliest: str, latest: str) -> None:
    assert resolve(expression, None) is None


@pytest.mark.parametrize("expression", UNKNOWN)
def test_unknown(expression: str) -> None:
    assert resolve(expression, THURSDAY) is None


@settings(deadline=None)
@given(st.text(max_size=30), st.none() | st.dates())
def test_any_text_is_a_range_or_unknown(expression: str, published: date | None) -> None:
    found = resolve(expression, published)
    assert found is None or found.earliest <= found.latest


@settings(deadline=None)
@given(st.sampled_from([case[0] for case in [*DAYS, *PERIODS]]), st.dates())
def test_any_day_of_publication(expression: str, published: date) -> None:
    found = resolve(expression, published)
    assert found is None or date.fromisoformat(found.earliest) <= date.fromisoformat(found.latest)


@settings(deadline=None)
@given(st.dates())
def test_iso_days_are_themselves(day: date) -> None:
    assert resolve(day.isoformat(), None) == DateRange(day.isoformat(), day.isoformat())
