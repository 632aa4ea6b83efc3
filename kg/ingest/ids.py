"""Ids of documents: no two documents read together share one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Sequence


class Ids:
    """The ids given so far, and where."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}

    def claim(self, candidates: Sequence[str], where: str) -> str:
        """Take the first id of ``candidates`` that is free.

        Args:
            candidates: One or more ids, the best first.
            where: The file (and line) that asks, for messages.

        Raises:
            DocumentError: If all are taken.
        """
        for candidate in candidates:
            if candidate not in self._places:
                self._places[candidate] = where
                return candidate
        last = candidates[-1]
        raise DocumentError(f"{where}: the id {last!r} is taken by {self._places[last]}; give each document its own")


def without_suffix(name: str) -> str:
    """Return a name as an id is made of it, without its suffix; a hidden file has none.

    >>> without_suffix("news/a.b.txt"), without_suffix("news.d/a"), without_suffix("news/.txt")
    ('news/a.b', 'news.d/a', 'news/.txt')
    """
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and stem and "/" not in suffix and not stem.endswith("/") else name
