"""What a command says on standard error while it reads many documents, and when it is done.

On a terminal that is a bar; elsewhere a plain line a minute; with ``--log-json`` a JSON object a line, for machines;
with ``--quiet`` errors alone.
"""

from __future__ import annotations

import json
import time
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, Protocol

import click

from kg.cli import terminal
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from rich.console import Console

    from kg.ingest.items import DocumentFailure, DocumentSkip
    from kg.run.progress import Progress
    from kg.run.survey import Survey

_EVERY_S: Final = 60.0
_SHOWN: Final = 20


class Log(Protocol):
    """Takes what happens, and tells of it."""

    def reading(self) -> AbstractContextManager[object]:
        """Return what is entered while documents are read."""

    def progress(self, progress: Progress) -> None:
        """Tell how far the reading has come; called after each document."""

    def failure(self, failure: DocumentFailure) -> None:
        """Tell of a document that could not be read."""

    def note(self, words: str) -> None:
        """Tell something worth knowing."""

    def skip(self, skip: DocumentSkip) -> None:
        """Tell of a document that was left aside."""

    def untold(self) -> None:
        """Tell how many failures and documents left aside were not told one by one."""

    def survey(self, survey: Survey) -> None:
        """Tell what there is to read."""

    def summary(self, words: str, output: Path | None, counts: dict[str, Any], event: str = "done") -> None:
        """Tell what was done, in words or in figures; ``output`` is where the data went, None for standard output."""


class Quiet:
    """Tells of errors alone."""

    def __init__(self) -> None:
        self._failures = 0

    def reading(self) -> AbstractContextManager[object]:
        """Show nothing."""
        return nullcontext()

    def progress(self, progress: Progress) -> None:
        """Say nothing."""

    def failure(self, failure: DocumentFailure) -> None:
        """Complain of the first few."""
        self._failures += 1
        if self._failures <= _SHOWN:
            terminal.complain(str(failure.error))

    def note(self, words: str) -> None:
        """Say nothing."""

    def skip(self, skip: DocumentSkip) -> None:
        """Say nothing."""

    def untold(self) -> None:
        """Say how many complaints were left out."""
        if self._failures > _SHOWN:
            terminal.note(f"kg: {self._failures - _SHOWN} more documents could not be read")

    def survey(self, survey: Survey) -> None:
        """Say it: that is what was asked for."""
        terminal.emit(f"{survey}\n")

    def summary(self, words: str, output: Path | None, counts: dict[str, Any], event: str = "done") -> None:
        """Say nothing."""


