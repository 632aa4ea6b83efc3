"""Web pages: the article's text, with title, date, publisher and address as the page gives them."""

from __future__ import annotations

import codecs
import logging
import re
from typing import Any, Final

from kg.errors import DocumentError
from kg.ingest.decode import decode, refuse_binary
from kg.ingest.furniture import find_furniture
from kg.records import Document, Span

_CHARSET: Final = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([-\w.:]+)", re.IGNORECASE)
_DECLARED_WITHIN: Final = 2048
# Browsers read these labels as windows-1252 (WHATWG Encoding Standard).
_LATIN: Final = frozenset({"ascii", "us-ascii", "iso-8859-1", "latin-1", "latin1", "l1"})
_DOCTYPE_XML: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
# Only dates that the page states, and no bound that moves with the clock.
_DATE_SETTINGS: Final = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
_SENTENCE_END: Final = re.compile(r"[.!?…。！？؟।]")
_SENTENCE_WORDS: Final = 8


def read_html(data: bytes, name: str) -> Document:
    """Read the article of a web page. Offsets count characters of the text that was taken out, which is kept.

    Raises:
        DocumentError: If the page is empty, binary, not in its encoding, or holds no article.
    """
    page = _DOCTYPE_XML.sub("", _decode_page(data, name))
    article = _extract(page)
    text = _writable(article.text) if article is not None and article.text else ""
    if not _has_prose(text):
        raise DocumentError(f"cannot read {name}: no article text found in this page")
    return Document(
        id=name,
        text=text,
        source=name,
        title=_line(article.title),
        published=article.date or None,
        publisher=_line(article.sitename),
        url=_line(article.url),
    )


def _decode_page(data: bytes, name: str) -> str:
    """Decode a page by the encoding it declares, UTF-8 where it declares none."""
    declared = _CHARSET.search(data[:_DECLARED_WITHIN])
    label = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    try:
        encoding = "cp1252" if label in _LATIN else codecs.lookup(label).name
    except LookupError:
        encoding = "utf-8"
    if encoding == "utf-8" or encoding.startswith("utf-16") or data.startswith(codecs.BOM_UTF8):
        return decode(data, name)
    refuse_binary(data, name)
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        where = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise DocumentError(f"cannot read {name}: not {label}{where}, as the page declares") from error


def _extract(page: str) -> Any:
    import trafilatura

    for library in ("trafilatura", "htmldate", "courlan", "justext", "readability"):
        # Their remarks on odd pages would otherwise reach the terminal; what matters is raised here.
        logging.getLogger(library).addHandler(logging.NullHandler())
    return trafilatura.bare_extraction(
        page, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATE_SETTINGS)
    )


def _writable(text: str) -> str:
    """Replace what a page can spell but no UTF-8 file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def _line(value: str | None) -> str | None:
    return (" ".join(_writable(value).split()) or None) if value else None


def _has_prose(text: str) -> bool:
    """Say whether the text holds a sentence, and not merely a menu and a copyright line."""
    ignored = find_furniture(text)
    begin = 0
    for line in text.splitlines(keepends=True):
        span = Span(begin, begin + len(line))
        begin = span.end
        if any(span.overlaps(other) for other in ignored):
            continue
        words = len(line.split())
        if words >= _SENTENCE_WORDS or (words > 1 and _SENTENCE_END.search(line)):
            return True
    return False
