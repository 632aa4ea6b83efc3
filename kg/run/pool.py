"""Tasks handed to others in batches, and what comes of them in order: the same whoever the others are."""

from __future__ import annotations

from collections import deque
from contextlib import closing
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from kg.run.reading import document_of
from kg.run.task import Outcome

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from kg.records import Document, DocumentRecord
    from kg.run.reading import Read
    from kg.run.task import Task

_BATCH_TASKS: Final = 64
_BATCH_CHARACTERS: Final = 15_000
_WAITING_PER_WORKER: Final = 4


class Pending(Protocol):
    """Documents that were handed to a pool."""

    def is_done(self) -> bool:
        """Say, without waiting, whether all of them are read."""

    def result(self) -> Sequence[Read]:
        """Wait until they are, and return what was read, in their order.

        Raises:
            KgError: If something is wrong that no document can do better with, as a missing model.
        """


class Pool(Protocol):
    """Workers, each with the model, that are started when the first document is there to be read."""

    @property
    def workers(self) -> int:
        """How many there are."""

    def submit(self, documents: Sequence[Document | DocumentRecord]) -> Pending:
        """Hand documents to a worker.

        Raises:
            KgError: If no worker can be started.
        """

    def close(self) -> None:
        """End the workers, without waiting for what is under way to be used."""


class _Batch(NamedTuple):
    """Tasks that go to a worker together; no ``pending`` where none of them is to be read."""

    tasks: Sequence[Task]
    pending: Pending | None

    def is_done(self) -> bool:
        return self.pending is None or self.pending.is_done()

    def outcomes(self) -> Iterator[Outcome]:
        """Wait for the batch, and give what comes of its tasks."""
        read = iter(() if self.pending is None else self.pending.result())
        for task in self.tasks:
            yield Outcome(task, next(read) if task.reads else None)


def done_by(pool: Pool, tasks: Iterable[Task]) -> Generator[Outcome, None, None]:
    """Do tasks by the workers of a pool, which is then closed, and give what comes of them in their order.

    No more than a few batches for each worker are under way, and no further tasks are taken meanwhile.

    Raises:
        KgError: If no worker can be started, or the model not be loaded.
    """
    waiting: deque[_Batch] = deque()
    with closing(pool):
        for batch in _batches(tasks):
            waiting.append(_submitted(batch, pool))
            while waiting and (len(waiting) >= pool.workers * _WAITING_PER_WORKER or waiting[0].is_done()):
                yield from waiting.popleft().outcomes()
        while waiting:
            yield from waiting.popleft().outcomes()


def _submitted(tasks: Sequence[Task], pool: Pool) -> _Batch:
    documents = [task.document for task in tasks if task.reads]
    return _Batch(tasks, pool.submit(documents) if documents else None)


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
