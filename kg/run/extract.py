"""From inputs to document records, one document at a time."""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kg.errors import ConfigError, DocumentError, InputError, KgError
from kg.ingest import DocumentFailure, read_annotated, with_date, with_furniture
from kg.records import Document, DocumentRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language

    from kg.ingest import InputSettings
    from kg.ingest.items import Item, OnSkip
    from kg.resolve.dictionaries import LexiconSource

Input: TypeAlias = "str | os.PathLike[str] | Document | DocumentRecord"
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
    on_failure: OnFailure | None = None,
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
        on_failure: Called with each document that cannot be read, before going on to the next.
            Without it the first one raises.
        settings: How inputs are read: limits, names of fields, and what else is chosen.
        on_skip: Called with each document that is left aside, because it is not in English or there already;
            without it they are logged.

    Yields:
        One record a document, in the order of the inputs.

    Raises:
        InputError: If a document cannot be read and there is no ``on_failure``.
        ConfigError: If the patterns cannot be read or used, or they or a lexicon are given beside ``nlp``.
        LexiconError: If the lexicon cannot be read.
        ModelError: If there is no usable language model.

    """
    if nlp is not None and patterns is not None:
        raise ConfigError("give patterns to kg.load() where the pipeline is loaded, not beside it")
    if nlp is not None and lexicon is not None:
        raise ConfigError("give the lexicon to kg.load() where the pipeline is loaded, not beside it")
    items: Iterator[Document | DocumentRecord] = _readable(_items(inputs, published, settings, on_skip), on_failure)
    if reread:
        items = (with_furniture(item.document) if isinstance(item, DocumentRecord) else item for item in items)
    for is_record, group in groupby(items, key=_is_record):
        if is_record and patterns is None:
            yield from (item for item in group if isinstance(item, DocumentRecord))
        else:
            nlp = nlp or _load(spacy_model, patterns, lexicon)
            yield from _extract(group, nlp, on_failure)


def _items(
    inputs: Input | Iterable[Input], published: str | None, settings: InputSettings | None, on_skip: OnSkip | None
) -> Iterator[Item]:
    """Read paths, and pass on what has been read; neighbouring paths share one namespace of ids."""
    for ready, group in groupby(_listed(inputs), key=_is_ready):
        if ready:
            yield from (_prepared(item, published) for item in group if isinstance(item, Document | DocumentRecord))
        else:
            paths = (item for item in group if not isinstance(item, Document | DocumentRecord))
            yield from read_annotated(paths, published=published, settings=settings, on_skip=on_skip)


def _listed(inputs: Input | Iterable[Input]) -> Iterable[Input]:
    if isinstance(inputs, str | os.PathLike | Document | DocumentRecord):
        return (inputs,)
    return inputs


def _is_ready(item: Input) -> bool:
    return isinstance(item, Document | DocumentRecord)


def _is_record(item: Document | DocumentRecord) -> bool:
    return isinstance(item, DocumentRecord)


def _prepared(item: Document | DocumentRecord, published: str | None) -> Document | DocumentRecord:
    if not isinstance(item, Document):
        return item
    try:
        item.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DocumentError(f"document {item.id!r}: half a surrogate pair at character {error.start}") from error
    item = with_date(item, published)
    return item if item.ignored else with_furniture(item)


def _readable(items: Iterable[Item], on_failure: OnFailure | None) -> Iterator[Document | DocumentRecord]:
    for item in items:
        if not isinstance(item, DocumentFailure):
            yield item
        elif on_failure is None:
            raise item.error
        else:
            on_failure(item)


def _load(spacy_model: str | None, patterns: str | os.PathLike[str] | None, lexicon: LexiconSource | None) -> Language:
    from kg.language import load

    return load(spacy_model=spacy_model, patterns=None if patterns is None else Path(patterns), lexicon=lexicon)


def _extract(
    documents: Iterator[Document | DocumentRecord], nlp: Language, on_failure: OnFailure | None
) -> Iterator[DocumentRecord]:
    from kg.language.extract import extract as extract_documents

    def report(document: Document, error: Exception) -> None:
        if isinstance(error, KgError) and not isinstance(error, InputError):
            # A missing model is nothing that the next document could do better with.
            raise error
        name = document.source or document.id
        failure = DocumentError(f"cannot read {name}: {error}")
        if on_failure is None:
            raise failure from error
        on_failure(DocumentFailure(name, failure))

    return extract_documents(documents, nlp, on_error=report)
