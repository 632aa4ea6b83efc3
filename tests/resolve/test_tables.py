"""The lexicons hold what the code expects of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from kg.calendar.days import written
from kg.lexicon import GazetteerEntry, fold, gazetteer
from kg.records import ACTOR_TYPES, SECTORS
from kg.resolve.names import TitledName, key
from kg.resolve.offices import offices
from kg.resolve.organisations import members, memberships, organisations
from kg.resolve.people import people
from kg.resolve.readings import read
from kg.resources import read_tsv

TABLES = [
    *("organisations", "leaders", "titles", "bodies", "time", "cameo_actors", "offices", "office_holders"),
    *("memberships", "readings", "states", "agents", "type_sectors"),
]


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
        found = organisations().find(row["name"], {row["iso3"]}) or organisations().articled.get(key(row["name"]))
        assert found is not None, row
        assert found.name == row["name"], row


def test_names_of_abbreviations_need_their_capitals() -> None:
    assert organisations().find("WHO") is not None
    assert organisations().find("Who") is None
    assert organisations().find("who") is None
    assert organisations().find("LeT") is not None
    assert organisations().find("Let") is None
    assert organisations().find("Economist") is None


def test_every_person_is_found_by_name() -> None:
    for row in [*read_tsv("lexicons/leaders.tsv"), *read_tsv("lexicons/office_holders.tsv")]:
        found = people().find([TitledName("", row["name"])], (), None)
        assert found is not None, row
        assert found.person.name == row["name"], row


def test_codes_of_actors_mean_what_exists() -> None:
    for row in read_tsv("lexicons/cameo_actors.tsv"):
        assert row["kind"] in {"state", "group", "role", "region", "people"}, row
        assert bool(row["country"]) == (row["kind"] == "state"), row
        assert not row["country"] or gazetteer().country_name(row["country"]), row
        assert {row["sector"], *row["refines"].split("|")} <= {*SECTORS, ""}, row
        assert row["type"] in {*ACTOR_TYPES, ""}, row


def test_there_are_as_many_as_is_said() -> None:
    """2,500 actors and 6,000 names: no generic noun of a body counts, and no name twice for one actor."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for row in read_tsv("lexicons/countries.tsv"):
        if row["iso3"] and row["kind"] != "region":
            names[row["iso3"]].add(fold(row["form"]))
    for table in ("organisations", "leaders", "office_holders"):
        for row in read_tsv(f"lexicons/{table}.tsv"):
            forms = [row["name"], *row["aliases"].split("|"), *row.get("local_aliases", "").split("|")]
            names[row["name"]].update(fold(form) for form in forms if form)
    assert len(names) >= 4_500
    assert sum(map(len, names.values())) >= 8_000


def test_dates_can_be_read_and_lie_in_order() -> None:
    for table in ("organisations", "office_holders", "memberships", "readings", "states"):
        for row in read_tsv(f"lexicons/{table}.tsv"):
            since = written(row["from"]).first if row["from"] else None
            until = written(row["until"]).last if row["until"] else None
            assert since is None or until is None or since <= until, row


def test_no_office_has_two_holders_but_where_terms_meet() -> None:
    """A term may begin in the month (or on the day) in which another ends, no earlier."""
    seats: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in read_tsv("lexicons/office_holders.tsv"):
        seats[row["body"], row["office"]].append((row["from"], row["until"] or "9999"))
    for seat, terms in seats.items():
        for (_, until), (since, _) in pairwise(sorted(terms)):
            exactness = min(len(until), len(since))
            assert until[:exactness] <= since[:exactness], (seat, until, since)


def test_offices_are_of_states_and_organisations_that_are_known() -> None:
    known = {row["office"] for row in read_tsv("lexicons/offices.tsv")}
    for row in read_tsv("lexicons/office_holders.tsv"):
        assert gazetteer().country_name(row["body"]) or organisations().named(row["body"]), row
        assert row["office"] in known, row
        assert row["woman"] in {"yes", "no"}, row


def test_members_are_states_of_known_organisations() -> None:
    for name, members_of in memberships().items():
        assert organisations().named(name), name
        assert all(gazetteer().country_name(one.iso3) for one in members_of), name


