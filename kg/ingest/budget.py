"""Bounds on bytes: of one document, and of all that a compressed file or archive expands to."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, Final

from kg.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

_FREE: Final = 100_000_000
_CHUNK: Final = 1 << 16


class Budget:
    """What one input file may expand to, however archives lie within one another.

    Args:
        name: What to call the file in messages.
        ratio: How many times its own size.
        size: Its size in bytes; None where that is known only while it is read.
    """

    def __init__(self, name: str, ratio: int, size: int | None = None) -> None:
        self.name = name
        self.ratio = ratio
        self.size = size
        self.taken = 0
        self.given = 0

    def take(self, count: int) -> None:
        """Count bytes of the file itself, whose size is not known before."""
        self.taken += count

    def give(self, count: int) -> None:
        """Count bytes that came out of a compressed file.

        Raises:
            LimitError: If they are more than the file may expand to.
        """
        self.given += count
        if self.given > _FREE and self.given > self.ratio * (self.taken if self.size is None else self.size):
            raise LimitError(
                f"cannot read {self.name}: it expands to more than {self.ratio} times its size "
                f"({self.given:,} bytes; the limit 'expansion')"
            )


def counted(file: IO[bytes], count: Callable[[int], None], buffer: int = io.DEFAULT_BUFFER_SIZE) -> io.BufferedReader:
    """Return a file as a stream, in which nothing can be sought, that tells ``count`` how many bytes are read of it."""
    return io.BufferedReader(_Counted(file, count), buffer)


class _Counted(io.RawIOBase):
    def __init__(self, file: IO[bytes], count: Callable[[int], None]) -> None:
        self._file = file
        self._count = count

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self._file.read(min(len(view), _CHUNK))
        self._count(len(data))
        view[: len(data)] = data
        return len(data)


def read_bounded(file: IO[bytes], limit: int, name: str) -> bytes:
    """Return all that is left of a file.

    Raises:
        LimitError: If it is more than ``limit`` bytes.
    """
    parts = []
    left = limit + 1
    while left and (part := file.read(min(left, _CHUNK))):
        parts.append(part)
        left -= len(part)
    if not left:
        raise LimitError(f"cannot read {name}: it is larger than {limit:,} bytes (the limit 'document_bytes')")
    return b"".join(parts)
