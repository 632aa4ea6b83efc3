"""``kg evaluate``: records against gold."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command(
    epilog=options.examples(
        "kg evaluate gold.jsonl",
        "kg evaluate gold.jsonl news.jsonl --errors",
        "kg evaluate gold.jsonl news.jsonl --losses --confusions --by-document --format json",
    )
)
@click.argument("gold", metavar="GOLD", type=click.Path(path_type=Path))
@click.argument("predicted", metavar="[PREDICTED]", required=False, type=click.Path(path_type=Path))
@click.option("--format", "score_format", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--by-document", is_flag=True, help="Score each document by itself too, the worst first.")
@click.option("--confusions", is_flag=True, help="Count which type was taken for which other.")
@click.option("--losses", is_flag=True, help="Count why arguments and relations are missing or extra.")
@click.option("--errors", is_flag=True, help="List what is missing and what is extra.")
@options.spacy_model
def evaluate(
    gold: Path,
    predicted: Path | None,
    score_format: str,
    by_document: bool,
    confusions: bool,
    losses: bool,
    errors: bool,
    spacy_model: str | None,
) -> None:
    """Score extraction against gold records.

    GOLD and PREDICTED are JSONL files of document records, paired by id. Without PREDICTED, the texts of GOLD are
    read anew.
    """
    from kg.cli.terminal import emit, progress
    from kg.evaluate import confusion, report
    from kg.evaluate import losses as lost
    from kg.evaluate.errors import differences
    from kg.evaluate.score import score, score_by_document
    from kg.jsonl import read_records
    from kg.run.extract import extract

    expected = list(read_records(gold))
    if predicted is not None:
        found = list(read_records(predicted))
    else:
        with progress("reading") as advance:
            again = extract(expected, spacy_model=spacy_model, reread=True)
            found = [advance(record, record.document.id) for record in again]
    scores = score(expected, found)
    documents = score_by_document(expected, found) if by_document else None
    confused = confusion.confusions(expected, found) if confusions else None
    reasons = lost.losses(expected, found) if losses else None
    listed = list(differences(expected, found)) if errors else None
    if score_format == "json":
        emit(report.as_json(scores, documents=documents, confused=confused, lost=reasons, differences=listed))
        return
    parts = [report.as_text(scores)]
    parts += [report.documents_as_text(documents)] if documents is not None else []
    parts += [report.confusions_as_text(confused)] if confused is not None else []
    parts += [report.losses_as_text(reasons)] if reasons is not None else []
    parts += [report.differences_as_text(listed)] if listed is not None else []
    emit("\n".join(parts))
