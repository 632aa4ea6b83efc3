"""Tar archives: read as a stream, member after member; nothing is written to disk, and links are not followed."""

from __future__ import annotations

import tarfile
from typing import IO, TYPE_CHECKING, Final

from kg.errors import DocumentError, InputError, LimitError
from kg.ingest.budget import counted
from kg.ingest.dispatch import read_stream
from kg.ingest.items import DocumentFailure
from kg.ingest.members import check_count, check_path, is_wanted
from kg.ingest.plugin import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.items import AnyItem
    from kg.ingest.origin import Origin

_CHUNK: Final = 1 << 16
# A header is a block of 512 bytes; long names and attributes take a few more, unless they are made to fill memory.
_HEADER_BYTES: Final = 1 << 20
_MAGIC: Final = slice(257, 262)


class _HeaderBound:
    """How much may be read before the next header is there; None while it is members that are read."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.left: int | None = None

    def spend(self, count: int) -> None:
        if self.left is None:
            return
        self.left -= count
        if self.left < 0:
            raise LimitError(f"cannot read {self._name}: a header of more than {_HEADER_BYTES:,} bytes")


def _read(file: IO[bytes], origin: Origin) -> Iterator[AnyItem]:
    bound = _HeaderBound(origin.name)
    found = count = 0
    with origin.timed():
        bound.left = _HEADER_BYTES
        stream = counted(file, bound.spend, _CHUNK)
        archive = tarfile.open(fileobj=stream, mode="r|", bufsize=_CHUNK)  # noqa: SIM115
    while (entry := _next(archive, bound, origin)) is not None:
        count += 1
        check_count(count, origin)
        if entry.isreg() and is_wanted(entry.name):
            found += 1
            yield from _read_member(archive, entry, origin)
        _skip(archive)
    if not found:
        raise DocumentError(f"cannot read {origin.name}: no documents in this archive")


def _next(archive: tarfile.TarFile, bound: _HeaderBound, origin: Origin) -> tarfile.TarInfo | None:
    with origin.timed():
        bound.left = _HEADER_BYTES
        entry = archive.next()
        # What was read must not pile up: an archive may have a million members.
        archive.members.clear()  # type: ignore[attr-defined]
        bound.left = None
        return entry


def _read_member(archive: tarfile.TarFile, entry: tarfile.TarInfo, origin: Origin) -> Iterator[AnyItem]:
    name = f"{origin.name}/{entry.name}"
    try:
        member = origin.member(check_path(entry.name, origin))
        if entry.issparse():
            raise DocumentError(f"cannot read {name}: a file with holes")
    except InputError as error:
        yield DocumentFailure(name, error)
        return
    content = archive.extractfile(entry)
    assert content is not None
    # As a stream, which it is although it says that it can be searched.
    yield from read_stream(counted(content, lambda _: None), member)


def _skip(archive: tarfile.TarFile) -> None:
    """Read to the end of a member, so that the next header is what comes next."""
    stream = archive.fileobj
    assert stream is not None
    # The stream's own seek goes on to where a lying header says, long after the file has ended.
    while (left := archive.offset - stream.tell()) > 0:
        if not stream.read(min(left, _CHUNK)):
            raise tarfile.ReadError("unexpected end of data")


READER: Final = Reader(
    "tar archive",
    (".tar",),
    _read,
    begins=lambda data: data[_MAGIC] == b"ustar",
    media_types=("application/x-tar",),
)
