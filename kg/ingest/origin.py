"""Where a document comes from, and by what rules it is read: what every reader is given beside the bytes."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.errors import LimitError
from kg.ingest.budget import read_bounded
from kg.ingest.ids import without_suffix
from kg.ingest.timing import time_limit

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from typing import IO

    from kg.ingest.budget import Budget
    from kg.ingest.ids import Ids
    from kg.ingest.settings import InputSettings
    from kg.records import Document


@dataclass(frozen=True, slots=True)
class Origin:
    """A stream of bytes to read documents from.

    Attributes:
        name: What to call it in messages, as ``news.zip/a.txt``.
        ids: The ids that a document may take that is all of it, the best first.
        settings: How inputs are read.
        claimed: The ids given so far.
        budget: What the input file may expand to.
        file_name: The name that tells its format by the suffix; empty where its first bytes alone do.
        media_type: Its type as a server gives it, as ``text/html``; empty where unknown.
        charset: Its encoding as a server gives it; empty where unknown.
        url: Where it was fetched.
        depth: How many archives it lies in.
    """

    name: str
    ids: tuple[str, ...]
    settings: InputSettings
    claimed: Ids
    budget: Budget
    file_name: str = ""
    media_type: str = ""
    charset: str = ""
    url: str | None = None
    depth: int = 0

    def read_all(self, file: IO[bytes]) -> bytes:
        """Return all bytes of a document.

        Raises:
            LimitError: If they are more than a document may have.
        """
        return read_bounded(file, self.settings.limits.document_bytes, self.name)

    def seekable(self, file: IO[bytes]) -> IO[bytes]:
        """Return a file in which can be sought: the file itself, or where it is a stream, its bytes in memory.

        Raises:
            LimitError: If a stream is larger than a document may be.
        """
        return file if file.seekable() else io.BytesIO(self.read_all(file))

    def timed(self, name: str = "") -> AbstractContextManager[None]:
        """Return a block that may take no longer than a document may."""
        return time_limit(self.settings.limits.seconds, name or self.name)

    def own(self, document: Document) -> Document:
        """Return the document with an id of its own, named after this origin.

        Raises:
            DocumentError: If all ids are taken.
        """
        id_ = self.claimed.claim(self.ids, self.name)
        return replace(document, id=id_, source=self.url or self.name, url=document.url or self.url)

    def member(self, path: str) -> Origin:
        """Return the origin of a member of this archive.

        Raises:
            LimitError: If archives lie too deep within one another.
        """
        ids = (*(f"{id_}/{without_suffix(path)}" for id_ in self.ids[:1]), *(f"{id_}/{path}" for id_ in self.ids))
        return replace(
            self._deeper(),
            name=f"{self.name}/{path}",
            ids=ids,
            file_name=path.rpartition("/")[2],
            media_type="",
            charset="",
        )

    def unwrapped(self, file_name: str) -> Origin:
        """Return the origin of what this compressed file holds.

        Args:
            file_name: What it is called without the suffix of the compression; empty where that is not known.

        Raises:
            LimitError: If compressed files lie too deep within one another.
        """
        ids = tuple(dict.fromkeys((*(without_suffix(id_) for id_ in self.ids[:1] if file_name), *self.ids)))
        return replace(self._deeper(), file_name=file_name, ids=ids, media_type="")

    def part(self, number: int) -> tuple[str, ...]:
        """Return the ids that the ``number``-th document in this file may take if it states none."""
        return tuple(f"{id_}-{number}" for id_ in self.ids)

    def _deeper(self) -> Origin:
        depth = self.settings.limits.depth
        if self.depth >= depth:
            reason = f"more than {depth} archives within one another (the limit 'depth')"
            raise LimitError(f"cannot read {self.name}: {reason}")
        return replace(self, depth=self.depth + 1)
