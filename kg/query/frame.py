"""Columns of data frames: of the type that all values of a column have, where they have one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas

_LEAST: Final = -(1 << 63)
# Microseconds, as Python's own dates have; nanoseconds would not reach back to the year 1600.
_MOMENTS: Final = "datetime64[us]"


def column(values: Sequence[object]) -> pandas.Series:
    """Return a column: of ``boolean``, ``Int64``, ``float64``, ``datetime64`` or text, else of Python objects.

    A missing value is None. Whole and other numbers together are floats; days count from their midnight; moments with
    a time zone are in UTC, and stay Python objects beside those without one.
    """
    import pandas

    known = [value for value in values if value is not None]
    kinds = {type(value) for value in known}
    if not kinds:
        return pandas.Series(values, dtype=object)
    if kinds == {bool}:
        return pandas.Series(values, dtype="boolean")
    if kinds <= {int, float, Decimal} and all(_fits(value) for value in known if isinstance(value, int)):
        if kinds == {int}:
            return pandas.Series(values, dtype="Int64")
        return pandas.Series([None if value is None else float(str(value)) for value in values], dtype="float64")
    if kinds <= {date, datetime}:
        return _moments(values, known)
    return pandas.Series(values, dtype=None if kinds == {str} else object)


def _fits(number: int) -> bool:
    return _LEAST <= number < -_LEAST


def _moments(values: Sequence[object], known: Sequence[object]) -> pandas.Series:
    import pandas

    zoned = {isinstance(value, datetime) and value.tzinfo is not None for value in known}
    if len(zoned) > 1:
        return pandas.Series(values, dtype=object)
    moments = pandas.Series([_moment(value) for value in values], dtype=_MOMENTS)
    return moments.dt.tz_localize("UTC") if zoned == {True} else moments


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
    return datetime.combine(value, time()) if isinstance(value, date) else None
