"""Files are found in a fixed order, each once, and nothing outside the folder given."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from kg.ingest.items import DocumentFailure
from kg.ingest.registry import suffixes
from kg.ingest.source import Source, printable, sources

if TYPE_CHECKING:
    from pathlib import Path


def _names(*inputs: str | Path) -> list[str]:
    return [str(source.error) if isinstance(source, DocumentFailure) else source.name for source in sources(inputs)]


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with subfolders, and the working folder above it."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "news"
    for name in ("b.txt", "a/z.html", "a/y.TXT", "c/d/e.jsonl", ".hidden.txt", ".git/x.txt", "picture.png", "README"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    return folder


def test_a_folder_is_searched_in_order(news: Path) -> None:
    assert _names("news") == ["news/a/y.TXT", "news/a/z.html", "news/b.txt", "news/c/d/e.jsonl"]


def test_inputs_keep_their_order_and_are_read_once(news: Path) -> None:
    assert _names("news/b.txt", "news/a", "news/", "./news/b.txt", "-", "-") == [
        "news/b.txt",
        "news/a/y.TXT",
        "news/a/z.html",
        "news/c/d/e.jsonl",
        "stdin",
    ]


def test_links_in_a_folder_are_not_followed(news: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (news / "file.txt").symlink_to(tmp_path / "secret.txt")
    (news / "up").symlink_to(tmp_path, target_is_directory=True)
    (news / "loop").symlink_to(news, target_is_directory=True)
    assert _names("news") == ["news/a/y.TXT", "news/a/z.html", "news/b.txt", "news/c/d/e.jsonl"]


def test_a_link_that_is_named_is_followed(news: Path, tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(news / "b.txt")
    (tmp_path / "link").symlink_to(news / "a", target_is_directory=True)
    assert _names("link.txt", "link") == ["link.txt", "link/y.TXT", "link/z.html"]


def test_pipes_in_a_folder_are_left_out(news: Path) -> None:
    os.mkfifo(news / "a" / "pipe.txt")
    assert _names("news/a") == ["news/a/y.TXT", "news/a/z.html"]


def test_what_cannot_be_found(news: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    known = ", ".join(suffixes())
    assert _names("none.txt", "news/picture.png", "empty", "news/b.txt/c.txt", "a\0b", "news/b.txt") == [
        "cannot read none.txt: no such file or folder",
        f"cannot read news/picture.png: kg reads {known}, not .png",
        f"cannot read empty: no documents in this folder (kg reads {known})",
        "cannot read news/b.txt/c.txt: Not a directory",
        "cannot read a\0b: embedded null byte",
        "news/b.txt",
    ]


def test_a_file_without_suffix_is_read_when_named(news: Path) -> None:
    assert _names("news/README") == ["news/README"]


def test_an_unreadable_folder_is_reported(news: Path) -> None:
    (news / "a").chmod(0)
    try:
        if os.access(news / "a", os.R_OK):
            pytest.skip(reason="this user may read any folder")
        assert _names("news")[0] == "cannot read news/a: Permission denied"
    finally:
        (news / "a").chmod(0o755)


IDS = [
    ("news", ["a/z", "a/z.html", "news/a/z", "news/a/z.html"]),
    ("news/a", ["z", "z.html", "news/a/z", "news/a/z.html"]),
    ("news/a/z.html", ["z", "z.html", "news/a/z", "news/a/z.html"]),
]


@pytest.mark.parametrize(("given", "ids"), IDS)
def test_ids_come_from_the_name(news: Path, given: str, ids: list[str]) -> None:
    found = [source for source in sources([given]) if isinstance(source, Source) and source.name == "news/a/z.html"]
    assert [list(source.ids) for source in found] == [ids]


def test_file_names_that_are_not_utf8_can_be_printed(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (tmp_path / name).write_text("text")
    except OSError:
        pytest.skip(reason="this file system takes only names in UTF-8")
    assert _names(tmp_path) == [printable(tmp_path) + r"/caf\xe9.txt"]


def test_addresses_of_the_web_are_sources(news: Path) -> None:
    given = ["http://news.example/a.html", "HTTPS://news.example/", "http://news.example/a.html", "news/b.txt"]
    found = [source for source in sources(given) if isinstance(source, Source)]
    assert [source.url for source in found] == [*given[:2], None]
    assert found[0].ids == ("http://news.example/a.html",)
