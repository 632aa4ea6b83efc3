"""From inputs to document records, one document at a time."""

from __future__ import annotations

from contextlib import closing
from itertools import chain, groupby
from typing import TYPE_CHECKING, TypeAlias

from kg.errors import ConfigError, DocumentError
from kg.files import write_whole
from kg.ingest import DocumentFailure, read_annotated, with_date, with_furniture
from kg.jsonl import dumps
from kg.records import Document, DocumentRecord
from kg.run.folder import open_run
from kg.run.inputs import Input as Input
from kg.run.inputs import listed
from kg.run.progress import counted
from kg.run.reading import Reading
from kg.run.task import Task, done, needs_model

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language

    from kg.ingest import InputSettings
    from kg.ingest.items import Item, OnSkip
    from kg.resolve.dictionaries import LexiconSource
    from kg.run.engine import Engine
    from kg.run.progress import OnProgress

OnFailure: TypeAlias = "Callable[[DocumentFailure], None]"


def extract(
    inputs: Input | Iterable[Input],
    *,
    nlp: Language | None = None,
    spacy_model: str | None = None,
    patterns: str | os.PathLike[str] | None = None,
    lexicon: LexiconSource | None = None,
    published: str | None = None,
    reread: bool = False,
    engine: Engine | None = None,
    limit: int | None = None,
    run: str | os.PathLike[str] | None = None,
    retry_failed: bool = False,
    on_failure: OnFailure | None = None,
    on_progress: OnProgress | None = None,
    settings: InputSettings | None = None,
    on_skip: OnSkip | None = None,
) -> Iterator[DocumentRecord]:
    """Read documents and what they report: actors, events and relations.

    The language model is loaded with the first document that needs it. Document records among the inputs are
    passed on as they are, but for what patterns add to them.

    Args:
        inputs: A path, a document, or several: files in any format that there is a reader for, folders of such,
            addresses that begin with ``http://`` or ``https://``, ``-`` for standard input,
            :class:`~kg.records.Document` objects, and records extracted before.
        nlp: A pipeline loaded before, as by ``kg.load()``.
        spacy_model: The name or path of a spaCy pipeline that gives syntax and names instead of kg's own.
        patterns: A TOML file of event types and patterns of the user's own, by which documents are read as well.
        lexicon: The user's own lexicon, as :func:`kg.read_lexicon` returns, or its file or files.
        published: The date, in ISO 8601, of documents that state none.
        reread: Read the texts of document records anew.
        engine: Who reads, this process by default. The records are the same, and so is their order.
        limit: How many documents to read at most.
        run: A folder that keeps what was read, so that the same call goes on where one before it was cut off; all is
            read before the first record is given.
        retry_failed: Of a run, whether to try again what the model could not read before.
        on_failure: Called with each document that cannot be read, before going on to the next.
            Without it the first one raises.
        on_progress: Called after each document, with how far the reading has come.
        settings: How inputs are read: limits, names of fields, and what else is chosen.
        on_skip: Called with each document that is left aside, because it is not in English or there already;
            without it they are logged.

    Yields:
        One record a document, in the order of the inputs.

    Raises:
        InputError: If a document cannot be read and there is no ``on_failure``, or the run's folder cannot be written.
        ConfigError: If the patterns cannot be read or used, they, a lexicon, workers or a run are given beside ``nlp``,
            the run was begun otherwise, or a cluster cannot be reached.
        LexiconError: If the lexicon cannot be read.
        ModelError: If there is no usable language model.

    """
    reading = Reading(spacy_model, patterns, lexicon)
    _check(reading, nlp, engine, run)
    found = items(inputs, published, reread=reread, limit=limit, settings=settings, on_skip=on_skip)
    if run is not None:
        with open_run(run, reading, retry_failed=retry_failed) as folder:
            with closing(folder.read(found, engine)) as outcomes:
                for outcome in counted(outcomes, inputs, on_progress):
                    report(outcome.failure, on_failure)
            yield from folder.records()
        return
    tasks = (_task(item, reading) for item in found)
    with closing(done(tasks, reading, nlp, engine)) as outcomes:
        for outcome in counted(outcomes, inputs, on_progress):
            report(outcome.failure, on_failure)
            if outcome.record is not None:
                yield outcome.record


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


