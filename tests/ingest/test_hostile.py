"""Hostile files cost one document, and never the run, the memory, the disk or somebody's secrets."""

from __future__ import annotations

import gzip
import io
import json
import os
import struct
import tarfile
import time
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final

import pytest

import kg
from kg.errors import LimitError
from kg.ingest import DocumentFailure, InputSettings, Limits, read
from kg.ingest.budget import Budget
from kg.ingest.source import Source
from kg.ingest.timing import time_limit
from kg.records import Actor, Document, DocumentRecord, Event, Span

from . import samples

if TYPE_CHECKING:
    from pathlib import Path

BOMB: Final = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
OUTSIDE: Final = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
MANY: Final = 1_000_000


def outcome(tmp_path: Path, name: str, data: bytes, **limits: Any) -> Document | str:
    """Return the only document that a file gives, or why it gives none."""
    path = tmp_path / name
    path.write_bytes(data)
    (item,) = read([path], settings=InputSettings(limits=Limits(**limits), any_language=True))
    return str(item.error).removeprefix(f"cannot read {path}: ") if isinstance(item, DocumentFailure) else item


# XML.


@pytest.mark.parametrize("prologue", [BOMB, OUTSIDE, OUTSIDE.replace("!ENTITY", "! entity")])
@pytest.mark.parametrize("name", ["a.rss", "a.docx", "a.epub"])
def test_xml_entities_are_refused(tmp_path: Path, name: str, prologue: str) -> None:
    data = {
        "a.rss": lambda: (prologue + f"<rss><channel><title>&j;</title>{samples.FIRST}</channel></rss>").encode(),
        "a.docx": lambda: samples.zipped({"word/document.xml": f"{prologue}<w><p><t>&j;</t></p></w>".encode()}),
        "a.epub": lambda: samples.epub(f"{prologue}<html><body><p>&j;</p></body></html>"),
    }[name]()
    assert outcome(tmp_path, name, data) == "it declares entities of its own, which kg does not expand"


def test_entities_in_a_page_are_not_expanded(tmp_path: Path) -> None:
    page = f"{BOMB}<html><body><p>{samples.FIRST} &j; &e;</p></body></html>"
    found = outcome(tmp_path, "a.html", page.encode())
    assert isinstance(found, str) or len(found.text) < 1000


def test_deep_xml_is_refused(tmp_path: Path) -> None:
    body = "<w:p>" * 100_000 + "<w:r><w:t>x</w:t></w:r>" + "</w:p>" * 100_000
    assert str(outcome(tmp_path, "a.docx", samples.docx(body))).startswith("broken XML")


# Archives.


def zip_bomb() -> bytes:
    return samples.zipped({"a.txt": b"x" * 30_000_000, "b.txt": samples.FIRST.encode()})


def test_a_zip_bomb_fails_and_its_neighbour_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zip_bomb())
    limits = Limits(document_bytes=1_000_000)
    failure, document = read([tmp_path / "a.zip"], settings=InputSettings(limits=limits))
    assert isinstance(failure, DocumentFailure)
    assert "it is larger than 1,000,000 bytes (the limit 'document_bytes')" in str(failure.error)
    assert isinstance(document, Document)


def test_a_zip_that_lies_about_sizes(tmp_path: Path) -> None:
    data = bytearray(zip_bomb())
    size = struct.pack("<I", 30_000_000)
    while (place := data.find(size)) >= 0:
        data[place : place + 4] = struct.pack("<I", 10)
    first, _ = read([_written(tmp_path, "a.zip", bytes(data))])
    assert isinstance(first, DocumentFailure)


