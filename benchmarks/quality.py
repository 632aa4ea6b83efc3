#!/usr/bin/env python3
"""Score the shipped model on every gold set of an evaluation folder, and write the figures as one page.

    python benchmarks/quality.py shared/evaluation -o docs/quality.md

The folder holds gold sets of document records (``NAME/gold.jsonl`` or ``NAME/dev.jsonl``), and may hold
``plover_gsr/dev.jsonl`` and ``re3d/dev.jsonl`` in the forms that kg.evaluate.gsr and kg.evaluate.re3d read.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg.evaluate import calibration, confusion, gsr, losses, re3d, score
from kg.evaluate.gold import read_fields
from kg.files import write_whole
from kg.jsonl import read_records
from kg.records import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.evaluate.confusion import Confusions
    from kg.evaluate.counts import Count, Share
    from kg.evaluate.losses import Loss
    from kg.evaluate.score import Scores
    from kg.records import DocumentRecord

FILES = ("gold.jsonl", "dev.jsonl", "test.jsonl")
_OFTEN = 4
INTRODUCTION = """# Quality

Figures of the shipped model, made by

```sh
python benchmarks/quality.py EVALUATION_FOLDER -o docs/quality.md
```

The model reads the plain texts; the gold annotation is only compared with. How items match is said in
[`kg/evaluate/score.py`](../kg/evaluate/score.py), [`gsr.py`](../kg/evaluate/gsr.py) and
[`re3d.py`](../kg/evaluate/re3d.py).

The thresholds were tuned on `voa, dev`, the weights were chosen on all the dev sets, and the rules beside what was
learned were tried on `voa, dev` and on the seed. These figures are therefore hopeful; texts that nobody looked at will
read worse.

