"""``kg extract``: documents to records."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.ingest import InputSettings
    from kg.records import DocumentRecord
    from kg.run.engine import Engine


@click.command(
    epilog=options.examples(
        "kg extract article.txt",
        "kg extract news/ -o news.jsonl",
        "curl -s https://example.org/story.html | kg extract - --published 2015-11-26",
    )
)
@options.inputs
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    callback=options.output_path,
    help="JSONL file to write; standard output by default.",
)
@options.published
@options.spacy_model
@options.patterns
@options.lexicon
@options.reading
@options.engine
@options.limit
@options.strict
@options.quiet
@options.log_json
def extract(
    inputs: tuple[str, ...],
    output: Path | None,
    published: str | None,
    spacy_model: str | None,
    patterns: Path | None,
    lexicon: tuple[Path, ...],
    engine: Engine,
    limit: int | None,
    strict: bool,
    quiet: bool,
    log_json: bool,
    settings: InputSettings,
) -> int:
    """Read documents into records.

    A record holds the actors, events and relations of one document, as one JSON object a line.

    INPUT is a file, a folder, an http(s) address, or - for standard input: text, Markdown, HTML, JSON, JSONL, CSV, TSV,
    Parquet, PDF, EPUB, DOCX, feeds and web archives, compressed and in archives, too.
    """
    from kg.cli.failures import Failures
    from kg.cli.lexicons import read_lexicon
    from kg.cli.log import open_log
    from kg.cli.summary import hint_on_dates
    from kg.run.extract import extract as extract_records

    with open_log(quiet=quiet, as_json=log_json) as log:
        failures = Failures(log)
        records = extract_records(
            inputs,
            published=published,
            spacy_model=spacy_model,
            patterns=patterns,
            lexicon=read_lexicon(lexicon, output, log),
            reread=True,
            engine=engine,
            limit=limit,
            on_failure=None if strict else failures.add,
            on_progress=log.progress,
            settings=settings,
            on_skip=failures.skip,
        )
        undated = _Undated()
        with log.reading():
            first = next(records, None)
            read = 0 if first is None else _write(undated.counted(chain([first], records)), output)
        if read and output is not None:
            hint = hint_on_dates(undated.count)
            words = f"{read} document record{'' if read == 1 else 's'} written to {output}"
            counts = {"documents": read, "undated": undated.count, **failures.counts()}
            log.summary(f"{hint}\n{words}" if hint else words, output, counts)
        return failures.exit_code(read)


@dataclass(slots=True)
class _Undated:
    """Counts the documents without a date among those that pass."""

    count: int = 0

    def counted(self, records: Iterable[DocumentRecord]) -> Iterator[DocumentRecord]:
        for record in records:
            self.count += record.document.published is None
            yield record


def _write(records: Iterable[DocumentRecord], output: Path | None) -> int:
    from kg.cli.terminal import emit
    from kg.jsonl import dumps, write_records

    if output is not None:
        return write_records(records, output)
    read = 0
    for record in records:
        emit(dumps(record) + "\n")
        read += 1
    return read
