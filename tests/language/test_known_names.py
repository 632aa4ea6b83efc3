from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.known_names import _may_end, _of_ours, known_names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NATO warned the IS", [("NATO", "NATO"), ("IS", "Islamic State")]),
        ("the Islamic State group fled", [("Islamic State group", "Islamic State")]),
        ("It is who they say", []),
        ("NATO IS HERE", []),
        ("so says Angela Merkel today", [("Angela Merkel", "Angela Merkel")]),
        ("so says Merkel today", []),
        ("the al - Qaida cell", [("al - Qaida", "al-Qaeda")]),
        ("polls on November 17 failed", []),
        ("the Coast Liberation Front fled", []),
        ("The African Union 's envoy", [("African Union", "African Union")]),
    ],
)
def test_known_names(text: str, found: list[tuple[str, str]]) -> None:
    words = text.split()
    names = known_names(words, np.zeros(len(words), np.int64))
    assert [(" ".join(words[n.begin : n.last + 1]), n.name) for n in names] == found


def test_names_do_not_cross_sentences() -> None:
    words = ["in", "Islamic", "State", "group"]
    names = list(known_names(words, np.array([0, 0, 1, 1])))
    assert not [n for n in names if n.begin == 1 and n.last > 1]


SPOKEN = ["The", "the", "United", "Nations", "al", "-", "Al", "Qaeda", "NATO", "U.N.", "European", "Union", "Kofi"]
SPOKEN += ["Annan", "'s", "Amnesty", "International", "World", "Health", "Organization", "é", "Hamas’s", "Taliban's"]


@given(st.lists(st.sampled_from(SPOKEN), min_size=1, max_size=6))
def test_no_name_is_passed_over(words: list[str]) -> None:
    ends = _may_end(words, 0, len(words))
    named = {last for last in range(len(words)) if _of_ours(" ".join(words[: last + 1])) is not None}
    assert named <= ends
