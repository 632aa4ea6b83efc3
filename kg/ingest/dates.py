"""Dates as tables, feeds and pages spell them, as ISO 8601; what can be read in two ways is not read."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

_LONGEST: Final = 100


def is_date(value: str) -> bool:
    """Say whether ``value`` is an ISO 8601 date or date-time, its day written as ``2015-11-26``.

    >>> is_date("2015-11-26"), is_date("2015-11-26T09:30:00Z"), is_date("20151126"), is_date("Thursday")
    (True, True, False, False)
    """
    try:
        return datetime.fromisoformat(value).date().isoformat() == value[:10]
    except ValueError:
        return False


def as_date(value: object) -> str | None:
    """Return a date or date-time in ISO 8601; None where ``value`` is none, or could be more than one.

    >>> as_date("2015-11-26"), as_date("Thu, 26 Nov 2015 09:30:00 GMT"), as_date("26 November 2015")
    ('2015-11-26', '2015-11-26T09:30:00+00:00', '2015-11-26')
    >>> as_date("03/04/2015"), as_date("Thursday"), as_date("13/04/2015")
    (None, None, '2015-04-13')
    """
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = value.strip()
    if is_date(text):
        return text
    return _compact(text) or _of_mail(text) or _spelt(text)


def _compact(text: str) -> str | None:
    """Parse other forms of ISO 8601, as ``20151126`` or ``2015-W48-4``."""
    for kind in (date, datetime):
        with suppress(ValueError):
            return kind.fromisoformat(text).isoformat()
    return None


def _of_mail(text: str) -> str | None:
    if ":" not in text:
        return None
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found.isoformat() if found.year >= 1000 else None


def _spelt(text: str) -> str | None:
    """Parse words and figures, with whatever is open set in different ways: the date must come out the same."""
    from dateutil import parser

    found: set[datetime] = set()
    for default in (datetime(2001, 1, 1), datetime(2002, 2, 2)):
        for day_first in (True, False):
            try:
                found.add(parser.parse(text, default=default, dayfirst=day_first, ignoretz=True))
            except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError):
                return None
    days = {one.date() for one in found}
    if len(days) != 1:
        return None
    (moment, *others) = found
    dated: date = moment.date() if others or not (moment.hour or moment.minute) else moment
    return dated.isoformat()
