"""Text that every format can hold: what XML and RDF have no place for gives way to the replacement character."""

from __future__ import annotations

import re
from typing import Final

_UNHOLDABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legible(text: str) -> str:
    r"""Return ``text`` with U+FFFD for each control character, lone surrogate and non-character.

    Its length in code points, and so every offset, stays as it was.

    >>> legible("a\x00b\ud800c")
    'a�b�c'
    """
    # Whatever prints can be held, and to ask that is many times as fast.
    return text if text.isprintable() else _UNHOLDABLE.sub("\ufffd", text)
