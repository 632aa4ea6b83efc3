"""Inputs of all kinds become records, in order, with the model that ships with kg."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.language import Language

import kg
from kg.errors import DocumentError, ModelError
from kg.records import Document, DocumentRecord
from kg.run.extract import Input, extract

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.tokens import Doc

    from kg.ingest import DocumentFailure

TEXT = "Skip to main content\n\nKatla Jónsdóttir met Henrik Solberg in Reykjavik on Tuesday (AFP)\n"


@Language.component("unable_to_read")
def unable_to_read(doc: Doc) -> Doc:
    """Read nothing."""
    raise ValueError(f"{len(doc)} words are too many")


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The pipeline that ships with kg."""
    return kg.load()


def test_records_come_in_the_order_of_the_inputs(nlp: Language, record: DocumentRecord, tmp_path: Path) -> None:
    lines = [{"id": "z", "text": TEXT}, {"id": "y", "text": "Norway opposes Denmark.", "published": "2020-02-03"}]
    (tmp_path / "docs.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(TEXT.replace("\n", "\r\n").encode())
    inputs: list[Input] = [
        record,
        tmp_path / "docs.jsonl",
        Document("memory", "Iceland thanked Norway."),
        tmp_path / "a.txt",
    ]
    found = list(extract(inputs, nlp=nlp, published="2024-03-13"))
    assert [each.document.id for each in found] == [record.document.id, "z", "y", "memory", "a"]
    assert found[0] == record
    assert [each.document.published for each in found[1:4]] == ["2024-03-13", "2020-02-03", "2024-03-13"]
    assert found[4].document.text == TEXT.replace("\n", "\r\n")


def test_furniture_yields_nothing(nlp: Language) -> None:
    (found,) = extract(Document("a", TEXT), nlp=nlp)
    assert [span.of(TEXT) for span in found.document.ignored] == ["Skip to main content", "(AFP)"]
    for actor in found.actors:
        for mention in actor.mentions:
            assert not any(mention.overlaps(ignored) for ignored in found.document.ignored)


def test_records_can_be_read_anew(nlp: Language, record: DocumentRecord) -> None:
    (found,) = extract(record, nlp=nlp, reread=True)
    assert found.document == record.document
    assert found != record


def test_failures_are_reported_or_raised(nlp: Language, tmp_path: Path) -> None:
    inputs: list[Input] = [tmp_path / "none.txt", Document("a", TEXT)]
    failures: list[DocumentFailure] = []
    assert [found.document.id for found in extract(inputs, nlp=nlp, on_failure=failures.append)] == ["a"]
    assert len(failures) == 1
    with pytest.raises(DocumentError, match="no such file"):
        list(extract(inputs, nlp=nlp))


def test_a_document_that_the_pipeline_cannot_read(record: DocumentRecord) -> None:
    unable = spacy.blank("en")
    unable.add_pipe("unable_to_read")
    unable.add_pipe("kg_reader")
    inputs: list[Input] = [Document("long", "Too long."), record]
    failures: list[DocumentFailure] = []
    found = list(extract(inputs, nlp=unable, on_failure=failures.append))
    assert found == [record]
    assert [failure.source for failure in failures] == ["long"]
    with pytest.raises(DocumentError, match="cannot read long: 3 words are too many"):
        list(extract(inputs, nlp=unable))


def test_a_pipeline_that_is_not_there() -> None:
    with pytest.raises(ModelError, match="no_such_pipeline"):
        list(extract(Document("a", TEXT), spacy_model="no_such_pipeline"))
