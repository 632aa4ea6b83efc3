"""JSON lines: one document an object, with ``text``, and ``id``, ``title``, ``published``, ``url`` where known.

Lines that carry ``actors`` and ``events`` as well are document records, read before.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Any, Final

from kg.errors import DocumentError, InputError, RecordError
from kg.ingest.decode import refuse_binary
from kg.ingest.items import DocumentFailure
from kg.ingest.plugin import Reader
from kg.ingest.rows import check, document_of
from kg.jsonl import from_json, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from io import BufferedReader

    from kg.ingest.items import AnyItem, Item
    from kg.ingest.origin import Origin
    from kg.records import DocumentRecord

_SNIFFED: Final = 512
_OBJECT: Final = re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*"')


def read_jsonl(file: IO[bytes], origin: Origin) -> Iterator[Item]:
    """Read the documents and records of a JSONL file in order; a broken line is reported and passed over.

    Args:
        file: An open file of UTF-8 bytes.
        origin: Where it comes from.

    Raises:
        DocumentError: If the file holds no line at all.
    """
    empty = True
    for number, value in read_lines(file, origin.name, origin.settings.limits.document_bytes):
        empty = False
        where = f"{origin.name}:{number}"
        yield DocumentFailure(where, value) if isinstance(value, RecordError) else item_of(value, origin, number, where)
    if empty:
        raise DocumentError(f"cannot read {origin.name}: it is empty")


def item_of(value: Mapping[str, Any], origin: Origin, number: int, where: str) -> Item:
    """Return the document record or document that a JSON object holds, or why it holds none."""
    if not ("actors" in value and "events" in value):
        return document_of(value, origin, number, where)
    try:
        return _record(value, origin, where)
    except InputError as error:
        return DocumentFailure(where, error)


def _record(value: Mapping[str, Any], origin: Origin, where: str) -> DocumentRecord:
    record = from_json(value, where)
    if not record.document.id:
        raise RecordError(f"{where}: id must not be empty")
    check(record.document, where)
    origin.claimed.claim([record.document.id], where)
    return record


def _read(file: BufferedReader, origin: Origin) -> Iterator[AnyItem]:
    refuse_binary(file.peek(_SNIFFED)[:_SNIFFED], origin.name)
    yield from read_jsonl(file, origin)


READER: Final = Reader(
    "JSON lines",
    (".jsonl", ".ndjson"),
    _read,
    begins=lambda data: _OBJECT.match(data) is not None,
    media_types=("application/jsonl", "application/x-ndjson"),
)
