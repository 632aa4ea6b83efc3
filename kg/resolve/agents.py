"""The sector that a description tells: journalists are of the media, and Hamas officials of Hamas's sector.

Data: ``kg/data/lexicons/agents.tsv``.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.lexicon import fold
from kg.resolve.names import titled, without_possessive
from kg.resolve.organisations import organisations
from kg.resolve.sectors import may_have
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.records import ActorType
    from kg.resolve.names import MentionText

# A name of these ends in the noun that says what they are, or has it before "of": ``Dock Workers Union``.
_NAMED_BY_NOUN: Final[frozenset[ActorType]] = frozenset({"GOVERNMENT_BODY", "IGO", "NGO", "OTHER"})
_LONGEST: Final = 3
_GOVERNMENT: Final = "GOV"
_FORMER: Final = re.compile(r"(?:former|one-time|ex[-‐-―])\s*", re.IGNORECASE)


def sector_of_agents(mentions: Iterable[MentionText], actor_type: ActorType) -> str:
    """Return the sector that most of the descriptions and titles of an actor tell, empty where they tell none.

    Only sectors that an actor of the type may have count. Of several told equally often, the first is returned.
    """
    sectors = (_sector(mention, actor_type) for mention in mentions)
    told = Counter(sector for sector in sectors if sector and may_have(actor_type, sector))
    return told.most_common(1)[0][0] if told else ""


def sector_of_organisations(mentions: Iterable[MentionText], actor_type: ActorType) -> str:
    """Return the sector of the organisation that most descriptions of an actor name: spies are ``CIA personnel``.

    Empty where they name none, or none but such as whose people are of any sector, as those of a government are.
    """
    described = (without_possessive(mention.text) for mention in mentions if mention.kind == "nominal")
    present = (phrase for phrase in described if not _FORMER.match(phrase))
    found = map(organisations().in_description, present)
    named = Counter(one.organisation.sector for one in found if one)
    sector = named.most_common(1)[0][0] if named else ""
    return sector if sector != _GOVERNMENT and may_have(actor_type, sector) else ""


def _sector(mention: MentionText, actor_type: ActorType) -> str:
    if mention.kind == "pronoun":
        return ""
    text = without_possessive(mention.text)
    if actor_type in _NAMED_BY_NOUN:
        return _of_phrase(text) or _of_phrase(text.partition(" of ")[0])
    if mention.kind == "nominal":
        described = organisations().in_description(text)
        return _of_phrase(described.rest if described else text)
    return _of_phrase(titled(mention.text).title) if actor_type == "PERSON" else ""


def _of_phrase(phrase: str) -> str:
    words = fold(phrase).split()[-_LONGEST:]
    ends = (" ".join(words[begin:]) for begin in range(len(words)))
    return next((sector for end in ends if (sector := _nouns().get(end))), "")


@cache
def _nouns() -> Mapping[str, str]:
    return {row["noun"]: row["sector"] for row in read_tsv("lexicons/agents.tsv")}
