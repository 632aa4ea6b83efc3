"""Plain text and Markdown: the document's text is the file's own, unchanged."""

from __future__ import annotations

from typing import Final

from kg.ingest.decode import decode_any
from kg.ingest.plugin import Reader, whole
from kg.records import Document


def read_text(data: bytes, name: str) -> Document:
    """Read a plain text file.

    Raises:
        DocumentError: If the bytes are empty or binary, or their encoding cannot be told.
    """
    return Document(id=name, text=decode_any(data, name), source=name)


READER: Final = Reader(
    "text",
    (".txt", ".text", ".md", ".markdown"),
    whole(lambda data, origin: read_text(data, origin.name)),
    media_types=("text/plain", "text/markdown"),
)
