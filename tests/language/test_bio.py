from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ModelError
from kg.language.bio import LabelledSpan, Scheme, decode, labelled, probabilities, spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCHEME = Scheme(("O", "B-PER", "I-PER", "B-ORG", "I-ORG"))
TAGS = {tag: i for i, tag in enumerate(SCHEME.tags)}

SPANS = [
    ("", []),
    ("O O", []),
    ("B-PER", [(0, 1, "PER")]),
    ("B-PER I-PER O B-ORG", [(0, 2, "PER"), (3, 4, "ORG")]),
    ("O B-ORG B-ORG I-ORG I-ORG", [(1, 2, "ORG"), (2, 5, "ORG")]),
    ("B-PER B-ORG I-ORG", [(0, 1, "PER"), (1, 3, "ORG")]),
]

FORBIDDEN = [
    (("B-PER", "I-PER"), "no O"),
    (("O", "I-PER"), "no B-PER"),
    (("O", "PER"), "expected O, B-label or I-label"),
    (("O", "B-"), "expected O, B-label or I-label"),
]


def columns(tags: str) -> NDArray[np.int64]:
    return np.array([TAGS[tag] for tag in tags.split()], np.int64)


def is_valid(tags: NDArray[np.int64], starts: NDArray[np.bool_]) -> bool:
    names = [SCHEME.tags[tag] for tag in tags]
    for i, name in enumerate(names):
        if name.startswith("I-") and (i == 0 or starts[i] or names[i - 1] not in (name, "B" + name[1:])):
            return False
    return True


@pytest.mark.parametrize(("tags", "expected"), SPANS)
def test_spans(tags: str, expected: list[tuple[int, int, str]]) -> None:
    assert spans(columns(tags), SCHEME) == [LabelledSpan(*span) for span in expected]


@pytest.mark.parametrize(("tags", "message"), FORBIDDEN)
def test_a_scheme_must_be_bio(tags: tuple[str, ...], message: str) -> None:
    with pytest.raises(ModelError, match=message):
        Scheme(tags)


def test_a_weak_start_is_mended_by_a_strong_end() -> None:
    scores = np.array([[2, 1, 0, 0, 0], [0, 0, 9, 0, 0], [5, 0, 0, 0, 0]], np.float32)
    assert spans(decode(scores, SCHEME), SCHEME) == [LabelledSpan(0, 2, "PER")]


def test_nothing_continues_over_a_start() -> None:
    scores = np.zeros((2, 5), np.float32)
    scores[0, TAGS["B-ORG"]] = scores[1, TAGS["I-ORG"]] = 5
    scores[1, TAGS["B-ORG"]] = 1
    starts = np.array([True, True])
    assert spans(decode(scores, SCHEME), SCHEME) == [(0, 2, "ORG")]
    assert spans(decode(scores, SCHEME, starts=starts), SCHEME) == [(0, 1, "ORG"), (1, 2, "ORG")]


def test_a_lower_threshold_finds_more() -> None:
    scores = np.array([[1, 0, 0, 0, 0]], np.float32)
    assert not spans(decode(scores, SCHEME), SCHEME)
    assert spans(decode(scores, SCHEME, threshold=0.2), SCHEME) == [(0, 1, "PER")]


@pytest.mark.parametrize("threshold", [0.0, 1.0, -1.0, float("nan")])
def test_a_threshold_is_a_probability(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        decode(np.zeros((1, 5), np.float32), SCHEME, threshold=threshold)


def test_labelled_words() -> None:
    scores = np.array([[9, 0, 0, 0, 0], [0, 0, 0, 3, 0], [0, 0, 2, 0, 0]], np.float32)
    rows, tags, shares = labelled(scores, SCHEME)
    assert rows.tolist() == [1, 2]
    assert [SCHEME.tags[tag] for tag in tags] == ["B-ORG", "I-PER"]
    assert shares.tolist() == pytest.approx((1 - probabilities(scores)[1:, 0]).tolist())


@given(st.integers(0, 4), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_the_tags_are_the_best_there_are(size: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.integers(-5, 5, (size, 5)).astype(np.float32)
    starts = rng.random(size) < 0.3
    found = decode(scores, SCHEME, starts=starts)
    assert is_valid(found, starts)
    candidates = (np.array(c, np.int64) for c in itertools.product(range(5), repeat=size))
    best = max(scores[np.arange(size), c].sum() for c in candidates if is_valid(c, starts))
    assert scores[np.arange(size), found].sum() == best


@given(st.lists(st.lists(st.floats(width=32), min_size=5, max_size=5), max_size=20))
def test_any_scores_give_valid_tags(rows: list[list[float]]) -> None:
    scores = np.array(rows, np.float32).reshape(-1, 5)
    found = decode(scores, SCHEME)
    assert is_valid(found, np.zeros(len(found), np.bool_))
    covered = [i for span in spans(found, SCHEME) for i in range(span.begin, span.end)]
    assert covered == np.flatnonzero(found != SCHEME.outside).tolist()
