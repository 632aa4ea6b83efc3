"""The expected calibration error."""

from __future__ import annotations

import pytest

from kg.evaluate.calibration import Judged, expected_calibration_error


def judged(confidence: float, right: int, wrong: int) -> list[Judged]:
    return [Judged(confidence, True)] * right + [Judged(confidence, False)] * wrong


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ([], 0.0),
        (judged(0.8, 8, 2), 0.0),
        (judged(1.0, 5, 5), 0.5),
        (judged(0.25, 1, 3) + judged(0.95, 0, 4), 0.475),
    ],
)
def test_is_the_mean_distance_of_confidence_and_truth(given: list[Judged], error: float) -> None:
    assert expected_calibration_error(given) == pytest.approx(error)