def test_what_a_file_expands_to_is_bounded_by_its_size(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("kg.ingest.budget._FREE", 1_000_000)
    lines = (json.dumps({"id": "a", "text": "x" * 10_000}) + "\n").encode() * 1_000
    found = [*read([_written(tmp_path, "a.jsonl.gz", gzip.compress(lines))])]
    assert "it expands to more than 200 times its size" in str(getattr(found[-1], "error", ""))
    nested = samples.zipped({f"{n}.txt": b"x" * 900_000 for n in range(9)})
    *_, last = read([_written(tmp_path, "b.zip", nested)])
    assert "it expands to more than 200 times its size" in str(getattr(last, "error", ""))


def test_a_budget_of_a_stream_grows_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.ingest.budget._FREE", 10)
    budget = Budget("stdin", 2)
    budget.take(10)
    budget.give(20)
    with pytest.raises(LimitError, match=r"cannot read stdin: it expands to more than 2 times its size \(21 bytes"):
        budget.give(1)


def test_archives_within_archives_end(tmp_path: Path) -> None:
    data = samples.FIRST.encode()
    for _ in range(6):
        data = gzip.compress(data)
    assert outcome(tmp_path, "a.gz", data) == "more than 4 archives within one another (the limit 'depth')"


CLIMBING = ["../a.txt", "b/../../a.txt", "/etc/a.txt", "C:\\a.txt", "..\\a.txt"]


@pytest.mark.parametrize("name", ["a.zip", "a.tar"])
@pytest.mark.parametrize("path", CLIMBING)
def test_paths_that_climb_out_are_refused(tmp_path: Path, name: str, path: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    make = samples.zipped if name == "a.zip" else samples.tarred
    archive = _written(folder, name, make({path: b"Out.", "a.txt": samples.FIRST.encode()}))
    failure, document = read([archive])
    assert isinstance(failure, DocumentFailure)
    assert "leads out of the archive" in str(failure.error)
    assert isinstance(document, Document)
    assert {one.name for one in tmp_path.rglob("*")} == {"in", name}


def test_links_and_devices_in_archives_are_left_out(tmp_path: Path) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for kind, target in ((tarfile.SYMTYPE, "/etc/passwd"), (tarfile.LNKTYPE, "/etc/passwd"), (tarfile.CHRTYPE, "")):
            entry = tarfile.TarInfo(f"{kind!r}.txt")
            entry.type, entry.linkname = kind, target
            archive.addfile(entry)
    assert outcome(tmp_path, "a.tar", file.getvalue()) == "no documents in this archive"
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = 0o120777 << 16
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as other:
        other.writestr(link, "/etc/passwd")
    assert outcome(tmp_path, "a.zip", zipped.getvalue()) == "no documents in this archive"


def test_a_tar_header_without_end(tmp_path: Path) -> None:
    entry = tarfile.TarInfo("a.txt")
    entry.type, entry.size = tarfile.XHDTYPE, 1 << 33
    data = gzip.compress(entry.tobuf(tarfile.GNU_FORMAT) + b"9" * 4_000_000)
    assert outcome(tmp_path, "a.tar.gz", data) == "a header of more than 1,048,576 bytes"


def test_files_with_holes_in_a_tar_fail_and_their_neighbours_are_read(tmp_path: Path) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in (("holes.txt", b"x" * 2_000_000), ("holes.png", b"x"), ("a.txt", samples.FIRST.encode())):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            if "holes" in name:
                entry.pax_headers = {"GNU.sparse.map": f"0,{len(data)}", "GNU.sparse.size": str(len(data))}
            archive.addfile(entry, io.BytesIO(data))
    failure, document = read([_written(tmp_path, "a.tar", file.getvalue())])
    assert isinstance(failure, DocumentFailure)
    assert str(failure.error) == f"cannot read {tmp_path}/a.tar/holes.txt: a file with holes"
    assert isinstance(document, Document)


def test_a_tar_that_lies_about_the_size_of_a_member(tmp_path: Path) -> None:
    for name in ("a.txt", "a.png"):
        entry = tarfile.TarInfo(name)
        entry.size = 1 << 62
        data = entry.tobuf(tarfile.GNU_FORMAT) + samples.FIRST.encode()
        *_, last = read([_written(tmp_path, "a.tar", data)])
        assert "unexpected end of data" in str(getattr(last, "error", ""))


def test_too_many_members(tmp_path: Path) -> None:
    members = {f"{n}.txt": b"x" for n in range(11)}
    assert outcome(tmp_path, "a.zip", samples.zipped(members), members=10) == (
        "more than 10 members (the limit 'members')"
    )
    *_, last = read(
        [_written(tmp_path, "a.tar", samples.tarred(members))],
        settings=InputSettings(limits=Limits(members=10), keep_duplicates=True),
    )
    assert "more than 10 members (the limit 'members')" in str(getattr(last, "error", ""))


def test_xz_that_asks_for_gigabytes(tmp_path: Path) -> None:
    import lzma

    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}]
    data = bytearray(lzma.compress(samples.ARTICLE.encode(), filters=filters))
    at = data.index(bytes([0x21, 0x01])) + 2
    data[at] = 40  # a dictionary of 4 GiB
    header = data[12 : 12 + (data[12] + 1) * 4 - 4]
    data[12 + len(header) : 12 + len(header) + 4] = zlib.crc32(header).to_bytes(4, "little")
    assert "Memory usage limit" in str(outcome(tmp_path, "a.txt.xz", bytes(data)))


