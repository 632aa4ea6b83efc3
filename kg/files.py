"""Writing files whole or not at all: no reader ever sees half a graph."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final, Literal, TextIO, overload

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# By these a system says that it cannot hold what is written; whoever writes has done nothing wrong.
NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


@overload
@contextmanager
def write_whole(path: str | os.PathLike[str], mode: Literal["w"] = "w") -> Iterator[TextIO]: ...
@overload
@contextmanager
def write_whole(path: str | os.PathLike[str], mode: Literal["wb"]) -> Iterator[BinaryIO]: ...
@contextmanager
def write_whole(path: str | os.PathLike[str], mode: Literal["w", "wb"] = "w") -> Iterator[IO[Any]]:
    """Open a file to be written completely or left as it was.

    What is written goes to a hidden file in the same folder, which takes the place of ``path`` when the block
    ends well and is removed when it does not. Text is UTF-8 with line feeds. An existing file keeps its
    permissions, and a link still points where it pointed. Pipes and devices are written directly.

    Args:
        path: The file to write. Its folder must exist.
        mode: ``"w"`` for text, ``"wb"`` for bytes.

    Raises:
        InputError: If the folder is missing or the file cannot be written, as when the disk is full.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with write_whole(Path(folder) / "a.txt") as file:
    ...         _ = file.write("whole")
    ...     (Path(folder) / "a.txt").read_text()
    'whole'
    """
    shown = os.fspath(path)
    target = Path(os.path.realpath(path))
    try:
        permissions = _permissions(target)
        if permissions is None:
            with _full_as_input_error(shown), _open(target, mode) as file:
                yield file
            return
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".part")
    except OSError as error:
        raise _unwritable(shown, error) from error
    part = Path(name)
    try:
        with _full_as_input_error(shown), _open(descriptor, mode) as file:
            yield file
            with as_input_error(shown):
                file.flush()
                os.fsync(descriptor)
        with as_input_error(shown):
            part.chmod(permissions)
            part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    _sync_folder(target.parent)


@contextmanager
def as_input_error(path: str | os.PathLike[str]) -> Iterator[None]:
    """Turn what the system says against writing ``path`` in the block into an error that names it.

    Raises:
        InputError: If an OSError ends the block.
    """
    try:
        yield
    except OSError as error:
        raise _unwritable(os.fspath(path), error) from error


@contextmanager
def write_folder_whole(path: str | os.PathLike[str], is_ours: Callable[[Path], bool] | None = None) -> Iterator[Path]:
    """Give an empty folder to fill, which becomes ``path`` when the block ends well, and is removed when it does not.

    A folder that is there already is replaced where ``is_ours`` says so of it, which is asked before anything is
    written; without it where it holds no files but those that are written anew.

    Raises:
        InputError: If the folder that ``path`` lies in is missing, ``path`` is a file or a folder with other files,
            or the folder cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as parent:
    ...     with write_folder_whole(Path(parent) / "tables") as folder:
    ...         _ = (folder / "a.csv").write_text("a")
    ...     [file.name for file in (Path(parent) / "tables").iterdir()]
    ['a.csv']
    """
    shown = os.fspath(path)
    target = Path(os.path.realpath(path))
    if is_ours is not None and target.exists() and not is_ours(target):
        raise InputError(f"cannot write {shown}: something else is there; give a new or empty folder")
    with as_input_error(shown):
        part = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".part"))
    try:
        with _full_as_input_error(shown):
            yield part
        with as_input_error(shown):
            if is_ours is None:
                _check_replaceable(target, {file.name for file in part.iterdir()}, shown)
            _take_place(part, target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    _sync_folder(target.parent)


def _check_replaceable(target: Path, written: set[str], shown: str) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise InputError(f"cannot write {shown}: it is a file, and a folder is needed")
    others = sorted(file.name for file in target.iterdir() if file.name not in written or file.is_dir())
    if others:
        raise InputError(f"cannot write {shown}: the folder holds {others[0]}; give a new or empty folder")


def _take_place(part: Path, target: Path) -> None:
    """Put a filled folder where another may be, which comes back if that fails."""
    if not target.exists():
        part.chmod(0o777 & ~_umask())
        part.rename(target)
        return
    part.chmod(stat.S_IMODE(target.stat().st_mode))
    aside = part.with_suffix(".old")
    target.rename(aside)
    try:
        part.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _permissions(target: Path) -> int | None:
    """Return the permission bits for the new file, or None where ``target`` is a pipe or device."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return 0o666 & ~_umask()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(None, "it is a folder")
    return stat.S_IMODE(status.st_mode) if stat.S_ISREG(status.st_mode) else None


def _umask() -> int:
    """Return the permission bits that new files and folders do not get, which can only be read by setting them."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _open(file: Path | int, mode: Literal["w", "wb"]) -> IO[Any]:
    if mode == "wb":
        return open(file, "wb")  # noqa: PTH123 (may be a descriptor)
    return open(file, "w", encoding="utf-8", newline="\n")  # noqa: PTH123


@contextmanager
def _full_as_input_error(shown: str) -> Iterator[None]:
    """Tell errors of a full disk in the block, which may do anything else as well, from those that are its own."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_SPACE:
            raise _unwritable(shown, error) from error
        raise


def _unwritable(shown: str, error: OSError) -> InputError:
    reason = "its folder does not exist" if isinstance(error, FileNotFoundError) else error.strerror or str(error)
    return InputError(f"cannot write {shown}: {reason}")


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; not every file system can, and the file itself is already safe."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
