"""Which pieces of a graph a service has taken: a file, a line for each piece, the first for where they were sent."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from kg.errors import ConfigError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Aim:
    """What is sent where: the service, the name of the graph there, whether it is added, and a digest of it all."""

    endpoint: str
    graph: str | None
    add: bool
    data: str | None


class Journal:
    """The digests of the pieces that were taken; without a path they are forgotten at the end.

    The file begins with the first piece that is taken, so that a push that never began stands in no other's way.
    """

    def __init__(self, path: Path | None, aim: Aim) -> None:
        """Take up a journal, or begin one.

        Raises:
            ConfigError: If it is that of another push.
            InputError: If it cannot be read.

        """
        self.path = path
        self.aim = aim
        self.done = set(_read(path, aim)) if path is not None else set[str]()

    def add(self, digest: str) -> None:
        """Note that a piece was taken."""
        head = "" if self.done else f"{_head(self.aim)}\n"
        self.done.add(digest)
        if self.path is not None:
            with _keeping_track(self.path), self.path.open("a", encoding="utf-8") as file:
                file.write(f"{head}{digest}\n")

    def clear(self) -> None:
        """Forget all pieces."""
        self.done.clear()
        if self.path is not None:
            with _keeping_track(self.path):
                self.path.unlink(missing_ok=True)


def _read(path: Path, aim: Aim) -> list[str]:
    with _keeping_track(path):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    if lines and lines[0] != _head(aim):
        raise ConfigError(f"{path} keeps track of {_other(lines[0], aim)}; remove it, or name another file")
    return lines[1:]


def _head(aim: Aim) -> str:
    return json.dumps(asdict(aim), sort_keys=True)


def _other(head: str, aim: Aim) -> str:
    """Say in words what a journal is that is not of this aim."""
    try:
        known = Aim(**json.loads(head))
    except (ValueError, TypeError):
        return "something else than a push"
    if known.endpoint != aim.endpoint:
        return f"another push that was not finished, to {known.endpoint}"
    if known.graph != aim.graph:
        return f"another push that was not finished, to {known.graph or 'the default graph'} there"
    if known.add != aim.add:
        return f"another push that was not finished, which {'adds to' if known.add else 'replaces'} the graph there"
    return "another push that was not finished, of a graph with other triples"


@contextmanager
def _keeping_track(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"cannot keep track in {path}: {error.strerror or error}") from error
