"""Stretches of days: the week, month, year ... that a day lies in, and their parts. Weeks begin on Monday."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final, Literal, NamedTuple

from dateutil.relativedelta import MO, relativedelta

Part = Literal["early", "mid", "late"]

_PARTS: Final[tuple[Part, ...]] = ("early", "mid", "late")
_MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}
# Where the parts begin: days into a month; months into a year or a decade.
_OF_MONTH: Final = (0, 10, 20)
_OF_YEARS: Final = {12: (0, 4, 8), 120: (0, 48, 84)}
_WRITTEN: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Days(NamedTuple):
    """The days from the first to the last, both included."""

    first: date
    last: date

    @property
    def iso(self) -> str:
        """The day, or else the interval from first to last, in ISO 8601."""
        first, last = self.first.isoformat(), self.last.isoformat()
        return first if first == last else f"{first}/{last}"

    def within(self, other: Days) -> bool:
        """Say whether all these days are among those of ``other``."""
        return other.first <= self.first and self.last <= other.last


def one(day: date) -> Days:
    """Return a day as a stretch of its own."""
    return Days(day, day)


def written(value: str) -> Days:
    """Return the days of a date that is written as a year, month or day: ``2009``, ``2009-01`` or ``2009-01-20``.

    Raises:
        ValueError: it is none of these.
    """
    found = _WRITTEN.fullmatch(value) if value.isascii() else None
    if found is None:
        raise ValueError(value)
    year, month, day = found.groups()
    first = date(int(year), int(month or 1), int(day or 1))
    if day:
        return one(first)
    last_month = int(month or 12)
    return Days(first, date(first.year, last_month, monthrange(first.year, last_month)[1]))


def lies_between(day: date, since: str, until: str) -> bool:
    """Say whether ``day`` lies from ``since`` to ``until``, both inclusive and written as above, empty where open.

    >>> lies_between(date(2009, 1, 3), "2009-01-20", ""), lies_between(date(2009, 1, 3), "2009", "2009-01")
    (False, True)
    """
    iso = day.isoformat()
    return since <= iso[: len(since)] and (not until or iso[: len(until)] <= until)


def moved(day: date, count: int, unit: str) -> date:
    """Return the day ``count`` units later; a month has no 31st, 30th or 29th where it ends before.

    Args:
        day: Where to begin.
        count: How many units, negative for earlier.
        unit: ``day``, ``week``, ``weekend`` (moves by weeks), ``month``, ``quarter``, ``half``, ``year`` or ``decade``.

    Raises:
        ValueError, OverflowError: If that is before year 1 or after year 9999.
    """
    months, rest = (count * _MONTHS[unit], 0) if unit in _MONTHS else (0, count * (1 if unit == "day" else 7))
    later: date = day + relativedelta(months=months, days=rest)
    return later


def containing(unit: str, day: date, step: int = 0) -> Days:
    """Return the whole unit that holds ``day``, or the one ``step`` units later; of a weekend, that of its week.

    Raises:
        ValueError, OverflowError: If that is before year 1 or after year 9999.

    >>> containing("month", date(2016, 1, 2), -1).iso
    '2015-12-01/2015-12-31'
    """
    if unit in _MONTHS:
        length = _MONTHS[unit]
        return _months((day.year * 12 + day.month - 1) // length * length + step * length, length)
    if unit == "day":
        return one(moved(day, step, "day"))
    monday = day + relativedelta(weeks=step, weekday=MO(-1))
    return Days(moved(monday, 5 if unit == "weekend" else 0, "day"), moved(monday, 6, "day"))


def nth(unit: str, number: int, days: Days) -> Days | None:
    """Return the unit of that number within ``days``, counted from 1, or from the end where it is -1.

    >>> nth("week", -1, containing("month", date(2009, 3, 1))).iso
    '2009-03-25/2009-03-31'
    """
    if number == -1:
        found = Days(moved(moved(days.last, 1, "day"), -1, unit), days.last)
    else:
        found = Days(moved(days.first, number - 1, unit), moved(moved(days.first, number, unit), -1, "day"))
    return found if found.within(days) else None


def part(days: Days, which: Part) -> Days:
    """Return the early, middle or late part of a month (ten days), a year (four months) or a decade; others whole."""
    place = _PARTS.index(which)
    if days == containing("month", days.first):
        first = [moved(days.first, count, "day") for count in _OF_MONTH]
    elif (bounds := _OF_YEARS.get(_months_in(days))) is not None:
        first = [moved(days.first, count, "month") for count in bounds]
    else:
        return days
    last = [*(moved(day, -1, "day") for day in first[1:]), days.last]
    return Days(first[place], last[place])


def _months(first: int, count: int) -> Days:
    """Return ``count`` months from the first, itself counted from January of year 0."""
    year, month = divmod(first, 12)
    begin = date(year, month + 1, 1)
    return Days(begin, begin + relativedelta(months=count, days=-1))


def _months_in(days: Days) -> int:
    """Return how many months the days are, 0 where they are no whole years."""
    after = moved(days.last, 1, "day")
    whole = (days.first.month, days.first.day, after.month, after.day) == (1, 1, 1, 1)
    return 12 * (after.year - days.first.year) if whole else 0
