"""The sector that a common noun for people tells: journalists are of the media, gunmen of an unknown armed group.

Data: ``kg/data/lexicons/agents.tsv``.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.lexicon import fold
from kg.resolve.names import titled, without_possessive
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.records import ActorType
    from kg.resolve.names import MentionText

_TYPES: Final[frozenset[ActorType]] = frozenset({"PERSON", "CIVILIANS", "OTHER", "ARMED_GROUP"})
_LONGEST: Final = 3


def sector_of_agents(mentions: Iterable[MentionText], actor_type: ActorType) -> str:
    """Return the sector that most of the descriptions and titles of an actor tell, empty where they tell none.

    Where they tell several equally often, the first is returned.
    """
    if actor_type not in _TYPES:
        return ""
    told = Counter(filter(None, (_sector(mention, actor_type) for mention in mentions)))
    return told.most_common(1)[0][0] if told else ""


def _sector(mention: MentionText, actor_type: ActorType) -> str:
    if mention.kind == "pronoun":
        return ""
    if mention.kind == "nominal":
        return _of_phrase(without_possessive(mention.text))
    return _of_phrase(titled(mention.text).title) if actor_type == "PERSON" else ""


def _of_phrase(phrase: str) -> str:
    words = fold(phrase).split()[-_LONGEST:]
    ends = (" ".join(words[begin:]) for begin in range(len(words)))
    return next((sector for end in ends if (sector := _nouns().get(end))), "")


@cache
def _nouns() -> Mapping[str, str]:
    return {row["noun"]: row["sector"] for row in read_tsv("lexicons/agents.tsv")}
