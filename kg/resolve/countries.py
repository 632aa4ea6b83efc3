"""What the words in and around a mention say of the state that an actor belongs to."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.lexicon import fold, gazetteer
from kg.resolve.names import is_of_office, titled, words
from kg.resolve.organisations import organisations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.lexicon import Gazetteer, GazetteerMatch
    from kg.records import ActorType
    from kg.resolve.names import MentionText

_SEAM: Final = re.compile(r"(?:['’]s?)?\s*(.*)", re.DOTALL)
_PLACE_FOLLOWS: Final = re.compile(r"\s+(?:in|of|from)\s+(?:the\s+)?(?:[\w'-]+\s+){0,3}?(?=[A-Z])")
_OF_STATES: Final[frozenset[ActorType]] = frozenset({"ARMED_GROUP", "GOVERNMENT_BODY", "MILITARY", "PARTY", "POLICE"})
_SIDED: Final = re.compile(r"\b(?:pro|anti)[-‐-―]$|\bethnic\s+$", re.IGNORECASE)
_BACKED: Final = re.compile(r"[-‐-―](?:backed|brokered|funded|led|mediated|occupied|run|sponsored|supported)\b")
_LED: Final = re.compile(r"[\s\-‐-―]led\b")
_JOINT: Final = re.compile(r"(?:\s+and\s+|,\s+|[-‐-―/])(?:the\s+)?")
_MINISTRY: Final = re.compile(r"\b[Ff]oreign\s+(?=(?:[Mm]inist(?:er|ry)|[Oo]ffice|[Ss]ecretary|[Aa]ffairs)\b)")
_APPOSITION: Final = re.compile(r",\s+([^,.;:]{3,60})[,.]")


class Evidence(NamedTuple):
    """Codes of states, most telling first: in the mentions or right before them, right after them; in them alone."""

    own: tuple[str, ...]
    after: tuple[str, ...]
    within: tuple[str, ...] = ()

    def without_after(self) -> Evidence:
        """Return it without the states right after the mentions, where somebody is more often than from."""
        return self._replace(after=())


def evidence(mentions: Iterable[MentionText], actor_type: ActorType, places: Gazetteer | None = None) -> Evidence:
    """Return the states (of ``places``, or ours) that the words of ``mentions`` and those beside them speak of."""
    places = places or gazetteer()
    own: list[str] = []
    after: list[str] = []
    inside: list[str] = []
    for mention in mentions:
        if mention.kind == "pronoun":
            continue
        within = _within(mention, actor_type, places)[:1]
        inside += within
        own += within or _before(mention.left, places)
        if actor_type != "MILITARY":
            after += _after(mention, places)
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
    return most_named(named_states(text, places))


def named_states(text: str, places: Gazetteer | None = None) -> Counter[str]:
    """Return how often ``text`` names each state, in the order in which it first does."""
    return Counter(match.entry.iso3 for match in (places or gazetteer()).matches(text) if match.entry.iso3)


def most_named(counts: Counter[str]) -> Subject:
    """Return the state that is counted most often, the first of those on a par."""
    return Subject(counts.most_common(1)[0][0] if counts else "", len(counts) == 1)


def is_of_no_state(text: str, places: Gazetteer | None = None) -> bool:
    """Say whether words of a mention set it apart from any one state.

    These are such as ``foreign``, ``Arab`` or ``NATO``, and words of several states: ``U.S.-led``, ``Thai and Lao``.
    """
    named = list((places or gazetteer()).matches(text))
    if any(not match.entry.iso3 or _LED.match(text, match.end) for match in named) or is_joint(text, named):
        return True
    tokens = re.findall(r"[\w.]+", _MINISTRY.sub("", text))
    bodies = [body for token in tokens if (body := organisations().find(token))]
    if is_of_states_together(text) or any(not body.iso3 for body in bodies):
        return True
    return any(fold(token) in words("stateless") for token in tokens)


def is_of_states_together(text: str) -> bool:
    """Say whether a description names an organisation of states whose people act for none of them.

    >>> is_of_states_together("United Nations administrator"), is_of_states_together("Kenyan official")
    (True, False)
    """
    described = organisations().in_description(text)
    return described is not None and described.organisation.type == "IGO"


def is_joint(text: str, found: Sequence[GazetteerMatch]) -> bool:
    """Say whether a text joins the words of two states, ``found`` in it, as those of one actor each.

    >>> is_joint("Thai and Lao officials", list(gazetteer().matches("Thai and Lao officials")))
    True
    """
    return any(
        left.entry.iso3 != right.entry.iso3 and _JOINT.fullmatch(text, left.end, right.begin)
        for left, right in pairwise(found)
    )


def _by_count(codes: Sequence[str]) -> tuple[str, ...]:
    """Return each of ``codes`` once, the most frequent first, those on a par as they come."""
    return tuple(sorted(dict.fromkeys(codes), key=codes.count, reverse=True))


def _within(mention: MentionText, actor_type: ActorType, places: Gazetteer) -> tuple[str, ...]:
    last = mention.text.rpartition(" ")[2]
    named_person = actor_type == "PERSON" and mention.kind == "name" and not is_of_office(last)
    text = titled(mention.text).title if named_person else mention.text
    found = list(places.matches(text))
    if is_joint(text, found):
        return ()
    own = tuple(match.entry.iso3 for match in found if match.entry.iso3 and not _is_sided(text, match))
    return own if own or found or mention.kind != "nominal" else _of_organisation(text)


def _of_organisation(text: str) -> tuple[str, ...]:
    """Return the state of the body or group that a description names: that of ``Hamas`` in ``two Hamas fighters``."""
    described = organisations().in_description(text)
    one = described.organisation if described else None
    return (one.iso3,) if one and one.iso3 and one.type in _OF_STATES else ()


def _is_sided(text: str, match: GazetteerMatch) -> bool:
    """Say whether a word for a state tells whom somebody is for, or is helped by, and not whose he is."""
    after = _BACKED.match(text, match.end) or _LED.match(text, match.end)
    return bool(after or _SIDED.search(text[: match.begin]))


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
