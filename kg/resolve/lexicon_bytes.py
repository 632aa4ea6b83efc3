"""A lexicon as bytes, with which a pipeline takes it along, and back."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.errors import LexiconError
from kg.resolve.dictionaries import Lexicon
from kg.resolve.entries import Agent, Dictionary, Entry, Term

if TYPE_CHECKING:
    from collections.abc import Sequence


def dumps(lexicon: Lexicon) -> bytes:
    """Return the dictionaries of a lexicon as JSON, the same for equal ones, without the lines that were skipped."""
    found = [
        {
            "entries": [_entry(entry) for entry in dictionary.entries],
            "agents": [[list(agent.forms), agent.sector] for agent in dictionary.agents],
        }
        for dictionary in lexicon.dictionaries
    ]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def loads(data: bytes) -> Lexicon:
    """Return the lexicon that :func:`dumps` wrote.

    Raises:
        LexiconError: the bytes are no such lexicon.
    """
    try:
        return Lexicon.of(
            Dictionary(
                tuple(_read_entry(*entry) for entry in found["entries"]),
                tuple(Agent(tuple(forms), sector) for forms, sector in found["agents"]),
            )
            for found in json.loads(data)
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise LexiconError(f"the pipeline's lexicon does not fit: {error}; load it anew from its files") from None


def _entry(entry: Entry) -> list[Any]:
    terms = [
        [term.country, term.sector, *(None if day is None else day.isoformat() for day in (term.since, term.until))]
        for term in entry.terms
    ]
    return [entry.name, list(entry.forms), terms, entry.type, entry.likely, list(entry.same_as), entry.cased]


def _read_entry(
    name: str, forms: Sequence[str], terms: Sequence[Any], kind: Any, likely: Any, same_as: Sequence[str], cased: bool
) -> Entry:
    found = tuple(
        Term(country, sector, *(None if day is None else date.fromisoformat(day) for day in days))
        for country, sector, *days in terms
    )
    return Entry(name, tuple(forms), found, kind, likely, tuple(same_as), cased)
