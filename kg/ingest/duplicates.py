"""Documents that are there already, word for word: the same text, of the same publisher, day and address."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.records import Document


class Seen:
    """The documents read so far.

    The same text in two papers is no duplicate: that both print it is news, and the graph says so (``kg:copyOf``).
    """

    def __init__(self) -> None:
        self._ids: dict[bytes, str] = {}

    def first(self, document: Document) -> str | None:
        """Return the id of the document that this one repeats; None, and remember this one, where it is new.

        The ids of documents differ.
        """
        key = _key(document)
        known = self._ids.setdefault(key, document.id)
        return None if known == document.id else known


def _key(document: Document) -> bytes:
    known = (" ".join(document.text.split()), document.publisher, document.published, document.url)
    return blake2b(repr(known).encode("utf-8", "backslashreplace"), digest_size=16).digest()
