"""From inputs to the knowledge graph."""

from __future__ import annotations

from contextlib import closing
from itertools import chain
from typing import TYPE_CHECKING

from kg.errors import ConfigError, InputError
from kg.files import write_whole
from kg.jsonl import dumps
from kg.run.extract import check, extract, items, report
from kg.run.folder import open_run
from kg.run.progress import counted
from kg.run.reading import Reading

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

    from kg.graph.model import KnowledgeGraph
    from kg.ingest import InputSettings
    from kg.ingest.items import OnSkip
    from kg.records import DocumentRecord
    from kg.resolve.dictionaries import LexiconSource
    from kg.run.extract import OnFailure
    from kg.run.inputs import Input
    from kg.run.progress import OnProgress


def build(
    inputs: Input | Iterable[Input],
    *,
    base: str | None = None,
    nlp: Language | None = None,
    spacy_model: str | None = None,
    patterns: str | os.PathLike[str] | None = None,
    lexicon: LexiconSource | None = None,
    published: str | None = None,
    workers: int = 1,
    limit: int | None = None,
    run: str | os.PathLike[str] | None = None,
    retry_failed: bool = False,
    on_failure: OnFailure | None = None,
    on_progress: OnProgress | None = None,
    settings: InputSettings | None = None,
    on_skip: OnSkip | None = None,
) -> KnowledgeGraph:
    """Read documents and join what they report into one graph.

    Args:
        inputs: As for :func:`kg.run.extract.extract`.
        base: What the IRIs of actors, events and documents begin with.
        nlp: A pipeline loaded before.
        spacy_model: A spaCy pipeline that gives syntax and names instead of kg's own.
        patterns: A TOML file of event types and patterns of the user's own, by which documents are read as well.
        lexicon: The user's own lexicon, or its file or files.
        published: The date, in ISO 8601, of documents that state none.
        workers: How many processes read; the graph is the same.
        limit: How many documents to read at most.
        run: A folder that keeps what was read, so that the same call goes on where one before it was cut off.
        retry_failed: Of a run, whether to try again what the model could not read before.
        on_failure: Called with each document that cannot be read; without it the first one raises.
        on_progress: Called after each document, with how far the reading has come.
        settings: How inputs are read: limits, names of fields, and what else is chosen.
        on_skip: Called with each document that is left aside; without it they are logged.

    Raises:
        InputError: If no document could be read, or one could not and there is no ``on_failure``, or the run's folder
            cannot be written.
        ConfigError: If ``base`` is no absolute IRI, the patterns cannot be used, or the run was begun otherwise.

    """
    records = read(
        inputs,
        nlp=nlp,
        spacy_model=spacy_model,
        patterns=patterns,
        lexicon=lexicon,
        published=published,
        workers=workers,
        limit=limit,
        run=run,
        retry_failed=retry_failed,
        on_failure=on_failure,
        on_progress=on_progress,
        settings=settings,
        on_skip=on_skip,
    )
    return assemble_some(records, base)


def read(
    inputs: Input | Iterable[Input],
    *,
    nlp: Language | None = None,
    spacy_model: str | None = None,
    patterns: str | os.PathLike[str] | None = None,
    lexicon: LexiconSource | None = None,
    published: str | None = None,
    workers: int = 1,
    limit: int | None = None,
    run: str | os.PathLike[str] | None = None,
    retry_failed: bool = False,
    on_failure: OnFailure | None = None,
    on_progress: OnProgress | None = None,
    settings: InputSettings | None = None,
    on_skip: OnSkip | None = None,
) -> Iterator[DocumentRecord]:
    """Read documents into records, one by one; of a run, all are read before the first is given.

    Arguments and errors are those of :func:`build`.
    """
    if run is None:
        yield from extract(
            inputs,
            nlp=nlp,
            spacy_model=spacy_model,
            patterns=patterns,
            lexicon=lexicon,
            published=published,
            workers=workers,
            limit=limit,
            on_failure=on_failure,
            on_progress=on_progress,
            settings=settings,
            on_skip=on_skip,
        )
        return
    reading = Reading(spacy_model, patterns, lexicon)
    check(reading, nlp, workers)
    if nlp is not None:
        raise ConfigError("a run loads its own pipeline; give it spacy_model, patterns and lexicon, not nlp")
    with open_run(run, reading, retry_failed=retry_failed) as folder:
        found = items(inputs, published, limit=limit, settings=settings, on_skip=on_skip)
        with closing(folder.read(found, workers)) as outcomes:
            for outcome in counted(outcomes, inputs, on_progress):
                report(outcome, on_failure)
        yield from folder.records()


def kept(records: Iterable[DocumentRecord], path: str | os.PathLike[str]) -> Iterator[DocumentRecord]:
    """Pass records on, and write them to a file on the way, whole or not at all; none where there are no records.

    Raises:
        InputError: If the file cannot be written.
    """
    left = iter(records)
    for first in left:
        with write_whole(path) as file:
            for record in chain([first], left):
                file.write(dumps(record) + "\n")
                yield record


def assemble_some(records: Iterable[DocumentRecord], base: str | None = None) -> KnowledgeGraph:
    """Assemble records, of which there must be one at least.

    Raises:
        InputError: If there is none.

    """
    from kg.graph.assemble import assemble

    graph = assemble(records, base)
    if not graph.documents:
        raise InputError("no document could be read")
    return graph
