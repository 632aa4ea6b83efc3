"""Exports are written whole or not at all, and are the same every time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.errors import ConfigError, InputError
from kg.export import FORMATS, export, format_of, text

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph.model import KnowledgeGraph

NAMES = [known.name for known in FORMATS]


def contents(path: Path) -> dict[str, bytes]:
    files = path.iterdir() if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("name", NAMES)
def test_equal_graphs_give_equal_bytes(hostile: KnowledgeGraph, tmp_path: Path, name: str) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    again = replace(hostile)
    export(hostile, tmp_path / "once", name)
    before = contents(tmp_path / "once")
    export(again, tmp_path / "once", name)
    assert contents(tmp_path / "once") == before
    assert [path.name for path in tmp_path.iterdir()] == ["once"]


@pytest.mark.parametrize("name", [known.name for known in FORMATS if known.text])
def test_a_text_is_what_the_file_holds(graph: KnowledgeGraph, tmp_path: Path, name: str) -> None:
    export(graph, tmp_path / "file", name)
    assert (tmp_path / "file").read_bytes().decode("utf-8") == text(graph, name)


SUFFIXES = [("a.graphml", "graphml"), ("a.GEXF", "gexf"), ("a.cyjs", "cytoscape")]


@pytest.mark.parametrize(("name", "format"), SUFFIXES)
def test_the_suffix_tells_the_format(graph: KnowledgeGraph, tmp_path: Path, name: str, format: str) -> None:  # noqa: A002
    assert format_of(name) == format
    export(graph, tmp_path / name)
    assert (tmp_path / name).read_bytes().decode("utf-8") == text(graph, format)


def test_what_is_no_format(graph: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"a\.txt: say which format to export, one of graphml, gexf"):
        export(graph, tmp_path / "a.txt")
    with pytest.raises(ConfigError, match="no format 'xls' to export; known: graphml"):
        export(graph, tmp_path / "a.txt", "xls")
    with pytest.raises(ConfigError, match="the format csv makes several files"):
        text(graph, "csv")


def test_a_folder_with_other_files_is_left_alone(graph: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text("mine")
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(InputError, match=r"the folder holds letters\.txt; give a new or empty folder"):
        export(graph, tmp_path, "csv")
    assert contents(tmp_path) == {"events.csv": b"mine", "letters.txt": b"mine"}
