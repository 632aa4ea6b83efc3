from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from kg.errors import ModelError
from kg.language.scores import Labels

BROKEN = [
    ("{", "line 1"),
    ("[]", "labels.tags"),
    ('{"tags": ["NN"], "morphs": "X"}', "labels.morphs"),
    ('{"tags": [], "morphs": ["X"], "lemmas": ["a"], "relations": ["root"], "names": ["O"]}', "labels.tags: empty"),
    ('{"tags": ["X", "X"], "morphs": ["X"], "lemmas": ["a"], "relations": ["root"], "names": ["O"]}', "twice"),
]


def test_labels_go_to_json_and_back(hand: Any) -> None:
    assert Labels.from_json(hand.labels.to_json()) == hand.labels


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_broken_labels_are_refused(text: str, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        Labels.from_json(text)


def test_relations_are_biaffine_in_dependent_and_head(hand: Any) -> None:
    scores = hand.random_scores(4, 1)
    heads = np.array([1, 1, 3, 1])
    one = np.ones((4, 1), np.float32)
    dependents, governors = np.hstack([scores.label_dep, one]), np.hstack([scores.label_head[heads], one])
    expected = np.einsum("ti,rij,tj->tr", dependents, scores.label_weight, governors)
    np.testing.assert_allclose(scores.relations(heads), expected, rtol=1e-4, atol=1e-5)
