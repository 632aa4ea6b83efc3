"""A run goes on where it ended; what it reads then is what it would have read at once."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.language import Language

from kg.errors import ConfigError, DocumentError
from kg.ingest import DocumentFailure
from kg.records import Document, DocumentRecord
from kg.run.extract import extract
from kg.run.folder import open_run, read_before
from kg.run.reading import Reading, digest_of
from kg.run.survey import Survey, survey

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.tokens import Doc

    from kg.ingest.items import Item

MISSING = DocumentFailure("none.txt", DocumentError("cannot read none.txt: no such file"))


@pytest.fixture
def records(record: DocumentRecord) -> list[DocumentRecord]:
    return [replace(record, document=replace(record.document, id=f"d{number}")) for number in range(6)]


def go(folder: Path, items: Sequence[Item], stop: int | None = None) -> list[DocumentRecord]:
    """Read items in a run, up to one of them, and return what the run has of all."""
    with open_run(folder, Reading(), shard_size=2) as run:
        for number, _ in enumerate(run.read(items)):
            if number == stop:
                return []
        return list(run.records())


def test_a_run_goes_on(tmp_path: Path, records: list[DocumentRecord]) -> None:
    items: list[Item] = [records[0], MISSING, *records[1:]]
    assert go(tmp_path / "whole", items) == records
    go(tmp_path / "cut", items, stop=3)
    assert len(list((tmp_path / "cut" / "records").iterdir())) == 2
    assert go(tmp_path / "cut", items) == records
    for name in ("failures.jsonl", "manifest.json"):
        assert (tmp_path / "cut" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    account = json.loads((tmp_path / "cut" / "manifest.json").read_text(encoding="utf-8"))["account"]
    assert account == {"documents": 6, "failed": 1}


def test_inputs_may_change_between_runs(tmp_path: Path, records: list[DocumentRecord]) -> None:
    go(tmp_path, records[:4])
    other = replace(records[1], document=replace(records[1].document, title="Corrected"))
    changed = [records[5], records[3], other, records[0]]
    assert go(tmp_path, changed) == changed


def test_parts_that_a_crash_left_are_removed(tmp_path: Path, records: list[DocumentRecord]) -> None:
    go(tmp_path, records)
    (tmp_path / "records" / ".000009.jsonl.abc.part").write_bytes(b"{")
    (tmp_path / ".manifest.json.abc.part").write_bytes(b"{")
    go(tmp_path, records)
    assert not list(tmp_path.rglob("*.part"))


def test_only_one_writes(tmp_path: Path, records: list[DocumentRecord]) -> None:
    with open_run(tmp_path, Reading()) as run:
        list(run.read(records))
        with pytest.raises(ConfigError, match="another run writes to"), open_run(tmp_path, Reading()):
            pass
    assert go(tmp_path, records) == records


def test_settings_must_not_change(tmp_path: Path, records: list[DocumentRecord]) -> None:
    go(tmp_path, records)
    with (
        pytest.raises(ConfigError, match="begun with another spacy model; give the same, or a new folder"),
        open_run(tmp_path, Reading(spacy_model="other")),
    ):
        pass


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("precious")
    with (
        pytest.raises(ConfigError, match=r"holds thesis\.txt; give a new or empty folder"),
        open_run(tmp_path, Reading()),
    ):
        pass
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]
    with pytest.raises(ConfigError, match="is a file"), open_run(tmp_path / "thesis.txt", Reading()):
        pass


@pytest.mark.parametrize("manifest", ["", "[]", '{"format": 0}'])
def test_a_manifest_that_is_none(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "manifest.json").write_text(manifest)
    with pytest.raises(ConfigError, match="give a new folder"), open_run(tmp_path, Reading()):
        pass


def test_a_survey_counts_and_writes_nothing(tmp_path: Path, records: list[DocumentRecord]) -> None:
    run = tmp_path / "run"
    failures: list[DocumentFailure] = []
    items: list[Item] = [*records, MISSING]
    words = 6 * len(records[0].document.text.split())
    assert survey(items, Reading(), run, failures.append) == Survey(6, words, 0, 1)
    assert not run.exists()
    go(run, records[:2])
    assert survey(items, Reading(), run, failures.append) == Survey(6, words, 2, 1)
    assert failures == [MISSING, MISSING]
    with pytest.raises(DocumentError, match=r"none\.txt"):
        survey(items, Reading())
    assert digest_of(records[0]) in read_before(run, Reading())


@Language.component("stumbles")
def stumbles(doc: Doc) -> Doc:
    """Read all but what is about Denmark."""
    if "Denmark" in doc.text:
        raise ValueError("no word of Denmark")
    return doc


@pytest.fixture
def stumbling(tmp_path: Path) -> str:
    """A pipeline that cannot read some documents."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("stumbles")
    nlp.to_disk(tmp_path / "pipeline")
    return str(tmp_path / "pipeline")


def test_what_the_model_cannot_read_is_tried_again_when_asked(tmp_path: Path, stumbling: str) -> None:
    documents = [Document("a", "Norway rests."), Document("b", "Denmark rests."), Document("c", "Iceland rests.")]
    run = tmp_path / "run"
    for retry in (False, False, True):
        failures: list[DocumentFailure] = []
        found = extract(documents, spacy_model=stumbling, run=run, retry_failed=retry, on_failure=failures.append)
        assert [each.document.id for each in found] == ["a", "c"]
        assert [str(failure.error) for failure in failures] == ["cannot read b: no word of Denmark"]
        (line,) = (run / "failures.jsonl").read_text(encoding="utf-8").splitlines()
        assert json.loads(line)["id"] == "b"
    with pytest.raises(DocumentError, match="no word of Denmark"):
        list(extract(documents, spacy_model=stumbling, run=run))
