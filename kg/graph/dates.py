"""ISO 8601 dates of records as days, periods and XML Schema values; what is no date is refused."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from kg.calendar.days import written

_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.,+\-Z]+")
_KNOWN: Final = 1 << 12
_LARGEST_OFFSET: Final = timedelta(hours=14)


class Period(NamedTuple):
    """A stretch of time as its first and last day, each ``YYYY-MM-DD``, or None where it is open."""

    earliest: str | None
    latest: str | None

    @property
    def day(self) -> str | None:
        """The day itself, where the period is just one."""
        return self.earliest if self.earliest == self.latest else None


@lru_cache(_KNOWN)
def period(text: str) -> Period:
    """Return the days that a date (``2015-11-26``, ``2015-11``, ``2015``) or interval (``start/end``) covers.

    A date-time counts as its day. An empty start or end, or ``..``, leaves the interval open on that side.

    Raises:
        ValueError: If ``text`` is no ISO 8601 date or interval, or ends before it begins.

    >>> period("2015-11")
    Period(earliest='2015-11-01', latest='2015-11-30')
    """
    start, slash, end = text.partition("/")
    if not slash:
        return _days(start)
    earliest = None if start in ("", "..") else _days(start).earliest
    latest = None if end in ("", "..") else _days(end).latest
    if earliest is None and latest is None:
        raise ValueError(f"{text!r} is an interval without start and end")
    if earliest and latest and earliest > latest:
        raise ValueError(f"{text!r} ends before it begins")
    return Period(earliest, latest)


def bound(text: str) -> Period:
    """Return the days that the first or last day, month or year of a window covers.

    Raises:
        ValueError: If ``text`` is none of these.
    """
    if "/" in text:
        raise ValueError(f"{text!r} is an interval; give a day, month or year")
    return period(text)


@lru_cache(_KNOWN)
def published(text: str) -> str:
    """Return the day or moment of a publication as XML Schema writes it.

    Raises:
        ValueError: If ``text`` is no ISO 8601 date or date-time, or only a year or month.

    >>> published("2015-11-26 18:05+0100")
    '2015-11-26T18:05:00+01:00'
    """
    if not _MOMENT.fullmatch(text):
        if not _days(text).day:
            raise ValueError(f"{text!r} is not known to the day")
        return text
    moment = datetime.fromisoformat(text)
    if abs(moment.utcoffset() or timedelta()) > _LARGEST_OFFSET:
        raise ValueError(f"{text!r} is further from UTC than any time zone")
    return moment.isoformat().replace("+00:00", "Z")


def _days(text: str) -> Period:
    if _MOMENT.fullmatch(text):
        text = datetime.fromisoformat(text).date().isoformat()
    try:
        found = written(text)
    except ValueError:
        raise ValueError(f"{text!r} is no date such as 2015-11-26, 2015-11 or 2015") from None
    return Period(found.first.isoformat(), found.last.isoformat())
