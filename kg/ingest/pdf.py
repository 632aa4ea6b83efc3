"""PDF: the text of its pages, lines joined to paragraphs, without what heads and foots every page (extra ``pdf``)."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from kg.errors import DocumentError, LimitError, MissingExtraError
from kg.ingest.dates import as_date
from kg.ingest.legible import legible, one_line
from kg.ingest.plugin import Reader, whole
from kg.records import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.ingest.origin import Origin

_HYPHENATED: Final = re.compile(r"([^\W\d_])[-\u2010]\n([a-z])")
_NUMBERS: Final = re.compile(r"\d+")
_EDGE_LINES: Final = 2
_REPEATED_FROM: Final = 3
# The length of a line after which the paragraph goes on, by what lines of the text usually have.
_FULL_LINE: Final = 0.7
_FULL_LAST_LINE: Final = 0.9
_SENTENCE_ENDS: Final = (".", "!", "?", "”", '"')


def read_pdf(data: bytes, origin: Origin) -> Document:
    """Read the text of a PDF.

    Raises:
        DocumentError: If the file is broken, locked by a password, or holds no text.
        LimitError: If it has more pages, or more text, than it may.
        MissingExtraError: If pypdf is not installed.
    """
    try:
        import pypdf
    except ImportError as error:
        raise MissingExtraError("PDF needs the extra 'pdf': pip install 'kg[pdf]'") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError(f"cannot read {origin.name}: it is locked by a password")
    text = _text_of(_pages(reader, origin))
    if not text:
        raise DocumentError(f"cannot read {origin.name}: no text in this PDF; scanned pages need OCR first")
    known = reader.metadata
    return Document(
        id=origin.name,
        text=text,
        source=origin.name,
        title=_line(known and known.title),
        published=as_date(known and _day(known.creation_date_raw)),
        authors=tuple(filter(None, [_line(known and known.author)])),
    )


def _pages(reader: Any, origin: Origin) -> list[str]:
    limits = origin.settings.limits
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        if len(pages) >= limits.pages:
            raise LimitError(f"cannot read {origin.name}: more than {limits.pages:,} pages (the limit 'pages')")
        pages.append(legible(page.extract_text()))
        length += len(pages[-1])
        if length > 2 * limits.text_characters:
            raise LimitError(f"cannot read {origin.name}: its text is too long (the limit 'text_characters')")
    return pages


def _text_of(pages: Sequence[str]) -> str:
    lines = [[line.strip() for line in page.split("\n")] for page in pages]
    repeated = _repeated(lines)
    kept = ["\n".join(_without(page, repeated)) for page in lines]
    return _joined("\n".join(kept)).strip()


def _repeated(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the lines that head or foot half of the pages, numbers aside."""
    counts = Counter(form for page in pages for form in {_form(line) for line in _edges(page)})
    return frozenset(form for form, count in counts.items() if count >= max(_REPEATED_FROM, len(pages) / 2))


def _edges(page: Sequence[str]) -> Iterable[str]:
    lines = [line for line in page if line]
    return (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:])


def _without(page: Sequence[str], repeated: frozenset[str]) -> list[str]:
    edges = set(_edges(page))
    return [line for line in page if not (line in edges and (_form(line) in repeated or line.isdigit()))]


def _form(line: str) -> str:
    return _NUMBERS.sub("0", line)


def _joined(text: str) -> str:
    """Join the lines of a paragraph: a full line goes on in the next one, a short one ends it."""
    text = _HYPHENATED.sub(r"\1\2", text)
    lines = text.split("\n")
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return ""
    usual = lengths[len(lengths) * 9 // 10]
    joined: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        full = _FULL_LAST_LINE if line.endswith(_SENTENCE_ENDS) else _FULL_LINE
        joined.append(line)
        joined.append(" " if line and following and len(line) >= full * usual else "\n")
    return re.sub(r"\n{2,}", "\n\n", re.sub(r"(?<=\S)\n(?=\S)", "\n\n", "".join(joined)))


def _line(value: object) -> str | None:
    return one_line(value) if isinstance(value, str) else None


def _day(value: object) -> str | None:
    """Return the day of ``D:20151126093000Z``."""
    digits = str(value or "").removeprefix("D:")[:8]
    return digits if len(digits) == len("20151126") and digits.isdigit() else None


READER: Final = Reader(
    "PDF",
    (".pdf",),
    whole(read_pdf),
    begins=lambda data: data.startswith(b"%PDF-"),
    media_types=("application/pdf",),
)
