from __future__ import annotations

from datetime import date

import pytest

from kg.lexicon import gazetteer
from kg.resolve.actors import describe
from kg.resolve.in_office import in_office
from kg.resolve.names import MentionText, kind_of

DAY = date(2012, 6, 1)
CASES = [
    ("The ", "U.S. president", " said so.", DAY, "Barack Obama"),
    ("", "The U.S. president", " said so.", DAY, "Barack Obama"),
    ("", "Russia's president", " said so.", DAY, "Vladimir Putin"),
    ("The ", "president", " of France said so.", DAY, "François Hollande"),
    ("The ", "secretary-general", " of the United Nations said so.", DAY, "Ban Ki-moon"),
    ("The ", "NATO chief", " said so.", DAY, "Anders Fogh Rasmussen"),
    ("The ", "Iranian foreign minister", " said so.", DAY, "Ali Akbar Salehi"),
    ("A ", "U.S. president", " said so.", DAY, ""),
    ("", "A U.S. president", " said so.", DAY, ""),
    ("The former ", "U.S. president", " said so.", DAY, ""),
    ("The ", "former U.S. president", " said so.", DAY, ""),
    ("In 1985, the ", "U.S. president", " said so.", DAY, ""),
    ("The ", "U.S. president", " said so in 1985.", DAY, ""),
    ("The ", "U.S. president", " said so.", None, ""),
    ("The ", "U.S. president", " said so.", date(2009, 1, 20), ""),
    ("The ", "president", " of the club said so.", DAY, ""),
    ("The ", "Franco-German president", " said so.", DAY, ""),
    ("The ", "Gull president", " said so.", DAY, ""),
    ("", "he", " said so.", DAY, ""),
]


@pytest.mark.parametrize(("left", "text", "right", "day", "name"), CASES)
def test_in_office(left: str, text: str, right: str, day: date | None, name: str) -> None:
    found = in_office([MentionText(text, kind_of(text), left, right)], day, gazetteer())
    assert (found.person.name if found else "") == name


def test_two_offices_of_two_people_are_nobody() -> None:
    mentions = [MentionText(text, "nominal", "the ") for text in ("U.S. president", "French president")]
    assert in_office(mentions, DAY, gazetteer()) is None


def test_a_person_with_a_name_is_not_taken_for_who_is_in_office() -> None:
    mentions = [MentionText("Jane Example", "name"), MentionText("U.S. president", "nominal", "the ")]
    assert describe(mentions, "PERSON", "", published=DAY).name == "Jane Example"


def test_state_and_sector_are_those_of_the_day() -> None:
    guterres = [MentionText("António Guterres", "name")]
    assert describe(guterres, "PERSON", "", published=date(1998, 1, 1))[:3] == ("António Guterres", "PRT", "GOV")
    assert describe(guterres, "PERSON", "", published=date(2019, 1, 1))[:3] == ("António Guterres", "", "IGO")
    nasrallah = [MentionText("Hassan Nasrallah", "name")]
    assert describe(nasrallah, "PERSON", "", published=date(2006, 7, 20)).sector == "REB"
