from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.language.repeats import repeat_vector
from kg.language.roles import CONTEXT_WORDS, ROLE_FEATURES, context_of, role_vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray


def test_context_is_the_sentence_and_the_one_before() -> None:
    sentences = np.repeat(np.arange(4), 5)
    assert context_of(12, sentences) == (5, 15)
    assert context_of(0, sentences) == (0, 5)


def test_context_of_a_long_sentence_holds_the_trigger() -> None:
    sentences = np.zeros(500, np.int64)
    for trigger in (0, 250, 499):
        begin, end = context_of(trigger, sentences)
        assert begin <= trigger < end
        assert end - begin <= CONTEXT_WORDS


def vectors(triggers: list[int], mentions: list[tuple[int, int]], sentences: NDArray[np.int64]) -> NDArray[np.float32]:
    spans = np.array(mentions, np.int64).reshape(-1, 2)
    return role_vectors(np.array(triggers), spans[:, 0], spans[:, 1], sentences)


def test_role_vectors() -> None:
    sentences = np.repeat(np.arange(2), 6)
    before, on, after = vectors([8], [(1, 2), (8, 8), (10, 11)], sentences)
    assert before[1] == before[13] == 1
    assert before[0] == 0
    assert on[2] == 1
    assert after[0] == after[8] == after[14] == 1
    assert vectors([8], [], sentences).shape == (0, ROLE_FEATURES)


def test_triggers_are_described_one_by_one() -> None:
    sentences, mentions = np.repeat(np.arange(3), 5), [(0, 1), (4, 4), (6, 9), (7, 7)]
    together = vectors([2, 7, 11], mentions, sentences)
    np.testing.assert_array_equal(together, np.concatenate([vectors([t], mentions, sentences) for t in (2, 7, 11)]))


def test_nested_mentions_are_told() -> None:
    outer, inner = vectors([5], [(0, 3), (0, 0)], np.zeros(6, np.int64))
    assert (outer[15], inner[15]) == (0, 1)


def test_repeat_vector() -> None:
    near = repeat_vector(True, 0, {1, 2}, {1, 2})
    far = repeat_vector(False, 9, {1}, {2})
    assert near.tolist() == [1, 1, 0, 0, 0, 1, 0, 1]
    assert far.tolist() == [0, 0, 0, 0, 1, 0, 1, 0]
