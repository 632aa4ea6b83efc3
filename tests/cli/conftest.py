"""The real command, run in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.jsonl import write_records

if TYPE_CHECKING:
    from kg.records import DocumentRecord

Result = subprocess.CompletedProcess[str]
Kg = Callable[..., Result]

COMMAND = (sys.executable, "-m", "kg.cli")


@pytest.fixture
def folder(tmp_path: Path, record: DocumentRecord) -> Path:
    """A folder with the records of an article in ``records.jsonl``."""
    write_records([record], tmp_path / "records.jsonl")
    return tmp_path


@pytest.fixture
def kg(folder: Path, repository: Path) -> Kg:
    """Run ``kg`` with arguments in the folder; standard input may be given as text or bytes."""
    return command(folder, repository)


@pytest.fixture
def graph(folder: Path, built: Path) -> Path:
    """The graph of the article, in Turtle."""
    return Path(shutil.copy(built, folder / "graph.ttl"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, record: DocumentRecord, repository: Path) -> Path:
    """The graph of the article as the command builds it, to be copied and not changed."""
    folder = tmp_path_factory.mktemp("built")
    write_records([record], folder / "records.jsonl")
    assert command(folder, repository)("build", "records.jsonl", "-o", "graph.ttl").returncode == 0
    return folder / "graph.ttl"


def command(folder: Path, repository: Path) -> Kg:
    """Return a function that runs ``kg`` with arguments in a folder."""

    def run(*arguments: str | Path, stdin: str | bytes = b"") -> Result:
        finished = subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=folder,
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            env=environment(repository),
            timeout=300,
            check=False,
        )
        return subprocess.CompletedProcess(
            finished.args, finished.returncode, finished.stdout.decode("utf-8"), finished.stderr.decode("utf-8")
        )

    return run


def environment(repository: Path) -> dict[str, str]:
    """Return the environment for a command that runs outside the checkout."""
    paths = [str(repository), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def files(folder: Path) -> set[str]:
    """Return the names of all files in a folder, hidden ones too."""
    return {path.name for path in folder.iterdir()}
