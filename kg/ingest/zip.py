"""Zip archives: members are read one after the other, as a stream; nothing is written to disk."""

from __future__ import annotations

import zipfile
from typing import IO, TYPE_CHECKING, Final

from kg.errors import DocumentError, InputError
from kg.ingest.budget import counted, read_bounded
from kg.ingest.dispatch import broken, read_stream
from kg.ingest.items import DocumentFailure
from kg.ingest.members import check_count, check_path, is_wanted
from kg.ingest.plugin import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.items import AnyItem
    from kg.ingest.origin import Origin

_LINK: Final = 0o120000
_KIND: Final = 0o170000


def open_zip(file: IO[bytes], origin: Origin) -> zipfile.ZipFile:
    """Open a zip archive.

    Raises:
        DocumentError: If it is broken.
        LimitError: If it has more members than it may.
    """
    with origin.timed():
        try:
            archive = zipfile.ZipFile(origin.seekable(file))
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise broken(origin.name, "zip archive", error) from error
    check_count(len(archive.infolist()), origin)
    return archive


def read_part(archive: zipfile.ZipFile, name: str, origin: Origin) -> bytes:
    """Return the bytes of one member of a document that is a zip archive itself.

    Raises:
        DocumentError: If the member is missing or broken.
        LimitError: If it is too large.
    """
    try:
        with archive.open(name) as file:
            stream = counted(file, origin.budget.give)
            return read_bounded(stream, origin.settings.limits.document_bytes, f"{origin.name}/{name}")
    except KeyError as error:
        raise DocumentError(f"cannot read {origin.name}: it holds no {name}") from error


def _read(file: IO[bytes], origin: Origin) -> Iterator[AnyItem]:
    archive = open_zip(file, origin)
    found = 0
    for entry in archive.infolist():
        if entry.is_dir() or (entry.external_attr >> 16) & _KIND == _LINK or not is_wanted(entry.filename):
            continue
        found += 1
        yield from _read_member(archive, entry, origin)
    if not found:
        raise DocumentError(f"cannot read {origin.name}: no documents in this archive")


def _read_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, origin: Origin) -> Iterator[AnyItem]:
    name = f"{origin.name}/{entry.filename}"
    try:
        member = origin.member(check_path(entry.filename, origin))
        if entry.flag_bits & 1:
            raise DocumentError(f"cannot read {name}: it is encrypted")
        opened = archive.open(entry)
    except InputError as error:
        yield DocumentFailure(name, error)
        return
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        yield DocumentFailure(name, broken(name, "zip archive", error))
        return
    with opened:
        # Through the budget, and without ZipExtFile's seek, which would begin from the start again.
        stream = counted(opened, origin.budget.give)
        yield from read_stream(stream, member)


READER: Final = Reader(
    "zip archive",
    (".zip",),
    _read,
    begins=lambda data: data.startswith((b"PK\x03\x04", b"PK\x05\x06")),
    media_types=("application/zip", "application/x-zip-compressed"),
)
