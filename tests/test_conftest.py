"""The hand-made record is what it says it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.jsonl import from_json, to_json

if TYPE_CHECKING:
    from kg.records import DocumentRecord


def test_record_fits_the_schema_and_stays_the_same_in_json(record: DocumentRecord) -> None:
    assert from_json(to_json(record)) == record


def test_sentences_begin_and_end_with_words(record: DocumentRecord) -> None:
    sentences = [sentence.of(record.document.text) for sentence in record.sentences]
    assert len(sentences) == 8
    assert all(sentence == sentence.strip() and sentence.endswith(".") for sentence in sentences)


def test_actors_are_mentioned_by_these_words(record: DocumentRecord) -> None:
    words = {actor.name: [mention.of(record.document.text) for mention in actor.mentions] for actor in record.actors}
    assert words["Norway"] == ["Norwegian", "Norway", "Norwegian", "Norway", "Norway"]
    assert words["Henrik Solberg"] == ["Foreign Minister Henrik Solberg", "Solberg"]
