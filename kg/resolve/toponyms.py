"""The gazetteer of the world's towns, with the countries and regions they lie in, after GeoNames (CC BY 4.0).

Data: ``kg/data/places``, made from GeoNames by :mod:`kg.train.toponyms`. The tables of towns and of their names are
sorted by their first column and searched as they lie in the file, so that nothing is parsed that is not asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal, cast

from kg.lexicon import fold
from kg.resources import path, read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ToponymKind = Literal["country", "region", "city"]

_UNSAID: Final = re.compile(r"[.'’‘ʻʼ`]")
_JOINED: Final = re.compile(r"[\s\-‐-―/]+")
_LINES: Final = 1 << 14
_SAINTS: Final = {"st": "saint", "ste": "sainte"}


@dataclass(frozen=True, slots=True)
class Toponym:
    """An entry: a town, a region or a country, with a point in degrees (WGS 84).

    The point of a country or region is the centre of its population, that is of its towns weighted by theirs.
    ``admin1`` are the GeoNames codes of the first-order divisions that it lies in or consists of; ``geonames`` is its
    number there, empty for a region.
    """

    kind: ToponymKind
    name: str
    iso3: str
    admin1: frozenset[str]
    latitude: float
    longitude: float
    population: int
    geonames: str = ""


@dataclass(frozen=True, slots=True)
class Toponyms:
    """The entries, found by the key of a name; countries by code.

    ``cities`` has a line for each town, ``names`` for each key the numbers of the towns that it names. ``abbreviating``
    are the states whose regions have abbreviations, by which news style tells their towns apart (``Athens, Ga.``).
    """

    cities: bytes
    names: bytes
    countries: Mapping[str, Toponym]
    regions: Mapping[str, tuple[Toponym, ...]]
    abbreviating: frozenset[str]

    def named(self, name: str) -> tuple[Toponym, ...]:
        """Return the towns and regions whose first name this is, in any spelling that shares its key."""
        at = key(name)
        return self.regions.get(at, ()) + self._cities(at, 1)

    def also_named(self, name: str) -> tuple[Toponym, ...]:
        """Return the towns that bear this as another name."""
        return self._cities(key(name), 2)

    def _cities(self, at: str, column: int) -> tuple[Toponym, ...]:
        found = next((row for row in (_line(self.names, form) for form in _spellings(at)) if row), None)
        return tuple(self._city(number) for number in found[column].split()) if found else ()

    def _city(self, number: str) -> Toponym:
        _, name, iso3, admin1, latitude, longitude, population = _line(self.cities, number)
        codes = frozenset(filter(None, [admin1]))
        return Toponym("city", name, iso3, codes, float(latitude), float(longitude), int(population), number)


@cache
def toponyms() -> Toponyms:
    """Return the gazetteer that ships with kg.

    Raises:
        KgError: the installation lacks it.
    """
    countries: dict[str, Toponym] = {}
    regions: defaultdict[str, list[Toponym]] = defaultdict(list)
    abbreviating = set[str]()
    for row in read_tsv("places/areas.tsv"):
        area = _area(row)
        if area.kind == "country":
            countries[area.iso3] = area
            continue
        for form in filter(None, (area.name, *row["aliases"].split("|"))):
            regions[key(form)].append(area)
            abbreviating.update([area.iso3] if form.endswith(".") else [])
    cities, names = (path(f"places/{table}.tsv").read_bytes() for table in ("cities", "names"))
    by_key = {at: tuple(found) for at, found in regions.items()}
    return Toponyms(cities, names, countries, by_key, frozenset(abbreviating))


def key(name: str) -> str:
    """Return what spellings of a place's name have in common: no case, accents, points, apostrophes or hyphens.

    >>> key("St. Petersburg"), key("Deir ez-Zor"), key("Ba‘qūbah")
    ('saint petersburg', 'deir ez zor', 'baqubah')
    """
    words = _JOINED.split(_UNSAID.sub("", fold(name)))
    return " ".join(_SAINTS.get(word, word) for word in words if word)


def _spellings(at: str) -> tuple[str, ...]:
    """Return a key, and after it the keys of other ways to write an Arabic name: with its article, or a silent h."""
    ending = at.removesuffix("h") if at.endswith("ah") else f"{at}h" if at.endswith("a") else ""
    article = "" if at.startswith("al ") else f"al {at}"
    return tuple(filter(None, (at, article, ending)))


def lines(rows: Iterable[Iterable[str]]) -> str:
    """Return rows as the tables hold them: sorted by the bytes of the first column, cells separated by tabs."""
    written = sorted((tuple(row) for row in rows), key=lambda row: row[0].encode())
    return "".join("\t".join(row) + "\n" for row in written)


def _area(row: Mapping[str, str]) -> Toponym:
    return Toponym(
        kind=cast("ToponymKind", row["kind"]),
        name=row["name"],
        iso3=row["iso3"],
        admin1=frozenset(filter(None, row["admin1"].split("|"))),
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        population=int(row["population"]),
        geonames=row["geonames"],
    )


@lru_cache(_LINES)
def _line(table: bytes, first: str) -> tuple[str, ...]:
    """Return the cells of the line that begins with the cell ``first``, or none where there is no such line."""
    wanted = first.encode("utf-8", "surrogatepass")
    begin = bisect_left(range(len(table)), wanted, key=lambda offset: _first_cell(table, offset))
    if not wanted or begin == len(table) or _first_cell(table, begin) != wanted:
        return ()
    return tuple(table[begin : table.index(b"\n", begin)].decode().split("\t"))


def _first_cell(table: bytes, offset: int) -> bytes:
    """Return the first cell of the line that holds ``offset``."""
    begin = table.rfind(b"\n", 0, offset) + 1
    return table[begin : table.index(b"\t", begin)]
