"""How far the reading of many documents has come."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from kg.ingest import DocumentFailure
from kg.ingest.source import Source, sources
from kg.run.inputs import listed
from kg.run.reading import document_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.run.inputs import Input
    from kg.run.task import Outcome

OnProgress: TypeAlias = "Callable[[Progress], None]"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come.

    Attributes:
        documents: Documents and records that are there: read now, given, or read before.
        read_before: Those of them that an earlier run had read.
        words: Words of the documents that were read now, as spaces part them.
        failed: Documents that could not be read.
        share: How much of the input files is done, from 0 to 1, by their sizes; 0 where they tell nothing.
    """

    documents: int = 0
    read_before: int = 0
    words: int = 0
    failed: int = 0
    share: float = 0.0


def counted(
    outcomes: Iterable[Outcome], inputs: Input | Iterable[Input], on_progress: OnProgress | None
) -> Iterator[Outcome]:
    """Pass outcomes on, and tell after each how far the reading of the inputs has come."""
    if on_progress is None:
        yield from outcomes
        return
    meter = Meter(inputs)
    for outcome in outcomes:
        on_progress(meter.after(outcome))
        yield outcome


class Meter:
    """Counts what comes of the inputs."""

    def __init__(self, inputs: Input | Iterable[Input]) -> None:
        # An iterator can be gone through but once, and that is for reading.
        countable = isinstance(inputs, str | os.PathLike | list | tuple)
        self._workload = Workload.of(listed(inputs)) if countable else Workload({})
        self._progress = Progress()

    def after(self, outcome: Outcome) -> Progress:
        """Count an outcome, and return how far all has come with it."""
        item, so_far = outcome.task.item, self._progress
        if outcome.failure is not None:
            share = self._workload.after(outcome.failure.source, 0)
            self._progress = replace(so_far, failed=so_far.failed + 1, share=share)
            return self._progress
        assert not isinstance(item, DocumentFailure)
        document = document_of(item)
        self._progress = replace(
            so_far,
            documents=so_far.documents + 1,
            read_before=so_far.read_before + (outcome.record is None),
            words=so_far.words + (len(document.text.split()) if outcome.task.reads else 0),
            share=self._workload.after(document.source, len(document.text)),
        )
        return self._progress


@dataclass(slots=True)
class Workload:
    """The input files with their sizes in bytes, and how many of the bytes are done.

    A file counts as done when a document of the next one comes; until then what was read of it does, as far as its
    size goes. That is exact of a folder of texts, and an estimate of a file of many documents.
    """

    sizes: dict[str, int]
    total: int = 0
    _finished: int = 0
    _current: str = ""
    _read: int = 0

    def __post_init__(self) -> None:
        self.total = sum(self.sizes.values())

    @classmethod
    def of(cls, inputs: Iterable[Input]) -> Workload:
        """Find the files that paths among the inputs name or hold."""
        return cls(dict(_sizes(one for one in inputs if isinstance(one, str | os.PathLike))))

    def after(self, source: str, characters: int) -> float:
        """Count so much more of a source, and return the share that is done."""
        if not self.total:
            return 0.0
        file = self._file_of(source)
        if file != self._current:
            self._finished += self.sizes.get(self._current, 0)
            self._current, self._read = file, 0
        self._read = min(self._read + characters, self.sizes.get(file, 0))
        return min((self._finished + self._read) / self.total, 1.0)

    def _file_of(self, source: str) -> str:
        """Return the file that a source lies in, as ``a.jsonl`` of ``a.jsonl:7``; the current one where it is none."""
        while source:
            if source in self.sizes:
                return source
            source = source[: max(source.rfind("/"), source.rfind(":"), 0)]
        return self._current


def _sizes(paths: Iterable[str | os.PathLike[str]]) -> Iterator[tuple[str, int]]:
    """Give the names of the files that will be read, and their sizes; what cannot be looked at is passed over."""
    for source in sources(paths):
        if isinstance(source, Source) and source.path is not None:
            with suppress(OSError):  # whoever reads it will say what is wrong
                yield source.name, source.path.stat().st_size
