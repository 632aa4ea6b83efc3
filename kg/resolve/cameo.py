"""CAMEO's codes of actors, as ``USAGOV`` or ``NGOHRI``: the state, sector and type that they stand for.

Data: ``kg/data/lexicons/cameo_actors.tsv``, after the CAMEO codebook (Schrodt 2012), the KEDS project's older codes and
PLOVER. Of several roles the first decides, unless a later one makes it more exact: ``GOVMIL`` is of the military.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from kg.errors import LexiconError
from kg.lexicon import gazetteer
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.records import ActorType

NULL: Final = "---"
"""The code of what looks like an actor and is none."""

_PART: Final = 3


class CodedActor(NamedTuple):
    """What a code says; ``type`` is that of an actor that is no person, None where the code leaves it open.

    A state's code alone is of type ``STATE``: it stands for the state, its cities and its people.
    """

    country: str
    sector: str
    type: ActorType | None


class _Part(NamedTuple):
    kind: str
    country: str
    sector: str
    type: ActorType | None
    refines: tuple[str, ...]


@lru_cache(maxsize=4096)
def decode(code: str) -> CodedActor:
    """Return what a code such as ``IGOUNO`` or ``KORGOVBUS`` says; parts that nothing is known of say nothing.

    Raises:
        LexiconError: the code is not made of parts of three letters or digits.

    >>> decode("ROM")
    CodedActor(country='ROU', sector='', type='STATE')
    >>> decode("RUSGOVSPY")
    CodedActor(country='RUS', sector='SPY', type='GOVERNMENT_BODY')
    >>> decode("IMGMUSALQ")
    CodedActor(country='', sector='REB', type='ARMED_GROUP')
    """
    if not code or len(code) % _PART or not (code.isascii() and code.isalnum()):
        raise LexiconError(f"code {code!r} is not made of parts of three letters")
    upper = code.upper()
    parts = [upper[begin : begin + _PART] for begin in range(0, len(upper), _PART)]
    found = [_part(part, first=not place) for place, part in enumerate(parts)]
    country, sector = "", ""
    kind: ActorType | None = "STATE" if len(found) == 1 and found[0].country else None
    for part in found:
        country = country or part.country
        if part.sector and (not sector or sector in part.refines):
            sector, kind = part.sector, part.type
    return CodedActor("" if kind == "IGO" else country, sector, kind)


def _part(code: str, *, first: bool) -> _Part:
    listed = _table().get(code)
    # Some codes are both a state's and a faith's: MUS is Mauritius only where a code begins with it.
    if gazetteer().country_name(code) and (first or listed is None):
        return _Part("state", code, "", None, ())
    return listed or _Part("", "", "", None, ())


@cache
def _table() -> Mapping[str, _Part]:
    return {
        row["code"]: _Part(
            row["kind"],
            row["country"],
            row["sector"],
            cast("ActorType", row["type"]) if row["type"] else None,
            tuple(filter(None, row["refines"].split("|"))),
        )
        for row in read_tsv("lexicons/cameo_actors.tsv")
    }
