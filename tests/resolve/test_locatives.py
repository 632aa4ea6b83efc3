from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.lexicon import gazetteer
from kg.resolve.locatives import locatives, state_around
from kg.resolve.names import MentionText

if TYPE_CHECKING:
    from collections.abc import Mapping

UGANDA: Mapping[str, int] = {"UGA": 3}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Nairobi, students marched.", ["KEN"]),
        ("Students marched in Mombasa and across northern Nigeria.", ["KEN", "NGA"]),
        ("They met in the port city of Mombasa.", ["KEN"]),
        ("Shots were fired in Kenya's Rift.", ["KEN"]),
        ("They met in August, and in Europe on Monday.", []),
        ("Shops near the Syrian border are in Syrian hands.", []),
        ("They met in Exampleville.", []),
        ("", []),
    ],
)
def test_where_things_happen(text: str, expected: list[str]) -> None:
    found = list(locatives(text, gazetteer(), UGANDA))
    assert [place.iso3 for place in found] == expected
    assert all(text[place.begin : place.end].lower().startswith(("in", "across")) for place in found)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("In Nairobi, ", " marched.", "KEN"),
        ("", " marched in Nairobi.", "KEN"),
        ("In Oslo, ", " from all over the country marched in Nairobi.", "NOR"),
        ("", " marched, and later on the same day some of those who had left met in Nairobi.", ""),
        ("", " marched.", ""),
    ],
)
def test_a_place_close_by_says_where_somebody_is(left: str, right: str, expected: str) -> None:
    mentions = [MentionText("they", "pronoun", "In Oslo "), MentionText("students", "nominal", left, right)]
    assert state_around(mentions, gazetteer(), UGANDA) == expected


def test_nobody_is_nowhere() -> None:
    assert state_around([], gazetteer(), UGANDA) == ""


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_places_in_order_or_none(text: str) -> None:
    found = list(locatives(text, gazetteer(), {}))
    assert found == sorted(found)
