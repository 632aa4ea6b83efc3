"""``kg evaluate``: records against gold."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command(
    epilog=options.examples(
        "kg evaluate gold.jsonl",
        "kg evaluate gold.jsonl news.jsonl --errors",
    )
)
@click.argument("gold", metavar="GOLD", type=click.Path(path_type=Path))
@click.argument("predicted", metavar="[PREDICTED]", required=False, type=click.Path(path_type=Path))
@click.option("--format", "score_format", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--errors", is_flag=True, help="List what is missing and what is extra.")
@options.spacy_model
def evaluate(gold: Path, predicted: Path | None, score_format: str, errors: bool, spacy_model: str | None) -> None:
    """Score extraction against gold records.

    GOLD and PREDICTED are JSONL files of document records, paired by id. Without PREDICTED, the texts of GOLD are
    read anew.
    """
    from kg.cli.terminal import emit, progress
    from kg.evaluate.errors import differences
    from kg.evaluate.report import as_json, as_text, differences_as_text
    from kg.evaluate.score import score
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
    emit(as_json(scores) if score_format == "json" else as_text(scores))
    if errors:
        emit("\n" + differences_as_text(differences(expected, found)))