# Texts.

LONG = [
    ("a.txt", b"word " * MANY),
    ("a.jsonl", json.dumps({"id": "a", "text": "word " * MANY}).encode()),
    ("a.csv", b"text\n" + b"word " * MANY + b"\n"),
    ("a.json", json.dumps([{"id": "a", "text": "word " * MANY}]).encode()),
]


@pytest.mark.parametrize(("name", "data"), LONG)
def test_one_line_of_many_megabytes(tmp_path: Path, name: str, data: bytes) -> None:
    reason = outcome(tmp_path, name, data)
    assert "its text is longer than 1,000,000 characters (the limit 'text_characters')" in str(reason)
    reason = outcome(tmp_path, name, data, document_bytes=1_000_000)
    assert "1,000,000 bytes" in str(reason)


def test_a_line_that_is_too_long_leaves_the_others(tmp_path: Path) -> None:
    row = json.dumps(samples.row()).encode()
    path = _written(tmp_path, "a.jsonl", b'{"text": "' + b"x" * 10_000 + b'"}\n' + row + b"\n{" + b"y" * 9_000)
    first, document, last = read([path], settings=InputSettings(limits=Limits(document_bytes=5_000)))
    assert isinstance(document, Document)
    for item, line in ((first, 1), (last, 3)):
        assert isinstance(item, DocumentFailure)
        assert str(item.error) == f"{path}:{line}: the line is longer than 5,000 bytes (the limit 'document_bytes')"


