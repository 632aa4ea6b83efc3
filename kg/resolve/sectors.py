"""The sectors that actors of a type may have: a state acts as its government, an armed group as rebels or criminals.

Data: ``kg/data/lexicons/type_sectors.tsv``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.records import ActorType


def possible_sectors(actor_type: ActorType) -> tuple[str, ...]:
    """Return the sectors that an actor of the type may have, the usual one first; none where it may have any.

    >>> possible_sectors("POLICE"), possible_sectors("PERSON")
    (('COP', 'SPY'), ())
    """
    return _table().get(actor_type, ())


def may_have(actor_type: ActorType, sector: str) -> bool:
    """Say whether an actor of the type may have the sector."""
    possible = possible_sectors(actor_type)
    return not possible or sector in possible


def fitting_sector(actor_type: ActorType, sector: str) -> str:
    """Return ``sector`` where an actor of the type may have it, and else the usual one of the type.

    >>> fitting_sector("IGO", "GOV"), fitting_sector("IGO", "JUD")
    ('IGO', 'JUD')
    """
    return sector if may_have(actor_type, sector) else possible_sectors(actor_type)[0]


@cache
def _table() -> Mapping[ActorType, tuple[str, ...]]:
    return {
        cast("ActorType", row["type"]): tuple(row["sectors"].split("|"))
        for row in read_tsv("lexicons/type_sectors.tsv")
    }
