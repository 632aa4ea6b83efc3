"""Web archives, WARC: the pages in them, as Common Crawl's news archive has them (extra ``warc``)."""

from __future__ import annotations

import io
import logging
from contextlib import redirect_stderr
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any, Final

from kg.errors import DocumentError, InputError, MissingExtraError
from kg.ingest.budget import counted
from kg.ingest.dispatch import broken
from kg.ingest.html import read_html
from kg.ingest.items import DocumentFailure, DocumentSkip
from kg.ingest.media import MediaType
from kg.ingest.plugin import Reader
from kg.ingest.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.items import AnyItem
    from kg.ingest.origin import Origin
    from kg.records import Document

# The types of records that hold what a server gave, or text made of it.
_RECORDS: Final = frozenset({"response", "conversion", "resource"})
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_TEXTS: Final = frozenset({"text/plain"})
_OK: Final = "200"


def _read(file: IO[bytes], origin: Origin) -> Iterator[AnyItem]:
    try:
        from warcio.archiveiterator import WARCIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise MissingExtraError("WARC needs the extra 'warc': pip install 'kg[warc]'") from error
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    found = 0
    try:
        for number, record in enumerate(_quietly(WARCIterator(file)), start=1):
            if record.rec_type in _RECORDS:
                found += 1
                yield _item(record, origin, number)
    except ArchiveLoadFailed as error:
        raise broken(origin.name, "web archive", error) from error
    if not found:
        raise DocumentError(f"cannot read {origin.name}: no pages in this archive")


def _quietly(records: Iterator[Any]) -> Iterator[Any]:
    """Yield records without what warcio writes on standard error: stretches of the archive, as they stand there."""
    while True:
        with redirect_stderr(io.StringIO()):
            record = next(records, None)
        if record is None:
            return
        yield record


def _item(record: Any, origin: Origin, number: int) -> AnyItem:
    url = record.rec_headers.get_header("WARC-Target-URI") or None
    where = f"{origin.name}:{number}" + (f" ({url})" if url else "")
    reason = _no_page(record)
    if reason is not None:
        return DocumentSkip(where, "kind", reason)
    try:
        return _document(record, origin, number, url, where)
    except InputError as error:
        return DocumentFailure(where, error)
    except Exception as error:
        # One broken answer of thousands: the next record begins where this one's length says.
        return DocumentFailure(where, broken(where, "page", error))


def _document(record: Any, origin: Origin, number: int, url: str | None, where: str) -> Document:
    kind, charset = _media_type(record)
    with origin.timed(where):
        data = origin.read_all(counted(record.content_stream(), origin.budget.give))
        document = read_html(data, where, charset) if kind in _PAGES else read_text(data, where)
    ids = (*filter(None, [url]), *origin.part(number))
    return replace(document, id=origin.claimed.claim(ids, where), source=origin.name, url=document.url or url)


def _no_page(record: Any) -> str | None:
    """Say why a record holds no page; None where it may hold one."""
    if record.rec_type == "response":
        status = record.http_headers.get_statuscode() if record.http_headers else ""
        if status != _OK:
            return f"an answer with status {status[:20] or 'unknown'}"
    kind = _media_type(record).kind
    return None if kind in _PAGES | _TEXTS else f"not a page, but {kind[:60] or 'of no known type'}"


def _media_type(record: Any) -> MediaType:
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    return MediaType.parse(headers and headers.get_header("Content-Type"))


READER: Final = Reader(
    "web archive",
    (".warc",),
    _read,
    begins=lambda data: data.startswith(b"WARC/"),
    media_types=("application/warc",),
)