def _check(reading: Reading, nlp: Language | None, engine: Engine | None, run: str | os.PathLike[str] | None) -> None:
    """Raise a ConfigError if settings do not go together."""
    if nlp is not None and reading.patterns is not None:
        raise ConfigError("give patterns to kg.load() where the pipeline is loaded, not beside it")
    if nlp is not None and reading.lexicon is not None:
        raise ConfigError("give the lexicon to kg.load() where the pipeline is loaded, not beside it")
    if nlp is not None and engine is not None and not engine.is_this_process:
        raise ConfigError("workers load their own pipeline; give them spacy_model, patterns and lexicon, not nlp")
    if nlp is not None and run is not None:
        raise ConfigError("a run loads its own pipeline; give it spacy_model, patterns and lexicon, not nlp")


def report(failure: DocumentFailure | None, on_failure: OnFailure | None) -> None:
    """Hand a failure over, where there is one, or raise it where nobody takes it.

    Raises:
        InputError: If there is a failure, and no ``on_failure``.
    """
    if failure is None:
        return
    if on_failure is None:
        raise failure.error
    on_failure(failure)


def items(
    inputs: Input | Iterable[Input],
    published: str | None = None,
    *,
    reread: bool = False,
    limit: int | None = None,
    settings: InputSettings | None = None,
    on_skip: OnSkip | None = None,
) -> Iterator[Item]:
    """Read the documents and records of the inputs, one by one, with a failure for each that cannot be read.

    Args:
        inputs: As for :func:`extract`.
        published: The date, in ISO 8601, of documents that state none.
        reread: Give the documents of records, to be read anew.
        limit: How many documents and records to give at most.
        settings: How inputs are read: limits, names of fields, and what else is chosen.
        on_skip: Called with each document that is left aside, because it is not in English or there already;
            without it they are logged.

    Raises:
        ConfigError: If the limit is below 1.
    """
    if limit is not None and limit < 1:
        raise ConfigError(f"limit must be 1 or more, not {limit}")
    found = _items(inputs, published, settings, on_skip)
    if reread:
        found = (with_furniture(item.document) if isinstance(item, DocumentRecord) else item for item in found)
    return found if limit is None else _first(found, limit)


def _first(found: Iterable[Item], limit: int) -> Iterator[Item]:
    count = 0
    for item in found:
        yield item
        count += not isinstance(item, DocumentFailure)
        if count >= limit:
            return


def _task(item: Item, reading: Reading) -> Task:
    return Task(item, reads=not isinstance(item, DocumentFailure) and needs_model(item, reading))


def _items(
    inputs: Input | Iterable[Input], published: str | None, settings: InputSettings | None, on_skip: OnSkip | None
) -> Iterator[Item]:
    """Read paths, and pass on what has been read; neighbouring paths share one namespace of ids."""
    for ready, group in groupby(listed(inputs), key=_is_ready):
        if ready:
            yield from (_prepared(item, published) for item in group if isinstance(item, Document | DocumentRecord))
        else:
            paths = (item for item in group if not isinstance(item, Document | DocumentRecord))
            yield from read_annotated(paths, published=published, settings=settings, on_skip=on_skip)


def _is_ready(item: Input) -> bool:
    return isinstance(item, Document | DocumentRecord)


def _prepared(item: Document | DocumentRecord, published: str | None) -> Document | DocumentRecord:
    if not isinstance(item, Document):
        return item
    try:
        item.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DocumentError(f"document {item.id!r}: half a surrogate pair at character {error.start}") from error
    item = with_date(item, published)
    return item if item.ignored else with_furniture(item)
