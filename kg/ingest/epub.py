"""EPUB books: the text of the chapters in their order."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kg.errors import DocumentError, LimitError
from kg.ingest.dates import as_date
from kg.ingest.markup import text_of
from kg.ingest.plugin import Reader
from kg.ingest.xml import first_line, lines, parse_xml, refuse_entities
from kg.ingest.zip import open_zip, read_part
from kg.records import Document

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator
    from typing import IO

    from lxml.etree import _Element

    from kg.ingest.items import AnyItem
    from kg.ingest.origin import Origin

_MARK: Final = b"mimetypeapplication/epub+zip"
_CONTAINER: Final = "META-INF/container.xml"
_YEAR: Final = re.compile(r"\d{4}")


def read_epub(file: IO[bytes], origin: Origin) -> Document:
    """Read a book.

    Raises:
        DocumentError: If the book is broken, or holds no text.
        LimitError: If it has more chapters, or more text, than it may.
    """
    archive = open_zip(file, origin)
    container = parse_xml(read_part(archive, _CONTAINER, origin), origin.name)
    path = next((path for one in container.iter("{*}rootfile") if (path := one.get("full-path"))), None)
    if path is None:
        raise DocumentError(f"cannot read {origin.name}: this EPUB does not say where its contents are")
    package = parse_xml(read_part(archive, path, origin), origin.name)
    text = "\n\n".join(filter(None, _chapters(archive, package, posixpath.dirname(path), origin)))
    if not text:
        raise DocumentError(f"cannot read {origin.name}: no text in this EPUB")
    return Document(
        id=origin.name,
        text=text,
        source=origin.name,
        title=first_line(package, "title"),
        published=_date(first_line(package, "date")),
        publisher=first_line(package, "publisher"),
        authors=lines(package, "creator"),
    )


def _chapters(archive: zipfile.ZipFile, package: _Element, folder: str, origin: Origin) -> Iterator[str]:
    limits = origin.settings.limits
    parts = {item.get("id"): item.get("href") or "" for item in package.iter("{*}item")}
    length = 0
    for number, reference in enumerate(package.iter("{*}itemref"), start=1):
        if number > limits.pages:
            raise LimitError(f"cannot read {origin.name}: more than {limits.pages:,} chapters (the limit 'pages')")
        href = unquote(parts.get(reference.get("idref")) or "").partition("#")[0]
        if not href:
            continue
        data = read_part(archive, posixpath.normpath(posixpath.join(folder, href)), origin)
        refuse_entities(data, origin.name)
        text = text_of(data)
        length += len(text)
        if length > limits.text_characters:
            raise LimitError(
                f"cannot read {origin.name}: its text is longer than {limits.text_characters:,} characters "
                "(the limit 'text_characters')"
            )
        yield text


def _date(value: str | None) -> str | None:
    """Return a date; a year alone is none."""
    return None if value is None or _YEAR.fullmatch(value) else as_date(value)


def _read(file: IO[bytes], origin: Origin) -> Iterator[AnyItem]:
    with origin.timed():
        document = read_epub(file, origin)
    yield origin.own(document)


READER: Final = Reader(
    "EPUB",
    (".epub",),
    _read,
    begins=lambda data: data.startswith(b"PK\x03\x04") and _MARK in data[:100],
    media_types=("application/epub+zip",),
)
