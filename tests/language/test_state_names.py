"""The state within a mention of its army, and the one that only tells where people are from."""

from __future__ import annotations

import numpy as np
import pytest

from kg.language.mentions import Mention
from kg.language.state_names import settle_states

TYPES = ("STATE", "MILITARY", "CIVILIANS", "PERSON")


def mention(begin: int, last: int, kind: str) -> Mention:
    return Mention(begin, last, np.array([0.9 if t == kind else 0.03 for t in TYPES], np.float32), 0.8)


@pytest.mark.parametrize(
    ("words", "given", "expected"),
    [
        (["Afghan", "troops"], [(0, 1, "MILITARY")], [(0, 1), (0, 0)]),
        (["Afghan", "villagers"], [(0, 1, "CIVILIANS"), (0, 0, "STATE")], [(0, 1)]),
        (["Egypt", "'s", "government"], [(0, 2, "STATE"), (0, 0, "STATE")], [(0, 2)]),
        (["Afghan", "villagers"], [(0, 1, "CIVILIANS"), (0, 0, "PERSON")], [(0, 1), (0, 0)]),
        (["Swiss", "star"], [(0, 1, "PERSON")], [(0, 1)]),
        (["elite", "troops"], [(0, 1, "MILITARY")], [(0, 1)]),
        (["Afghan"], [(0, 0, "STATE")], [(0, 0)]),
    ],
)
def test_states_at_the_start(
    words: list[str], given: list[tuple[int, int, str]], expected: list[tuple[int, int]]
) -> None:
    settled = settle_states([mention(*g) for g in given], words, TYPES)
    assert [(m.begin, m.last) for m in settled] == expected
    added = [m for m in settled if (m.begin, m.last) not in {g[:2] for g in given}]
    assert all(TYPES[int(m.types.argmax())] == "STATE" for m in added)


@pytest.mark.parametrize(
    ("words", "given", "kinds"),
    [
        (["US", "officers"], [(0, 0, "PERSON")], ["STATE"]),
        (["Sierra", "Leone"], [(0, 1, "PERSON")], ["STATE"]),
        (["Kim", "Jordan", "and", "Jordan"], [(0, 1, "PERSON"), (3, 3, "PERSON")], ["PERSON", "PERSON"]),
        (["Afghan"], [(0, 0, "PERSON")], ["PERSON"]),
        (["Paris"], [(0, 0, "PERSON")], ["PERSON"]),
        (["?"], [(0, 0, "PERSON")], ["PERSON"]),
        (["Solberg", "and", "Eva", "Solberg"], [(0, 0, "STATE"), (2, 3, "PERSON")], ["PERSON", "PERSON"]),
        (["Jordan", "and", "Kim", "Jordan"], [(0, 0, "STATE"), (2, 3, "PERSON")], ["STATE", "PERSON"]),
    ],
)
def test_names_of_states_and_of_persons_are_told_apart(
    words: list[str], given: list[tuple[int, int, str]], kinds: list[str]
) -> None:
    settled = settle_states([mention(*g) for g in given], words, TYPES)
    assert [TYPES[int(m.types.argmax())] for m in settled] == kinds
