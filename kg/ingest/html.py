"""Web pages: the article's text, with title, date, publisher and address as the page gives them."""

from __future__ import annotations

import codecs
import logging
import re
import warnings
from typing import Any, Final

from kg.errors import DocumentError
from kg.ingest.decode import decode, decode_any, marked, refuse_binary
from kg.ingest.furniture import find_furniture
from kg.ingest.legible import legible, one_line, web_address
from kg.ingest.plugin import Reader, whole
from kg.records import Document, Span

_PAGE: Final = re.compile(
    rb"(\xef\xbb\xbf)?\s*(?><!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET: Final = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([-\w.:]+)", re.IGNORECASE)
_DECLARED_WITHIN: Final = 2048
# Browsers read these labels as windows-1252 (WHATWG Encoding Standard).
_LATIN: Final = frozenset({"ascii", "us-ascii", "iso-8859-1", "latin-1", "latin1", "l1"})
_DOCTYPE_XML: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
# Only dates that the page states, and no bound that moves with the clock.
_DATE_SETTINGS: Final = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
_SENTENCE_END: Final = re.compile(r"[.!?…。！？؟।]")
_SENTENCE_WORDS: Final = 8


def read_html(data: bytes, name: str, charset: str = "") -> Document:
    """Read the article of a web page. Offsets count characters of the text that was taken out, which is kept.

    Args:
        data: The page.
        name: What to call it in messages.
        charset: The encoding that a server gave with it, if any; it goes before what the page declares.

    Raises:
        DocumentError: If the page is empty, binary, not in its encoding, or holds no article.
    """
    page = _DOCTYPE_XML.sub("", _decode_page(data, name, charset))
    article = _extract(page)
    text = legible(article.text) if article is not None and article.text else ""
    if not _has_prose(text):
        raise DocumentError(f"cannot read {name}: no article text found in this page")
    return Document(
        id=name,
        text=text,
        source=name,
        title=one_line(article.title),
        published=article.date or None,
        publisher=one_line(article.sitename),
        url=web_address(article.url),
        authors=_authors(article.author),
    )


def _decode_page(data: bytes, name: str, charset: str) -> str:
    """Decode a page by its mark, or the encoding that its server or itself declares, or the one its bytes tell."""
    declared = _CHARSET.search(data[:_DECLARED_WITHIN])
    label = charset.lower() or (declared[1].decode("ascii", "replace").lower() if declared else "")
    encoding = _encoding(label)
    if encoding is None or marked(data) is not None:
        return decode_any(data, name)
    if encoding == "utf-8" or encoding.startswith("utf-16") or data.startswith(codecs.BOM_UTF8):
        return decode(data, name)
    refuse_binary(data, name)
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        where = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise DocumentError(f"cannot read {name}: not {label}{where}, as the page declares") from error


def _encoding(label: str) -> str | None:
    """Return Python's name of an encoding of text; None where the label names none."""
    try:
        found = codecs.lookup("cp1252" if label in _LATIN else label)
    except (LookupError, ValueError):
        return None
    # "rot13" and "zlib" are codecs, too.
    return found.name if getattr(found, "_is_text_encoding", False) else None


def _extract(page: str) -> Any:
    import trafilatura

    for library in ("trafilatura", "htmldate", "courlan", "justext", "readability"):
        # Their remarks on odd pages would otherwise reach the terminal; what matters is raised here.
        logging.getLogger(library).addHandler(logging.NullHandler())
    with warnings.catch_warnings(action="ignore"):
        return trafilatura.bare_extraction(
            page, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATE_SETTINGS)
        )


def _authors(value: str | None) -> tuple[str, ...]:
    names = (one_line(name) for name in (value or "").split(";"))
    return tuple(dict.fromkeys(name for name in names if name))


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


READER: Final = Reader(
    "web page",
    (".html", ".htm", ".xhtml"),
    whole(lambda data, origin: read_html(data, origin.name, origin.charset)),
    begins=lambda data: _PAGE.match(data) is not None,
    media_types=("application/xhtml+xml",),
)
