"""Which actor of a user's lexicon an actor of a document is, by what it is called there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.resolve.bodies import bare_noun
from kg.resolve.names import key, titled, without_tail

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.records import ActorType
    from kg.resolve.dictionaries import KnownActor, LexiconOfDay
    from kg.resolve.entries import Entry, Term
    from kg.resolve.names import MentionText

_NEVER_PEOPLE: Final[frozenset[ActorType]] = frozenset({"COMPANY", "NGO"})
_BY_NAME, _BY_DESCRIPTION = 2, 1


class IdentifiedActor(NamedTuple):
    """An entry, its term on the day asked for, None where none holds, and the words that name it."""

    entry: Entry
    term: Term | None
    mention: str


def identify(
    mentions: Sequence[MentionText], actor_type: ActorType, lexicon: LexiconOfDay, countries: Sequence[str]
) -> IdentifiedActor | None:
    """Return the actor of ``lexicon`` that most of ``mentions`` name, names counting double, or None.

    ``countries`` are the codes that the document ties the actor to: they choose among actors of one name.
    """
    if not lexicon:
        return None
    found: Counter[str] = Counter()
    actors: dict[str, IdentifiedActor] = {}
    for mention in mentions:
        if mention.kind != "pronoun" and (known := _named(mention, actor_type, lexicon, countries)):
            actors.setdefault(known.entry.name, IdentifiedActor(*known, mention.text))
            found[known.entry.name] += _BY_NAME if mention.kind == "name" else _BY_DESCRIPTION
    return actors[found.most_common(1)[0][0]] if found else None


def name_of(known: IdentifiedActor, lexicon: LexiconOfDay) -> str:
    """Return what an actor is called: a state that a dictionary gives by its code has its title."""
    entry, term, _ = known
    if entry.is_state and entry.type is None and term is not None:
        return lexicon.places.country_name(term.country) or entry.name
    return entry.name


def sector_of_nouns(mentions: Sequence[MentionText], lexicon: LexiconOfDay) -> str:
    """Return the sector that the lexicon gives to the common nouns for an actor, empty where it knows none of them."""
    if not lexicon.lexicon.sectors:
        return ""
    nouns = (bare_noun(mention.text, lexicon.places) for mention in mentions if mention.kind == "nominal")
    return next((sector for noun in nouns if (sector := lexicon.sector(noun))), "")


def _named(
    mention: MentionText, actor_type: ActorType, lexicon: LexiconOfDay, countries: Sequence[str]
) -> KnownActor | None:
    for form in _forms(mention, actor_type):
        known = lexicon.find(form, countries)
        if known is not None and _can_be(known.entry, actor_type, form):
            return known
    return None


def _forms(mention: MentionText, actor_type: ActorType) -> Iterator[str]:
    yield mention.text
    yield titled(mention.text).name if actor_type == "PERSON" else without_tail(mention.text)


def _can_be(entry: Entry, actor_type: ActorType, form: str) -> bool:
    if entry.is_state or actor_type == "STATE":
        return entry.is_state and actor_type == "STATE"
    if entry.type is not None:
        return (entry.type == "PERSON") == (actor_type == "PERSON")
    # A dictionary that gives no types may well have the company of a founder's name.
    return actor_type != "PERSON" or (entry.likely not in _NEVER_PEOPLE and " " in key(form))
