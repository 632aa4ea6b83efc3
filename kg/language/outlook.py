"""Which way a time lies that does not say so: ``will meet on Thursday`` looks ahead, ``met on Thursday`` back.

A form of speech decides, where the factuality of the event leaves it open: a modal verb before the trigger (as ``may
meet``), or ``to`` (as in ``plans to meet``); not so with ``have`` (``may have met``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.language.reporting import reporting_words
from kg.resources import read_tsv

if TYPE_CHECKING:
    from kg.records import Factuality

_WORD: Final = re.compile(r"n['’]t\b|['’]?\w+(?:-\w+)*?(?=n['’]t\b)|['’]?[\w-]+")
_BREAK: Final = re.compile(r"[,;:()\"“”]|\b(?:that|who|which|when|after|before|because|if)\b")
_BETWEEN: Final = 3
_PERFECT: Final = ("have", "had", "has")
_ADDRESSEE: Final = 2  # words at most
_BEFORE_TIME: Final = re.compile(r"(?:\s+(?:on|late|early|earlier|in|at))*\s*$", re.IGNORECASE)


def looks_ahead(before: str, factuality: Factuality) -> bool:
    """Say whether a time that is told of an event lies ahead; ``before`` is its sentence up to the trigger.

    >>> looks_ahead("The ministers may", "possible"), looks_ahead("The ministers may have", "possible")
    (True, False)
    """
    if factuality in ("planned", "happened"):
        return factuality == "planned"
    words = [found.group().lower() for found in _WORD.finditer(_BREAK.split(before)[-1])][-_BETWEEN - 1 :]
    if any(word in _PERFECT for word in words):
        return False
    if factuality == "negated":
        return any(word in _modals("planned") for word in words)
    return words[-1:] == ["to"] or any(word in _modals("planned") | _modals("possible") for word in words)


def is_of_saying(before: str) -> bool:
    """Say whether a time is that of what somebody said; ``before`` is its sentence up to the time.

    >>> is_of_saying("The army told reporters on"), is_of_saying("The army will leave on")
    (True, False)
    """
    known, words = reporting_words(), _BEFORE_TIME.sub("", before).lower().split()
    for length in range(_ADDRESSEE, 0, -1):
        if known.find("addressee", " ".join(words[-length:])):
            words = words[:-length]
            break
    return bool(words) and known.find("verb", words[-1]) is not None


@cache
def _modals(factuality: str) -> frozenset[str]:
    """Return the modal verbs that make of an event one of this factuality."""
    return frozenset(row["form"] for row in read_tsv("lexicons/modals.tsv") if row["factuality"] == factuality)
