"""Many documents from the command line: runs that go on, limits, surveys, and what is said meanwhile."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.jsonl import read_records, write_records

from .conftest import COMMAND, Kg, environment, files

if TYPE_CHECKING:
    from kg.records import DocumentRecord


@pytest.fixture
def many(folder: Path, record: DocumentRecord) -> Path:
    """A file of four records, and a broken line after the second."""
    path = folder / "many.jsonl"
    write_records((replace(record, document=replace(record.document, id=f"d{number}")) for number in range(4)), path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:2], "{\n", *lines[2:]]), encoding="utf-8")
    return path


def test_a_run_gives_what_a_build_gives(kg: Kg, folder: Path, many: Path) -> None:
    assert kg("build", many.name, "-o", "plain.ttl", "--records", "plain.jsonl").returncode == 1
    for name in ("one", "two"):
        result = kg("build", many.name, "--run", "run", "-o", f"{name}.ttl", "--records", f"{name}.jsonl")
        assert result.returncode == 1
        assert "kg: error: many.jsonl:3: not JSON" in result.stderr
        for suffix in (".ttl", ".jsonl"):
            assert (folder / f"{name}{suffix}").read_bytes() == (folder / f"plain{suffix}").read_bytes()
    (line,) = (folder / "run" / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["source"] == "many.jsonl:3"
    assert files(folder / "run") >= {"manifest.json", "records", "failures.jsonl"}


def test_limit(kg: Kg, folder: Path, many: Path) -> None:
    assert kg("build", many.name, "--limit", "2", "-o", "graph.nq", "--records", "out.jsonl").returncode == 0
    assert [found.document.id for found in read_records(folder / "out.jsonl")] == ["d0", "d1"]


def test_strict_stops_at_the_first_failure(kg: Kg, folder: Path, many: Path) -> None:
    for arguments in (["--strict"], ["--strict", "--run", "run"]):
        result = kg("build", many.name, "-o", "graph.nq", "--records", "out.jsonl", *arguments)
        (line,) = result.stderr.splitlines()
        assert line.startswith("kg: error: many.jsonl:3: not JSON")
        assert result.returncode == 2
        assert not files(folder) & {"graph.nq", "out.jsonl"}
    kept = [found.document.id for found in read_records(folder / "run" / "records" / "000000.jsonl")]
    assert kept == ["d0", "d1"]


def test_a_survey(kg: Kg, folder: Path, many: Path, record: DocumentRecord) -> None:
    before = files(folder)
    words = 4 * len(record.document.text.split())
    result = kg("build", many.name, "--dry-run", "-o", "graph.nq", "--run", "run")
    assert result.stdout == f"4 documents, {words} words; 1 cannot be read\n"
    assert result.returncode == 1
    assert files(folder) == before
    kg("build", many.name, "--limit", "3", "-o", "graph.nq", "--run", "run")
    result = kg("build", many.name, "--dry-run", "--run", "run", "--log-json")
    assert result.stdout == ""
    assert json.loads(result.stderr.splitlines()[-1]) == {
        "event": "survey",
        "documents": 4,
        "words": words,
        "read_before": 3,
        "failed": 1,
    }


def test_quiet_and_json(kg: Kg, folder: Path, many: Path) -> None:
    quiet = kg("build", many.name, "-o", "graph.nq", "-q")
    (line,) = quiet.stderr.splitlines()
    assert line.startswith("kg: error: many.jsonl:3")
    result = kg("build", many.name, "-o", "graph.nq", "--log-json")
    failure, done = (json.loads(line) for line in result.stderr.splitlines())
    assert (failure["event"], failure["source"]) == ("failure", "many.jsonl:3")
    assert (done["event"], done["documents"], done["failed"], done["output"]) == ("done", 4, 1, "graph.nq")
    error = kg("build", many.name, "-o", "graph.nq", "--log-json", "--base", "no iri")
    assert json.loads(error.stderr.splitlines()[-1])["event"] == "error"
    assert error.returncode == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--retry-failed"], "--retry-failed goes with --run"),
        (["--run", "many.jsonl"], "many.jsonl is a file; a run needs a folder"),
        (["--run", "none/run"], "cannot write none/run: its folder does not exist"),
        (["--run", "."], ". is no folder of a run: it holds "),
        (["--workers", "0"], "Invalid value for '--workers'"),
        (["--limit", "0"], "Invalid value for '--limit'"),
    ],
)
def test_usage(kg: Kg, folder: Path, many: Path, arguments: list[str], message: str) -> None:
    before = files(folder)
    result = kg("build", many.name, "-o", "graph.nq", *arguments)
    (line,) = result.stderr.splitlines()
    assert line.startswith("kg: error: ")
    assert message in line
    assert (result.returncode, result.stdout) == (2, "")
    assert files(folder) == before


def test_a_full_device(folder: Path, repository: Path) -> None:
    device = Path("/dev/full")
    if not device.exists():
        pytest.skip(reason="needs /dev/full")
    with device.open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "build", "records.jsonl"],
            cwd=folder,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(repository),
            check=False,
        )
    assert done.stderr == "kg: error: cannot write the output: No space left on device\n"
    assert done.returncode == 2