`kg evaluate GOLD.jsonl` gives the same figures for a file of your own; `--by-document`, `--confusions`, `--losses` and
`--errors` tell where they come from.
"""


@dataclass(frozen=True)
class Coded:
    """The figures on single sentences with one coded event each."""

    name: str
    sentences: int
    scores: gsr.CodedScores


@dataclass(frozen=True)
class Related:
    """The figures on documents with entities and relations."""

    name: str
    scores: re3d.RelatedScores


@dataclass(frozen=True)
class Whole:
    """The figures on documents with actors, events and relations; ``errors`` are of calibration, by kind."""

    name: str
    scores: Scores
    errors: Mapping[str, float]
    lost: Sequence[Loss]
    confused: Confusions


def main() -> None:
    """Score, and write the page."""
    parser = argparse.ArgumentParser(description="Score the model on every gold set of a folder.")
    parser.add_argument("folder", type=Path, help="the evaluation folder")
    parser.add_argument("-o", "--output", type=Path, help="the page to write; standard output by default")
    options = parser.parse_args()
    page = report(list(measure(options.folder)))
    if options.output is None:
        print(page, end="")
        return
    with write_whole(options.output) as file:
        file.write(page)


def measure(folder: Path) -> Iterator[Whole | Coded | Related]:
    """Yield the figures of each gold set in ``folder``, by name."""
    nlp = kg.load()
    for path in sorted(path for path in folder.glob("*/*.jsonl") if path.name in FILES):
        name = f"{path.parent.name}, {path.stem}"
        keys = next(read_fields(path)).value.keys()
        if "event" in keys:
            coded = gsr.read(path)
            documents = [Document(one.id, one.text) for one in coded]
            yield Coded(name, len(coded), gsr.score(coded, kg.extract(documents, nlp=nlp)))
        elif "entities" in keys:
            related = re3d.read(path)
            documents = [Document(one.id, one.text) for one in related]
            yield Related(name, re3d.score(related, kg.extract(documents, nlp=nlp)))
        else:
            records = list(read_records(path))
            predicted = list(kg.extract([record.document for record in records], nlp=nlp))
            yield Whole(
                name,
                score.score(records, predicted),
                _calibration(records, predicted),
                losses.losses(records, predicted),
                confusion.confusions(records, predicted),
            )


def report(found: Sequence[Whole | Coded | Related]) -> str:
    """Return the page."""
    whole = [one for one in found if isinstance(one, Whole)]
    coded = [one for one in found if isinstance(one, Coded)]
    related = [one for one in found if isinstance(one, Related)]
    sections = [INTRODUCTION]
    if whole:
        sections += [
            _whole(whole),
            _accuracies(whole),
            _losses(whole),
            _confusions(whole),
            _confidence(whole),
            _by_type(whole),
        ]
    if coded:
        sections.append(_coded(coded))
    if related:
        sections.append(_related(related))
    return "\n".join(sections)


def _whole(found: Sequence[Whole]) -> str:
    rows = [
        (one.name, name, count.gold, count.predicted, *_figures(count))
        for one in found
        for name, count in one.scores.figures().items()
    ]
    documents = "; ".join(f"{one.name}: {one.scores.documents}" for one in found)
    head = ("set", "what", "gold", "predicted", "precision", "recall", "F1")
    return f"## Documents\n\nDocuments: {documents}.\n\n{_table(head, rows)}"


def _calibration(gold: Sequence[DocumentRecord], predicted: Sequence[DocumentRecord]) -> dict[str, float]:
    judges = {"events": calibration.judged_events, "relations": calibration.judged_relations}
    pairs = list(zip(gold, predicted, strict=True))
    return {
        kind: calibration.expected_calibration_error(j for pair in pairs for j in judge(*pair))
        for kind, judge in judges.items()
    }


def _confidence(found: Sequence[Whole]) -> str:
    rows = [(one.name, kind, f"{error:.3f}") for one in found for kind, error in one.errors.items()]
    return (
        "## Confidence\n\nThe expected calibration error is how far, on average over ten bins, the stated\n"
        "confidence is from the share that is right. The calibration was fitted on `voa, dev`.\n\n"
        + _table(("set", "what", "calibration error"), rows)
    )


def _accuracies(found: Sequence[Whole]) -> str:
    rows = [
        (one.name, name, _share(share), share.of)
        for one in found
        for name, share in sorted(one.scores.accuracy.items())
    ]
    return f"## Attributes of what was found\n\n{_table(('set', 'attribute', 'accuracy', 'of'), rows)}"


def _losses(found: Sequence[Whole]) -> str:
    rows = [
        (one.name, loss.kind, "missing" if loss.missing else "extra", loss.reason, loss.count)
        for one in found
        for loss in one.lost
    ]
    return (
        "## Where it is lost\n\nWhy arguments and relations are missing or extra, the first reason that holds (see\n"
        "[`kg/evaluate/losses.py`](../kg/evaluate/losses.py)).\n\n"
        + _table(("set", "what", "how", "the other side has", "count"), rows)
    )


def _confusions(found: Sequence[Whole]) -> str:
    rows = [
        (one.name, kind, gold or "(nothing)", given or "(nothing)", count)
        for one in found
        for kind, confused in one.confused._asdict().items()
        for (gold, given), count in sorted(confused.items(), key=lambda item: (-item[1], item[0]))
        if gold != given and count >= _OFTEN
    ]
    return f"## Types taken for others\n\nThose that came up at least {_OFTEN} times.\n\n" + _table(
        ("set", "types of", "gold", "read as", "count"), rows
    )


def _by_type(found: Sequence[Whole]) -> str:
    rows = [
        (one.name, kind, count.gold, count.predicted, *_figures(count))
        for one in found
        for kind, count in sorted(one.scores.events_by_type.items())
    ]
    head = ("set", "type", "gold", "predicted", "precision", "recall", "F1")
    return f"## Events by type\n\n{_table(head, rows)}"


def _coded(found: Sequence[Coded]) -> str:
    rows = [
        (one.name, one.sentences, _share(one.scores.type), _share(one.scores.dyad), one.scores.predicted)
        for one in found
    ]
    head = ("set", "sentences", "type recalled", "type and dyad recalled", "events predicted")
    return f"## Single sentences, one coded event each\n\n{_table(head, rows)}"


def _related(found: Sequence[Related]) -> str:
    rows = [
        (
            one.name,
            one.scores.documents,
            *map(_share, (one.scores.mentions, one.scores.linked, one.scores.typed)),
            one.scores.predicted,
        )
        for one in found
    ]
    head = ("set", "documents", "mentions recalled", "relations linked", "and typed", "events and relations predicted")
    return f"## Entities and relations\n\n{_table(head, rows)}"


def _figures(count: Count) -> tuple[str, str, str]:
    return f"{count.precision:.3f}", f"{count.recall:.3f}", f"{count.f1:.3f}"


def _share(share: Share) -> str:
    return "" if share.accuracy is None else f"{share.accuracy:.3f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(map(str, row))} |" for row in rows]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
