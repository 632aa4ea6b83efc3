"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import InputError
from kg.files import write_folder_whole, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _break_off(path: Path, error: BaseException) -> None:
    with write_whole(path) as file:
        file.write("half")
        file.flush()
        raise error


def test_writes_text_as_utf8_with_line_feeds(tmp_path: Path) -> None:
    with write_whole(tmp_path / "a.txt") as file:
        file.write("Jónsdóttir\nпереговоры\r\n")
    assert (tmp_path / "a.txt").read_bytes() == "Jónsdóttir\nпереговоры\r\n".encode()


def test_writes_bytes(tmp_path: Path) -> None:
    with write_whole(tmp_path / "a.png", "wb") as file:
        file.write(b"\x89PNG\r\n")
    assert (tmp_path / "a.png").read_bytes() == b"\x89PNG\r\n"


def test_leaves_the_old_file_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError):
        _break_off(path, ZeroDivisionError())
    assert path.read_text() == "old"
    assert _names(tmp_path) == ["a.txt"]


def test_leaves_nothing_when_interrupted(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        _break_off(tmp_path / "a.txt", KeyboardInterrupt())
    assert _names(tmp_path) == []


def test_is_not_there_before_the_end(tmp_path: Path) -> None:
    with write_whole(tmp_path / "a.txt") as file:
        file.write("half")
        assert not (tmp_path / "a.txt").exists()
    assert (tmp_path / "a.txt").exists()


def test_keeps_the_permissions_of_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.touch()
    path.chmod(0o640)
    with write_whole(path) as file:
        file.write("new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    with write_whole(tmp_path / "a.txt") as file:
        file.write("new")
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_writes_through_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("old")
    link.symlink_to(target)
    with write_whole(link) as file:
        file.write("new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_writes_into_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    with write_whole(pipe) as file:
        file.write("through")
    reader.join(timeout=10)
    assert read == ["through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_stays_a_device() -> None:
    with write_whole(os.devnull) as file:
        file.write("gone")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


CASES = [
    ("missing/a.txt", "its folder does not exist"),
    ("folder", "it is a folder"),
    ("file/a.txt", "Not a directory"),
    ("x" * 300, "File name too long"),
]


@pytest.mark.parametrize(("name", "reason"), CASES)
def test_says_why_it_cannot_write(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=reason) as caught, write_whole(tmp_path / name):
        pass
    assert str(tmp_path / name) in str(caught.value)


def test_long_names_can_be_written(tmp_path: Path) -> None:
    name = "x" * 251 + ".ttl"
    with write_whole(tmp_path / name) as file:
        file.write("x")
    assert _names(tmp_path) == [name]


def test_a_full_disk_is_reported() -> None:
    if not Path("/dev/full").exists():
        pytest.skip(reason="needs /dev/full")
    with (
        pytest.raises(InputError, match="cannot write /dev/full: No space left on device"),
        write_whole("/dev/full") as file,
    ):
        file.write("x" * 100_000)


def _fill(path: Path, *names: str) -> None:
    with write_folder_whole(path) as folder:
        for name in names:
            (folder / name).write_text(name)


def test_a_folder_appears_when_it_is_full(tmp_path: Path) -> None:
    with write_folder_whole(tmp_path / "tables") as folder:
        (folder / "a").write_text("a")
        assert not (tmp_path / "tables").exists()
    assert _names(tmp_path) == ["tables"]
    assert _names(tmp_path / "tables") == ["a"]
    (tmp_path / "other").mkdir()
    assert (tmp_path / "tables").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError()])
def test_a_folder_left_half_full_is_gone(tmp_path: Path, error: BaseException) -> None:
    _fill(tmp_path / "tables", "a")

    def break_off() -> None:
        with write_folder_whole(tmp_path / "tables") as folder:
            (folder / "a").write_text("half")
            raise error

    with pytest.raises(type(error)):
        break_off()
    assert _names(tmp_path) == ["tables"]
    assert (tmp_path / "tables" / "a").read_text() == "a"


def test_a_folder_takes_the_place_of_an_older_one(tmp_path: Path) -> None:
    _fill(tmp_path / "tables", "a", "b")
    (tmp_path / "tables").chmod(0o750)
    _fill(tmp_path / "tables", "a", "b", "c")
    assert _names(tmp_path) == ["tables"]
    assert _names(tmp_path / "tables") == ["a", "b", "c"]
    assert stat.S_IMODE((tmp_path / "tables").stat().st_mode) == 0o750


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    _fill(tmp_path / "tables", "a", "b")
    with pytest.raises(InputError, match="the folder holds b; give a new or empty folder"):
        _fill(tmp_path / "tables", "a")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError, match="it is a file, and a folder is needed"):
        _fill(tmp_path / "file", "a")
    with pytest.raises(InputError, match="its folder does not exist"):
        _fill(tmp_path / "missing" / "tables", "a")
    assert _names(tmp_path) == ["file", "tables"]
    assert _names(tmp_path / "tables") == ["a", "b"]


@pytest.mark.parametrize("write", [write_whole, write_folder_whole])
def test_a_disk_that_is_full_meanwhile_leaves_nothing(write: Callable[..., Any], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot write .*: No space left on device"), write(tmp_path / "a"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with pytest.raises(FileNotFoundError), write(tmp_path / "a"):
        raise FileNotFoundError("none of the writer's business")
    assert not list(tmp_path.iterdir())
