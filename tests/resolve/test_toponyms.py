"""The gazetteer of towns: found by any spelling, complete, and made from GeoNames as it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import gazetteer
from kg.resolve.toponyms import key, lines, toponyms
from kg.resources import path, read_tsv


@pytest.mark.parametrize(
    ("name", "first", "country"),
    [
        ("Homs", "Homs", "SYR"),
        ("HOMS", "Homs", "SYR"),
        ("Saint Petersburg", "Saint Petersburg", "RUS"),
        ("St. Petersburg", "Saint Petersburg", "RUS"),
        ("Bogotá", "Bogotá", "COL"),
        ("Bogota", "Bogotá", "COL"),
        ("Deir ez Zor", "Deir ez-Zor", "SYR"),
        ("Texas", "Texas", "USA"),
        ("Calif.", "California", "USA"),
    ],
)
def test_first_names(name: str, first: str, country: str) -> None:
    assert (first, country) in {(one.name, one.iso3) for one in toponyms().named(name)}


@pytest.mark.parametrize(
    ("name", "first"),
    [("Kiev", "Kyiv"), ("Raqqa", "Ar Raqqah"), ("Hodeidah", "Al Ḩudaydah"), ("New York", "New York City")],
)
def test_other_names(name: str, first: str) -> None:
    assert first in {one.name for one in toponyms().also_named(name)}


@pytest.mark.parametrize("name", ["", " ", "#", "\t", "\n", "Homs\t775404", "1\n2", "zzzzzz", "a" * 10_000, "\ud800"])
def test_what_is_no_name_is_not_found(name: str) -> None:
    assert toponyms().named(name) + toponyms().also_named(name) == ()


@given(st.text())
def test_any_text_can_be_looked_up(text: str) -> None:
    for one in (*toponyms().named(text), *toponyms().also_named(text)):
        assert -90 <= one.latitude <= 90
        assert -180 <= one.longitude <= 180


@pytest.mark.parametrize("table", ["cities", "names"])
def test_tables_are_sorted_and_whole(table: str) -> None:
    rows = path(f"places/{table}.tsv").read_bytes().split(b"\n")
    assert rows.pop() == b""
    firsts = [row.split(b"\t")[0] for row in rows]
    assert firsts == sorted(set(firsts))
    assert {row.count(b"\t") for row in rows} == {{"cities": 6, "names": 2}[table]}


def test_every_name_leads_to_a_town() -> None:
    numbers = {row.split("\t")[0] for row in path("places/cities.tsv").read_text("utf-8").splitlines()}
    for row in path("places/names.tsv").read_text("utf-8").splitlines():
        at, own, other = row.split("\t")
        assert key(at) == at
        assert own or other
        assert numbers.issuperset([*own.split(), *other.split()])


def test_every_region_lies_in_its_country() -> None:
    known = gazetteer()
    for row in read_tsv("lexicons/regions.tsv"):
        assert row["source"]
        assert known.country_name(row["iso3"]), row
        assert [one for one in toponyms().regions[key(row["name"])] if one.iso3 == row["iso3"] and one.population], row


def test_countries_of_the_lexicon_have_points() -> None:
    places = toponyms().countries
    gone = {"SUN", "YUG", "SCG", "CSK", "DDR", "VDR", "ANT"}
    assert gazetteer().names.keys() - places.keys() - gone <= {"ATA"}


def test_words_around_places_have_kinds() -> None:
    kinds = {row["kind"] for row in read_tsv("lexicons/place_words.tsv")}
    assert kinds == {"direction", "settlement", "area", "site", "common"}


def test_lines_are_sorted_by_bytes() -> None:
    assert lines([("b", "1"), ("a b", "2"), ("a", "3"), ("é", "4")]) == "a\t3\na b\t2\nb\t1\né\t4\n"