BRACKETS = ["(" * MANY, "[" * MANY, "()" * (MANY // 2), "/a" * (MANY // 2), "©" * MANY, "  a/a" * (MANY // 5)]


@pytest.mark.parametrize("text", BRACKETS, ids=lambda text: text[:5])
def test_a_million_brackets(tmp_path: Path, text: str) -> None:
    began = time.process_time()
    outcome(tmp_path, "a.txt", text.encode(), seconds=2)
    assert time.process_time() - began < 8


PAGES = [
    ("<div>" * 100_000, "</div>" * 100_000),
    ("<b>" * 100_000, ""),
    ("<table><tr><td>" * 20_000, ""),
    ("<ul><li>" * 20_000, ""),
    ("<" * 200_000, ""),
    ("(" * 500_000, ""),
    ("<a href=x>" * 50_000, "</a>" * 50_000),
    ("<svg><math>" * 20_000, ""),
    ("<p " + "a=b " * 100_000 + ">", ""),
    ("<!--" * 100_000, ""),
]


# The alarm that ends the work may go off while garbage is collected, where nothing can be raised; it goes off again.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(("before", "after"), PAGES, ids=lambda part: part[:10])
def test_deep_and_endless_pages(tmp_path: Path, before: str, after: str) -> None:
    page = f"<html><body>{before}<p>{samples.FIRST}</p>{after}</body></html>"
    began = time.process_time()
    outcome(tmp_path, "a.html", page.encode(), seconds=2)
    assert time.process_time() - began < 8


def test_deep_json(tmp_path: Path) -> None:
    deep = b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert "JSON nested more than 100 deep" in str(outcome(tmp_path, "a.json", deep))
    assert "not JSON" in str(outcome(tmp_path, "a.jsonl", deep + b"\n"))


def test_work_without_end_is_ended() -> None:
    def work() -> None:
        with time_limit(0.05, "a"):
            while True:
                try:
                    sum(range(1000))
                except Exception:
                    continue

    with pytest.raises(
        LimitError, match=r"cannot read a: reading it takes more than 0.05 seconds \(the limit 'seconds'\)"
    ):
        work()


def test_unseen_characters_of_pages_are_taken_out(tmp_path: Path) -> None:
    hidden = "Ru\u200bssia and\u202e Tur\u00adkey met\u2066 in Gene\ufeffva on Monday to talk about the border.\u2069"
    page = f"<html><head><title>Ru\u200bssia \u202e</title></head><body><p>{hidden}</p></body></html>"
    found = outcome(tmp_path, "a.html", page.encode())
    assert isinstance(found, Document)
    assert found.text == "Russia and Turkey met in Geneva on Monday to talk about the border."
    assert found.title == "Russia"


def test_unseen_characters_of_a_text_file_stay_since_offsets_count_them(tmp_path: Path) -> None:
    text = "Ru\u200bssia and\u202e Turkey met."
    found = outcome(tmp_path, "a.txt", text.encode())
    assert isinstance(found, Document)
    assert found.text == text


# Names.

NAMES = [
    "<script>alert(1)</script>",
    '"> . <urn:a> <urn:b> <urn:c> .',
    "''' } ; DROP ALL ; #",
    'x"@en ; a kg:Actor . """',
    "\u202eevil\u202c \u200b\u2066name",
    "a\\u0022 . <urn:x> a <urn:y> . \\",
    "line\nbreak\ttab",
    "javascript:alert(1)",
    "= 1+1 | $(rm -rf /) `id`",
    "{{7*7}} %s %(a)s ${x}",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_that_are_code_stay_names(name: str) -> None:
    text = f"{name} attacked Ruritania."
    document = Document(name, text, name, name, "2019-03-04", name, name if "\n" not in name else None)
    mention, other = Span(0, len(name)), Span(len(name) + 10, len(text) - 1)
    record = DocumentRecord(
        document,
        (Span(0, len(text)),),
        (Actor("A1", name, "ARMED_GROUP", (mention,)), Actor("A2", "Ruritania", "STATE", (other,))),
        (Event("E1", "ASSAULT", Span(len(name) + 1, len(name) + 9), ("A1",), ("A2",), "happened"),),
        (),
    )
    graph = kg.Graph.of([record])
    turtle = graph.to_turtle()
    import rdflib

    parsed = rdflib.Graph().parse(data=turtle, format="turtle")
    assert len(parsed) == len(graph.rdf)
    assert not [node for triple in parsed for node in triple if str(node) in {"urn:a", "urn:b", "urn:x", "urn:y"}]
    assert not graph.validate()


# Files.


def test_a_link_that_takes_the_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    if not hasattr(os, "O_NOFOLLOW"):
        pytest.skip(reason="this system opens links like files")
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "a.txt").symlink_to(tmp_path / "secret")
    with pytest.raises(OSError, match="symbolic links"), Source("a", tmp_path / "a.txt", ("a",), found=True).open():
        pass


def test_links_out_of_the_input_folder_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "a.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to(tmp_path, target_is_directory=True)
    (folder / "b.txt").write_text(samples.FIRST)
    (document,) = read([folder])
    assert isinstance(document, Document)
    assert document.text == samples.FIRST


def _written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
