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

    encoding = "utf-8" if isinstance(markup, str) else None
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding=encoding)
    try:
        root = html.document_fromstring(markup.encode() if isinstance(markup, str) else markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    return _joined(_pieces(root))


def _pieces(root: HtmlElement) -> list[str]:
    from lxml import etree

    pieces: list[str] = []
    unread = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        begins = event == "start"
        if name in _UNREAD:
            unread += 1 if begins else -1
        if name in _BLOCKS:
            pieces.append("\n")
        text = element.tail if not begins else element.text if name else None
        if text and not unread:
            # A line break is a blank, as in HTML.
            pieces.append(_BLANKS.sub(" ", text))
    return pieces


def _joined(pieces: list[str]) -> str:
    lines = (" ".join(line.split()) for line in legible("".join(pieces)).split("\n"))
    return "\n\n".join(line for line in lines if line)
