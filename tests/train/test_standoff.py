"""Annotation that stands apart from its text."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from kg.errors import ConfigError, RecordError
from kg.train.standoff import joined, read_standoff, sentences, write_standoff
from kg.train.stories import read_stories

if TYPE_CHECKING:
    from pathlib import Path

STORY = """== 7-8
[A1 [A2 Ruritanian] troops] {E1 shelled} Zenda .
[A1 They] did n't stop ( yet ) .
--
A1 | MILITARY | | MIL | Ruritanian troops
A2 | STATE | | GOV | Ruritania
E1 | ASSAULT | A1 > | happened | at Zenda
R1 | part_of | A1 > A2 | happened | s 1
"""
NAMES = ("7", "8")


def corpora(folder: Path, last: str = "stop") -> str:
    """Write a corpus of columns and a treebank with the same sentences, and return the name of the first."""
    texts = ["Ruritanian troops shelled Zenda .", f"They did n't {last} ( yet ) ."]
    rows = "\n\n".join(
        f"# sent {n}\n" + "\n".join(f"{word}\tX\tO" for word in t.split()) for n, t in zip(NAMES, texts, strict=True)
    )
    (folder / "news.tsv.gz").write_bytes(gzip.compress(rows.encode()))
    bank = "\n".join(
        f"# sent_id = {n}\n# text = {joined(t.split())}\n1\tx\n" for n, t in zip(NAMES, texts, strict=True)
    )
    (folder / "bank.conllu.gz").write_bytes(gzip.compress(bank.encode()))
    return "news.tsv.gz"


def written(folder: Path) -> Path:
    """Write the story as annotation that stands apart from the corpus."""
    story = STORY.replace(" .\n", ".\n").replace("did n't", "didn't").replace("( yet )", "(yet)")
    (folder / "own.txt").write_text(story, encoding="utf-8")
    path = folder / "annotations.jsonl"
    assert write_standoff([(one, corpora(folder), NAMES) for one in read_stories(folder / "own.txt")], path) == 1
    return path


def test_what_is_written_without_its_text_is_read_with_it(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert "shelled" not in path.read_text(encoding="utf-8")
    (record,) = read_standoff(path, tmp_path)
    text = record.document.text
    assert text == "Ruritanian troops shelled Zenda. They didn't stop (yet)."
    assert [mention.of(text) for mention in record.actors[0].mentions] == ["Ruritanian troops", "They"]
    assert record.events[0].trigger.of(text) == "shelled"
    assert record == next(read_stories(tmp_path / "own.txt"))


def test_offsets_never_meet_another_text(tmp_path: Path) -> None:
    path = written(tmp_path)
    corpora(tmp_path, last="leave")
    with pytest.raises(ConfigError, match=r"annotations.jsonl:1: .*news.tsv.gz has another text"):
        list(read_standoff(path, tmp_path))


def test_a_line_without_its_source(tmp_path: Path) -> None:
    path = tmp_path / "annotations.jsonl"
    path.write_text('{"id": "x"}\n', encoding="utf-8")
    with pytest.raises(RecordError, match=r"annotations.jsonl:1: text_from: expected a corpus"):
        list(read_standoff(path, tmp_path))


def test_treebanks_and_columns_give_the_same_sentences(tmp_path: Path) -> None:
    assert sentences(tmp_path / corpora(tmp_path)) == sentences(tmp_path / "bank.conllu.gz")


def test_a_corpus_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot read .*gone.tsv.gz"):
        sentences(tmp_path / "gone.tsv.gz")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ('He said " no " .', 'He said "no".'),
        ("Ruritania 's army , 5,000 strong ( or so ) , fled .", "Ruritania's army, 5,000 strong (or so), fled."),
        ("It cost $ 5 .", "It cost $5."),
    ],
)
def test_words_are_joined_as_they_would_be_printed(words: str, text: str) -> None:
    assert joined(words.split()) == text
