"""How far a run has come, by the sizes of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import DocumentError
from kg.ingest import DocumentFailure
from kg.records import Document, DocumentRecord
from kg.run.progress import Meter, Progress, Workload
from kg.run.task import Outcome, Task

if TYPE_CHECKING:
    from pathlib import Path


def test_files_count_by_their_sizes(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.txt").write_text("x" * 10)
    (tmp_path / "deep" / "b.jsonl").write_text("x" * 80)
    (tmp_path / "deep" / "c.txt").write_text("x" * 10)
    (tmp_path / ".hidden.txt").write_text("x" * 99)
    (tmp_path / "picture.png").write_text("x" * 99)
    (tmp_path / "deep" / "link.txt").symlink_to(tmp_path / "a.txt")
    folder = tmp_path.as_posix()
    workload = Workload.of([tmp_path, Document("note", "no file")])
    assert workload.total == 100
    assert workload.after(f"{folder}/a.txt", 10) == 0.1
    assert workload.after(f"{folder}/deep/b.jsonl", 30) == 0.4
    assert workload.after("a source that the line itself states", 10) == 0.5
    assert workload.after(f"{folder}/deep/b.jsonl:3", 1000) == 0.9
    assert workload.after(f"{folder}/deep/c.txt/member.txt", 5) == 0.95
    assert workload.after(f"{folder}/deep/c.txt", 50) == 1.0


def test_nothing_is_known_of_what_is_no_file() -> None:
    assert Workload.of(["-", "none.txt", "\0"]).after("stdin", 10) == 0.0


def test_outcomes_are_counted(record: DocumentRecord) -> None:
    meter = Meter(iter([]))
    note = Document("note", "Norway thanked Iceland.")
    failure = DocumentFailure("none.txt", DocumentError("cannot read none.txt"))
    outcomes = [
        Outcome(Task(failure, reads=False), None),
        Outcome(Task(record, reads=False), None),
        Outcome(Task(note, reads=False), None),
        Outcome(Task(note, reads=True), DocumentRecord(note, (), (), (), ())),
        Outcome(Task(note, reads=True), failure),
    ]
    seen = [meter.after(outcome) for outcome in outcomes]
    assert seen[-1] == Progress(documents=3, read_before=1, words=3, failed=2)
    assert [one.failed for one in seen] == [1, 1, 1, 1, 2]
