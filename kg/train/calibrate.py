"""Fits a model's calibration on development documents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.evaluate.calibration import expected_calibration_error, judged_events, judged_relations
from kg.language.calibration import Calibration, Calibrations, log_odds
from kg.language.encoder import Encoder
from kg.language.reader import record_of
from kg.train.prepared import prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kg.evaluate.calibration import Judged
    from kg.records import DocumentRecord

FOLDS: Final = 5
_STEPS: Final = 50
_RIDGE: Final = 1e-2


def calibrate(model: Path, gold: Sequence[DocumentRecord], progress: Callable[[str], None] = print) -> Calibrations:
    """Return the calibrations that fit ``gold``; they are also written into the model's folder.

    What ``progress`` is told is the expected calibration error on documents that were left out of the fit, by fold.
    """
    (model / "calibration.json").unlink(missing_ok=True)
    encoder = Encoder.load(model)
    predicted = []
    for record in gold:
        prepared = prepare(encoder, record.document)
        predicted.append(record_of(prepared.doc, prepared.encoding))
    found = Calibrations()
    for kind, judge in (("events", judged_events), ("relations", judged_relations)):
        documents = [list(judge(g, p)) for g, p in zip(gold, predicted, strict=True)]
        found = replace(found, **{kind: fit([j for judged in documents for j in judged])})
        progress(f"calibration: {kind} {getattr(found, kind)}, error {left_out_error(documents):.3f} when left out")
    (model / "calibration.json").write_text(found.to_json())
    return found


def fit(judged: Sequence[Judged]) -> Calibration:
    """Return the logistic function of the log odds that makes ``judged`` most likely, by Newton's method.

    Targets are drawn in as by Platt (1999), and a slight penalty holds the slope near 1, so that few or unmixed
    examples do no harm.
    """
    if not judged:
        return Calibration()
    x = np.array([[log_odds(j.confidence), 1.0] for j in judged])
    right = np.array([j.right for j in judged])
    target = np.where(right, (right.sum() + 1) / (right.sum() + 2), 1 / ((~right).sum() + 2))
    prior, weights = np.array([1.0, 0.0]), np.array([1.0, 0.0])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - target) + _RIDGE * (weights - prior)
        curvature = (x.T * (p * (1 - p))) @ x + _RIDGE * np.eye(2)
        weights = weights - np.clip(np.linalg.solve(curvature, gradient), -1, 1)
    return Calibration(slope=round(float(weights[0]), 4), shift=round(float(weights[1]), 4))


def left_out_error(documents: Sequence[Sequence[Judged]]) -> float:
    """Return the calibration error on each fold of the documents after a fit on the others, all folds together."""
    checked = []
    for fold in range(FOLDS):
        calibration = fit([j for n, judged in enumerate(documents) if n % FOLDS != fold for j in judged])
        checked += [
            j._replace(confidence=calibration(j.confidence)) for judged in documents[fold::FOLDS] for j in judged
        ]
    return expected_calibration_error(checked)
