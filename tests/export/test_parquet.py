"""Parquet files hold the tables with their types."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.errors import GraphError, MissingExtraError
from kg.export import export
from kg.export.tables import tables
from kg.graph.legible import legible

from .conftest import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph.model import KnowledgeGraph

parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet")


@pytest.fixture
def folder(hostile: KnowledgeGraph, tmp_path: Path) -> Path:
    export(hostile, tmp_path / "tables", "parquet")
    return tmp_path / "tables"


def test_values_have_their_types(folder: Path) -> None:
    (event,) = parquet.read_table(folder / "events.parquet").to_pylist()
    assert (event["earliest"], event["date"], event["intensity"], event["contested"]) == (
        *(date(2024, 3, 1), None, -2.0, True),
    )
    assert event["target_names"] == ["-1.5"]
    (place,) = parquet.read_table(folder / "places.parquet").to_pylist()
    assert (place["latitude"], place["name"]) == (-54.25, legible(HOSTILE))


def test_columns_say_what_they_hold(folder: Path, hostile: KnowledgeGraph) -> None:
    for table in tables(hostile):
        schema = parquet.read_schema(folder / f"{table.name}.parquet")
        assert [(field.name, field.metadata[b"about"].decode()) for field in schema] == [
            (column.name, column.about) for column in table.columns
        ]
        assert parquet.read_metadata(folder / f"{table.name}.parquet").num_rows == len(table.rows)


def test_a_day_that_is_none_is_refused(hostile: KnowledgeGraph, tmp_path: Path) -> None:
    (event,) = hostile.events
    broken = replace(hostile, events=(replace(event, date="2024-02-30"),))
    with pytest.raises(GraphError, match="events, date: '2024-02-30' is no day"):
        export(broken, tmp_path / "tables", "parquet")
    assert list(tmp_path.iterdir()) == []


def test_without_pyarrow_it_says_what_to_install(
    hostile: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'kg\[parquet\]'"):
        export(hostile, tmp_path / "tables", "parquet")
    assert list(tmp_path.iterdir()) == []
