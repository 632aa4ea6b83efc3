"""Worker processes of this machine that read documents side by side."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ModelError
from kg.run import worker
from kg.run.reading import document_of, failure_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from kg.records import Document, DocumentRecord
    from kg.run.reading import Read, Reading

ENDED = "the process that read it ended; the memory may not have sufficed"


def wanted_threads() -> int:
    """Return how many threads ``KG_THREADS`` asks for; 1 by default."""
    wanted = os.environ.get("KG_THREADS", "1")
    return max(1, int(wanted) if wanted.isdecimal() else 1)


def threads_per_worker(workers: int) -> int:
    """Return how many threads a worker may run: those of ``KG_THREADS``, 1 by default, but no more than its cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(wanted_threads(), cores // workers))


class ProcessPool:
    """The processes, started when the first document is there to be read.

    Where one dies, as for lack of memory, others take its place: what was under way is read again, one by one, and the
    document that ends its reader once more is a failure.
    """

    def __init__(self, reading: Reading, workers: int) -> None:
        self.workers = workers
        patterns = None if reading.patterns is None else Path(reading.patterns)
        self._start = (reading.spacy_model, patterns, reading.lexicon_bytes(), threads_per_worker(workers))
        self._executor: ProcessPoolExecutor | None = None

    def submit(self, documents: Sequence[Document | DocumentRecord]) -> _Handed:
        """Hand documents to a process.

        Raises:
            KgError: If the model cannot be loaded, or no process started.
        """
        return _Handed(documents, self._submit(documents), self._read_alone)

    def close(self) -> None:
        """End the processes, without waiting for what is under way to be used."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def _submit(self, documents: Sequence[Document | DocumentRecord]) -> Future[list[Read]]:
        self._executor = self._executor or self._started(self.workers)
        try:
            return self._executor.submit(worker.read, documents)
        except BrokenProcessPool:
            self._executor.shutdown()
            self._executor = self._started(self.workers)
            return self._executor.submit(worker.read, documents)

    def _read_alone(self, documents: Iterable[Document | DocumentRecord]) -> Iterator[Read]:
        """Read documents one by one in a process of their own, to learn which of them it does not survive."""
        alone: ProcessPoolExecutor | None = None
        try:
            for item in documents:
                alone = alone or self._started(1)
                try:
                    yield alone.submit(worker.read, [item]).result()[0]
                except BrokenProcessPool:
                    alone.shutdown()
                    alone = None
                    yield failure_of(document_of(item), ENDED)
        finally:
            if alone is not None:
                alone.shutdown()

    def _started(self, workers: int) -> ProcessPoolExecutor:
        # A fresh interpreter each: a forked copy of a process with threads may hang.
        executor = ProcessPoolExecutor(
            workers, mp_context=get_context("spawn"), initializer=worker.start, initargs=self._start
        )
        try:
            # All start at once: one that is started while another dies would be forgotten.
            for started in [executor.submit(worker.ready) for _ in range(workers)]:
                started.result()
        except BrokenProcessPool as error:
            executor.shutdown()
            raise ModelError(
                "no worker process could start; read with one worker, and in a script of your own call kg "
                'under `if __name__ == "__main__":`'
            ) from error
        except BaseException:
            executor.shutdown(cancel_futures=True)
            raise
        return executor


class _Handed:
    """Documents handed to a process, and what reads them again where it dies."""

    def __init__(
        self,
        documents: Sequence[Document | DocumentRecord],
        future: Future[list[Read]],
        read_alone: Callable[[Iterable[Document | DocumentRecord]], Iterator[Read]],
    ) -> None:
        self._documents = documents
        self._future = future
        self._read_alone = read_alone

    def is_done(self) -> bool:
        """Say whether the process has read them, or died."""
        return self._future.done()

    def result(self) -> Sequence[Read]:
        """Wait until they are read, and return what was."""
        try:
            return self._future.result()
        except BrokenProcessPool:
            return list(self._read_alone(self._documents))
