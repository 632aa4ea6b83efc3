"""Documents are read with the user's own lexicon, which each pipeline keeps to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

import kg
from kg.errors import ConfigError, LexiconError
from kg.records import Document
from kg.run.extract import extract

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

    from kg.records import DocumentRecord

TABLE = """\
name\ttype\taliases\tcountry\tsector\tfrom\tuntil\tsame_as
Deep Blue Front\tARMED_GROUP\tDBF|Blue Tigers\tSDN\tREB\t\t\thttps://example.org/id/dbf
Ana Example\tPERSON\tLa Tigresa\tSDN\tREB\t\t2019\t
Ana Example\tPERSON\t\tSDN\tGOV\t2020\t\t
"""
NOTE = "The DBF attacked Norway on Monday. La Tigresa met Henrik Solberg in Oslo. The Blue Tigers fled to Norway."


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "own.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def actors(record: DocumentRecord) -> dict[str, tuple[str, str, str]]:
    return {actor.name: (actor.type, actor.country, actor.sector) for actor in record.actors}


def read(nlp: Language, published: str) -> DocumentRecord:
    (record,) = extract(Document("note", NOTE, published=published), nlp=nlp)
    return record


def test_the_lexicon_names_types_and_dates_actors(table: Path, tmp_path: Path) -> None:
    nlp, plain = kg.load(lexicon=table), kg.load()
    record = read(nlp, "2021-03-02")
    assert actors(record)["Deep Blue Front"] == ("ARMED_GROUP", "SDN", "REB")
    assert actors(record)["Ana Example"] == ("PERSON", "SDN", "GOV")
    assert actors(read(nlp, "2018-03-02"))["Ana Example"] == ("PERSON", "SDN", "REB")
    front = next(actor for actor in record.actors if actor.name == "Deep Blue Front")
    assert [mention.of(NOTE).removeprefix("The ") for mention in front.mentions] == ["DBF", "Blue Tigers"]
    assert front.same_as == ("https://example.org/id/dbf",)
    assert kg.Graph.of([record]).validate() == []

    assert not {"Deep Blue Front", "Ana Example"} & set(actors(read(plain, "2021-03-02")))

    nlp.to_disk(tmp_path / "pipeline")
    assert read(spacy.load(tmp_path / "pipeline"), "2021-03-02") == record
    again = kg.load().from_bytes(nlp.to_bytes())
    assert read(again, "2021-03-02") == record


def test_records_are_passed_on_and_documents_read(table: Path, record: DocumentRecord) -> None:
    whole, note = extract([record, Document("note", NOTE)], lexicon=[table])
    assert whole == record
    assert "Deep Blue Front" in actors(note)


def test_a_lexicon_beside_a_pipeline_is_refused(table: Path) -> None:
    with pytest.raises(ConfigError, match=r"give the lexicon to kg\.load\(\)"):
        list(extract(Document("note", NOTE), nlp=spacy.blank("en"), lexicon=table))


def test_skipped_lines_are_told(tmp_path: Path) -> None:
    path = tmp_path / "own.actors.txt"
    path.write_text("ANA_EXAMPLE [FRAGOV]\nBEA\nCAI\n")
    with pytest.warns(UserWarning, match=r"own\.actors\.txt:2: 'BEA' has no code; skipped, and 1 more"):
        kg.load(lexicon=path)
    kg.load(lexicon=kg.read_lexicon(path))
    with pytest.raises(LexiconError, match=r"cannot read .*none\.tsv"):
        kg.build(Document("note", NOTE), lexicon=tmp_path / "none.tsv")
