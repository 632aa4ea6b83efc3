"""From a stream of bytes to its documents, whatever its format; archives come back here with each member."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, Final

from kg.errors import DocumentError, InputError, KgError
from kg.ingest.items import DocumentFailure
from kg.ingest.registry import reader_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.items import AnyItem
    from kg.ingest.origin import Origin

_SNIFFED: Final = 2048


def read_stream(file: IO[bytes], origin: Origin) -> Iterator[AnyItem]:
    """Read the documents of a stream, one by one.

    A reader hands hostile bytes to libraries, and these raise whatever they raise: that, too, is a failure of the
    file and never one of the run.
    """
    format_name = "file"
    try:
        buffered = file if isinstance(file, io.BufferedReader) else io.BufferedReader(_raw(file))
        reader = reader_of(origin.file_name, buffered.peek(_SNIFFED)[:_SNIFFED], origin.media_type)
        format_name = reader.name
        yield from reader.read(buffered, origin)
    except InputError as error:
        yield DocumentFailure(origin.name, error)
    except KgError as error:
        yield DocumentFailure(origin.name, DocumentError(f"cannot read {origin.name}: {error}"))
    except OSError as error:
        reason = " ".join((error.strerror or str(error) or type(error).__name__).split())[:200]
        yield DocumentFailure(origin.name, DocumentError(f"cannot read {origin.name}: {reason}"))
    except MemoryError:
        yield DocumentFailure(origin.name, DocumentError(f"cannot read {origin.name}: it needs too much memory"))
    except Exception as error:
        yield DocumentFailure(origin.name, broken(origin.name, format_name, error))


def broken(name: str, format_name: str, error: BaseException) -> DocumentError:
    """Return the error for a file in which a library for its format stumbled."""
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:200].rstrip(": ")
    return DocumentError(f"cannot read {name}: broken {format_name} ({reason})")


class _Raw(io.RawIOBase):
    """Makes a raw file of any that has ``read``."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _raw(file: IO[bytes]) -> io.RawIOBase:
    return file if isinstance(file, io.RawIOBase) else _Raw(file)
