"""Tunes the thresholds of a trained model on development documents, by coordinate ascent.

The encoder runs once a document; what is tuned comes after it. The objective is the mean F1 of actors, events,
arguments, edges and relations (:mod:`kg.evaluate.score`).
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.evaluate.score import score
from kg.language.encoder import Encoder
from kg.language.reader import record_of
from kg.train.prepared import prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kg.evaluate.score import Scores
    from kg.language.thresholds import Thresholds
    from kg.records import DocumentRecord
    from kg.train.prepared import Prepared

GRID: Final[dict[str, tuple[float, ...]]] = {
    "trigger": (0.35, 0.4, 0.45, 0.5, 0.55, 0.6),
    "second_look": (0.3, 0.5, 0.7),
    "mention": (0.35, 0.45, 0.5, 0.55, 0.65),
    "coreference": (-1.0, -0.5, 0.0, 0.5, 1.0),
    "source": (0.3, 0.4, 0.5, 0.6),
    "target": (0.3, 0.4, 0.5, 0.6),
    "party": (0.4, 0.5, 0.6, 0.75),
    "relation": (0.25, 0.35, 0.45, 0.55),
    "claimant": (0.3, 0.4, 0.5, 0.6),
}
FIGURES: Final = ("actors", "events", "arguments", "edges", "relations")


def objective(scores: Scores) -> float:
    """Return the mean F1."""
    return sum(scores.figures()[name].f1 for name in FIGURES) / len(FIGURES)


def tune(
    model: Path, gold: Sequence[DocumentRecord], rounds: int = 2, progress: Callable[[str], None] = print
) -> Thresholds:
    """Return the thresholds that read ``gold`` best; they are also written into the model's folder."""
    encoder = Encoder.load(model)
    prepared = [prepare(encoder, record.document) for record in gold]
    best = encoder.thresholds
    value = objective(_scores(gold, prepared, best))
    progress(f"tune: {value:.4f} at the start")
    for _, name in itertools.product(range(rounds), GRID):
        for candidate in GRID[name]:
            changed = replace(best, **{name: candidate})
            if changed != best and (found := objective(_scores(gold, prepared, changed))) > value:
                best, value = changed, found
        progress(f"tune: {name} {getattr(best, name)}: {value:.4f}")
    (model / "thresholds.json").write_text(best.to_json())
    return best


def _scores(gold: Sequence[DocumentRecord], prepared: Sequence[Prepared], thresholds: Thresholds) -> Scores:
    return score(gold, [record_of(p.doc, p.encoding, thresholds) for p in prepared])
