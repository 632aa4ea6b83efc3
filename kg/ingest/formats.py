"""The formats that kg reads, told by a file's suffix or its first bytes."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final, Literal

Format = Literal["text", "html", "jsonl"]

_BY_SUFFIX: Final[dict[str, Format]] = {
    ".txt": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
}
SUFFIXES: Final = tuple(_BY_SUFFIX)
_PAGE: Final = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_OBJECT: Final = re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*"')


def supported(name: str) -> bool:
    """Say whether a file of this name is of a format that kg reads."""
    return PurePath(name).suffix.lower() in _BY_SUFFIX


def format_of(name: str, beginning: bytes) -> Format:
    """Return a file's format after its suffix, or else after its first bytes."""
    by_suffix = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    if by_suffix is not None:
        return by_suffix
    if _OBJECT.match(beginning):
        return "jsonl"
    return "html" if _PAGE.match(beginning) else "text"
