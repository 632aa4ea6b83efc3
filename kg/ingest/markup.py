"""HTML fragments to text, as in feeds and books: a paragraph a line, nothing that a reader does not see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.ingest.legible import legible

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLANKS: Final = re.compile(r"\s+")
_BLOCKS: Final = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
        *("nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"),
    ]
)
_UNREAD: Final = frozenset(
    [
        *("applet", "audio", "button", "canvas", "embed", "form", "head", "iframe", "math", "nav", "noscript"),
        *("object", "picture", "script", "select", "style", "svg", "template", "textarea", "video"),
    ]
)


def text_of(markup: str | bytes) -> str:
    r"""Return the text of HTML or XHTML.

    libxml2 bounds how deep elements may lie within one another, and nothing outside the markup is loaded.

    >>> text_of("<p>One &amp; two<br>three</p><script>x()</script><ul><li>four</ul>")
    'One & two\n\nthree\n\nfour'
    """
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding=_encoding(markup))
    try:
        root = html.document_fromstring(markup.encode() if isinstance(markup, str) else markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    return _joined(_pieces(root))


def _encoding(markup: str | bytes) -> str | None:
    return "utf-8" if isinstance(markup, str) else None


def _pieces(root: HtmlElement) -> list[str]:
    from lxml import etree

    pieces: list[str] = []
    unread = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            unread += name in _UNREAD
            pieces.extend(["\n"] * (name in _BLOCKS))
            if not unread and element.text and name:
                pieces.append(_spaced(element.text))
        else:
            unread -= name in _UNREAD
            pieces.extend(["\n"] * (name in _BLOCKS))
            if not unread and element.tail:
                pieces.append(_spaced(element.tail))
    return pieces


def _spaced(text: str) -> str:
    """Return text in which line breaks are blanks, as in HTML."""
    return _BLANKS.sub(" ", text)


def _joined(pieces: list[str]) -> str:
    lines = (" ".join(line.split()) for line in legible("".join(pieces)).split("\n"))
    return "\n\n".join(line for line in lines if line)
