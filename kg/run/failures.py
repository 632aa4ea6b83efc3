"""The documents of a run that could not be read, and why: one JSON object a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.errors import DocumentError, InputError
from kg.files import as_input_error, write_whole
from kg.ingest import DocumentFailure
from kg.run.reading import document_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.ingest.items import Item


class FailureList:
    """``failures.jsonl``: written line by line while documents are read, and whole, in their order, at the end.

    What the model could not read is remembered by the digest of the document, so that it is not tried again;
    what could not even be opened has none, and is tried in each run.

    Args:
        path: The file; it need not exist.
        forget: Whether to try again what failed before.

    Raises:
        InputError: If the file cannot be read or written.
    """

    def __init__(self, path: Path, *, forget: bool = False) -> None:
        self._path = path
        self._found: list[str] = []
        self._known = {} if forget else {line["digest"]: line for line in _lines(path) if line.get("digest")}
        self._write(_dumps(line) for line in self._known.values())

    def known(self, digest: str) -> DocumentFailure | None:
        """Return how the document with this digest failed before; None where it did not."""
        line = self._known.get(digest)
        return None if line is None else DocumentFailure(line["source"], DocumentError(line["reason"]))

    def add(self, failure: DocumentFailure, item: Item, digest: str = "") -> None:
        """Note a failure, and the document of which it is, where there was one to read.

        Raises:
            InputError: If the file cannot be written.
        """
        line: dict[str, Any] = {"source": failure.source, "reason": str(failure.error)}
        if not isinstance(item, DocumentFailure):
            line |= {"id": document_of(item).id, "digest": digest}
        self._found.append(_dumps(line))
        if digest not in self._known:
            with as_input_error(self._path), self._path.open("ab") as file:
                file.write(self._found[-1].encode("utf-8", "backslashreplace"))

    def finish(self) -> None:
        """Write the failures of this run whole, in the order of the inputs; leave no file where there are none.

        Raises:
            InputError: If the file cannot be written.
        """
        self._write(iter(self._found))

    def _write(self, lines: Iterator[str]) -> None:
        text = "".join(lines)
        if text:
            with write_whole(self._path, "wb") as file:
                file.write(text.encode("utf-8", "backslashreplace"))
        else:
            with as_input_error(self._path):
                self._path.unlink(missing_ok=True)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Read what is there; a last line that was cut off does not count, nor does any other that is none of ours."""
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {path}: {error}; delete it, and what failed is tried again") from error
    for line in text.split("\n"):
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict) and {"source", "reason"} <= found.keys():
            yield found


def _dumps(line: dict[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False) + "\n"
