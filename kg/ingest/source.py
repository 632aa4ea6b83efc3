"""Where documents come from: files, folders, addresses of the web and standard input, in a fixed order."""

from __future__ import annotations

import os
import re
import stat
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from kg.errors import DocumentError
from kg.ingest.ids import without_suffix
from kg.ingest.items import DocumentFailure
from kg.ingest.registry import suffixes, supported

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import BufferedReader

STDIN: Final = "-"
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read documents from, an address of the web (``url``), or standard input (neither it nor ``path``).

    ``ids`` are the names its document may take, the shortest first. ``found`` says that it was not named itself, but
    found in a folder: a link that has taken its place since is not followed.
    """

    name: str
    path: Path | None
    ids: tuple[str, ...]
    url: str | None = None
    found: bool = False

    @contextmanager
    def open(self) -> Iterator[BufferedReader]:
        """Open the file or standard input for reading bytes."""
        if self.path is None:
            yield cast("BufferedReader", sys.stdin.buffer)
        else:
            with open(self.path, "rb", opener=self._open) as file:
                yield file

    def _open(self, path: str, flags: int) -> int:
        return os.open(path, flags | (getattr(os, "O_NOFOLLOW", 0) if self.found else 0))


def sources(inputs: Iterable[str | os.PathLike[str]]) -> Iterator[Source | DocumentFailure]:
    """Find the files that ``inputs`` name, each once.

    A folder is searched through to its depths, in the order of names; hidden files, files of other kinds and
    symbolic links in it are left out. ``-`` is standard input, and what begins with ``http://`` or ``https://`` an
    address of the web. What cannot be found is reported and passed over.
    """
    seen: set[str] = set()
    for given in inputs:
        for found in _sources_of(os.fspath(given)):
            if isinstance(found, Source):
                key = found.url or (STDIN if found.path is None else os.path.realpath(found.path))
                if key in seen:
                    continue
                seen.add(key)
            yield found


def printable(path: str | os.PathLike[str]) -> str:
    """Return a path as text with forward slashes; bytes of a file name that are not UTF-8 are spelt out."""
    return os.fsencode(Path(path).as_posix()).decode("utf-8", "backslashreplace")


def _sources_of(given: str) -> Iterator[Source | DocumentFailure]:
    if given == STDIN:
        yield Source("stdin", None, ("stdin",))
        return
    if _ADDRESS.match(given):
        yield Source(given, None, (given,), url=given)
        return
    path, name = Path(given), printable(given)
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            yield from _sources_in(path, name)
        elif path.suffix and not supported(path.name):
            yield _failure(name, f"kg reads {_suffixes()}, not {path.suffix}")
        else:
            yield Source(name, path, _ids(printable(path.name), name))
    except (OSError, ValueError) as error:
        yield _failure(name, _reason(error))


def _sources_in(root: Path, name: str) -> Iterator[Source | DocumentFailure]:
    found = 0
    for item in _walk(root):
        found += 1
        if isinstance(item, DocumentFailure):
            yield item
        else:
            whole = printable(item)
            yield Source(whole, item, _ids(printable(item.relative_to(root)), whole), found=True)
    if not found:
        yield _failure(name, f"no documents in this folder (kg reads {_suffixes()})")


def _walk(folder: Path) -> Iterator[Path | DocumentFailure]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _failure(printable(folder), _reason(error))
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name)
        elif entry.is_file(follow_symlinks=False) and supported(entry.name):
            yield folder / entry.name


def _suffixes() -> str:
    return ", ".join(suffixes())


def _ids(short: str, long: str) -> tuple[str, ...]:
    """Return the ids a file's document may take: its name without suffix, else with more of its path."""
    return tuple(dict.fromkeys((without_suffix(short), short, without_suffix(long), long)))


def _failure(name: str, reason: str) -> DocumentFailure:
    return DocumentFailure(name, DocumentError(f"cannot read {name}: {reason}"))


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
