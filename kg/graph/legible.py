"""Text that every format can hold: what XML and RDF have no place for gives way to the replacement character."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_UNHOLDABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Letters and symbols to Unicode that leave no ink: the fillers of Hangul, and the pattern of Braille without a dot.
_INKLESS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def blank(text: str) -> bool:
    r"""Say whether nothing of a text can be seen: it is empty, or all spaces, controls and marks without a letter.

    >>> blank(" \u2800\u200b"), blank(" - ")
    (True, False)
    """
    return not any(unicodedata.category(one)[0] in "LNPS" and one not in _INKLESS for one in text)


def legible(text: str) -> str:
    r"""Return ``text`` with U+FFFD for each control character, lone surrogate and non-character.

    Its length in code points, and so every offset, stays as it was.

    >>> legible("a\x00b\ud800c")
    'a�b�c'
    """
    # Whatever prints can be held, and to ask that is many times as fast.
    return text if text.isprintable() else _UNHOLDABLE.sub("\ufffd", text)
