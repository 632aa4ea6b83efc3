"""Every format gives its text, and with it the title, date, publisher, address and authors that it knows."""

from __future__ import annotations

import gzip
import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from kg.ingest import DocumentFailure, DocumentSkip, InputSettings, Limits, read
from kg.records import Document

from . import samples

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ingest.items import AnyItem


def read_all(path: Path, **settings: Any) -> list[AnyItem]:
    """Return everything that a file gives, in order."""
    skips: list[DocumentSkip] = []
    return [*read([path], settings=InputSettings(**settings), on_skip=skips.append), *skips]


def documents(path: Path, **settings: Any) -> list[Document]:
    """Return the documents of a file, from which nothing may fail or be left aside."""
    items = read_all(path, **settings)
    found = [item for item in items if isinstance(item, Document)]
    assert len(found) == len(items), items
    return found


def failures(path: Path, **settings: Any) -> list[str]:
    """Return what failed."""
    return [str(item.error) for item in read_all(path, **settings) if isinstance(item, DocumentFailure)]


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """Write a file of bytes, text, or one of the samples."""

    def make(name: str, data: bytes | str | None = None) -> Path:
        path = tmp_path / name
        data = samples.FORMATS[name]() if data is None else data
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return make


@pytest.mark.parametrize("name", samples.FORMATS)
def test_every_format_gives_the_article(write: Any, name: str) -> None:
    first = read_all(write(name))[0]
    assert isinstance(first, Document), first
    assert samples.FIRST in first.text
    assert "script" not in first.text
    assert "<p>" not in first.text


