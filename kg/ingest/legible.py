"""Text taken out of markup: without the characters that are not seen, and that hostile pages hide words with."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Zero-width characters, soft hyphens, marks and overrides of direction, tags: formats of no width. Joiners stay, as
# Persian and Hindi names need them.
_UNSEEN: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROLS: Final = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_WEB_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+$", re.IGNORECASE)
_TOO_MANY_MARKS: Final = re.compile(r"(\W?)([\u0300-\u036f]{4})[\u0300-\u036f]+")


def legible(text: str) -> str:
    r"""Return text without unseen characters, controls and half surrogate pairs, its lines ended by line feeds.

    >>> legible("Ru\u200bssia\u202e met\r\nIran")
    'Russia met\nIran'
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = _LINE_ENDS.sub("\n", _UNSEEN.sub("", text))
    return _TOO_MANY_MARKS.sub(r"\1\2", _CONTROLS.sub(" ", text))


def one_line(text: str | None, longest: int = 1000) -> str | None:
    """Return a title or name in one line without unseen characters, cut where it is endless; None where empty."""
    if not text:
        return None
    line = " ".join(unicodedata.normalize("NFC", legible(text[: 4 * longest])).split())
    return line[:longest] or None


def web_address(text: str | None) -> str | None:
    """Return an address of the web; None where it is none, as markup also holds ``javascript:`` and worse.

    >>> web_address(" https://news.example/a "), web_address("javascript:alert(1)")
    ('https://news.example/a', None)
    """
    line = one_line(text)
    return line if line and _WEB_ADDRESS.match(line) else None
