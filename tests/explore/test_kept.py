"""What was read once is kept: the same graph again, unless anything has changed."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from kg.explore.kept import opened
from kg.rdf.encode import encode
from kg.rdf.serialize import write
from kg.store import Database

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph.model import KnowledgeGraph


@pytest.fixture
def path(graph: KnowledgeGraph, tmp_path: Path) -> Path:
    write(encode(graph), tmp_path / "graph.ttl")
    return tmp_path / "graph.ttl"


def copies(folder: Path) -> list[Path]:
    return sorted(folder.glob("*")) if folder.exists() else []


def test_a_large_graph_is_read_once(
    graph: KnowledgeGraph, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cache" / "kg"
    assert opened(path, folder, large=1) == graph
    (copy,) = copies(folder)
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    monkeypatch.setattr("kg.store.read_knowledge", lambda _: pytest.fail("it was read again"))
    assert opened(path, folder, large=1) == graph


def test_a_database_is_kept_too_until_it_is_written_anew(graph: KnowledgeGraph, tmp_path: Path) -> None:
    database, folder = Database(tmp_path / "graph.oxigraph"), tmp_path / "cache"
    database.write(encode(graph))
    assert opened(database.path, folder, large=1) == graph
    assert opened(database.path, folder, large=1) == graph
    assert len(copies(folder)) == 1
    database.write(encode(type(graph)(graph.base)))
    assert opened(database.path, folder, large=1).events == ()
    assert len(copies(folder)) == 1, "what is not large is not kept"


def test_a_database_with_records_of_its_own_needs_no_copy(graph: KnowledgeGraph, tmp_path: Path) -> None:
    database, folder = Database(tmp_path / "graph.oxigraph"), tmp_path / "cache"
    database.write_knowledge(graph)
    before = copies(database.path)
    assert opened(database.path, folder, large=1) == opened(database.path, large=1) == graph
    assert copies(folder) == []
    assert copies(database.path) == before


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08\x00"])
def test_a_broken_copy_is_made_anew(graph: KnowledgeGraph, path: Path, tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "cache"
    opened(path, folder, large=1)
    (copy,) = copies(folder)
    whole = copy.read_bytes()
    copy.write_bytes(content or whole[: len(whole) // 2])
    assert opened(path, folder, large=1) == graph
    assert copy.read_bytes() == whole


def test_a_changed_file_is_read_again(graph: KnowledgeGraph, path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    opened(path, folder, large=1)
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert opened(path, folder, large=1) == graph
    assert len(copies(folder)) == 2


def test_only_the_latest_copies_stay(graph: KnowledgeGraph, path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    for number in range(10):
        path.write_text(path.read_text(encoding="utf-8") + f"# {number}\n", encoding="utf-8")
        opened(path, folder, large=1)
    assert len(copies(folder)) == 8


def test_small_graphs_and_bare_openings_keep_nothing(path: Path, tmp_path: Path) -> None:
    opened(path, tmp_path / "cache")
    opened(path, None, large=1)
    assert not (tmp_path / "cache").exists()


def test_a_folder_that_cannot_be_written_is_no_error(graph: KnowledgeGraph, path: Path) -> None:
    assert opened(path, path / "cache", large=1) == graph
