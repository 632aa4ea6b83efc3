from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.resolve.actors import Description
from kg.resolve.document import ActorText, describe_all
from kg.resolve.names import MentionText, kind_of

if TYPE_CHECKING:
    from kg.records import ActorType


def test_ties_within_the_document_give_states() -> None:
    text = "Jane Example, who heads the ministry of Denmark, met Norwegian envoys in Oslo, Norway."
    actors = [
        ActorText("A1", "PERSON", "GOV", [MentionText("Jane Example", "name", "", " who heads the ministry")]),
        ActorText("A2", "GOVERNMENT_BODY", "GOV", [MentionText("ministry", "nominal", "heads the ", " of Denmark")]),
    ]
    alone = describe_all(actors, [], text)
    tied = describe_all(actors, [("A1", "A2"), ("A1", "A9"), ("A1", "A1")], text)
    assert alone["A1"] == Description("Jane Example", "", "GOV")
    assert tied["A1"] == Description("Jane Example", "DNK", "GOV")
    assert list(tied) == ["A1", "A2"]
    assert tied["A2"] == alone["A2"]


def test_who_acts_for_a_group_is_of_its_sector() -> None:
    spokesman = ActorText("A1", "PERSON", "GOV", [MentionText("spokesman", "nominal")])
    taliban = ActorText("A2", "ARMED_GROUP", "REB", [MentionText("Taliban", "name")])
    france = ActorText("A3", "STATE", "", [MentionText("France", "name")])
    assert describe_all([spokesman, taliban], [("A1", "A2")], "Taliban spokesman")["A1"].sector == "REB"
    assert describe_all([spokesman, france], [("A1", "A3")], "French spokesman")["A1"].sector == "GOV"


def test_words_for_places_mean_what_the_text_says() -> None:
    georgia = [ActorText("A1", "STATE", "", [MentionText("Georgia", "name")])]
    assert describe_all(georgia, [], "Georgia accused Russia.")["A1"].country == "GEO"
    assert describe_all(georgia, [], "Georgia and Florida chose governors; Atlanta voted.")["A1"].country == "USA"
    moscow = [ActorText("A1", "STATE", "", [MentionText("Moscow", "name")])]
    assert describe_all(moscow, [], "Moscow", published=date(1990, 1, 1))["A1"].country == "SUN"
    assert describe_all(moscow, [], "Moscow", published=date(2000, 1, 1))["A1"].country == "RUS"


def _spoken(number: int, actor_type: ActorType, text: str, left: str = "", sector: str = "GOV") -> ActorText:
    return ActorText(f"A{number}", actor_type, sector, [MentionText(text, kind_of(text), left)])


def test_who_acts_for_an_agency_of_states_is_of_none() -> None:
    text = "A UNICEF spokesman in Dhaka, Bangladesh, and two drivers left."
    actors = [_spoken(1, "PERSON", "spokesman"), _spoken(2, "IGO", "UNICEF"), _spoken(3, "PERSON", "two drivers")]
    found = describe_all(actors, [("A1", "A2")], text)
    assert (found["A1"].country, found["A1"].sector) == ("", "IGO")
    assert found["A3"].country == "BGD"


def test_soldiers_are_of_the_force_that_the_text_names() -> None:
    text = "Danish troops in Iraq say two soldiers died near Basra, Iraq. Iraq mourned them."
    actors = [_spoken(1, "MILITARY", "Danish troops"), _spoken(2, "MILITARY", "two soldiers")]
    assert describe_all(actors, [], text)["A2"].country == "DNK"
    assert describe_all(actors[1:], [], text)["A2"].country == "IRQ"


