"""Any number of statements in order, by way of the disk where they are many."""

from __future__ import annotations

import heapq
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.rdf.statements import Statement

AT_ONCE: Final = 200_000
_FILES: Final = 200  # open at once; some systems allow no more than 256


def in_order(
    statements: Iterable[Statement], end: str, folder: Path | None = None, at_once: int = AT_ONCE
) -> Iterator[str]:
    """Give a line for each statement, sorted by code point, and each once.

    Up to ``at_once`` of them are held in memory. Of more, the lines of that many at a time go to a file without a name
    in ``folder``, by default where the system keeps such, and are merged from there.

    Args:
        statements: Each of terms as N-Triples writes them.
        end: What follows the terms of each on its line, with the line feed.
        folder: Where room is taken on a disk.
        at_once: How many statements are held in memory.
    """
    rest = iter(statements)
    part = _by_subject(islice(rest, at_once), end)
    following = next(rest, None)
    if following is None:
        yield from _lines(part)
        return
    rest = chain([following], rest)
    with ExitStack() as files:
        parts: list[IO[str]] = []
        while part:
            parts.append(_kept(_lines(part), folder, files))
            if len(parts) == _FILES:
                merged = _kept(_merged(parts), folder, files)
                for file in parts:
                    file.close()
                parts = [merged]
            part = _by_subject(islice(rest, at_once), end)
        yield from _merged(parts)


def _by_subject(statements: Iterable[Statement], end: str) -> dict[str, list[str]]:
    """Return what follows each subject on its lines: to put the subjects in order first saves most comparisons."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for subject, predicate, value in statements:
        said[subject].append(f"{predicate} {value}{end}")
    return said


def _lines(said: dict[str, list[str]]) -> Iterator[str]:
    """Give lines in order, each once, and let go of what they are made of."""
    for subject in sorted(said):
        for words in sorted(set(said.pop(subject))):
            yield f"{subject} {words}"


def _kept(lines: Iterable[str], folder: Path | None, files: ExitStack) -> IO[str]:
    """Return lines as they come from a file without a name, which takes no room once ``files`` are closed."""
    file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=folder)  # noqa: SIM115
    files.enter_context(file)
    file.writelines(lines)
    file.seek(0)
    return file


def _merged(parts: Iterable[Iterable[str]]) -> Iterator[str]:
    last = ""
    for line in heapq.merge(*parts):
        if line != last:
            yield line
            last = line
