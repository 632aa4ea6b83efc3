"""Who is meant by an office alone, as ``the U.S. president`` or ``the NATO chief``, on the day of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.lexicon import fold
from kg.records import Link
from kg.resolve.bodies import bare_noun
from kg.resolve.links import FAIR
from kg.resolve.names import without_possessive, words
from kg.resolve.organisations import organisations
from kg.resolve.people import FoundPerson, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kg.lexicon import Gazetteer
    from kg.resolve.names import MentionText

_ARTICLE: Final = re.compile(r"^(the|an?)\s+", re.IGNORECASE)
_LAST_WORD: Final = re.compile(r"([\w-]+)[\s-]*$")
_OF: Final = re.compile(r"\s+of\s+(?:the\s+)?(?=[A-Z])")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST_BODY: Final = 8
_AROUND: Final = 120


class _Office(NamedTuple):
    """An office as a text has it: of which body, by which noun."""

    body: str
    noun: str


def in_office(mentions: Iterable[MentionText], day: date | None, places: Gazetteer) -> FoundPerson | None:
    """Return who alone holds the office on ``day`` that one of ``mentions`` means, None where that is not certain.

    The office must be definite (``the``, or with the state before it in capitals), be called by its noun alone (``a
    former``, ``the next`` and ``the deposed president`` are others), and the words around it may name no other year.
    """
    if day is None:
        return None
    found: dict[str, FoundPerson] = {}
    for mention in mentions:
        if mention.kind == "pronoun" or not _is_of_now(mention, day):
            continue
        for office in _offices(mention, places):
            if person := people().in_office(office.body, office.noun, day):
                found.setdefault(person.name, FoundPerson(person, Link("office", mention.text, FAIR)))
    return next(iter(found.values())) if len(found) == 1 else None


def _is_of_now(mention: MentionText, day: date) -> bool:
    left, right = mention.left, mention.right
    if any(int(year) != day.year for year in _YEAR.findall(f"{left[-_AROUND:]} {right[:_AROUND]}")):
        return False
    article = _ARTICLE.match(mention.text)
    if article:
        return article[1].lower() == "the"
    before = _LAST_WORD.search(left)
    word = fold(before[1]) if before else ""
    if word in words("not now"):
        return False
    return word == "the" or mention.text[0].isupper()


def _offices(mention: MentionText, places: Gazetteer) -> Iterator[_Office]:
    text = _ARTICLE.sub("", without_possessive(mention.text), count=1)
    codes = places.countries_in(text)
    if len(codes) == 1:
        yield _Office(codes[0], bare_noun(text, places))
    tokens = text.split()
    for cut in range(1, len(tokens)):
        if organisation := organisations().find(without_possessive(" ".join(tokens[:cut]))):
            yield _Office(organisation.name, " ".join(tokens[cut:]).lower())
    if not codes and (of := _OF.match(mention.right)):
        rest = mention.right[of.end() :].split()[:_LONGEST_BODY]
        for end in range(len(rest), 0, -1):
            body = " ".join(rest[:end]).strip(".,;:")
            place = places.place(body)
            if place is not None and place.is_own_name:
                yield _Office(place.iso3, text.lower())
                return
            if organisation := organisations().find(body):
                yield _Office(organisation.name, text.lower())
                return
