"""From a stream of bytes to its documents, whatever its format; archives come back here with each member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import DocumentError, InputError, KgError
from kg.ingest.items import DocumentFailure
from kg.ingest.registry import reader_of

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from kg.ingest.items import AnyItem
    from kg.ingest.origin import Origin
    from kg.ingest.plugin import Reader

_SNIFFED: Final = 2048


def format_of(file: io.BufferedReader, origin: Origin) -> Reader:
    """Return the reader of a stream, of which nothing is taken."""
    return reader_of(origin.file_name, file.peek(_SNIFFED)[:_SNIFFED], origin.media_type)


def read_stream(file: io.BufferedReader, origin: Origin) -> Iterator[AnyItem]:
    """Read the documents of a stream, one by one.

    A reader hands hostile bytes to libraries, and these raise whatever they raise: that, too, is a failure of the
    file and never one of the run.
    """
    format_name = "file"
    try:
        reader = format_of(file, origin)
        format_name = reader.name
        yield from reader.read(file, origin)
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


def broken(name: str, format_name: str, error: Exception) -> DocumentError:
    """Return the error for a file in which a library for its format stumbled."""
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:200].rstrip(": ")
    return DocumentError(f"cannot read {name}: broken {format_name} ({reason})")
