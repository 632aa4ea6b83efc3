"""Reading inputs of any format into documents, one by one."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError, DocumentError, InputError, LimitError
from kg.ingest.budget import Budget, counted
from kg.ingest.dateline import find_dateline
from kg.ingest.dates import is_date
from kg.ingest.dispatch import format_of, read_stream
from kg.ingest.duplicates import Seen
from kg.ingest.furniture import find_furniture
from kg.ingest.ids import Ids
from kg.ingest.items import DocumentFailure, DocumentSkip, Item
from kg.ingest.language import other_language
from kg.ingest.origin import Origin
from kg.ingest.registry import readers
from kg.ingest.settings import InputSettings
from kg.ingest.source import Source, sources
from kg.ingest.timing import time_limit
from kg.ingest.web import Fetcher
from kg.records import Document, DocumentRecord

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from kg.ingest.items import AnyItem, OnSkip

_LOG: Final = logging.getLogger(__name__)


def read(
    inputs: Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    strict: bool = False,
    settings: InputSettings | None = None,
    on_skip: OnSkip | None = None,
) -> Iterator[Document | DocumentFailure]:
    """Read the documents of files, folders, addresses of the web and standard input, in order and one at a time.

    Document records among the inputs give their documents, without what was read from them before.

    Args:
        inputs: Paths of files in any format that there is a reader for, or of folders of such; addresses that begin
            with ``http://`` or ``https://``; ``-`` for standard input.
        published: The date, in ISO 8601, of documents that state none.
        strict: Raise the first failure instead of yielding it.
        settings: Limits, names of fields, and what else is chosen.
        on_skip: Called with each document that is left aside, because it is not in English or there already; without
            it they are logged.

    Yields:
        Documents with different ids, and a failure for each that could not be read.

    Raises:
        InputError: If ``published`` is no date; with ``strict``, also at the first failure.
    """
    for item in read_annotated(inputs, published=published, strict=strict, settings=settings, on_skip=on_skip):
        yield with_furniture(item.document) if isinstance(item, DocumentRecord) else item


def read_annotated(
    inputs: Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    strict: bool = False,
    settings: InputSettings | None = None,
    on_skip: OnSkip | None = None,
) -> Iterator[Item]:
    """Read as :func:`read` does, but yield document records whole, with what was read from them before."""
    _day(published)
    run = _Run(settings or InputSettings(), published)
    for source in sources(inputs):
        for item in run.items(source):
            if isinstance(item, DocumentSkip):
                (on_skip or _log)(item)
            elif strict and isinstance(item, DocumentFailure):
                raise item.error
            else:
                yield item


def with_furniture(document: Document) -> Document:
    """Return the document with its page furniture marked to be ignored."""
    return replace(document, ignored=find_furniture(document.text))


def with_date(document: Document, published: str | None) -> Document:
    """Return the document with the date it lacks: that of its dateline, or else ``published``.

    Raises:
        ConfigError: If ``published`` is no date.
    """
    if document.published is not None:
        return document
    stated = find_dateline(document.text, _day(published))
    return replace(document, published=stated.isoformat() if stated else published)


def _day(published: str | None) -> date | None:
    if published is None:
        return None
    if not is_date(published):
        raise ConfigError(f"published must be a date such as 2015-11-26, found {published!r}")
    return date.fromisoformat(published[:10])


def _log(skip: DocumentSkip) -> None:
    _LOG.warning("%s", skip)


class _Run:
    """One reading of many inputs: ids and texts seen so far, and what hosts ask of robots."""

    def __init__(self, settings: InputSettings, published: str | None) -> None:
        self._settings = settings
        self._published = published
        self._ids = Ids()
        self._seen = Seen()
        self._fetcher = Fetcher(settings)

    def items(self, source: Source | DocumentFailure) -> Iterator[AnyItem]:
        """Yield what a source holds, checked and made ready to be read."""
        if isinstance(source, DocumentFailure):
            yield source
            return
        for item in self._raw(source):
            if isinstance(item, Document):
                yield self._finished(item)
            elif isinstance(item, DocumentRecord):
                yield replace(item, document=with_date(item.document, self._published))
            else:
                yield item

    def _raw(self, source: Source) -> Iterator[AnyItem]:
        if source.url is not None:
            yield from self._fetched(source.url, source.ids)
            return
        try:
            with source.open() as file:
                size = source.path.stat().st_size if source.path is not None and source.path.is_file() else None
                origin = self._origin(source.name, source.ids, size)
                if source.path is not None:
                    origin = replace(origin, file_name=source.path.name)
                # A pipe's length is known once it is read; what is expanded from it is measured against that.
                stream = file if size is not None else counted(file, origin.budget.take)
                yield from read_stream(stream, origin)
        except OSError as error:
            reason = error.strerror or str(error)
            yield DocumentFailure(source.name, DocumentError(f"cannot read {source.name}: {reason}"))

    def _origin(self, name: str, ids: tuple[str, ...], size: int | None) -> Origin:
        budget = Budget(name, self._settings.limits.expansion, size)
        return Origin(name, ids, self._settings, self._ids, budget)

    def _fetched(self, url: str, ids: tuple[str, ...], *, follow: bool = True) -> Iterator[AnyItem]:
        try:
            page = self._fetcher.fetch(url)
        except InputError as error:
            yield DocumentFailure(url, error)
            return
        origin = replace(
            self._origin(url, ids, len(page.data)),
            media_type=page.media_type.kind,
            charset=page.media_type.charset,
            url=page.url,
        )
        file: io.BufferedReader = io.BufferedReader(io.BytesIO(page.data))
        follow = follow and self._settings.follow and format_of(file, origin) is readers()["feed"]
        for item in read_stream(file, origin):
            if follow and isinstance(item, Document) and item.url and item.url != page.url:
                yield from self._followed(item)
            else:
                yield item

    def _followed(self, entry: Document) -> Iterator[AnyItem]:
        """Fetch the page that the entry of a feed links to, and keep what only the feed knows of it."""
        assert entry.url is not None
        # Only one document may be called after the entry, though what it links to may hold more.
        free = iter([entry.id])
        for item in self._fetched(entry.url, (f"{entry.id}#page",), follow=False):
            if not isinstance(item, Document):
                yield item
                continue
            yield replace(
                item,
                id=next(free, item.id),
                title=item.title or entry.title,
                published=item.published or entry.published,
                publisher=item.publisher or entry.publisher,
                authors=item.authors or entry.authors,
            )

    def _finished(self, document: Document) -> Document | DocumentFailure | DocumentSkip:
        """Check a document, give it the date it lacks, and mark its page furniture."""
        limits, name = self._settings.limits, document.source or document.id
        if len(document.text) > limits.text_characters:
            reason = f"its text is longer than {limits.text_characters:,} characters (the limit 'text_characters')"
            return DocumentFailure(name, LimitError(f"cannot read {name}: {reason}"))
        if (skip := self._left_aside(document, name)) is not None:
            return skip
        try:
            with time_limit(limits.seconds, name):
                return with_furniture(with_date(document, self._published))
        except LimitError as error:
            return DocumentFailure(name, error)

    def _left_aside(self, document: Document, name: str) -> DocumentSkip | None:
        shown = name if document.id in name else f"{name} ({document.id})"
        if not self._settings.any_language and (language := other_language(document)) is not None:
            return DocumentSkip(shown, "language", f"it is not in English, but in {language!r}")
        if not self._settings.keep_duplicates and (first := self._seen.first(document)) is not None:
            return DocumentSkip(shown, "duplicate", f"it is the same as {first!r}")
        return None
