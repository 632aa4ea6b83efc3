"""Where words go: data to standard output, complaints and progress to standard error."""

from __future__ import annotations

import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Thing = TypeVar("Thing")


class Advance(Protocol):
    """Takes a thing done and its name, and gives the thing back."""

    def __call__(self, thing: Thing, name: str, /) -> Thing: ...  # noqa: D102


def emit(data: str) -> None:
    """Write data to standard output as UTF-8, whatever the terminal's locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def complain(message: str) -> None:
    """Report an error in one line on standard error."""
    click.echo(f"kg: error: {one_line(message)}", err=True)


def note(message: str) -> None:
    """Say something on standard error."""
    click.echo(message, err=True)


def tell_taken(sentences: Iterable[str]) -> None:
    """Say on standard error whom names were taken for; empty sentences are passed over."""
    for words in filter(None, sentences):
        note(f"kg: {one_line(words)}")


def one_line(message: str) -> str:
    """Return a message without line breaks and without characters that a terminal would obey."""
    words = " ".join(message.split())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in words)


def is_watched() -> bool:
    """Say whether a person sees standard error."""
    return sys.stderr.isatty()


def summarize(words: str, output: Path | None) -> None:
    """Say on standard error what was done; quiet where standard output carries the data and nobody watches."""
    if output is not None or is_watched():
        note(words)


def stdout_width() -> int | None:
    """Return how many columns the terminal of standard output has; None where it is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


@contextmanager
def progress(doing: str) -> Iterator[Advance]:
    """Show what is being done where a person sees it.

    Yields:
        A function that takes a thing done and its name, and gives the thing back.

    """
    if not is_watched():
        yield lambda thing, _: thing
        return
    from rich.console import Console
    from rich.markup import escape

    done = 0
    with Console(stderr=True).status(f"{doing} ...") as status:

        def advance(thing: Thing, name: str) -> Thing:
            nonlocal done
            done += 1
            status.update(f"{doing}: {done}, {escape(one_line(name))}")
            return thing

        yield advance
