"""The five families of ties that pictures tell apart, read from the ontology."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import Final

from kg.ontology import KG, local_name, property_of_event, super_properties, symmetric_properties

_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Family(StrEnum):
    """What a tie says of two actors, from friendly to hostile, and last the standing ties."""

    MEETS = "meets"
    SUPPORTS = "supports"
    DISPUTES = "disputes"
    OPPOSES = "opposes"
    STANDING = "standing"


# Narrower before wider: what disputes also opposes.
_HEADS: Final = (Family.MEETS, Family.SUPPORTS, Family.DISPUTES, Family.OPPOSES)


@cache
def family_of(name: str) -> Family:
    """Return the family of a relation property, given its local name.

    Raises:
        OntologyError: the ontology defines no such property.
    """
    lineage = {KG[name], *super_properties(KG[name])}
    return next((family for family in _HEADS if KG[family] in lineage), Family.STANDING)


@cache
def family_of_event(event_type: str) -> Family:
    """Return the family of the ties that events of ``event_type`` give.

    Raises:
        OntologyError: no tie is derived from such a type.
    """
    return family_of(local_name(property_of_event(event_type)))


@cache
def is_symmetric(name: str) -> bool:
    """Say whether a relation property holds both ways."""
    return KG[name] in symmetric_properties()


@cache
def lies_under(name: str, other: str) -> bool:
    """Say whether property ``name`` is narrower than property ``other``."""
    return KG[other] in super_properties(KG[name])


def verb(name: str) -> str:
    """Return a relation property's local name as words: ``alliedWith`` is "allied with"."""
    return _CAPITAL.sub(" ", name).lower()
