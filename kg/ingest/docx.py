"""Word documents, .docx: the text of their paragraphs."""

from __future__ import annotations

from dataclasses import replace
from typing import IO, TYPE_CHECKING, Final

from kg.errors import DocumentError
from kg.ingest.dates import as_date
from kg.ingest.legible import legible
from kg.ingest.plugin import Reader
from kg.ingest.xml import first_line, lines, parse_xml
from kg.ingest.zip import open_zip, read_part
from kg.records import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from kg.ingest.items import AnyItem
    from kg.ingest.origin import Origin

_BODY: Final = "word/document.xml"
_PROPERTIES: Final = "docProps/core.xml"
# Deleted text and field codes have elements of other names.
_BREAKS: Final = {"tab": "\t", "br": "\n", "cr": "\n"}


def read_docx(file: IO[bytes], origin: Origin) -> Document:
    """Read a Word document.

    Raises:
        DocumentError: If it is broken, or holds no text.
        LimitError: If it is larger than it may be.
    """
    archive = open_zip(file, origin)
    body = parse_xml(read_part(archive, _BODY, origin), origin.name)
    text = "\n\n".join(filter(None, (_paragraph(one) for one in body.iter("{*}p"))))
    if not text:
        raise DocumentError(f"cannot read {origin.name}: no text in this document")
    document = Document(id=origin.name, text=text, source=origin.name)
    if _PROPERTIES not in archive.namelist():
        return document
    known = parse_xml(read_part(archive, _PROPERTIES, origin), origin.name)
    return replace(
        document,
        title=first_line(known, "title"),
        published=as_date((first_line(known, "created") or "")[:10]),
        authors=lines(known, "creator")[:1],
    )


def _paragraph(paragraph: _Element) -> str:
    """Return the text of a paragraph, without those within it (text boxes), which stand for themselves."""
    pieces = []
    for element in paragraph.iter("{*}t", "{*}tab", "{*}br", "{*}cr"):
        owner = next(element.iterancestors("{*}p"), None)
        if owner is paragraph:
            name = str(element.tag).rpartition("}")[2]
            pieces.append(_BREAKS.get(name) or element.text or "")
    return legible("".join(pieces)).strip()


def _read(file: IO[bytes], origin: Origin) -> Iterator[AnyItem]:
    with origin.timed():
        document = read_docx(file, origin)
    yield origin.own(document)


READER: Final = Reader(
    "Word document",
    (".docx",),
    _read,
    begins=lambda data: data.startswith(b"PK\x03\x04") and b"word/" in data,
    media_types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
)
