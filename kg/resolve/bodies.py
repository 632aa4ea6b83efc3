"""Generic nouns that name one body of a state: the Turkish military is the Turkish Armed Forces.

Data: ``kg/data/lexicons/bodies.tsv``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.lexicon import gazetteer
from kg.resolve.names import without_quantity
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.lexicon import Gazetteer
    from kg.records import ActorType

_SEAM: Final = re.compile(r"['’]s?\b|-")


class Body(NamedTuple):
    """A body of a state, with its sector."""

    name: str
    sector: str


def body(text: str, actor_type: ActorType, iso3: str, places: Gazetteer | None = None) -> Body | None:
    """Return the body of the state ``iso3`` that a mention such as ``Turkish military`` names, or None.

    Words for the state are left out of the mention; what is left must be one of the generic nouns of ``actor_type``.
    """
    if not iso3:
        return None
    places = places or gazetteer()
    noun = bare_noun(text, places)
    found = _table().get((actor_type, noun, iso3)) or _table().get((actor_type, noun, ""))
    if found is None:
        return None
    country, adjective = places.country_name(iso3) or iso3, places.adjective(iso3) or iso3
    return Body(found.name.format(country=country, adjective=adjective), found.sector)


def bare_noun(text: str, places: Gazetteer | None = None) -> str:
    """Return a mention in lower case, without words for states (of ``places``, or ours), articles and numbers.

    >>> bare_noun("Pakistan's Foreign Ministry")
    'foreign ministry'
    """
    kept = []
    end = 0
    for match in (places or gazetteer()).matches(text):
        kept.append(text[end : match.begin])
        end = match.end
        if seam := _SEAM.match(text, end):
            end = seam.end()
    kept.append(text[end:])
    return without_quantity(" ".join(" ".join(kept).split())).lower().removesuffix(" of").removesuffix(" in")


@cache
def _table() -> Mapping[tuple[str, str, str], Body]:
    return {
        (row["type"], noun, row["iso3"]): Body(row["name"], row["sector"])
        for row in read_tsv("lexicons/bodies.tsv")
        for noun in row["nouns"].split("|")
    }
