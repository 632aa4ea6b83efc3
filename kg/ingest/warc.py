"""Web archives, WARC: the pages in them, as Common Crawl's news archive has them (extra ``warc``)."""

from __future__ import annotations

import io
import logging
from contextlib import redirect_stderr
from dataclasses import replace
from email.message import Message
from typing import IO, TYPE_CHECKING, Any, Final

from kg.errors import DocumentError, InputError, MissingExtraError
from kg.ingest.budget import Counted
from kg.ingest.dispatch import broken
from kg.ingest.html import read_html
from kg.ingest.items import DocumentFailure, DocumentSkip
from kg.ingest.plugin import Reader
from kg.ingest.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.items import AnyItem
    from kg.ingest.origin import Origin
    from kg.records import Document

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
            found += record.rec_type in {"response", "conversion", "resource"}
            yield from _items(record, origin, number)
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


def _items(record: Any, origin: Origin, number: int) -> Iterator[AnyItem]:
    if record.rec_type not in {"response", "conversion", "resource"}:
        return
    url = record.rec_headers.get_header("WARC-Target-URI") or None
    where = f"{origin.name}:{number}" + (f" ({url})" if url else "")
    reason = _no_page(record)
    if reason is not None:
        yield DocumentSkip(where, "kind", reason)
        return
    try:
        yield _document(record, origin, number, url, where)
    except InputError as error:
        yield DocumentFailure(where, error)
    except Exception as error:
        # One broken answer of thousands: the next record begins where this one's length says.
        yield DocumentFailure(where, broken(where, "page", error))


def _document(record: Any, origin: Origin, number: int, url: str | None, where: str) -> Document:
    kind, charset = _kind(record)
    with origin.timed(where):
        data = origin.read_all(io.BufferedReader(Counted(record.content_stream(), origin.budget, given=True)))
        document = read_html(data, where, charset) if kind in _PAGES else read_text(data, where)
    ids = (*filter(None, [url]), *origin.part(number))
    return replace(document, id=origin.claimed.claim(ids, where), source=origin.name, url=document.url or url)


def _no_page(record: Any) -> str | None:
    """Say why a record holds no page; None where it may hold one."""
    if record.rec_type == "response":
        status = record.http_headers.get_statuscode() if record.http_headers else ""
        if status != _OK:
            return f"an answer with status {status[:20] or 'unknown'}"
    kind, _ = _kind(record)
    return None if kind in _PAGES | _TEXTS else f"not a page, but {kind[:60] or 'of no known type'}"


def _kind(record: Any) -> tuple[str, str]:
    """Return the media type and the encoding that a record gives."""
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    message = Message()
    message["content-type"] = " ".join(((headers and headers.get_header("Content-Type")) or "").split())
    return message.get_content_type() if message["content-type"] else "", str(message.get_param("charset") or "")


READER: Final = Reader(
    "web archive",
    (".warc",),
    _read,
    begins=lambda data: data.startswith(b"WARC/"),
    media_types=("application/warc",),
)
