"""Tar archives: read as a stream, member after member; nothing is written to disk, and links are not followed."""

from __future__ import annotations

import io
import tarfile
from typing import IO, TYPE_CHECKING, Final

from kg.errors import DocumentError, InputError, LimitError
from kg.ingest.dispatch import read_stream
from kg.ingest.items import DocumentFailure
from kg.ingest.members import check_count, check_path, is_wanted
from kg.ingest.plugin import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

    from kg.ingest.items import AnyItem
    from kg.ingest.origin import Origin

_CHUNK: Final = 1 << 16
# A header is a block of 512 bytes; long names and attributes take a few more, unless they are made to fill memory.
_HEADER_BYTES: Final = 1 << 20
_MAGIC: Final = slice(257, 262)


class _Headers(io.RawIOBase):
    """A stream in which a header may only be so long."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self._name = name
        self.left: int | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self._file.read(min(len(view), _CHUNK))
        if self.left is not None:
            self.left -= len(data)
            if self.left < 0:
                raise LimitError(f"cannot read {self._name}: a header of more than {_HEADER_BYTES:,} bytes")
        view[: len(data)] = data
        return len(data)


def _read(file: IO[bytes], origin: Origin) -> Iterator[AnyItem]:
    headers = _Headers(file, origin.name)
    found = count = 0
    with origin.timed():
        headers.left = _HEADER_BYTES
        archive = tarfile.open(fileobj=io.BufferedReader(headers, _CHUNK), mode="r|", bufsize=_CHUNK)  # noqa: SIM115
    while (entry := _next(archive, headers, origin)) is not None:
        count += 1
        check_count(count, origin)
        if entry.issparse():
            name = f"{origin.name}/{entry.name}"
            yield DocumentFailure(name, DocumentError(f"cannot read {name}: a file with holes"))
        if not entry.isreg() or entry.issparse():
            continue
        content = archive.extractfile(entry)
        if content is None:
            continue
        if is_wanted(entry.name):
            found += 1
            yield from _read_member(content, entry, origin)
        _drain(content)
    if not found:
        raise DocumentError(f"cannot read {origin.name}: no documents in this archive")


def _next(archive: tarfile.TarFile, headers: _Headers, origin: Origin) -> tarfile.TarInfo | None:
    with origin.timed():
        headers.left = _HEADER_BYTES
        entry = archive.next()
        # What was read must not pile up: an archive may have a million members.
        archive.members.clear()  # type: ignore[attr-defined]
        headers.left = None
        return entry


def _read_member(content: IO[bytes], entry: tarfile.TarInfo, origin: Origin) -> Iterator[AnyItem]:
    try:
        member = origin.member(check_path(entry.name, origin))
    except InputError as error:
        yield DocumentFailure(f"{origin.name}/{entry.name}", error)
        return
    yield from read_stream(io.BufferedReader(_Member(content)), member)


def _drain(content: IO[bytes]) -> None:
    """Read to the end of a member, so that the next header is what comes next."""
    while content.read(_CHUNK):
        pass


class _Member(io.RawIOBase):
    """A member, which is a stream although it says that it can be searched."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self._file.read(len(view))
        view[: len(data)] = data
        return len(data)


READER: Final = Reader(
    "tar archive",
    (".tar",),
    _read,
    begins=lambda data: data[_MAGIC] == b"ustar",
    media_types=("application/x-tar",),
)