def test_people_are_of_the_state_that_they_are_in() -> None:
    text = "Uganda accused Kenya. Uganda wants its rebels back. In Nairobi, students burned flags. Uganda protested."
    students = ActorText(
        "A1", "CIVILIANS", "CVL", [MentionText("students", "nominal", "In Nairobi, ", " burned flags.")]
    )
    envoys = ActorText("A2", "GOVERNMENT_BODY", "GOV", [MentionText("Officials", "nominal", "In Nairobi, ", " left.")])
    found = describe_all([students, envoys], [], text)
    assert (found["A1"].country, found["A2"].country) == ("KEN", "UGA")


def test_who_is_known_is_of_no_foreign_state() -> None:
    text = "Kenya and Zambia agreed. Kenya welcomed Hakainde Hichilema."
    actors = [_spoken(1, "PERSON", "Hakainde Hichilema"), _spoken(2, "STATE", "Kenya")]
    assert describe_all(actors, [("A1", "A2")], text)["A1"].country == "ZMB"


def test_towns_tell_where_no_state_is_named() -> None:
    text = "In Kumasi a judge freed Jane Example."
    actors = [_spoken(1, "PERSON", "judge"), _spoken(2, "PERSON", "Jane Example")]
    found = describe_all(actors, [], text)
    assert (found["A1"].country, found["A2"].country) == ("GHA", ""), "of a name alone nothing is known"
    assert describe_all(actors, [], f"{text} Uganda protested.")["A1"].country == "UGA"


def test_a_place_of_what_happens_counts_double_for_people() -> None:
    text = "Uganda said Ugandan troops were in Kenya. Shots were heard in Nairobi."
    rebels = ActorText("A1", "ARMED_GROUP", "REB", [MentionText("Rebels", "nominal", "", " fled.")])
    assert describe_all([rebels], [], text)["A1"].country == "KEN"


def test_a_local_name_is_of_any_state_that_the_text_names() -> None:
    text = "China, Chinese firms and the U.S. differ, Congress heard."
    assert describe_all([_spoken(1, "GOVERNMENT_BODY", "Congress")], [], text)["A1"].country == "USA"
    text = "Chinese officers were charged by the Justice Department, the FBI said."
    actors = [_spoken(1, "GOVERNMENT_BODY", "Justice Department"), _spoken(2, "GOVERNMENT_BODY", "FBI")]
    assert describe_all(actors, [], text)["A1"].name == "United States Department of Justice"


@pytest.mark.parametrize(
    ("actor_type", "sector", "target", "expected"),
    [
        ("PERSON", "REB", _spoken(2, "POLICE", "police"), "COP"),
        ("PERSON", "GOV", _spoken(2, "PARTY", "Example Party", sector="PTY"), "PTY"),
        ("PERSON", "LEG", _spoken(2, "PARTY", "Example Party", sector="PTY"), "LEG"),
        ("PERSON", "GOV", _spoken(2, "PERSON", "reporter", sector="MED"), "GOV"),
        ("PERSON", "GOV", _spoken(2, "COMPANY", "Example Mills"), "BUS"),
        ("CIVILIANS", "CVL", _spoken(2, "NGO", "Example Relief Fund", sector="NGO"), "NGO"),
        ("CIVILIANS", "CVL", _spoken(2, "IGO", "United Nations"), "CVL"),
        ("PERSON", "GOV", _spoken(2, "PERSON", "Senator Jane Example"), "LEG"),
        ("PERSON", "IGO", _spoken(2, "STATE", "Denmark"), "GOV"),
        ("PERSON", "JUD", _spoken(2, "STATE", "Denmark"), "JUD"),
        ("PERSON", "GOV", _spoken(2, "PARTY", "opposition party"), "OPP"),
        ("MILITARY", "MIL", _spoken(2, "IGO", "United Nations"), "MIL"),
    ],
)
def test_whom_an_actor_acts_for_gives_the_sector(
    actor_type: ActorType, sector: str, target: ActorText, expected: str
) -> None:
    actors = [_spoken(1, actor_type, "two staff members", sector=sector), target]
    assert describe_all(actors, [("A1", "A2")], "")["A1"].sector == expected
