"""The reader of a file is told by its suffix, its type or how it begins; other packages can add their own."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from kg.errors import ConfigError
from kg.ingest.registry import BUILT_IN, GROUP, reader_of, readers, suffixes, supported

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CASES = [
    ("a.txt", b"<html>", "text"),
    ("a.md", b"", "text"),
    ("A.HTML", b"text", "html"),
    ("a.htm", b"", "html"),
    ("a.jsonl", b"text", "jsonl"),
    ("a.json", b"", "json"),
    ("a.csv", b"", "csv"),
    ("a.tsv", b"", "tsv"),
    ("a.warc.gz", b"", "gzip"),
    ("a.tgz", b"", "gzip"),
    ("a.warc", b"", "warc"),
    ("", b"Talks ended in Geneva.", "text"),
    ("", b"\n <!DOCTYPE html><html>", "html"),
    ("", b"<HTML lang='en'>", "html"),
    ("", b"<htmlish>", "text"),
    ("", b'{"id": "a"}', "jsonl"),
    ("", b'\xef\xbb\xbf{ "id": "a"}', "jsonl"),
    ("", b'[ {"id": "a"}]', "json"),
    ("", b"{not an object}", "text"),
    ("", b"<?xml version='1.0'?>\n<!-- x --><rss version='2.0'>", "feed"),
    ("", b'<feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
    ("", b"%PDF-1.7", "pdf"),
    ("", b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip", "epub"),
    ("", b"PK\x03\x04" + bytes(26) + b"word/document.xml", "docx"),
    ("", b"PK\x03\x04" + bytes(26) + b"a.txt", "zip"),
    ("", bytes(257) + b"ustar", "tar"),
    ("", b"\x1f\x8b\x08", "gzip"),
    ("", b"\x28\xb5\x2f\xfd", "zstandard"),
    ("", b"PAR1", "parquet"),
    ("", b"WARC/1.0\r\n", "warc"),
    ("62", b"", "text"),
]


@pytest.mark.parametrize(("name", "beginning", "expected"), CASES)
def test_format(name: str, beginning: bytes, expected: str) -> None:
    assert reader_of(name, beginning) is readers()[expected]


@pytest.mark.parametrize(
    ("media_type", "beginning", "expected"),
    [
        ("application/pdf", b"", "pdf"),
        ("text/html", b"<p>Talks", "html"),
        ("text/html", b"<rss>", "feed"),
        ("text/plain", b"%PDF-", "pdf"),
        ("application/octet-stream", b"Talks", "text"),
        ("application/x-unheard-of", b"<html>", "html"),
    ],
)
def test_format_of_what_a_server_sends(media_type: str, beginning: bytes, expected: str) -> None:
    assert reader_of("page.txt", beginning, media_type) is readers()[expected]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", True),
        ("a.Jsonl", True),
        ("a.pdf", True),
        ("txt", False),
        ("a.png", False),
        ("a.png.gz", False),
        ("a.txt.gz", True),
        ("a.gz", True),
        ("news-2015.11.gz", True),
        ("a.tar.zst", True),
        ("a.tgz", True),
    ],
)
def test_supported(name: str, *, expected: bool) -> None:
    assert supported(name) is expected


def test_the_package_declares_what_the_code_knows(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"][GROUP] == dict(BUILT_IN)


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of installed packages with one that adds a reader."""
    (tmp_path / "shout_reader.py").write_text(
        "from kg.ingest.plugin import Reader, whole\n"
        "from kg.records import Document\n"
        "READER = Reader('shout', ('.shout',), whole(lambda data, o: Document(o.name, data.decode().upper())))\n"
        "NONE = 1\n",
        encoding="utf-8",
    )
    folder = tmp_path / "shout_reader-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: shout-reader\nVersion: 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    _forget()
    yield folder / "entry_points.txt"
    _forget()


def _forget() -> None:
    readers.cache_clear()
    suffixes.cache_clear()


def test_another_package_adds_a_reader(plugin: Path, tmp_path: Path) -> None:
    from kg.ingest import read
    from kg.records import Document

    plugin.write_text(f"[{GROUP}]\nshout = shout_reader:READER\n", encoding="utf-8")
    (tmp_path / "a.shout").write_text("talks", encoding="utf-8")
    (document,) = read([tmp_path / "a.shout"])
    assert isinstance(document, Document)
    assert (document.id, document.text) == ("a", "TALKS")


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("shout_reader:NONE", "is no reader"),
        ("shout_reader:OTHER", "cannot be loaded: module 'shout_reader' has no attribute 'OTHER'"),
        ("no_such_reader:READER", "cannot be loaded: No module named 'no_such_reader'"),
    ],
)
def test_an_entry_point_that_is_no_reader(plugin: Path, target: str, reason: str) -> None:
    plugin.write_text(f"[{GROUP}]\nshout = {target}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=f"the entry point shout = {target} in kg_readers {reason}"):
        readers()
