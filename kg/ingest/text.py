"""Plain text and Markdown: the document's text is the file's own, unchanged."""

from __future__ import annotations

from kg.ingest.decode import decode
from kg.records import Document


def read_text(data: bytes, name: str) -> Document:
    """Read a plain text file.

    Raises:
        DocumentError: If the bytes are empty, binary or not UTF-8.
    """
    return Document(id=name, text=decode(data, name), source=name)
