"""RSS and Atom feeds: a document an entry, with the text that the feed itself gives."""

from __future__ import annotations

import io
import re
from calendar import timegm
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from kg.errors import DocumentError
from kg.ingest.dates import as_date
from kg.ingest.items import DocumentFailure
from kg.ingest.legible import one_line, web_address
from kg.ingest.markup import text_of
from kg.ingest.plugin import Reader
from kg.ingest.xml import refuse_entities
from kg.records import Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from kg.ingest.items import AnyItem
    from kg.ingest.origin import Origin

_FEED: Final = re.compile(
    rb"(\xef\xbb\xbf)?\s*(?><!--.*?-->\s*|<\?[^>]*>\s*|<!DOCTYPE[^>\[]*>\s*)*<(rss|feed|rdf:RDF)\b",
    re.IGNORECASE | re.DOTALL,
)


def _read(file: IO[bytes], origin: Origin) -> Iterator[AnyItem]:
    data = origin.read_all(file)
    refuse_entities(data, origin.name)
    with origin.timed():
        entries = _entries(data, origin)
    if not entries:
        raise DocumentError(f"cannot read {origin.name}: no entries of a feed in it")
    for number, document in enumerate(entries, start=1):
        yield _claimed(document, origin, number)


def _claimed(document: Document, origin: Origin, number: int) -> Document | DocumentFailure:
    """Return the document of an entry with an id of its own, or why it has none."""
    where = f"{origin.name}:{number}"
    if not document.text.strip():
        return DocumentFailure(where, DocumentError(f"cannot read {where}: the entry has no text"))
    ids = (*filter(None, [document.url]), *origin.part(number))
    try:
        return replace(document, id=origin.claimed.claim(ids, where))
    except DocumentError as error:
        return DocumentFailure(where, error)


def _entries(data: bytes, origin: Origin) -> list[Document]:
    import feedparser

    # It would take a string for the address of a feed to fetch, and bytes for a file's name.
    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    publisher = one_line(_text(parsed.feed, "title"))
    language = _text(parsed.feed, "language") or "en"
    return [_document(entry, publisher, language, origin) for entry in parsed.entries]


def _document(entry: Any, publisher: str | None, language: str, origin: Origin) -> Document:
    contents = [text_of(value) for value in _markup(entry)]
    title = one_line(text_of(_text(entry, "title")).replace("\n", " "))
    body = max(contents, key=len, default="")
    text = body if title is None or body.startswith(title) else f"{title}\n\n{body}" if body else title
    return Document(
        id="",
        text=text,
        source=origin.url or origin.name,
        title=title,
        published=_published(entry),
        publisher=one_line(_text(entry.get("source") or {}, "title")) or publisher,
        url=web_address(_text(entry, "link")),
        language=one_line(language),
        authors=_authors(entry),
    )


def _markup(entry: Any) -> Iterator[str]:
    for content in entry.get("content") or []:
        yield _text(content, "value")
    yield _text(entry, "summary")


def _published(entry: Any) -> str | None:
    for name in ("published", "updated"):
        # The feed's own dict would take one date for another, with a warning.
        moment = dict.get(entry, f"{name}_parsed")
        if moment is not None:
            try:
                return datetime.fromtimestamp(timegm(moment), UTC).isoformat()
            except (ValueError, TypeError, OverflowError, OSError):
                continue
        if (found := as_date(_text(entry, name))) is not None:
            return found
    return None


def _authors(entry: Any) -> tuple[str, ...]:
    named = [one_line(_text(author, "name")) for author in entry.get("authors") or [] if isinstance(author, dict)]
    return tuple(dict.fromkeys(filter(None, named)))


def _text(value: Any, name: str) -> str:
    found = dict.get(value, name)
    return found if isinstance(found, str) else ""


READER: Final = Reader(
    "feed",
    (".rss", ".atom", ".xml", ".rdf"),
    _read,
    begins=lambda data: _FEED.match(data) is not None,
    media_types=("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
)
