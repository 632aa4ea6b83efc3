"""The records of a run on disk: files of some hundred lines each, written whole or not at all.

A line is a record as JSON, as ``kg extract`` writes it, with the digest of what was read before all else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import InputError, RecordError
from kg.files import write_whole
from kg.jsonl import dumps, loads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.records import DocumentRecord

SHARD_RECORDS: Final = 256
_SHARD_BYTES: Final = 8_000_000
_BEFORE, _AFTER = b'{"digest": "', b'", '
_DIGEST: Final = slice(len(_BEFORE), len(_BEFORE) + 32)
_OFFSET_BITS: Final = 40


class Shards:
    """The records in a folder, found by the digest of what they were read from.

    Digests and places are kept in memory, about 200 bytes a record; the records are not.

    Args:
        folder: Where the shards are; it must exist.
        size: How many records a shard holds at most.

    Raises:
        RecordError: If a shard holds what is no record of a run.
        InputError: If a shard cannot be read.
    """

    def __init__(self, folder: Path, size: int = SHARD_RECORDS) -> None:
        self._folder = folder
        self._size = size
        self._places: dict[bytes, int] = {}
        self._lines: list[bytes] = []
        self._bytes = 0
        numbers = sorted(int(file.stem) for file in folder.glob("*.jsonl") if file.stem.isdecimal())
        for number in numbers:
            self._index(number)
        self._number = numbers[-1] + 1 if numbers else 0

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, digest: object) -> bool:
        return isinstance(digest, str) and bytes.fromhex(digest) in self._places

    def add(self, digest: str, record: DocumentRecord) -> None:
        """Keep a record, which is on disk once its shard is full or :meth:`flush` was called.

        Raises:
            InputError: If the shard cannot be written.
        """
        if digest in self:
            return
        line = _BEFORE + digest.encode("ascii") + _AFTER + dumps(record)[1:].encode("utf-8") + b"\n"
        self._places[bytes.fromhex(digest)] = self._number << _OFFSET_BITS | self._bytes
        self._lines.append(line)
        self._bytes += len(line)
        if len(self._lines) >= self._size or self._bytes >= _SHARD_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write what is not on disk yet.

        Raises:
            InputError: If it cannot be written.
        """
        if self._lines:
            with write_whole(self._path(self._number), "wb") as file:
                file.writelines(self._lines)
            self._number += 1
            self._lines, self._bytes = [], 0

    def place(self, digest: str) -> int:
        """Return where the record with this digest is, for :meth:`read`."""
        return self._places[bytes.fromhex(digest)]

    def read(self, places: Iterable[int]) -> Iterator[DocumentRecord]:
        """Read the records at places, in that order, one by one.

        Raises:
            RecordError: If a shard has changed meanwhile.
            InputError: If it cannot be read.
        """
        number, file = -1, None
        try:
            for place in places:
                shard, offset = place >> _OFFSET_BITS, place & (1 << _OFFSET_BITS) - 1
                if file is None or shard != number:
                    if file is not None:
                        file.close()
                    number = shard
                    file = self._path(number).open("rb")
                if file.tell() != offset:
                    file.seek(offset)
                yield loads(file.readline(), where=f"{self._path(shard)}, byte {offset}")
        except OSError as error:
            raise InputError(f"cannot read {self._path(number)}: {error.strerror or error}") from error
        finally:
            if file is not None:
                file.close()

    def _index(self, number: int) -> None:
        path = self._path(number)
        offset = 0
        try:
            with path.open("rb") as file:
                for line in file:
                    self._places.setdefault(_digest(line, path), number << _OFFSET_BITS | offset)
                    offset += len(line)
        except OSError as error:
            raise InputError(f"cannot read {path}: {error.strerror or error}") from error

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:06}.jsonl"


def _digest(line: bytes, path: Path) -> bytes:
    try:
        if line.startswith(_BEFORE) and line.endswith(b"}\n") and line[_DIGEST.stop :].startswith(_AFTER):
            return bytes.fromhex(line[_DIGEST].decode("ascii"))
    except ValueError:
        pass
    raise RecordError(f"{path}: damaged; delete the file, and the same command reads its documents again")
