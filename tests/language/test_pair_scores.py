"""Means of the states of words."""

from __future__ import annotations

import numpy as np

from kg.language.pair_scores import WordStates

STATES = np.arange(12, dtype=np.float32).reshape(4, 3)


def test_mean_of_a_span() -> None:
    means = WordStates.of(STATES).mean(np.array([0, 2]), np.array([2, 2]))
    assert means.tolist() == [[1.5, 2.5, 3.5], [0, 0, 0]]


def test_mean_of_any_words() -> None:
    means = WordStates.of(STATES).mean_of([(0, 3), (), (1,), ()])
    assert means.tolist() == [[4.5, 5.5, 6.5], [0, 0, 0], [3, 4, 5], [0, 0, 0]]
    assert WordStates.of(STATES).mean_of([]).shape == (0, 3)