@pytest.mark.parametrize("name", [name for name in samples.FORMATS if not name.endswith((".csv", ".tsv", ".md"))])
def test_standard_input_tells_its_format(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    data = samples.FORMATS[name]()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
    skips: list[DocumentSkip] = []
    first = next(read(["-"], on_skip=skips.append))
    assert isinstance(first, Document), first
    assert samples.FIRST in first.text


# Title, date, publisher, address, authors.
KNOWN: list[tuple[str, tuple[str | None, str | None, str | None, str | None, tuple[str, ...]]]] = [
    ("a.txt", (None, None, None, None, ())),
    ("a.html", (samples.TITLE, "2019-03-04", "The Daily Courier", samples.URL, (samples.AUTHOR,))),
    ("a.jsonl", (samples.TITLE, "2019-03-04", None, samples.URL, ())),
    ("a.csv", (samples.TITLE, "2019-03-04", None, samples.URL, ())),
    ("a.parquet", (samples.TITLE, "2019-03-04", None, samples.URL, ())),
    ("a.pdf", (samples.TITLE, "2019-03-04", None, None, (samples.AUTHOR,))),
    ("a.epub", (samples.TITLE, "2019-03-04", "Strelsau Press", None, (samples.AUTHOR,))),
    ("a.docx", (samples.TITLE, "2019-03-04", None, None, (samples.AUTHOR,))),
    ("a.rss", (samples.TITLE, "2019-03-04T10:00:00+00:00", "The Daily Courier", samples.URL, (samples.AUTHOR,))),
    ("a.atom", (samples.TITLE, "2019-03-04T10:00:00+00:00", "The Daily Courier", samples.URL, (samples.AUTHOR,))),
    ("a.warc", (samples.TITLE, "2019-03-04", "The Daily Courier", samples.URL, (samples.AUTHOR,))),
]


@pytest.mark.parametrize(("name", "known"), KNOWN)
def test_what_is_known_is_kept(write: Any, name: str, known: Any) -> None:
    document = read_all(write(name))[0]
    assert isinstance(document, Document)
    found = (document.title, document.published, document.publisher, document.url, document.authors)
    assert found == known


IDS = [
    ("a.jsonl", ["treaty"]),
    ("a.json", ["treaty", "b"]),
    ("a.csv", ["treaty"]),
    ("a.rss", [samples.URL, "a-2"]),
    ("a.warc", ["https://courier.example/0"]),
    ("a.zip", ["a/b/a", "a/a"]),
    ("a.tar.gz", ["a/a"]),
    ("a.txt.gz", ["a"]),
    ("a.jsonl.xz", ["treaty"]),
]


@pytest.mark.parametrize(("name", "ids"), IDS)
def test_ids(write: Any, name: str, ids: list[str]) -> None:
    assert [document.id for document in documents(write(name))] == ids


def test_members_of_archives_say_where_they_come_from(write: Any) -> None:
    path = write("a.zip")
    assert [document.source for document in documents(path)] == [f"{path}/b/a.txt", f"{path}/a.html"]


# Mapped fields.

ROWS = [
    {"body": samples.FIRST, "when": "4 March 2019", "meta": {"site": "Courier", "by": ["R. H.", "A. S."]}},
    {"body": samples.SECOND, "when": "04/05/2019"},
]
MAPPING = {"text": "body", "published": "when", "publisher": "meta.site", "authors": "meta.by"}


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_json_under_other_names(write: Any, name: str) -> None:
    lines = [json.dumps(one) for one in ROWS]
    path = write(name, "\n".join(lines) if name == "a.jsonl" else f"[{','.join(lines)}]")
    document, failure = read_all(path, fields=MAPPING)
    assert isinstance(document, Document)
    assert (document.id, document.text, document.published) == ("a-1", samples.FIRST, "2019-03-04")
    assert (document.publisher, document.authors) == ("Courier", ("R. H.", "A. S."))
    assert isinstance(failure, DocumentFailure)
    assert str(failure.error) == f"{path}:2: published must be a date such as 2015-11-26, found '04/05/2019'"


def test_a_json_object_of_articles(write: Any) -> None:
    path = write("a.json", json.dumps({"status": "ok", "articles": [samples.row(), 5]}))
    document, failure = read_all(path)
    assert isinstance(document, Document)
    assert document.text == samples.ARTICLE
    assert isinstance(failure, DocumentFailure)
    assert "expected an object, found int" in str(failure.error)


@pytest.mark.parametrize(("name", "separator"), [("a.csv", ","), ("a.csv", ";"), ("a.csv", "|"), ("a.tsv", "\t")])
def test_tables_under_other_names(write: Any, name: str, separator: str) -> None:
    table = f'no{separator}body\n1{separator}"{samples.FIRST}\nMore."\n\n2{separator}{samples.SECOND}\n'
    first, second = documents(write(name, table), fields={"text": "body", "id": "no"})
    assert (first.id, first.text) == ("1", f"{samples.FIRST}\nMore.")
    assert (second.id, second.text) == ("2", samples.SECOND)


def test_a_table_in_a_western_encoding(write: Any) -> None:
    path = write("a.csv", "text\nThe café in Zürich was full of ministers.\n".encode("cp1252"))
    assert documents(path)[0].text == "The café in Zürich was full of ministers."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_table_with_a_mark_of_its_encoding(write: Any, encoding: str) -> None:
    path = write("a.tsv", f"text\tid\n{samples.FIRST} Zürich.\ta\n".encode(encoding))
    assert documents(path)[0].text == f"{samples.FIRST} Zürich."


def test_one_broken_row_leaves_the_others(write: Any) -> None:
    rows = [b"text", "Talks in Zürich.".encode(), *[b"Talks."] * 2000, b"Caf\xe9.", b"The end."]
    items = read_all(write("a.csv", b"\n".join(rows)), keep_duplicates=True)
    assert [str(item.error).split(":", 1)[1] for item in items if isinstance(item, DocumentFailure)] == [
        "2003: not UTF-8; save it as UTF-8"
    ]
    assert len(items) == 2003


def test_parquet_with_dates_and_numbers(write: Any) -> None:
    pa = pytest.importorskip("pyarrow", reason="needs the extra parquet")
    import datetime

    import pyarrow.parquet as pq

    file = io.BytesIO()
    columns = {"id": [7], "body": [samples.FIRST], "published": [datetime.datetime(2019, 3, 4, 10)], "x": [1.5]}
    pq.write_table(pa.table(columns), file)
    (document,) = documents(write("a.parquet", file.getvalue()), fields={"text": "body"})
    assert (document.id, document.published) == ("7", "2019-03-04T10:00:00")


# PDF.


def test_pdf_pages_lose_heads_and_page_numbers(write: Any) -> None:
    pages = [samples.FIRST, samples.SECOND, samples.FIRST + " Again."]
    (document,) = documents(write("a.pdf", samples.pdf(*pages)))
    assert "Courier" not in document.text
    assert "Page" not in document.text
    assert document.text == "\n\n".join(pages)


def test_pdf_without_text(write: Any) -> None:
    assert failures(write("a.pdf", samples.pdf(" ", header=""))) == [
        f"cannot read {write('a.pdf', samples.pdf(' ', header=''))}: no text in this PDF; scanned pages need OCR first"
    ]


# Web archives.


def test_what_is_no_page_in_a_web_archive_is_left_aside(write: Any) -> None:
    data = samples.warc(
        ("404 Not Found", "text/html", b"<p>gone"),
        ("200 OK", "image/png", b"\x89PNG"),
        ("200 OK", "text/html; charset=iso-8859-1", samples.PAGE.encode("cp1252")),
        ("200 OK", "text/html", b"<html><body></body></html>"),
    )
    items = read_all(write("a.warc.gz", gzip.compress(data)))
    kinds = [type(item).__name__ for item in items]
    assert kinds == ["Document", "DocumentFailure", "DocumentSkip", "DocumentSkip"]
    details = [item.detail for item in items if isinstance(item, DocumentSkip)]
    assert details == ["an answer with status 404", "not a page, but image/png"]


def test_nothing_of_a_broken_web_archive_reaches_the_terminal(write: Any, capfd: pytest.CaptureFixture[str]) -> None:
    data = samples.warc().replace(b"<title>", b"<title>\x1b[31m\n" * 99)
    read_all(write("a.warc", data + samples.warc()))
    assert capfd.readouterr().err == ""


# What fails.

BROKEN = [
    ("a.gz", b"\x1f\x8b\x08", "it is cut off"),
    ("a.txt.gz", gzip.compress(samples.ARTICLE.encode())[:60], "it is cut off"),
    ("a.txt.gz", b"", "it is empty"),
    ("a.txt.gz", b"plain", "broken gzip file (error: Error -3 while decompressing data"),
    ("a.zip", b"PK\x03\x04", "broken zip archive (BadZipFile: File is not a zip file)"),
    ("a.zip", samples.zipped({"a.png": b"x"}), "no documents in this archive"),
    ("a.tar", b"plain text", "broken tar archive"),
    ("a.tar", samples.tarred({"a.png": b"x"}), "no documents in this archive"),
    ("a.pdf", b"%PDF-1.7 but not really", "broken PDF"),
    ("a.parquet", b"PAR1", "broken Parquet table"),
    ("a.epub", samples.zipped({"a": b"x"}), "it holds no META-INF/container.xml"),
    ("a.docx", samples.zipped({"a": b"x"}), "it holds no word/document.xml"),
    ("a.docx", samples.docx("<w:p/>"), "no text in this document"),
    ("a.docx", samples.docx("<w:p>"), "broken XML"),
    ("a.xml", b"<a/>", "no entries of a feed in it"),
    ("a.json", b"", "it is empty"),
    ("a.json", b"[]", "it holds no object"),
    ("a.json", b'[{"text": "Talks."}, {', "not JSON"),
    ("a.csv", b"", "it is empty"),
    ("a.csv", b"body,id\nx,y\n", "it has no column 'text' for the text; name one of 'body', 'id' with --field text="),
    ("a.csv", b"text\n", "it has no rows"),
    ("a.csv", b"text,id\n\n,\n", "it has no rows"),
    ("a.warc", b"no archive", "broken web archive"),
]


@pytest.mark.parametrize(("name", "data", "reason"), BROKEN, ids=[f"{name}: {reason}" for name, _, reason in BROKEN])
def test_broken_files(write: Any, name: str, data: bytes, reason: str) -> None:
    if name.endswith((".pdf", ".parquet", ".warc")):
        samples.FORMATS[name]()  # skips where the library is missing
    path = write(name, data)
    *_, last = read_all(path)
    assert isinstance(last, DocumentFailure), last
    assert str(last.error).startswith(f"cannot read {path}: {reason}")
    assert "\n" not in str(last.error)


def test_a_missing_extra_fails_the_document_alone(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    path = write("a.pdf", b"%PDF-1.7")
    assert failures(path) == [f"cannot read {path}: PDF needs the extra 'pdf': pip install 'kg[pdf]'"]


def test_limits_can_be_set(write: Any) -> None:
    path = write("a.txt", "Talks went on. " * 10)
    assert failures(path, limits=Limits(document_bytes=149)) == [
        f"cannot read {path}: it is larger than 149 bytes (the limit 'document_bytes')"
    ]
    assert failures(path, limits=Limits(text_characters=149)) == [
        f"cannot read {path}: its text is longer than 149 characters (the limit 'text_characters')"
    ]
    assert documents(path, limits=Limits(document_bytes=150, text_characters=150))
