from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.lexicon import GazetteerEntry, _build, fold, gazetteer
from kg.resources import read_tsv

PLACES = [
    ("France", "FRA", "France", "name"),
    ("france", "FRA", "France", "name"),
    ("the United States", "USA", "United States", "name"),
    ("The United States'", "USA", "United States", "name"),
    ("U.S.", "USA", "United States", "abbreviation"),
    ("US", "USA", "United States", "abbreviation"),
    ("the US's", "USA", "United States", "abbreviation"),
    ("U.K.", "GBR", "United Kingdom", "abbreviation"),
    ("Britain", "GBR", "United Kingdom", "alias"),
    ("Ivory Coast", "CIV", "Ivory Coast", "name"),
    ("Côte d’Ivoire", "CIV", "Ivory Coast", "alias"),
    ("Burma", "MMR", "Myanmar", "alias"),
    ("Türkiye", "TUR", "Turkey", "alias"),
    ("Russians", "RUS", "Russia", "demonym"),
    ("Russian", "RUS", "Russia", "adjective"),
    ("Turks", "TUR", "Turkey", "demonym"),
    ("Iraqi", "IRQ", "Iraq", "adjective"),
    ("Moscow's", "RUS", "Russia", "capital"),
    ("Addis Ababa", "ETH", "Ethiopia", "capital"),
    ("N'Djamena", "TCD", "Chad", "capital"),
    ("Bogotá", "COL", "Colombia", "capital"),
    ("the Kremlin", "RUS", "Russia", "seat"),
    ("White House", "USA", "United States", "seat"),
    ("Élysée", "FRA", "France", "seat"),
    ("Kosovo", "XKX", "Kosovo", "name"),
    ("Palestinians", "PSE", "Palestine", "demonym"),
    ("Soviet", "SUN", "Soviet Union", "adjective"),
    ("Chechnya", "RUS", "Chechnya", "region"),
    ("Africa", "", "Africa", "region"),
]
NO_PLACES = ["us", "car", "", "the", "Atlantis", "France and Spain", "Frances", "uk"]
IN_TEXT: list[tuple[str, tuple[str, ...]]] = [
    ("Pakistani soldiers", ("PAK",)),
    ("U.S.-brokered talks", ("USA",)),
    ("a U.S. envoy", ("USA",)),
    ("the US-led force", ("USA",)),
    ("they told us to go", ()),
    ("a turkey in china, a polish", ()),
    ("Israeli-Palestinian talks", ("ISR", "PSE")),
    ("Chinese and Chinese firms", ("CHN",)),
    ("South Korean and North Korean officers", ("KOR", "PRK")),
    ("South American leaders", ()),
    ("Latin American and American leaders", ("USA",)),
    ("Equatorial Guinea", ("GNQ",)),
    ("Guinea-Bissau, Guinea", ("GNB", "GIN")),
    ("Papua New Guinea's premier", ("PNG",)),
    ("the Gulf of Mexico", ()),
    ("New Mexico", ("USA",)),
    ("Mexico, City dwellers", ("MEX",)),
    ("RUSSIA WARNS NATO", ("RUS",)),
    ("the Democratic Republic of Congo's army", ("COD",)),
    ("the Republic of Congo", ("COG",)),
    ("Washington, D.C.", ("USA",)),
    ("al-Qaida in Iraq", ("IRQ",)),
    ("anti-American rallies", ("USA",)),
    ("the D.R.C. army", ("COD",)),
    ("São Tomé and Príncipe", ("STP",)),
    ("Chadwick and Omaniac", ()),
    ("1,200 Ugandan troops", ("UGA",)),
    ("", ()),
]


@pytest.mark.parametrize(("form", "iso3", "name", "kind"), PLACES)
def test_place(form: str, iso3: str, name: str, kind: str) -> None:
    assert gazetteer().place(form) == GazetteerEntry(iso3, name, kind)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", NO_PLACES)
def test_no_place(form: str) -> None:
    assert gazetteer().place(form) is None


@pytest.mark.parametrize(("text", "codes"), IN_TEXT)
def test_countries_in(text: str, codes: tuple[str, ...]) -> None:
    assert gazetteer().countries_in(text) == codes


@settings(deadline=None)
@given(st.text(max_size=80))
def test_matches_lie_in_order_within_any_text(text: str) -> None:
    matches = list(gazetteer().matches(text))
    assert all(0 <= match.begin < match.end <= len(text) for match in matches)
    assert all(left.end <= right.begin for left, right in pairwise(matches))


@settings(deadline=None)
@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("form", "expected"),
    [("Kremlin", True), ("Paris", True), ("France", False), ("French", False), ("nowhere", False)],
)
def test_is_capital_or_seat(form: str, expected: bool) -> None:
    assert gazetteer().is_capital_or_seat(form) is expected


def test_country_name() -> None:
    assert gazetteer().country_name("MMR") == "Myanmar"
    assert gazetteer().country_name("ZZZ") is None


def test_table_is_well_formed() -> None:
    kinds = {"name", "alias", "demonym", "adjective", "capital", "seat", "abbreviation", "region"}
    for row in read_tsv("lexicons/countries.tsv"):
        assert row["kind"] in kinds, row
        assert re.fullmatch(r"[A-Z]{3}|", row["iso3"]), row
        assert row["name"], row
        assert row["form"], row
        assert row["source"], row
        assert row["iso3"] or row["kind"] == "region", row


def test_every_form_of_the_table_is_found_in_text() -> None:
    for row in read_tsv("lexicons/countries.tsv"):
        found = [match.entry.iso3 for match in gazetteer().matches(f"with {row['form']}, ")]
        if row["form"][0].isupper():
            assert found == [row["iso3"]], row


def test_two_states_may_not_share_a_form() -> None:
    rows = [
        {"iso3": "AAA", "name": "A", "kind": "name", "form": "Avalon"},
        {"iso3": "BBB", "name": "B", "kind": "alias", "form": "avalon"},
    ]
    with pytest.raises(KgError, match="'avalon' stands for both AAA and BBB"):
        _build(rows)
