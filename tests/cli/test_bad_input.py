"""Bad input: one line that says what and where, exit code 2, no traceback, nothing half written."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from kg.cli.options import check_folder

from .conftest import Kg, files

Make = Callable[[Path], object]


def _nothing(folder: Path) -> None:
    pass


def _bytes(name: str, data: bytes) -> Make:
    return lambda folder: (folder / name).write_bytes(data)


def _folder(name: str) -> Make:
    return lambda folder: (folder / name).mkdir()


BROKEN_PAGE = b"<html><body><nav><a href='/'>Home</a></nav></body></html>"
BAD_RECORD = b'{"id": "a", "text": "x", "sentences": [{"begin": 0, "end": 9}], "actors": [], "events": []}\n'

DOCUMENTS: list[tuple[str, Make, str]] = [
    ("none.txt", _nothing, "cannot read none.txt: no such file or folder"),
    ("a.txt", _bytes("a.txt", b""), "cannot read a.txt: it is empty"),
    ("a.txt", _bytes("a.txt", b" \n\n"), "cannot read a.txt: it is empty"),
    ("a.txt", _bytes("a.txt", bytes(range(256))), "cannot read a.txt: it is binary, not text"),
    ("a.txt", _bytes("a.txt", b"\xe9\xff"), "cannot read a.txt: not UTF-8 at byte 0 (0xe9); save it as UTF-8"),
    ("a.png", _bytes("a.png", b"\x89PNG"), "cannot read a.png: kg reads .tgz, .gz, "),
    ("file:///etc/passwd", _nothing, "cannot read file:///etc/passwd: kg fetches http and https addresses only"),
    ("http://127.0.0.1:9/", _nothing, "127.0.0.1 is at the private address 127.0.0.1; --allow-host 127.0.0.1 permits"),
    ("a.html", _bytes("a.html", BROKEN_PAGE), "cannot read a.html: no article text found in this page"),
    ("a.jsonl", _bytes("a.jsonl", b"{\n"), "a.jsonl:1: not JSON: "),
    ("a.jsonl", _bytes("a.jsonl", b'{"id": "a"}\n'), "a.jsonl:1: text must be a string, found nothing"),
    ("a.jsonl", _bytes("a.jsonl", BAD_RECORD), "a.jsonl:1: sentences[0]: no span 0 to 9 in a text of 1 characters"),
    ("news", _folder("news"), "cannot read news: no documents in this folder"),
    ("-", _nothing, "cannot read stdin: it is empty"),
]


@pytest.mark.parametrize(("given", "make", "message"), DOCUMENTS)
def test_documents(kg: Kg, folder: Path, given: str, make: Make, message: str) -> None:
    make(folder)
    before = files(folder)
    result = kg("build", given, "-o", "out.ttl", "--plot", "out.svg", "--records", "out.jsonl")
    assert_one_line(result.stderr, message)
    assert (result.returncode, result.stdout) == (2, "")
    assert files(folder) == before


def test_documents_to_extract(kg: Kg, folder: Path) -> None:
    before = files(folder)
    result = kg("extract", "none.txt", "-o", "out.jsonl")
    assert_one_line(result.stderr, "cannot read none.txt: no such file or folder")
    assert (result.returncode, result.stdout) == (2, "")
    assert files(folder) == before


def test_broken_json_in_line_17(kg: Kg, folder: Path) -> None:
    record = json.loads((folder / "records.jsonl").read_text(encoding="utf-8"))
    lines = [json.dumps({**record, "id": f"article-{number}"}) for number in range(1, 19)]
    lines[16] = lines[16][:-1]
    (folder / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = kg("build", "many.jsonl", "-o", "out.nt", "--records", "out.jsonl")
    assert result.returncode == 1
    first, *rest = result.stderr.splitlines()
    assert first.startswith("kg: error: many.jsonl:17: not JSON: ")
    assert not any("error" in line for line in rest)
    kept = [json.loads(line)["id"] for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert kept == [f"article-{number}" for number in range(1, 19) if number != 17]


def test_an_unreadable_folder(kg: Kg, folder: Path) -> None:
    locked = folder / "locked"
    locked.mkdir()
    locked.chmod(0)
    try:
        list(locked.iterdir())
    except PermissionError:
        result = kg("build", "locked")
        assert_one_line(result.stderr, "cannot read locked: Permission denied")
        assert result.returncode == 2
    else:
        pytest.skip(reason="this user may read any folder")
    finally:
        locked.chmod(0o755)


@pytest.mark.parametrize(
    "arguments", [["build", "records.jsonl"], ["build", "records.jsonl", "--plot", "kept/a.svg"], ["extract", "a.txt"]]
)
def test_a_folder_that_takes_no_files_is_noticed_before_any_work(kg: Kg, folder: Path, arguments: list[str]) -> None:
    kept = folder / "kept"
    kept.mkdir()
    kept.chmod(0o555)
    if os.access(kept, os.W_OK):
        pytest.skip(reason="this user may write to any folder")
    result = kg(*arguments, "-o", "kept/graph.ttl")
    assert_one_line(result.stderr, "nothing can be written in the folder kept")
    assert (result.returncode, result.stdout) == (2, "")


def test_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    os.mkfifo(tmp_path / "pipe")
    check_folder(tmp_path / "pipe")
    for name in ("new.ttl", "new.oxigraph", "none/new.ttl"):
        with pytest.raises(click.BadParameter, match=r"nothing can be written|does not exist"):
            check_folder(tmp_path / name)


def test_many_failures_are_counted(kg: Kg, folder: Path) -> None:
    (folder / "many.jsonl").write_text("{\n" * 50, encoding="utf-8")
    result = kg("build", "many.jsonl")
    *shown, last = result.stderr.splitlines()
    assert len(shown) == 20
    assert last == "kg: 30 more documents could not be read"
    assert result.returncode == 2


QUERIES = [
    (["SELECT {"], "query"),
    (["SELECT ?a { ?a nosuch:prefix ?b }"], "nosuch"),
    (["--name", "no-such-query"], "no query is named 'no-such-query'"),
    (["--name", "timeline"], "query timeline needs a value for actor"),
    (["--name", "timeline", "--param", "who=Iceland"], "query timeline has no parameter 'who'"),
    (["--name", "timeline", "--param", "Iceland"], "--param takes KEY=VALUE, not 'Iceland'"),
    (["--file", "none.rq"], "cannot read none.rq: No such file"),
    (["ASK {}", "--name", "timeline"], "give one of SPARQL, --file and --name"),
    (["ASK {}", "--param", "actor=Iceland"], "--param goes with --name"),
    ([], "give one of SPARQL, --file and --name"),
    (["SELECT * { SERVICE <http://127.0.0.1/> { ?a ?b ?c } }"], "SERVICE"),
]


@pytest.mark.parametrize(("arguments", "message"), QUERIES)
def test_queries(kg: Kg, graph: Path, arguments: list[str], message: str) -> None:
    result = kg("query", graph.name, *arguments)
    assert_one_line(result.stderr, message)
    assert (result.returncode, result.stdout) == (2, "")


GRAPHS: list[tuple[str, Make, str]] = [
    ("none.ttl", _nothing, "none.ttl"),
    ("a.ttl", _bytes("a.ttl", b"This is no graph.\n"), "a.ttl, line 1"),
    ("a.nt", _bytes("a.nt", b"\xff\0\xfe"), "a.nt"),
    ("a.docx", _bytes("a.docx", b"PK"), "a.docx"),
    ("a.ttl", _folder("a.ttl"), "a.ttl"),
]


@pytest.mark.parametrize(("given", "make", "message"), GRAPHS)
def test_graphs(kg: Kg, folder: Path, given: str, make: Make, message: str) -> None:
    make(folder)
    before = files(folder)
    result = kg("query", given, "ASK {}")
    assert_one_line(result.stderr, message)
    assert (result.returncode, result.stdout) == (2, "")
    assert files(folder) == before


@pytest.mark.parametrize("arguments", [["validate"], ["plot", "-o", "out.svg"]])
def test_what_is_no_graph_is_neither_validated_nor_drawn(kg: Kg, folder: Path, arguments: list[str]) -> None:
    (folder / "a.ttl").write_text("This is no graph.", encoding="utf-8")
    before = files(folder)
    command, *rest = arguments
    result = kg(command, "a.ttl", *rest)
    message = "a.ttl, line 1"
    assert_one_line(result.stderr, message)
    assert (result.returncode, result.stdout) == (2, "")
    assert files(folder) == before


USAGE = [
    (["biuld"], "No such command 'biuld'"),
    (["build"], "Missing argument 'INPUT...'"),
    (["build", "records.jsonl", "--format", "word"], "Invalid value for '--format'"),
    (["build", "records.jsonl", "-o", "graph.docx"], "graph.docx: no graph format for the suffix '.docx'"),
    (["build", "records.jsonl", "-o", "none/graph.ttl"], "the folder none does not exist"),
    (["build", "records.jsonl", "-o", "."], ". is a folder"),
    (["build", "records.jsonl", "--plot", "graph.gif"], "a picture is a .png, .svg or .pdf file, not graph.gif"),
    (["build", "records.jsonl", "--base", "no iri"], "base 'no iri'"),
    (["build", "records.jsonl", "--published", "today"], "published must be a date such as 2015-11-26, found 'today'"),
    (["build", "records.jsonl", "--field", "text"], "a field is given as NAME=COLUMN"),
    (["build", "records.jsonl", "--input-limit", "bytes=5"], "no limit is named 'bytes'; there are document_bytes"),
    (["plot", "records.jsonl"], "Missing option '-o'"),
    (["evaluate", "none.jsonl"], "cannot read none.jsonl: No such file"),
    (["evaluate", "records.jsonl", "broken.jsonl"], "broken.jsonl:1: not JSON"),
    (["train", "none", "--config", "records.jsonl", "-o", "model"], "Directory 'none' does not exist"),
]


@pytest.mark.parametrize(("arguments", "message"), USAGE)
def test_usage(kg: Kg, folder: Path, arguments: list[str], message: str) -> None:
    (folder / "broken.jsonl").write_text("{", encoding="utf-8")
    before = files(folder)
    result = kg(*arguments)
    assert_one_line(result.stderr, message)
    assert (result.returncode, result.stdout) == (2, "")
    assert files(folder) == before


def test_an_actor_that_is_not_there(kg: Kg, graph: Path) -> None:
    result = kg("plot", graph.name, "-o", "out.svg", "--actor", "Atlantis")
    assert_one_line(result.stderr, "no actor is named 'Atlantis' in the graph")
    assert result.returncode == 2
    assert not (graph.parent / "out.svg").exists()


def assert_one_line(stderr: str, message: str) -> None:
    """Check that exactly one line complains, and says what."""
    (line,) = stderr.splitlines()
    assert line.startswith("kg: error: ")
    assert message in line
