"""JSON lines: one document an object, with ``id`` and ``text``, and ``title``, ``published``, ``url`` where known.

Lines that carry ``actors`` and ``events`` as well are document records, read before.
"""

from __future__ import annotations

from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from kg.errors import DocumentError, InputError, RecordError
from kg.ingest.source import DocumentFailure
from kg.jsonl import Fields, from_json, read_lines
from kg.records import Document, DocumentRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.ingest.ids import Ids


def read_jsonl(file: IO[bytes], name: str, ids: Ids) -> Iterator[Document | DocumentRecord | DocumentFailure]:
    """Read the documents and records of a JSONL file in order; a broken line is reported and passed over.

    Args:
        file: An open file of UTF-8 bytes.
        name: What to call the file in messages.
        ids: The ids given so far.

    Raises:
        DocumentError: If the file holds no line at all.
    """
    empty = True
    for number, value in read_lines(file, name):
        empty = False
        where = f"{name}:{number}"
        try:
            if isinstance(value, RecordError):
                raise value
            item = _read_item(value, where, name)
            ids.claim([(item.document if isinstance(item, DocumentRecord) else item).id], where)
            yield item
        except InputError as error:
            yield DocumentFailure(where, error)
    if empty:
        raise DocumentError(f"cannot read {name}: it is empty")


def is_date(value: str) -> bool:
    """Say whether ``value`` is an ISO 8601 date or date-time, its day written as ``2015-11-26``.

    >>> is_date("2015-11-26"), is_date("2015-11-26T09:30:00Z"), is_date("20151126"), is_date("Thursday")
    (True, True, False, False)
    """
    try:
        return datetime.fromisoformat(value).date().isoformat() == value[:10]
    except ValueError:
        return False


def _read_item(value: Mapping[str, Any], where: str, name: str) -> Document | DocumentRecord:
    if "actors" in value and "events" in value:
        record = from_json(value, where)
        _check(record.document, where)
        return record
    fields = Fields(value, where)
    document = Document(
        id=fields.text("id"),
        text=fields.text("text"),
        source=fields.text("source", name),
        title=fields.optional_text("title"),
        published=fields.optional_text("published"),
        publisher=fields.optional_text("publisher"),
        url=fields.optional_text("url"),
        language=fields.optional_text("language") or "en",
    )
    _check(document, where)
    return document


def _check(document: Document, where: str) -> None:
    if not document.id:
        raise RecordError(f"{where}: id must not be empty")
    if not document.text.strip():
        raise RecordError(f"{where}: text must not be empty")
    if "\0" in document.text:
        raise RecordError(f"{where}: text holds a NUL character: binary, not text")
    if document.published is not None and not is_date(document.published):
        raise RecordError(f"{where}: published must be a date such as 2015-11-26, found {document.published!r}")
