"""Real crashes: a run that is killed, or whose disk is full, goes on and ends with the same bytes."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.jsonl import write_records

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import DocumentRecord

DOCUMENTS = 40
SCRIPT = """
import sys
from kg.run.extract import items, kept
from kg.run.folder import open_run
from kg.run.reading import Reading

records, run, out = sys.argv[1:]
with open_run(run, Reading(), shard_size=3) as folder:
    for outcome in folder.read(items([records])):
        print(outcome.failure, flush=True)
    for record in kept(folder.records(), out):
        pass
"""


@pytest.fixture
def many(tmp_path: Path, record: DocumentRecord) -> Path:
    """A file of records, one line of which is broken."""
    path = tmp_path / "many.jsonl"
    write_records(
        (replace(record, document=replace(record.document, id=f"d{number}")) for number in range(DOCUMENTS)), path
    )
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:9], b"{\n", *lines[9:]]))
    return path


def environment(repository: Path) -> dict[str, str]:
    """Return the environment for a command whose coverage is not measured: it could not be saved on a full disk."""
    paths = [str(repository), *filter(None, [os.environ.get("PYTHONPATH")])]
    others = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    return {**others, "PYTHONPATH": os.pathsep.join(paths)}


def child(repository: Path, many: Path, run: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, many.name, run, f"{run}.jsonl"],
        cwd=many.parent,
        env=environment(repository),
        stdout=subprocess.PIPE,
        text=True,
    )


def finish(repository: Path, many: Path, run: str) -> None:
    process = child(repository, many, run)
    assert process.communicate(timeout=300)[0].count("\n") == DOCUMENTS + 1
    assert process.returncode == 0


def test_killed_at_any_moment(repository: Path, many: Path) -> None:
    folder = many.parent
    for moment in (0, 1, 11, 23, DOCUMENTS + 1):
        process = child(repository, many, "killed")
        assert process.stdout is not None
        with process.stdout:
            for _ in range(moment):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=300) == -signal.SIGKILL
    kept = len(list((folder / "killed" / "records").glob("0*.jsonl")))
    assert kept > 3
    finish(repository, many, "killed")
    finish(repository, many, "whole")
    for name in (".jsonl", "/failures.jsonl", "/manifest.json"):
        assert (folder / f"killed{name}").read_bytes() == (folder / f"whole{name}").read_bytes()
    assert not list((folder / "killed").rglob("*.part"))


def _small_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))


def test_a_full_disk(repository: Path, many: Path) -> None:
    folder = many.parent

    def build(*arguments: str, small: bool = False) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kg.cli", "build", many.name, *arguments],
            cwd=folder,
            env=environment(repository),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
            preexec_fn=_small_disk if small else None,
        )

    failed = build("--run", "run", "-o", "graph.nq", small=True)
    assert failed.returncode == 2
    assert "kg: error: cannot write run/records/000000.jsonl: File too large; what was read is kept" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert not (folder / "graph.nq").exists()
    assert not list((folder / "run").rglob("*.part"))
    assert build("--run", "run", "-o", "graph.nq").returncode == 1
    assert build("-o", "whole.nq").returncode == 1
    assert (folder / "graph.nq").read_bytes() == (folder / "whole.nq").read_bytes()
