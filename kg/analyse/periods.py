"""Calendar periods: the days, ISO weeks, months and years into which time is cut."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from kg.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

By = Literal["day", "week", "month", "year"]
UNITS: Final[tuple[By, ...]] = get_args(By)
MOST: Final = 10_000
_SUNDAY: Final = 6


class Period(NamedTuple):
    """A calendar period: its ISO 8601 label (``2015-11``, ``2015-W48``), first and last day."""

    label: str
    begin: date
    end: date


def check_unit(by: str) -> By:
    """Return ``by`` as a unit of time.

    Raises:
        ConfigError: There is no such unit.
    """
    for unit in UNITS:
        if unit == by:
            return unit
    raise ConfigError(f"no period {by!r}; there are {', '.join(UNITS)}")


def period_of(day: date, by: By) -> Period:
    """Return the period that ``day`` lies in.

    >>> period_of(date(2015, 11, 24), "week").label
    '2015-W48'
    """
    return _CUTS[by](day)


def periods(first: date, last: date, by: By) -> tuple[Period, ...]:
    """Return all periods from that of ``first`` to that of ``last``, without gaps.

    Raises:
        ConfigError: They are more than 10,000.
    """
    found = [period_of(first, by)]
    while found[-1].end < last:
        if len(found) == MOST:
            raise ConfigError(
                f"more than {MOST:,} periods of one {by} between {first} and {last}: take a longer period, or a "
                "shorter window"
            )
        found.append(period_of(found[-1].end + timedelta(days=1), by))
    return tuple(found)


def fitting_units(first: date, last: date, most: int) -> tuple[By, ...]:
    """Return the units that cut the time from ``first`` to ``last`` into ``most`` periods or fewer, shortest first."""
    days = (last - first).days + 1
    lengths: tuple[tuple[By, float], ...] = (("day", 1), ("week", 7), ("month", 30.4))
    return (*(unit for unit, length in lengths if days / length <= most), "year")


def _day(day: date) -> Period:
    return Period(day.isoformat(), day, day)


def _week(day: date) -> Period:
    year, number, weekday = day.isocalendar()
    begin = date.fromordinal(max(day.toordinal() - weekday + 1, 1))
    end = date.fromordinal(min(day.toordinal() - weekday + 1 + _SUNDAY, date.max.toordinal()))
    return Period(f"{year:04}-W{number:02}", begin, end)


def _month(day: date) -> Period:
    last = monthrange(day.year, day.month)[1]
    return Period(f"{day.year:04}-{day.month:02}", day.replace(day=1), day.replace(day=last))


def _year(day: date) -> Period:
    return Period(f"{day.year:04}", date(day.year, 1, 1), date(day.year, 12, 31))


_CUTS: Final[Mapping[By, Callable[[date], Period]]] = {"day": _day, "week": _week, "month": _month, "year": _year}
