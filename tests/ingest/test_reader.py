"""Inputs of all kinds become documents, one after the other."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ConfigError, DocumentError
from kg.ingest import DocumentFailure, read, read_annotated
from kg.jsonl import dumps
from kg.records import Document, DocumentRecord, Span

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (
    "<html><head><title>Talks</title></head><body><p>The ministers met in Geneva on Monday to talk.</p></body></html>"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of documents in every format, which is the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfTalks\r\nwent on (AFP)\n")
    (tmp_path / "b.md").write_text("# Talks\n", encoding="utf-8")
    (tmp_path / "c.html").write_text(PAGE, encoding="utf-8")
    lines = [{"id": "z", "text": "Advertisement\nThe end."}, {"id": "y", "text": "The end.", "published": "2001-01-01"}]
    (tmp_path / "d.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return tmp_path


def test_reads_every_format(folder: Path) -> None:
    documents = [item for item in read(["."]) if isinstance(item, Document)]
    assert [document.id for document in documents] == ["a", "b", "c", "z", "y"]
    assert [document.source for document in documents] == ["a.txt", "b.md", "c.html", "d.jsonl", "d.jsonl"]
    assert documents[0].text == "Talks\r\nwent on (AFP)\n"
    assert documents[0].ignored == (Span(15, 20),)
    assert documents[2].title == "Talks"
    assert documents[3].ignored == (Span(0, 13),)


def test_gives_a_date_to_those_without(folder: Path) -> None:
    dates = [item.published for item in read(["."], published="2020-02-03") if isinstance(item, Document)]
    assert dates == ["2020-02-03"] * 4 + ["2001-01-01"]


def test_a_date_of_its_own_goes_before_the_dateline_and_that_before_the_one_given(folder: Path) -> None:
    text = "PARIS, {} (AFP) — Ministers met."
    lines = [
        {"id": "own", "text": text.format("Nov. 13, 2015"), "published": "2015-11-14"},
        {"id": "dateline", "text": text.format("Nov. 13, 2015")},
        {"id": "year given", "text": text.format("Nov. 13")},
        {"id": "given", "text": "Ministers met."},
    ]
    (folder / "d.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    def dates(published: str | None) -> list[str | None]:
        return [item.published for item in read(["d.jsonl"], published=published) if isinstance(item, Document)]

    assert dates("2014-12-01T08:00:00Z") == ["2015-11-14", "2015-11-13", "2014-11-13", "2014-12-01T08:00:00Z"]
    assert dates(None) == ["2015-11-14", "2015-11-13", None, None]


@pytest.mark.parametrize("published", ["today", "20151126", "2015-W48-4", "2015-11", "2015-11-26Z", ""])
def test_refuses_a_date_that_is_none(published: str) -> None:
    with pytest.raises(ConfigError, match=f"published must be a date such as 2015-11-26, found '{published}'"):
        next(read([], published=published))


def test_files_of_one_name_get_different_ids(folder: Path) -> None:
    (folder / "a.md").write_text("More talks", encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "a.txt").write_text("Other talks", encoding="utf-8")
    ids = [item.id for item in read(["a.txt", "a.md", "sub/a.txt", "sub"]) if isinstance(item, Document)]
    assert ids == ["a", "a.md", "a.txt"]


def test_goes_on_after_a_failure(folder: Path) -> None:
    (folder / "b.md").write_bytes(b"\xff")
    items = list(read([folder / "none.txt", folder]))
    assert [type(item) for item in items] == [DocumentFailure, Document, DocumentFailure, *[Document] * 3]
    with pytest.raises(DocumentError, match=r"none.txt: no such file"):
        list(read([folder / "none.txt", folder], strict=True))


def test_broken_line_17_is_named_and_the_rest_is_read(folder: Path) -> None:
    lines = [json.dumps({"id": str(number), "text": f"Talks {number}."}) for number in range(1, 21)]
    lines[16] = '{"id": "17", "text": '
    (folder / "d.jsonl").write_text("\n".join(lines), encoding="utf-8")
    items = list(read(["d.jsonl"]))
    failures = [item for item in items if isinstance(item, DocumentFailure)]
    assert [failure.source for failure in failures] == ["d.jsonl:17"]
    assert len(items) == 20


def test_binary_named_jsonl_fails_once(folder: Path) -> None:
    (folder / "d.jsonl").write_bytes(b"\0\n" * 50)
    assert [str(item.error) for item in read(["d.jsonl"]) if isinstance(item, DocumentFailure)] == [
        "cannot read d.jsonl: it is binary, not text"
    ]


def test_records_are_kept_or_give_their_documents(folder: Path, record: DocumentRecord) -> None:
    (folder / "d.jsonl").write_text(dumps(record) + "\n", encoding="utf-8")
    assert list(read_annotated(["d.jsonl"])) == [record]
    assert list(read(["d.jsonl"])) == [record.document]


STDIN = [
    (b"The ministers met.", "stdin", "The ministers met."),
    (PAGE.encode(), "stdin", "The ministers met in Geneva on Monday to talk."),
    (b'{"id": "x", "text": "Talks."}\n', "x", "Talks."),
]


@pytest.mark.parametrize(("data", "id_", "text"), STDIN)
def test_standard_input_is_told_by_its_beginning(
    monkeypatch: pytest.MonkeyPatch, data: bytes, id_: str, text: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
    (document,) = read(["-"])
    assert isinstance(document, Document)
    assert (document.id, document.text, document.source) == (id_, text, "stdin")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=200), suffix=st.sampled_from([".txt", ".jsonl", ".md", ""]))
def test_any_file_gives_documents_or_failures(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(data)
    items = list(read([path]))
    assert items
    for item in items:
        if isinstance(item, DocumentFailure):
            assert str(path) in str(item.error)
        else:
            assert all(0 <= span.begin < span.end <= len(item.text) for span in item.ignored)
