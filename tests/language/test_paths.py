"""Dependency paths between words, and their numbers."""

from __future__ import annotations

import numpy as np
import pytest

from kg.language.paths import APART, FAR, PathIndex, Paths

WORDS = ["Ruritania", "'s", "army", "shelled", "towns", "and", "fled", "from", "rebels", ".", "It", "lost"]
HEADS = [2, 0, 3, 3, 3, 6, 3, 8, 6, 3, 11, 11]
RELATIONS = ["nmod:poss", "case", "nsubj", "ROOT", "obj", "cc", "conj", "case", "obl:from", "punct", "nsubj", "ROOT"]


@pytest.fixture
def paths() -> Paths:
    return Paths(np.array(HEADS), RELATIONS, WORDS)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (3, 2, "+nsubj"),
        (3, 0, "+nsubj +nmod:poss"),
        (6, 2, "-conj +nsubj"),
        (6, 8, "+obl"),
        (8, 0, "-obl -conj +nsubj +nmod:poss"),
        (4, 4, ""),
        (3, 10, APART),
    ],
)
def test_climbs_to_the_lowest_common_word_and_descends(paths: Paths, source: int, target: int, expected: str) -> None:
    assert paths.between(source, target) == expected
    assert paths.between(source, target) == expected, "the same when it is remembered"


def test_words_on_the_path(paths: Paths) -> None:
    assert paths.words(6, 0) == paths.words(0, 6) == (2, 3)
    assert paths.words(8, 0) == (2, 3, 6)
    assert paths.words(3, 2) == paths.words(4, 4) == paths.words(3, 10) == ()


def test_long_paths_are_far() -> None:
    chain = Paths(np.array([0, *range(29)]), ["ROOT", *["obl"] * 29], ["w"] * 30)
    assert chain.between(0, 4) == "+obl +obl +obl +obl"
    assert chain.between(0, 5) == chain.between(5, 0) == chain.between(29, 0) == FAR


def test_case_markers_and_roots(paths: Paths) -> None:
    assert paths.case(8) == "from"
    assert paths.case(0) == "'s"
    assert paths.case(4) == ""
    assert paths.root(0, 2) == 2
    assert paths.root(3, 4) == 3
    assert paths.root(0, 0) == 0


def test_what_is_joined_begins_with_the_first(paths: Paths) -> None:
    assert paths.first_joined(6) == paths.first_joined(3) == 3
    assert paths.first_joined(8) == 8


def test_unknown_paths_are_number_0(paths: Paths) -> None:
    index = PathIndex(["+nsubj", "+obj"], ["from"])
    assert index.between(paths, [(3, 2), (3, 4), (3, 8)]).tolist() == [1, 2, 0]
    assert index.cases(paths, [8, 0, 4]).tolist() == [1, 0, 0]
