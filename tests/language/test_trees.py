from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.language.trees import heads, is_tree

if TYPE_CHECKING:
    from numpy.typing import NDArray

TREES = [
    ([0], True),
    ([1, 1], True),
    ([1, 2, 2, 2], True),
    ([1, 0], False),
    ([0, 1], False),
    ([0, 2, 1], False),
    ([1, 2, 0, 3], False),
]


@pytest.mark.parametrize(("candidate", "expected"), TREES)
def test_is_tree(candidate: list[int], expected: bool) -> None:
    assert is_tree(np.array(candidate)) is expected


def test_an_arg_max_that_is_a_tree_is_taken() -> None:
    scores = np.zeros((4, 4), np.float32)
    scores[[0, 1, 2, 3], [1, 1, 1, 2]] = 1
    assert heads(scores).tolist() == [1, 1, 1, 2]


def test_no_word_has_no_head() -> None:
    assert heads(np.zeros((0, 0), np.float32)).tolist() == []


def best_by_trial(scores: NDArray[np.float32]) -> float:
    size = len(scores)
    candidates = (np.array(c) for c in itertools.product(range(size), repeat=size))
    return max(float(scores[np.arange(size), c].sum()) for c in candidates if is_tree(c))


@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_the_tree_is_the_best_there_is(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).integers(-9, 9, (size, size)).astype(np.float32)
    found = heads(scores)
    assert is_tree(found)
    assert scores[np.arange(size), found].sum() == best_by_trial(scores)


@given(
    st.integers(1, 12).flatmap(
        lambda n: arrays(np.float32, (n, n), elements=st.floats(width=32, allow_nan=True, allow_infinity=True))
    )
)
@settings(deadline=None)
def test_any_scores_give_a_tree(scores: NDArray[np.float32]) -> None:
    assert is_tree(heads(scores))


@pytest.mark.parametrize("kind", ["random", "equal", "cycle", "two-cycles"])
def test_long_sentences_give_a_tree(kind: str) -> None:
    size = 400
    scores = np.random.default_rng(0).normal(size=(size, size)).astype(np.float32)
    own = np.arange(size)
    if kind == "equal":
        scores[:] = 0
    elif kind == "cycle":
        scores[own, (own + 1) % size] += 50
    elif kind == "two-cycles":
        scores[own, own ^ 1] += 50
    assert is_tree(heads(scores))
