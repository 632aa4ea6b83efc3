"""The states in which a text says that things happen: that of ``in Nairobi``, of ``across northern Nigeria``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.lexicon import fold
from kg.resolve.names import without_possessive
from kg.resolve.places import Context, resolve
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.lexicon import Gazetteer
    from kg.resolve.names import MentionText

_LOCATIVE: Final = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Oo]utside|[Ii]nside|[Aa]round|[Aa]cross|[Tt]hroughout)\s+(?:the\s+)?(?:[a-z][\w'’-]*\s+){0,4}?"
    r"(?P<place>[A-Z][\w'’.-]*(?:\s+(?:(?:de|del|la|al|el)\s+)?[A-Z][\w'’.-]*){0,3})"
)
_PEOPLE: Final = ("adjective", "demonym")
# Within how many characters of a mention a place says where it is.
_REACH: Final = 60
# Towns of fewer people are too easily taken for others of their name.
_WELL_KNOWN: Final = 100_000


class Locative(NamedTuple):
    """A place that something is in, at ``text[begin:end]`` with its preposition, and the code of its state."""

    begin: int
    end: int
    iso3: str


def locatives(text: str, places: Gazetteer, counts: Mapping[str, int]) -> Iterator[Locative]:
    """Yield where ``text`` says that things are; ``counts`` tells how often the document names each state.

    States and regions are those of ``places``, towns those of GeoNames. Words for people are no places (``in Syrian
    hands``), nor are months and days.

    >>> from kg.lexicon import gazetteer
    >>> [place.iso3 for place in locatives("In Mombasa police stopped a rally.", gazetteer(), {"UGA": 3})]
    ['KEN']
    """
    context = Context(mentions=tuple(sorted(counts.items())))
    for found in _LOCATIVE.finditer(text):
        if iso3 := _state_of(found["place"].split(), places, context):
            yield Locative(found.start(), found.end(), iso3)


def state_around(mentions: Sequence[MentionText], places: Gazetteer, counts: Mapping[str, int]) -> str:
    """Return the code of the state that the first of ``mentions`` is in by its own sentence, empty where none is said.

    Of places on both sides the nearer counts, and only one close by.
    """
    first = next((mention for mention in mentions if mention.kind != "pronoun"), None)
    if first is None:
        return ""
    after = ((place.begin, place.iso3) for place in locatives(first.right, places, counts))
    before = ((len(first.left) - place.end, place.iso3) for place in locatives(first.left, places, counts))
    near = min((*after, *before), default=(_REACH, ""))
    return near[1] if near[0] < _REACH else ""


def _state_of(words: Sequence[str], places: Gazetteer, context: Context) -> str:
    """Return the state of the longest place that ``words`` begin with, empty where they begin with none."""
    for count in range(len(words), 0, -1):
        name = without_possessive(" ".join(words[:count]).rstrip(".,"))
        if (entry := places.place(name)) is not None:
            return entry.iso3 if entry.kind not in _PEOPLE else ""
        if fold(name) not in _days() and (place := resolve(name, context)) is not None:
            return place.country if place.precision != "city" or (place.population or 0) >= _WELL_KNOWN else ""
    return ""


@cache
def _days() -> frozenset[str]:
    """Return the names of months and weekdays."""
    return frozenset(row["form"] for row in read_tsv("lexicons/time.tsv") if row["kind"] in ("month", "weekday"))
