"""Scores as text for people and as JSON for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.evaluate.counts import Count, Share
    from kg.evaluate.errors import Difference
    from kg.evaluate.score import Scores

_DECIMALS = 4


def as_text(scores: Scores) -> str:
    """Return the scores as aligned lines: figures first, then accuracies, then F1 by event type."""
    lines = [
        f"{scores.documents} document{'' if scores.documents == 1 else 's'}",
        f"{'':10}  precision  recall     F1   gold  predicted",
    ]
    lines += [_line(name, count) for name, count in scores.figures().items()]
    if scores.accuracy:
        lines += ["", *(f"{name}: {_percent(share)}" for name, share in scores.accuracy.items())]
    if scores.events_by_type:
        lines += ["", f"{'by type':10}  precision  recall     F1   gold  predicted"]
        lines += [_line(name, count) for name, count in sorted(scores.events_by_type.items())]
    return "\n".join(lines) + "\n"


def as_json(scores: Scores) -> str:
    """Return the scores as a JSON object with the figures by name, the accuracies, and the figures by event type."""
    content: dict[str, Any] = {name: _figures(count) for name, count in scores.figures().items()}
    content["accuracy"] = {name: _accuracy(share) for name, share in scores.accuracy.items()}
    content["events by type"] = {name: _figures(count) for name, count in sorted(scores.events_by_type.items())}
    content["documents"] = scores.documents
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def differences_as_text(differences: Iterable[Difference]) -> str:
    """Return one line a difference, under a line with the id of its document."""
    lines: list[str] = []
    document = None
    for difference in differences:
        if difference.document != document:
            document = difference.document
            lines.append(document)
        lines.append(f"  {'missing' if difference.missing else 'extra':8}{difference.what:9}{difference.text}")
    return "".join(f"{line}\n" for line in lines)


def _line(name: str, count: Count) -> str:
    figures = f"{count.precision:9.3f}  {count.recall:6.3f}  {count.f1:5.3f}"
    return f"{name:10}  {figures}  {count.gold:5}  {count.predicted:9}"


def _percent(share: Share) -> str:
    return "nothing to judge" if share.accuracy is None else f"{share.accuracy:.3f} of {share.of}"


def _figures(count: Count) -> dict[str, float | int]:
    return {
        "precision": round(count.precision, _DECIMALS),
        "recall": round(count.recall, _DECIMALS),
        "f1": round(count.f1, _DECIMALS),
        "gold": count.gold,
        "predicted": count.predicted,
    }


def _accuracy(share: Share) -> dict[str, float | int | None]:
    return {"accuracy": None if share.accuracy is None else round(share.accuracy, _DECIMALS), "of": share.of}
