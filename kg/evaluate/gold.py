"""Reading gold files that are JSON, one object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import DocumentError, RecordError
from kg.jsonl import Fields, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read_fields(path: Path) -> Iterator[Fields]:
    """Yield the object of each line that is not blank.

    Raises:
        DocumentError: If the file cannot be read.
        RecordError: At the first line that is no JSON object, naming file and line.
    """
    try:
        with path.open("rb") as file:
            for number, value in read_lines(file, str(path)):
                if isinstance(value, RecordError):
                    raise value
                yield Fields(value, f"{path}:{number}")
    except OSError as error:
        raise DocumentError(f"cannot read {path}: {error.strerror or error}") from error