class Plain(Quiet):
    """Tells how far the reading has come in a line a minute."""

    def __init__(self, every_s: float = _EVERY_S, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._skips = 0
        self._every_s = every_s
        self._clock = clock
        self._begun = self._told = clock()

    def progress(self, progress: Progress) -> None:
        """Say it, if a minute has passed."""
        now = self._clock()
        if now - self._told >= self._every_s:
            self._told = now
            self.tell(progress, now - self._begun)

    def tell(self, progress: Progress, seconds: float) -> None:
        """Say how far the reading has come in so many seconds."""
        before = f" ({progress.read_before:,} read before)" if progress.read_before else ""
        left = f", {_span(remaining)} left" if (remaining := _remaining(progress, seconds)) is not None else ""
        terminal.note(
            f"kg: {_documents(progress)}{before}, {_speed(progress, seconds):,.0f} words a second, "
            f"{progress.failed:,} failed{left}"
        )

    def skip(self, skip: DocumentSkip) -> None:
        """Name the first few."""
        self._skips += 1
        if self._skips <= _SHOWN:
            self.note(terminal.one_line(str(skip)))

    def untold(self) -> None:
        """Say how many were left out."""
        super().untold()
        if self._skips > _SHOWN:
            self.note(f"{self._skips - _SHOWN} more documents left aside")

    def note(self, words: str) -> None:
        """Say it."""
        terminal.note(f"kg: {words}")

    def summary(self, words: str, output: Path | None, counts: dict[str, Any], event: str = "done") -> None:
        """Say what was done, but where standard output carries the data and nobody watches."""
        terminal.summarize(words, output)


class Bar(Plain):
    """Draws a bar for a person at a terminal."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        from rich import progress

        super().__init__(every_s=0.1, clock=clock)
        self.bar = progress.Progress(
            progress.TextColumn("reading"),
            progress.BarColumn(),
            progress.TextColumn("{task.fields[told]}"),
            progress.TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._task = self.bar.add_task("reading", total=None, told="")

    def reading(self) -> AbstractContextManager[object]:
        """Show the bar while documents are read."""
        return self.bar

    def tell(self, progress: Progress, seconds: float) -> None:
        """Draw how far the reading has come."""
        told = f"{_documents(progress)}  {_speed(progress, seconds):,.0f} words/s"
        if progress.failed:
            told += f"  {progress.failed:,} failed"
        self.bar.update(self._task, total=1.0 if progress.share else None, completed=progress.share, told=told)


class Json(Plain):
    """Tells everything as JSON, one object a line, each with an ``event``."""

    def failure(self, failure: DocumentFailure) -> None:
        """Tell of every failure."""
        _emit("failure", source=failure.source, reason=str(failure.error))

    def note(self, words: str) -> None:
        """Tell it."""
        _emit("note", words=words)

    def survey(self, survey: Survey) -> None:
        """Tell the figures."""
        _emit("survey", **asdict(survey))

    def skip(self, skip: DocumentSkip) -> None:
        """Tell of every one."""
        _emit("left aside", source=skip.source, reason=skip.reason, detail=skip.detail)

    def untold(self) -> None:
        """Say nothing: all were told."""

    def tell(self, progress: Progress, seconds: float) -> None:
        """Tell how far the reading has come."""
        remaining = _remaining(progress, seconds)
        _emit(
            "progress",
            documents=progress.documents,
            read_before=progress.read_before,
            words=progress.words,
            words_per_second=round(_speed(progress, seconds)),
            failed=progress.failed,
            share=round(progress.share, 4),
            seconds=round(seconds, 1),
            seconds_left=None if remaining is None else round(remaining),
        )

    def summary(self, words: str, output: Path | None, counts: dict[str, Any], event: str = "done") -> None:
        """Tell the figures."""
        _emit(event, **counts, output=None if output is None else str(output))


@contextmanager
def open_log(*, quiet: bool = False, as_json: bool = False) -> Iterator[Log]:
    """Give the log that fits where standard error goes, and what the user asked for.

    Raises:
        click.exceptions.Exit: With ``as_json``, in place of the errors that end the command: they are told as JSON.
    """
    if as_json:
        try:
            yield Json()
        except KgError as error:
            _emit("error", reason=str(error))
            raise click.exceptions.Exit(2) from error
    elif quiet:
        yield Quiet()
    elif terminal.is_watched():
        from rich.console import Console

        yield Bar(Console(stderr=True))
    else:
        yield Plain()


def _documents(progress: Progress) -> str:
    return f"{progress.documents:,} document{'' if progress.documents == 1 else 's'}"


def _speed(progress: Progress, seconds: float) -> float:
    """Return words a second."""
    return progress.words / seconds if seconds > 0 else 0.0


def _remaining(progress: Progress, seconds: float) -> float | None:
    """Return the seconds that are left if all goes on as before; None where nothing tells."""
    return seconds * (1 - progress.share) / progress.share if progress.share > 0 else None


def _span(seconds: float) -> str:
    """Return a length of time in words.

    >>> _span(40), _span(150), _span(10_000)
    ('40 seconds', '2 minutes', '2 hours 46 minutes')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "hour"), (minutes, "minute")] if hours or minutes else [(rest, "second")]
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count) or "no time"


def _emit(event: str, **fields: Any) -> None:
    terminal.note(json.dumps({"event": event, **fields}))
