"""What a document says around the places it names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import Span
from kg.resolve.setting import Setting

TEXT = "Iraqi troops left Mosul. In Tripoli, Lebanon, Syrian envoys met. Tripoli lies north of Beirut, Turkey said."
SENTENCES = (Span(0, 24), Span(25, 64), Span(65, len(TEXT)))

NEAR = [
    ("Mosul", {"IRQ"}, {"IRQ", "LBN", "LBY", "SYR", "TUR"}),
    ("Tripoli", {"LBN", "SYR", "TUR"}, {"IRQ", "LBN", "SYR", "TUR"}),
    ("Beirut", {"LBY", "TUR"}, {"IRQ", "LBN", "LBY", "SYR", "TUR"}),
    ("Trip", set(), {"IRQ", "LBN", "LBY", "SYR", "TUR"}),
]


@pytest.mark.parametrize(("name", "near", "named"), NEAR)
def test_states_around_a_place(name: str, near: set[str], named: set[str]) -> None:
    context = Setting(TEXT, SENTENCES).context(name)
    assert context.near == near
    assert {iso3 for iso3, _ in context.mentions} == named


def test_what_a_place_lies_in_and_who_takes_part() -> None:
    context = Setting(TEXT, SENTENCES).context("Tripoli", ["FRA", ""])
    assert [within.iso3 for within in context.within] == ["LBN"]
    assert "FRA" in context.near


@given(
    st.text(st.sampled_from("aAb _-.é\n\t\u00a01")),
    st.lists(st.text(st.sampled_from("aAb_.é1"), min_size=1), max_size=3),
)
def test_mentions_are_whole_words_whatever_lies_between(text: str, words: list[str]) -> None:
    pattern = r"\s+".join(map(re.escape, words))
    expected = [found.span() for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)] if words else []
    assert list(Setting(text, ())._mentions(" ".join(words))) == expected
