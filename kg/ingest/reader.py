"""Reading inputs of any format into documents, one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kg.errors import ConfigError, DocumentError, InputError
from kg.ingest.dateline import find_dateline
from kg.ingest.decode import refuse_binary
from kg.ingest.formats import format_of
from kg.ingest.furniture import find_furniture
from kg.ingest.html import read_html
from kg.ingest.ids import Ids
from kg.ingest.jsonl import is_date, read_jsonl
from kg.ingest.source import DocumentFailure, Source, sources
from kg.ingest.text import read_text
from kg.records import Document, DocumentRecord

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator
    from io import BufferedReader

Item: TypeAlias = Document | DocumentRecord | DocumentFailure

_READERS: Final[dict[Literal["text", "html"], Callable[[bytes, str], Document]]] = {
    "text": read_text,
    "html": read_html,
}
_SNIFFED: Final = 512


def read(
    inputs: Iterable[str | os.PathLike[str]], *, published: str | None = None, strict: bool = False
) -> Iterator[Document | DocumentFailure]:
    """Read the documents of files, folders and standard input (``-``), in order and one at a time.

    Document records among the inputs give their documents, without what was read from them before.

    Args:
        inputs: Paths of ``.txt``, ``.md``, ``.html`` and ``.jsonl`` files, or of folders of such.
        published: The date, in ISO 8601, of documents that state none.
        strict: Raise the first failure instead of yielding it.

    Yields:
        Documents with different ids, and a failure for each that could not be read.

    Raises:
        InputError: If ``published`` is no date; with ``strict``, also at the first failure.
    """
    for item in read_annotated(inputs, published=published, strict=strict):
        yield with_furniture(item.document) if isinstance(item, DocumentRecord) else item


def read_annotated(
    inputs: Iterable[str | os.PathLike[str]], *, published: str | None = None, strict: bool = False
) -> Iterator[Item]:
    """Read as :func:`read` does, but yield document records whole, with what was read from them before."""
    _day(published)
    ids = Ids()
    for source in sources(inputs):
        items = (source,) if isinstance(source, DocumentFailure) else _read_source(source, ids)
        for item in items:
            if strict and isinstance(item, DocumentFailure):
                raise item.error
            yield _finished(item, published)


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


def _read_source(source: Source, ids: Ids) -> Iterator[Item]:
    try:
        with source.open() as file:
            yield from _read_file(file, source, ids)
    except OSError as error:
        reason = error.strerror or str(error)
        yield DocumentFailure(source.name, DocumentError(f"cannot read {source.name}: {reason}"))
    except InputError as error:
        yield DocumentFailure(source.name, error)


def _read_file(file: BufferedReader, source: Source, ids: Ids) -> Iterator[Item]:
    beginning = file.peek(_SNIFFED)
    file_format = format_of("" if source.path is None else source.path.name, beginning)
    if file_format == "jsonl":
        refuse_binary(beginning, source.name)
        yield from read_jsonl(file, source.name, ids)
    else:
        document = _READERS[file_format](file.read(), source.name)
        yield replace(document, id=ids.claim(source.ids, source.name))


def _finished(item: Item, published: str | None) -> Item:
    """Give a document the date it lacks, and mark its page furniture."""
    if isinstance(item, DocumentFailure):
        return item
    if isinstance(item, DocumentRecord):
        return replace(item, document=with_date(item.document, published))
    return with_furniture(with_date(item, published))
