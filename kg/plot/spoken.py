"""Dates and numbers as a reader says them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def date(iso: str) -> str:
    """Return an ISO 8601 date, whole or cut short, in words: ``2015-11-26`` is "26 November 2015"."""
    parts = iso.split("T")[0].split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return iso
    year, *rest = parts
    if not rest or not 1 <= int(rest[0]) <= 12:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) == 2 else f"{month} {year}"


def period(dates: Iterable[str]) -> str:
    """Return the span from the first to the last of ``dates`` (ISO 8601), saying nothing twice; "" for none.

    >>> period(["2015-11-26", "2015-11-24"])
    '24–26 November 2015'
    """
    known = sorted({day.split("T")[0] for day in dates if day})
    if not known:
        return ""
    first, last = date(known[0]).split(), date(known[-1]).split()
    if first == last:
        return " ".join(last)
    if len(first) != len(last):
        return f"{' '.join(first)} – {' '.join(last)}"
    while len(first) > 1 and first[-1] == last[len(first) - 1]:
        first.pop()
    return f"{' '.join(first)}{'–' if len(first) == 1 else ' – '}{' '.join(last)}"


def count(number: int, noun: str, plural: str = "") -> str:
    """Return ``number`` of ``noun``, in the plural where it takes one: "1 tie", "1,204 ties"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(items: Iterable[str], limit: int) -> str:
    """Return the items with commas, and how many more there are beyond ``limit``."""
    everything = list(items)
    shown = everything[:limit]
    if len(everything) > limit:
        return f"{', '.join(shown)} and {len(everything) - limit:,} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
