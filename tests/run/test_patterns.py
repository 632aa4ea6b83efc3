"""Documents and records are read by the user's patterns, with the model that ships with kg."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.errors import ConfigError
from kg.records import Document
from kg.run.extract import extract

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import DocumentRecord

PATTERNS = """
[[type]]
name = "patrol"
label = "patrol at sea"
broader = "COOPERATE"

[[pattern]]
name = "patrol-data"
type = "patrol"
tokens = [ { LOWER = "patrol" }, { LOWER = "data" } ]
source = ""
target = ""
"""


@pytest.fixture
def patterns(tmp_path: Path) -> Path:
    path = tmp_path / "patrol.toml"
    path.write_text(PATTERNS, encoding="utf-8")
    return path


def test_records_are_added_to_and_documents_read(patterns: Path, record: DocumentRecord) -> None:
    note = Document("note", "Norway shared patrol data with Iceland.")
    whole, read = extract([record, note], patterns=patterns)
    assert whole.events[: len(record.events)] == record.events
    assert [event.patterns for event in whole.events[len(record.events) :]] == [("patrol-data",)]
    assert whole.actors == record.actors
    assert [event.custom_types for event in read.events if event.patterns] == [("patrol",)]
    assert read.model.split(" with patterns ")[1] == whole.model.split("with patterns ")[1]
    graph = kg.Graph.of([whole, read])
    assert graph.validate() == []
    assert [custom.label for custom in graph.records.custom_types] == ["patrol at sea"]


def test_patterns_beside_a_pipeline_are_refused(patterns: Path) -> None:
    with pytest.raises(ConfigError, match=r"give patterns to kg\.load\(\)"):
        list(extract(Document("note", "Norway."), nlp=kg.load(patterns=patterns), patterns=patterns))


def test_patterns_that_cannot_be_used_end_everything(tmp_path: Path) -> None:
    failures: list[object] = []
    with pytest.raises(ConfigError, match=r"cannot read .*none\.toml"):
        list(extract(Document("note", "Norway."), patterns=tmp_path / "none.toml", on_failure=failures.append))
    assert not failures
