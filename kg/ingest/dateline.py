"""The dateline of a report, as ``MOSCOW, Nov 26 (Reuters) -``: the day a text itself says it is of."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.calendar import resolve
from kg.resources import read_tsv

if TYPE_CHECKING:
    from datetime import date

# Titles, captions and bylines may come before it; what comes later is a story told, not the head of this one.
_HEAD: Final = 3000
_PLACE_WORDS: Final = 7
_SMALL_WORD: Final = 3


def find_dateline(text: str, published: date | None = None) -> date | None:
    r"""Return the day of the first dateline at the head of ``text``, or None.

    Args:
        text: A whole document.
        published: The day that tells the year of a dateline without one; else such a dateline says nothing.

    >>> find_dateline("Talks resume\n\nPARIS, 13 November 2015 — Ministers met.")
    datetime.date(2015, 11, 13)
    """
    for found in _dateline().finditer(text[:_HEAD]):
        if _is_place(found["place"]):
            day = resolve(found["day"], published)
            return day.first if day else None
    return None


def _is_place(words: str) -> bool:
    """Say whether these are names alone, save for one short word as in ``Dar es Salaam``."""
    names = re.split(r"[\s,/–-]+", words.strip(" ,–-"))
    small = [name for name in names if not name[:1].isupper()]
    return len(names) <= _PLACE_WORDS and len(small) <= 1 and all(len(name) <= _SMALL_WORD for name in small)


@cache
def _dateline() -> re.Pattern[str]:
    """Return the pattern of a line's beginning: place, day, perhaps the agency, and a dash or the line's end."""
    month, weekday = _any_of("month"), _any_of("weekday")
    number, year = r"[0-3]?\d(?:st|nd|rd|th)?", r"(?:,?\s\d{4}\b)?"
    of_month = rf"(?:{month}\s{number}|{number}\s{month}){year}"
    day = rf"(?P<day>(?:{weekday},?\s)?{of_month}|\d{{4}}-\d\d-\d\d)"
    agency = r"(?:\s*\([^()\n]{2,40}\))?"
    place = rf"(?P<place>[^\W\d_][^\d()\n:;?!]{{1,60}}?){agency}\s*[,(‐-―-]+\s*"
    end = r"\s*(?:[‐-―:-]|/[^/\n]{2,30}/|$)"
    return re.compile(rf"^[^\S\n]*{place}{day}[).,]?{agency}{end}", re.IGNORECASE | re.MULTILINE)


def _any_of(kind: str) -> str:
    forms = [re.escape(row["form"]) for row in read_tsv("lexicons/time.tsv") if row["kind"] == kind]
    return rf"(?:{'|'.join(forms)})\b\.?"
