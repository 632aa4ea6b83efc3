"""Worker processes that read documents side by side, in the order of the inputs."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.errors import ModelError
from kg.run import worker
from kg.run.reading import document_of, failure_of
from kg.run.task import Outcome

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from kg.records import Document, DocumentRecord
    from kg.run.reading import Read, Reading
    from kg.run.task import Task

_BATCH_TASKS: Final = 64
_BATCH_CHARACTERS: Final = 15_000
_WAITING_PER_WORKER: Final = 4


class _Batch(NamedTuple):
    """Tasks that go to a worker together; no ``future`` where none of them is to be read."""

    tasks: Sequence[Task]
    future: Future[list[Read]] | None

    def is_done(self) -> bool:
        return self.future is None or self.future.done()


def done_by_workers(tasks: Iterable[Task], reading: Reading, workers: int) -> Generator[Outcome, None, None]:
    """Do tasks in ``workers`` processes, each with the model, and give what comes of them in their order.

    No more than a few batches for each worker are under way, and no further tasks are taken meanwhile. Where a worker
    dies, as for lack of memory, others take its place: what was under way is read again, one by one, and the document
    that ends its reader once more is a failure.

    Raises:
        KgError: If the model cannot be loaded, or no process started.
    """
    pool = _Pool(reading, workers)
    waiting: deque[_Batch] = deque()
    try:
        for batch in _batches(tasks):
            waiting.append(pool.submitted(batch))
            while waiting and (len(waiting) >= workers * _WAITING_PER_WORKER or waiting[0].is_done()):
                yield from pool.outcomes(waiting.popleft())
        while waiting:
            yield from pool.outcomes(waiting.popleft())
    finally:
        pool.close()


def threads_per_worker(workers: int) -> int:
    """Return how many threads a worker may run: those of ``KG_THREADS``, 1 by default, but no more than its cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    wanted = os.environ.get("KG_THREADS", "1")
    return max(1, min(int(wanted) if wanted.isdecimal() else 1, cores // workers))


class _Pool:
    """The processes, started when the first document is there to be read."""

    def __init__(self, reading: Reading, workers: int) -> None:
        self._workers = workers
        patterns = None if reading.patterns is None else Path(reading.patterns)
        self._start = (reading.spacy_model, patterns, reading.lexicon_bytes(), threads_per_worker(workers))
        self._executor: ProcessPoolExecutor | None = None

    def submitted(self, tasks: Sequence[Task]) -> _Batch:
        """Hand what is to be read to a worker."""
        documents = [task.document for task in tasks if task.reads]
        return _Batch(tasks, self._submit(documents) if documents else None)

    def outcomes(self, batch: _Batch) -> Iterator[Outcome]:
        """Wait for a batch, and give what comes of its tasks."""
        read = self._read(batch)
        for task in batch.tasks:
            yield Outcome(task, next(read) if task.reads else None)

    def close(self) -> None:
        """End the processes, without waiting for what is under way to be used."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def _submit(self, documents: Sequence[Document | DocumentRecord]) -> Future[list[Read]]:
        self._executor = self._executor or self._started(self._workers)
        try:
            return self._executor.submit(worker.read, documents)
        except BrokenProcessPool:
            self._executor.shutdown()
            self._executor = self._started(self._workers)
            return self._executor.submit(worker.read, documents)

    def _read(self, batch: _Batch) -> Iterator[Read]:
        if batch.future is None:
            return iter(())
        try:
            return iter(batch.future.result())
        except BrokenProcessPool:
            # All of them now, so that the process that reads them ends.
            return iter(list(self._read_alone([task.document for task in batch.tasks if task.reads])))

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
                    reason = "the process that read it ended; the memory may not have sufficed"
                    yield failure_of(document_of(item), reason)
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


def _batches(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    """Group neighbouring tasks, so that handing them over costs little beside reading them."""
    batch: list[Task] = []
    characters = 0
    for task in tasks:
        batch.append(task)
        if task.reads:
            characters += len(document_of(task.document).text)
        if len(batch) >= _BATCH_TASKS or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
