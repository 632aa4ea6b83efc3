"""Texts through the whole of kg, by the real command and with the model that ships."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.jsonl import read_records

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Kg

TEXT = "Skip to main content\r\n\r\nKatla Jónsdóttir met Henrik Solberg in Reykjavik.\r\nNorway condemned Denmark.\r\n"


def test_extract_keeps_text_ids_and_order(kg: Kg, folder: Path) -> None:
    lines = [{"id": "z", "text": "Norway condemned Denmark."}, {"id": "a/b c", "text": TEXT, "title": "Talks"}]
    (folder / "docs.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (folder / "plain.txt").write_bytes(TEXT.encode())
    result = kg(
        "extract", "docs.jsonl", "plain.txt", "-o", "out.jsonl", "--published", "2024-03-13", "--keep-duplicates"
    )
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == "3 document records written to out.jsonl\n"
    records = list(read_records(folder / "out.jsonl"))
    assert [record.document.id for record in records] == ["z", "a/b c", "plain"]
    assert records[1].document.title == "Talks"
    assert records[2].document.text == TEXT
    assert {record.document.published for record in records} == {"2024-03-13"}


def test_documents_without_a_date_are_told(kg: Kg, folder: Path) -> None:
    (folder / "plain.txt").write_text("Norway condemned Denmark on Friday.", encoding="utf-8")
    hint = "1 document without a date of publication: words such as 'on Friday' mean no day there"
    extracted = kg("extract", "plain.txt", "-o", "out.jsonl")
    assert extracted.stderr.startswith(hint)
    assert extracted.stderr.endswith("1 document record written to out.jsonl\n")
    built = kg("build", "out.jsonl", "records.jsonl", "-o", "graph.ttl")
    assert any(line.startswith(hint) for line in built.stderr.splitlines())
    assert kg("build", "out.jsonl", "--published", "2024-03-13", "-o", "graph.ttl").stderr.count(hint) == 0


def test_extract_to_standard_output(kg: Kg) -> None:
    result = kg("extract", "-", stdin="Norway condemned Denmark.")
    assert (result.returncode, result.stderr) == (0, "")
    record = json.loads(result.stdout)
    assert (record["id"], record["text"]) == ("stdin", "Norway condemned Denmark.")


def test_build_reads_what_it_can(kg: Kg, folder: Path) -> None:
    (folder / "news").mkdir()
    (folder / "news" / "page.html").write_text(
        "<html><head><title>Talks</title></head><body><p>Norway condemned Denmark after the talks in Oslo on Monday."
        "</p></body></html>",
        encoding="utf-8",
    )
    (folder / "news" / "broken.txt").write_bytes(b"\xff")
    result = kg("build", "news", "-o", "graph.ttl")
    assert result.returncode == 1
    assert "kg: error: cannot read news/broken.txt: not UTF-8 at byte 0 (0xff)" in result.stderr
    assert "written to graph.ttl" in result.stderr
    assert kg("validate", "graph.ttl").returncode == 0


def test_evaluate_reads_the_gold_texts_itself(kg: Kg) -> None:
    result = kg("evaluate", "records.jsonl")
    assert result.returncode == 0
    assert "actors" in result.stdout


def test_a_pipeline_that_is_not_there(kg: Kg, folder: Path) -> None:
    (folder / "a.txt").write_text("Norway condemned Denmark.", encoding="utf-8")
    result = kg("build", "a.txt", "--spacy-model", "no_such_pipeline", "-o", "graph.ttl")
    (line,) = result.stderr.splitlines()
    assert line.startswith("kg: error: ")
    assert "no_such_pipeline" in line
    assert result.returncode == 2
    assert not (folder / "graph.ttl").exists()