@pytest.mark.parametrize(
    ("organisation", "day", "count"),
    [
        ("NATO", date(1990, 1, 1), 16),
        ("NATO", date(2024, 6, 1), 32),
        ("European Union", date(1994, 1, 1), 12),
        ("European Union", date(2019, 1, 1), 28),
        ("European Union", date(2021, 1, 1), 27),
        ("African Union", date(2018, 1, 1), 55),
        ("Arab League", date(2024, 1, 1), 22),
        ("Association of Southeast Asian Nations", date(2010, 1, 1), 10),
        ("Eurozone", date(2026, 2, 1), 21),
        ("OPEC", date(2018, 8, 1), 15),
        ("OPEC", date(2024, 6, 1), 12),
        ("Southern African Development Community", date(2020, 1, 1), 16),
        ("Economic Community of Central African States", date(2020, 1, 1), 11),
        ("Intergovernmental Authority on Development", date(2015, 1, 1), 7),
        ("European Free Trade Association", date(1992, 1, 1), 7),
        ("Caribbean Community", date(2010, 1, 1), 15),
        ("Pacific Islands Forum", date(2018, 1, 1), 18),
        ("G5 Sahel", date(2023, 6, 1), 4),
        ("Atlantis", date(2010, 1, 1), 0),
    ],
)
def test_organisations_have_their_members(organisation: str, day: date, count: int) -> None:
    assert len(members(organisation, day)) == count


@pytest.mark.parametrize(
    ("body", "noun", "day", "name"),
    [
        ("USA", "president", date(2015, 6, 1), "Barack Obama"),
        ("USA", "president", date(2018, 6, 1), "Donald Trump"),
        ("USA", "secretary of state", date(1995, 6, 1), "Warren Christopher"),
        ("GBR", "foreign secretary", date(2003, 6, 1), "Jack Straw"),
        ("SUN", "president", date(1991, 6, 1), "Mikhail Gorbachev"),
        ("IND", "prime minister", date(1993, 1, 1), "P. V. Narasimha Rao"),
        ("United Nations", "chief", date(1993, 1, 1), "Boutros Boutros-Ghali"),
        ("NATO", "secretary general", date(2001, 1, 1), "George Robertson"),
        ("ZAF", "president", date(1994, 12, 1), "Nelson Mandela"),
    ],
)
def test_offices_have_their_holders(body: str, noun: str, day: date, name: str) -> None:
    found = offices().holder(body, noun, day)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("body", "noun", "day"),
    [
        ("USA", "president", date(2025, 1, 20)),
        ("USA", "king", date(2000, 1, 1)),
        ("IRQ", "president", date(2003, 9, 1)),
    ],
)
def test_nobody_is_named_where_none_or_two_may_be_meant(body: str, noun: str, day: date) -> None:
    assert offices().holder(body, noun, day) is None


@pytest.mark.parametrize(
    ("form", "text", "day", "iso3"),
    [
        ("Georgia", "Voters in Georgia chose a new governor.", None, "USA"),
        ("Georgia", "Georgia accused Russia of shelling villages near Tskhinvali.", None, "GEO"),
        ("Georgia", "Georgia is on the list.", None, "GEO"),
        ("Congo", "Congo's army left Goma.", None, "COD"),
        ("Congo", "In Brazzaville, Congo's president met the envoys.", None, "COG"),
        ("Korea", "Korea beat Japan.", None, ""),
        ("Korea", "Korea's exporters, among them Samsung and Hyundai, lost ground.", None, "KOR"),
        ("Moscow", "Moscow protested.", date(1990, 3, 1), "SUN"),
        ("Moscow", "Moscow protested.", date(1995, 3, 1), "RUS"),
        ("Moscow", "Moscow protested.", None, "RUS"),
        ("South Sudan", "South Sudan will vote.", date(2010, 12, 1), "SDN"),
        ("South Sudan", "South Sudan will vote.", date(2018, 12, 1), "SSD"),
        ("Tripoli", "Clashes in Tripoli, in northern Lebanon, went on.", None, "LBN"),
        ("Belgrade", "Belgrade rejected the plan.", date(1999, 2, 1), "YUG"),
    ],
)
def test_words_for_places_mean_what_text_and_day_say(form: str, text: str, day: date | None, iso3: str) -> None:
    assert read(form, text, day).iso3 == iso3


def test_readings_are_of_known_states() -> None:
    for row in read_tsv("lexicons/readings.tsv"):
        assert not row["iso3"] or gazetteer().country_name(row["iso3"]), row
        assert GazetteerEntry(row["iso3"], row["name"], "region").name, row
