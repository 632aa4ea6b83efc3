"""Documents are read by several processes as by one, whatever happens to the processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
import spacy

import kg
from kg.errors import ConfigError, DocumentError, ModelError
from kg.ingest import DocumentFailure, with_furniture
from kg.records import Document, DocumentRecord
from kg.run import worker
from kg.run.engine import Engine
from kg.run.extract import Input, extract
from kg.run.pool import done_by
from kg.run.reading import Reading
from kg.run.task import Task
from kg.run.workers import ProcessPool, threads_per_worker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.ingest.items import Item
    from kg.run.progress import Progress

NOTES = [
    Document(f"note-{number}", f"Norway {verb} Denmark on Monday.\n\n(AFP)\n", published="2024-03-13")
    for number, verb in enumerate(["condemned", "thanked", "met", "attacked", "sanctioned", "joined"])
]


def test_two_workers_read_what_one_reads(record: DocumentRecord, tmp_path: Path) -> None:
    inputs: list[Input] = [*NOTES[:3], record, tmp_path / "none.txt", *NOTES[3:]]
    seen: list[tuple[list[DocumentRecord], list[str], Progress]] = []
    for workers in (1, 2):
        failures: list[DocumentFailure] = []
        progress: list[Progress] = []
        found = list(
            extract(inputs, engine=Engine(workers=workers), on_failure=failures.append, on_progress=progress.append)
        )
        seen.append((found, [str(failure.error) for failure in failures], progress[-1]))
    assert seen[0] == seen[1]
    assert [each.document.id for each in seen[1][0]] == [
        *("note-0", "note-1", "note-2"),
        record.document.id,
        *("note-3", "note-4", "note-5"),
    ]
    assert seen[1][0][0].document.ignored


def test_a_worker_that_dies_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.run.pool._BATCH_TASKS", 2)
    monkeypatch.setattr("kg.run.pool._WAITING_PER_WORKER", 1)
    expected = list(extract(NOTES))
    found: list[DocumentRecord] = []
    for each in extract(NOTES, engine=Engine(workers=2)):
        if not found:
            for process in multiprocessing.active_children():
                process.kill()
        found.append(each)
    assert found == expected
    assert not multiprocessing.active_children()


def test_what_is_wrong_with_all_ends_it() -> None:
    with pytest.raises(ModelError, match="no_such_pipeline"):
        list(extract(NOTES, spacy_model="no_such_pipeline", engine=Engine(workers=2)))
    assert not multiprocessing.active_children()


def test_what_needs_no_model_starts_no_process(record: DocumentRecord) -> None:
    failure = DocumentFailure("none.txt", DocumentError("cannot read none.txt"))
    items: list[Item] = [record, failure] * 100
    outcomes = list(done_by(ProcessPool(Reading(spacy_model="none"), 2), (Task(item, reads=False) for item in items)))
    assert [outcome.task.item for outcome in outcomes] == items
    assert not multiprocessing.active_children()


def test_tasks_are_taken_as_fast_as_they_are_done(record: DocumentRecord) -> None:
    taken = 0

    def tasks() -> Iterator[Task]:
        nonlocal taken
        for taken in range(10_000):  # noqa: B007 (counted from outside)
            yield Task(record, reads=False)

    outcomes = done_by(ProcessPool(Reading(), 2), tasks())
    next(outcomes)
    assert taken < 1_000
    outcomes.close()


def test_a_loaded_pipeline_cannot_be_shared() -> None:
    with pytest.raises(ConfigError, match="workers load their own pipeline"):
        kg.build(NOTES, nlp=spacy.blank("en"), workers=2)
    with pytest.raises(ConfigError, match="workers must be 1 or more"):
        kg.build(NOTES, workers=0)
    with pytest.raises(ConfigError, match="limit must be 1 or more"):
        kg.build(NOTES, limit=0)
    with pytest.raises(ConfigError, match="a run loads its own pipeline"):
        list(extract(NOTES, nlp=spacy.blank("en"), run="none"))


def test_threads_do_not_outnumber_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    for wanted, workers, threads in [("", 2, 1), ("1", 2, 1), ("4", 2, 4), ("8", 2, 4), ("8", 16, 1), ("x", 1, 1)]:
        monkeypatch.setenv("KG_THREADS", wanted)
        assert threads_per_worker(workers) == threads


def test_workers_end_with_their_parent(repository: Path) -> None:
    code = (
        "import multiprocessing, time; from kg.run import worker;"
        "process = multiprocessing.get_context('spawn').Process(target=worker._end_with_parent); process.start();"
        "print(process.pid, flush=True); time.sleep(300)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=repository, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
        parent.wait(timeout=60)
    for _ in range(600):
        if not _is_alive(pid):
            return
        time.sleep(0.1)
    pytest.fail("the worker lives on")


def _is_alive(pid: int) -> bool:
    """Say whether a process runs; one that nobody has waited for yet does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return True


def test_a_worker_reads_in_this_process_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_loaded", [ModelError("no model")])
    with pytest.raises(ModelError, match="no model"):
        worker.ready()
    monkeypatch.setattr(worker, "_loaded", [kg.load()])
    worker.ready()
    assert worker.read([with_furniture(NOTES[0])]) == list(extract(NOTES[:1]))
