"""Plain text is the file's own text."""

from __future__ import annotations

from kg.ingest.text import read_text
from kg.records import Document


def test_keeps_every_character() -> None:
    data = "Talks\r\nin Genève\rend.\u2028\n\n".encode()
    assert read_text(data, "a.txt") == Document("a.txt", "Talks\r\nin Genève\rend.\u2028\n\n", "a.txt")
