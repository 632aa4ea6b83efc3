from __future__ import annotations

import pytest

from kg.evaluate.counts import Count, Share

CASES = [
    # shared, gold, predicted, precision, recall, f1
    (0, 0, 0, 0.0, 0.0, 0.0),
    (0, 3, 0, 0.0, 0.0, 0.0),
    (0, 0, 2, 0.0, 0.0, 0.0),
    (2, 2, 2, 1.0, 1.0, 1.0),
    (1, 2, 4, 0.25, 0.5, 1 / 3),
]


@pytest.mark.parametrize(("shared", "gold", "predicted", "precision", "recall", "f1"), CASES)
def test_figures(shared: int, gold: int, predicted: int, precision: float, recall: float, f1: float) -> None:
    count = Count(shared, gold, predicted)
    assert [count.precision, count.recall, count.f1] == pytest.approx([precision, recall, f1])


def test_counts_of_sets_add_up() -> None:
    assert Count.of({1, 2, 3}, {2, 3, 4, 5}) + Count(1, 1, 1) == Count(3, 4, 5)


def test_share_of_nothing_has_no_accuracy() -> None:
    assert Share().accuracy is None


def test_shares_add_up() -> None:
    total = Share.one(True) + Share.one(False) + Share.one(True) + Share.one(True)
    assert (total, total.accuracy) == (Share(3, 4), 0.75)
