"""The lexicons hold what the code expects of them."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.lexicon import gazetteer
from kg.records import ACTOR_TYPES, SECTORS
from kg.resolve.organisations import organisations
from kg.resolve.people import people
from kg.resources import read_tsv

TABLES = ["organisations", "leaders", "titles", "bodies", "time", "cameo_actors"]


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_its_source(table: str) -> None:
    assert all(row["source"] for row in read_tsv(f"lexicons/{table}.tsv"))


@pytest.mark.parametrize("table", ["organisations", "leaders", "bodies"])
def test_codes_types_and_sectors_exist(table: str) -> None:
    known = gazetteer()
    for row in read_tsv(f"lexicons/{table}.tsv"):
        assert not row["iso3"] or known.country_name(row["iso3"]), row
        assert not row["sector"] or row["sector"] in SECTORS, row
        assert row.get("type", "STATE") in ACTOR_TYPES, row


def test_nobody_is_listed_twice() -> None:
    for table in ("leaders", "organisations"):
        counts = Counter(row["name"] for row in read_tsv(f"lexicons/{table}.tsv"))
        assert [name for name, count in counts.items() if count > 1] == []


def test_terms_of_office_begin_before_they_end() -> None:
    for row in read_tsv("lexicons/leaders.tsv"):
        assert row["from"].isdigit(), row
        assert not row["to"] or int(row["from"]) <= int(row["to"]), row


def test_every_organisation_is_found_by_its_name() -> None:
    for row in read_tsv("lexicons/organisations.tsv"):
        found = organisations().find(row["name"], {row["iso3"]})
        assert found is not None, row
        assert found.name == row["name"], row


def test_names_of_abbreviations_need_their_capitals() -> None:
    assert organisations().find("WHO") is not None
    assert organisations().find("Who") is None
    assert organisations().find("who") is None


def test_every_person_is_found_by_name() -> None:
    from kg.resolve.names import TitledName

    for row in read_tsv("lexicons/leaders.tsv"):
        found = people().find([TitledName("", row["name"])], (), None)
        assert found is not None, row
        assert found.name == row["name"], row


def test_codes_of_actors_mean_what_exists() -> None:
    for row in read_tsv("lexicons/cameo_actors.tsv"):
        assert row["kind"] in {"state", "group", "role", "region", "people"}, row
        assert bool(row["country"]) == (row["kind"] == "state"), row
        assert not row["country"] or gazetteer().country_name(row["country"]), row
        assert {row["sector"], *row["refines"].split("|")} <= {*SECTORS, ""}, row
        assert row["type"] in {*ACTOR_TYPES, ""}, row
