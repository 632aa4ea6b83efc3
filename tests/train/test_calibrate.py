"""Fitting a calibration to what was right and wrong."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs the extra 'train'")

from kg.evaluate.calibration import Judged, expected_calibration_error
from kg.language.calibration import Calibration
from kg.train.calibrate import fit, left_out_error


def overconfident(count: int) -> list[Judged]:
    """Return judgements of a reader whose true odds are the cube root of those it gives."""
    rng = np.random.default_rng(3)
    odds = rng.normal(1.0, 2.0, count)
    right = rng.random(count) < 1 / (1 + np.exp(-odds / 3))
    return [Judged(float(1 / (1 + np.exp(-o))), bool(r)) for o, r in zip(odds, right, strict=True)]


def test_finds_how_far_a_reader_is_too_sure() -> None:
    given = overconfident(4000)
    found = fit(given)
    assert found.slope == pytest.approx(1 / 3, abs=0.05)
    after = [j._replace(confidence=found(j.confidence)) for j in given]
    assert expected_calibration_error(after) < 0.03 < expected_calibration_error(given)


def test_nothing_to_learn_from_changes_nothing() -> None:
    assert fit([]) == Calibration()


def test_few_examples_do_no_harm() -> None:
    found = fit([Judged(0.99, True)])
    assert 0.5 < found(0.99) < 1


def test_documents_left_out_are_judged_after_a_fit_on_the_others() -> None:
    given = overconfident(2000)
    assert left_out_error([given[i : i + 20] for i in range(0, 2000, 20)]) < 0.05
