from __future__ import annotations

import numpy as np
import pytest

from kg.language.known_names import known_names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NATO warned the IS", [("NATO", "NATO"), ("IS", "Islamic State")]),
        ("the Islamic State group fled", [("Islamic State group", "Islamic State")]),
        ("It is who they say", []),
        ("NATO IS HERE", []),
        ("so says Angela Merkel today", [("Angela Merkel", "Angela Merkel")]),
        ("so says Merkel today", []),
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
