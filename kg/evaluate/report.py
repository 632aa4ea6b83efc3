"""Scores as text for people and as JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kg.evaluate.score import Scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.evaluate.confusion import Confusion, Confusions
    from kg.evaluate.counts import Count, Share
    from kg.evaluate.errors import Difference
    from kg.evaluate.losses import Loss

_DECIMALS = 4
_NOTHING = "(nothing)"


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


def as_json(
    scores: Scores,
    *,
    documents: Mapping[str, Scores] | None = None,
    confused: Confusions | None = None,
    lost: Iterable[Loss] | None = None,
    differences: Iterable[Difference] | None = None,
) -> str:
    """Return the scores as a JSON object with the figures by name, the accuracies, and the figures by event type.

    What else is given stands there as ``by document``, ``confusions``, ``losses`` and ``errors``.
    """
    content: dict[str, Any] = {name: _figures(count) for name, count in scores.figures().items()}
    content["accuracy"] = {name: _accuracy(share) for name, share in scores.accuracy.items()}
    content["events by type"] = {name: _figures(count) for name, count in sorted(scores.events_by_type.items())}
    content["documents"] = scores.documents
    if documents is not None:
        content["by document"] = {
            name: {what: _figures(count) for what, count in one.figures().items()} for name, one in documents.items()
        }
    if confused is not None:
        content["confusions"] = {kind: _confused(found) for kind, found in confused._asdict().items()}
    if lost is not None:
        content["losses"] = [asdict(one) for one in lost]
    if differences is not None:
        content["errors"] = [asdict(one) for one in differences]
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


def documents_as_text(documents: Mapping[str, Scores]) -> str:
    """Return one line a document, the one with the lowest F1 of arguments first: F1 of each figure."""
    names = list(Scores().figures())
    width = max(map(len, documents), default=0)
    lines = [f"{'F1 by document':{width}}  {'  '.join(f'{name:>9}' for name in names)}"]
    for name, one in sorted(documents.items(), key=lambda item: (item[1].arguments.f1, item[0])):
        figures = one.figures()
        lines.append(f"{name:{width}}  {'  '.join(f'{figures[what].f1:9.3f}' for what in names)}")
    return "".join(f"{line}\n" for line in lines)


def confusions_as_text(confused: Confusions) -> str:
    """Return one line for each type that was taken for another, or for nothing, the commonest first."""
    lines: list[str] = []
    for kind, found in confused._asdict().items():
        wrong = _wrong(found)
        right = sum(found.values()) - sum(count for *_, count in wrong)
        lines += [*([""] if lines else []), f"types of {kind}: {right:,} right"]
        lines += [f"{count:6,}  {gold or _NOTHING} read as {given or _NOTHING}" for gold, given, count in wrong]
    return "".join(f"{line}\n" for line in lines)


def losses_as_text(lost: Iterable[Loss]) -> str:
    """Return one line for each reason for which items are missing or extra."""
    lines = [f"{one.count:6,}  {'missing' if one.missing else 'extra':8}{one.kind:10}{one.reason}" for one in lost]
    return "".join(f"{line}\n" for line in ["where they are lost", *lines])


def _confused(found: Confusion) -> list[dict[str, str | int]]:
    right = [(gold, given, count) for (gold, given), count in found.items() if gold == given]
    return [
        {"gold": gold, "predicted": given, "count": count} for gold, given, count in [*sorted(right), *_wrong(found)]
    ]


def _wrong(found: Confusion) -> list[tuple[str, str, int]]:
    wrong = [(gold, given, count) for (gold, given), count in found.items() if gold != given]
    return sorted(wrong, key=lambda one: (-one[2], one[:2]))


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
