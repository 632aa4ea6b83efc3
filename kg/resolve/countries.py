"""What the words in and around a mention say of the state that an actor belongs to."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.lexicon import fold, gazetteer
from kg.resolve.names import titled, words
from kg.resolve.organisations import organisations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.lexicon import Gazetteer
    from kg.records import ActorType
    from kg.resolve.names import MentionText

_SEAM: Final = re.compile(r"(?:['’]s?)?\s*(.*)", re.DOTALL)
_PLACE_FOLLOWS: Final = re.compile(r"\s+(?:in|of|from)\s+(?:the\s+)?(?:[\w'-]+\s+){0,3}?(?=[A-Z])")
_SIDED: Final = re.compile(r"\b(?:pro|anti)[-‐-―]$|\bethnic\s+$", re.IGNORECASE)
_APPOSITION: Final = re.compile(r",\s+([^,.;:]{3,60})[,.]")


class Evidence(NamedTuple):
    """Codes of states, most telling first: in the mentions or right before them, right after them; in them alone."""

    own: tuple[str, ...]
    after: tuple[str, ...]
    within: tuple[str, ...] = ()


def evidence(mentions: Iterable[MentionText], actor_type: ActorType, places: Gazetteer | None = None) -> Evidence:
    """Return the states (of ``places``, or ours) that the words of ``mentions`` and those beside them speak of."""
    places = places or gazetteer()
    own: Counter[str] = Counter()
    after: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for mention in mentions:
        if mention.kind == "pronoun":
            continue
        within = _within(mention, actor_type, places)[:1]
        inside.update(within)
        own.update(within or _before(mention.left, places))
        if actor_type != "MILITARY":
            after.update(_after(mention, places))
    return Evidence(_by_count(own), _by_count(after), _by_count(inside))


class Subject(NamedTuple):
    """The state that a text is about, an empty string for none, and whether it names no other."""

    setting: str
    only: bool


def subject(text: str, places: Gazetteer | None = None) -> Subject:
    """Return the state that ``text`` names most often, the first of those on a par.

    >>> subject("Iraqi police say gunmen killed two people in Baghdad. U.S. forces sealed off the area.")
    Subject(setting='IRQ', only=False)
    """
    counts = Counter(match.entry.iso3 for match in (places or gazetteer()).matches(text) if match.entry.iso3)
    return Subject(counts.most_common(1)[0][0] if counts else "", len(counts) == 1)


def is_of_no_state(text: str, places: Gazetteer | None = None) -> bool:
    """Say whether words of a mention set it apart from any one state: ``foreign``, ``Arab``, ``NATO``."""
    if any(not match.entry.iso3 for match in (places or gazetteer()).matches(text)):
        return True
    tokens = re.findall(r"[\w.]+", text)
    known = organisations()
    bodies = [found for token in tokens if (found := known.find(token))]
    return any(not found.iso3 for found in bodies) or any(fold(token) in words("stateless") for token in tokens)


def _by_count(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(code for code, _ in counts.most_common())


def _within(mention: MentionText, actor_type: ActorType, places: Gazetteer) -> tuple[str, ...]:
    named_person = actor_type == "PERSON" and mention.kind == "name"
    text = titled(mention.text).title if named_person else mention.text
    found = (match for match in places.matches(text) if match.entry.iso3)
    return tuple(match.entry.iso3 for match in found if not _SIDED.search(text[: match.begin]))


def _before(left: str, places: Gazetteer) -> tuple[str, ...]:
    """Return the state whose word ends ``left``, but for words of office: ``… and Iraqi Prime Minister``."""
    found = None
    for match in places.matches(left[-80:]):
        found = match
    if found is None or not found.entry.iso3:
        return ()
    seam = _SEAM.match(left[-80:], found.end)
    between = seam.group(1).split() if seam else []
    return (found.entry.iso3,) if all(_is_of_office(word.strip(",")) for word in between) else ()


def _is_of_office(word: str) -> bool:
    folded = fold(word)
    if word[:1].isupper():
        return True
    return any(
        folded in words(kind) for kind in ("office", "rank", "religious", "modifier", "honorific", "royal", "of office")
    )


def _after(mention: MentionText, places: Gazetteer) -> tuple[str, ...]:
    for pattern in (_PLACE_FOLLOWS, _APPOSITION):
        if found := pattern.match(mention.right):
            scope = mention.right[found.end() : found.end() + 40] if pattern is _PLACE_FOLLOWS else found.group(1)
            codes = [match.entry.iso3 for match in places.matches(scope) if match.begin == 0 or pattern is _APPOSITION]
            return tuple(code for code in codes[:1] if code)
    return ()
