"""A file's format is told by its suffix, or else by how it begins."""

from __future__ import annotations

import pytest

from kg.ingest.formats import Format, format_of, supported

CASES: list[tuple[str, bytes, Format]] = [
    ("a.txt", b"<html>", "text"),
    ("a.md", b"", "text"),
    ("A.HTML", b"text", "html"),
    ("a.htm", b"", "html"),
    ("a.jsonl", b"text", "jsonl"),
    ("", b"Talks ended in Geneva.", "text"),
    ("", b"\n <!DOCTYPE html><html>", "html"),
    ("", b"<HTML lang='en'>", "html"),
    ("", b"<htmlish>", "text"),
    ("", b'{"id": "a"}', "jsonl"),
    ("", b'\xef\xbb\xbf{ "id": "a"}', "jsonl"),
    ("", b"{not an object}", "text"),
    ("62", b"", "text"),
]


@pytest.mark.parametrize(("name", "beginning", "expected"), CASES)
def test_format(name: str, beginning: bytes, expected: Format) -> None:
    assert format_of(name, beginning) == expected


@pytest.mark.parametrize(("name", "expected"), [("a.txt", True), ("a.Jsonl", True), ("a.pdf", False), ("txt", False)])
def test_supported(name: str, *, expected: bool) -> None:
    assert supported(name) is expected
