"""What is to be done with the items of the inputs, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.ingest import DocumentFailure
from kg.records import Document, DocumentRecord
from kg.run.reading import read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from spacy.language import Language

    from kg.ingest.items import Item
    from kg.run.engine import Engine
    from kg.run.pool import Pool
    from kg.run.reading import Read, Reading


class Task(NamedTuple):
    """An item of the inputs.

    ``reads`` says that the model has to read it; a failure, a record or a document read before it has not.
    ``digest`` is that of its content, where it is asked for.
    """

    item: Item
    reads: bool
    digest: str = ""

    @property
    def document(self) -> Document | DocumentRecord:
        """The document that the model has to read."""
        assert isinstance(self.item, Document | DocumentRecord)
        return self.item


class Outcome(NamedTuple):
    """A task done, and what the model read; None where it had nothing to read."""

    task: Task
    read: Read | None

    @property
    def failure(self) -> DocumentFailure | None:
        """How the document could not be read, by a reader or by the model; None where it could."""
        found = self.task.item if self.read is None else self.read
        return found if isinstance(found, DocumentFailure) else None

    @property
    def record(self) -> DocumentRecord | None:
        """What was read now, or given as a record; None of a failure, and of a document that was read before."""
        found = self.task.item if self.read is None else self.read
        return found if isinstance(found, DocumentRecord) else None


def needs_model(item: Document | DocumentRecord, reading: Reading) -> bool:
    """Say whether the model has something to read: a document, or a record to which patterns may add."""
    return isinstance(item, Document) or reading.patterns is not None


def done(
    tasks: Iterable[Task], reading: Reading, nlp: Language | None = None, engine: Engine | None = None
) -> Generator[Outcome, None, None]:
    """Do tasks, and give what comes of them in their order.

    Tasks are taken only as fast as they are done, with a bounded number ahead.

    Args:
        tasks: What is to be done.
        reading: How documents are read.
        nlp: A pipeline loaded before; by default ``reading`` loads one for the first task that needs it.
        engine: Who reads; by default this process.

    Raises:
        KgError: If something is wrong that no document can do better with, as a missing model.
    """
    if engine is None or engine.is_this_process:
        return _done_here(tasks, reading.load if nlp is None else lambda: nlp)
    from kg.run.pool import done_by

    return done_by(_pool(reading, engine), tasks)


def _pool(reading: Reading, engine: Engine) -> Pool:
    if engine.name == "ray":
        from kg.run.cluster_pool import ClusterPool

        return ClusterPool(reading, engine)
    from kg.run.workers import ProcessPool

    return ProcessPool(reading, engine.workers or 1)


def _done_here(tasks: Iterable[Task], load: Callable[[], Language]) -> Generator[Outcome, None, None]:
    nlp: Language | None = None
    for task in tasks:
        if task.reads:
            nlp = nlp or load()
            yield Outcome(task, read_document(task.document, nlp))
        else:
            yield Outcome(task, None)
