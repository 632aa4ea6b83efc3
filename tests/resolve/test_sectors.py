from __future__ import annotations

from typing import get_args

import pytest

from kg.records import ACTOR_TYPES, SECTORS, ActorType
from kg.resolve.sectors import fitting_sector, may_have, possible_sectors
from kg.resources import read_tsv


@pytest.mark.parametrize(
    ("actor_type", "sector", "fitting"),
    [
        ("STATE", "IGO", "GOV"),
        ("IGO", "JUD", "JUD"),
        ("IGO", "GOV", "IGO"),
        ("ARMED_GROUP", "CVL", "REB"),
        ("ARMED_GROUP", "CRM", "CRM"),
        ("PARTY", "REB", "PTY"),
        ("CIVILIANS", "", "CVL"),
        ("ETHNIC_RELIGIOUS", "", ""),
        ("PERSON", "", ""),
        ("OTHER", "EDU", "EDU"),
    ],
)
def test_a_sector_fits_its_type(actor_type: ActorType, sector: str, fitting: str) -> None:
    assert fitting_sector(actor_type, sector) == fitting
    assert may_have(actor_type, sector) == (sector == fitting)


def test_what_fits_is_possible() -> None:
    for actor_type in get_args(ActorType):
        for sector in ("", *SECTORS):
            fitting = fitting_sector(actor_type, sector)
            assert may_have(actor_type, fitting)
            assert fitting_sector(actor_type, fitting) == fitting


def test_the_table_is_well_formed() -> None:
    rows = read_tsv("lexicons/type_sectors.tsv")
    assert len({row["type"] for row in rows}) == len(rows)
    for row in rows:
        assert row["type"] in ACTOR_TYPES
        possible = possible_sectors(row["type"])
        assert possible[0] in SECTORS
        assert len(set(possible)) == len(possible)
        assert set(possible) <= {"", *SECTORS}
