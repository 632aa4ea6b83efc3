"""Names, dates and numbers as a reader says them."""

from __future__ import annotations

import datetime
from calendar import monthrange
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.analyse.figures import Basis
    from kg.graph.model import KnowledgeGraph

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def names(graph: KnowledgeGraph) -> dict[str, tuple[str, ...]]:
    """Return by IRI what actors and places are called, what they are mostly called first."""
    actors = {actor.iri: (actor.name, *actor.alt_names) for actor in graph.actors}
    return actors | {place.iri: (place.name,) for place in graph.places}


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
    >>> period(["2015-11-01", "2015-11-30"])
    'November 2015'
    """
    known = sorted({day.split("T")[0] for day in dates if day})
    if not known:
        return ""
    first, last = (date(iso).split() for iso in _whole(known[0], known[-1]))
    if first == last:
        return " ".join(last)
    if len(first) != len(last):
        return f"{' '.join(first)} – {' '.join(last)}"
    while len(first) > 1 and first[-1] == last[len(first) - 1]:
        first.pop()
    return f"{' '.join(first)}{'–' if len(first) == 1 else ' – '}{' '.join(last)}"


def interval(earliest: str | None, latest: str | None) -> str:
    """Return an interval in words, as ``from`` or ``until`` a day where it is open on one side; "" where on both."""
    if earliest and latest:
        return period((earliest, latest))
    return f"from {date(earliest)}" if earliest else f"until {date(latest)}" if latest else ""


def _whole(first: str, last: str) -> tuple[str, str]:
    """Cut a first and a last day to their years or months where these are meant whole."""
    if first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4], last[:4]
    return (first[:7], last[:7]) if first.endswith("-01") and _ends_month(last) else (first, last)


def _ends_month(iso: str) -> bool:
    try:
        day = datetime.date.fromisoformat(iso)
    except ValueError:
        return False
    return day.day == monthrange(day.year, day.month)[1]


def count(number: int, noun: str, plural: str = "") -> str:
    """Return ``number`` of ``noun``, in the plural where it takes one: "1 tie", "1,204 ties"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def share(part: int, whole: int, noun: str) -> str:
    """Return how many of all there are, or just how many where they are all: "3 of 12 documents", "12 documents"."""
    return count(whole, noun) if part == whole else f"{part:,} of {count(whole, noun)}"


def listed(items: Iterable[str], limit: int) -> str:
    """Return the items with commas, and how many more there are beyond ``limit``."""
    everything = list(items)
    shown = everything[:limit]
    if len(everything) > limit:
        return f"{', '.join(shown)} and {len(everything) - limit:,} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def rests_on(basis: Basis) -> str:
    """Return the sentence that says how many events and documents figures rest on, of when, and what is left out."""
    when = period(day for day in (basis.first, basis.last) if day)
    said = f"{count(basis.events, 'event')} from {count(basis.documents, 'document')}"
    said += f", {when}" if when else ", without dates" if basis.events else ""
    said += f" (date known of {basis.dated:,})" if 0 < basis.dated < basis.events else ""
    bounds = [f"{word} {date(day)}" for word, day in (("since", basis.since), ("until", basis.until)) if day]
    said += f" ({' '.join(bounds)})" if bounds else ""
    left_out = listed((f"{number:,} {reason}" for reason, number in basis.left_out), 9)
    return f"{said}; {left_out} left out." if left_out else f"{said}."
