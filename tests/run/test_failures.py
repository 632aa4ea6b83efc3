"""The list of documents that could not be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kg.errors import DocumentError, InputError
from kg.ingest import DocumentFailure
from kg.records import Document
from kg.run.failures import FailureList

if TYPE_CHECKING:
    from pathlib import Path

NOTE = Document("note", "Norway.")
MISSING = DocumentFailure("none.txt", DocumentError("cannot read none.txt: no such file"))
UNREADABLE = DocumentFailure("note", DocumentError("cannot read note: bad\u2028luck"))


def test_failures_are_written_as_they_come_and_whole_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "failures.jsonl"
    failures = FailureList(path)
    assert not path.exists()
    failures.add(MISSING, MISSING)
    failures.add(UNREADABLE, NOTE, "ab" * 16)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]
    assert lines == [
        {"source": "none.txt", "reason": "cannot read none.txt: no such file"},
        {"source": "note", "reason": "cannot read note: bad\u2028luck", "id": "note", "digest": "ab" * 16},
    ]
    before = path.read_bytes()
    failures.finish()
    assert path.read_bytes() == before


def test_what_the_model_could_not_read_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "failures.jsonl"
    first = FailureList(path)
    first.add(MISSING, MISSING)
    first.add(UNREADABLE, NOTE, "ab" * 16)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"source": "cut off", "rea')

    again = FailureList(path)
    known = again.known("ab" * 16)
    assert known is not None
    assert (known.source, str(known.error)) == (UNREADABLE.source, str(UNREADABLE.error))
    assert again.known("cd" * 16) is None
    assert path.read_text(encoding="utf-8").count("\n") == 1

    again.add(known, NOTE, "ab" * 16)
    again.add(MISSING, MISSING)
    again.finish()
    assert [json.loads(line)["source"] for line in path.read_text(encoding="utf-8").split("\n")[:-1]] == [
        "note",
        "none.txt",
    ]

    assert FailureList(path, forget=True).known("ab" * 16) is None
    assert not path.exists()


def test_a_list_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "failures.jsonl"
    path.write_bytes(b"\xff\n")
    with pytest.raises(InputError, match="delete it, and what failed is tried again"):
        FailureList(path)
