from __future__ import annotations

from datetime import date

from kg.resolve.actors import Description
from kg.resolve.document import ActorText, describe_all
from kg.resolve.names import MentionText


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
