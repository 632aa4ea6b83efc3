"""What a server says of the bytes that it sends is taken apart, however it is spelt."""

from __future__ import annotations

import pytest

from kg.ingest.media import MediaType

CASES = [
    (None, ("", "")),
    (" ", ("", "")),
    ("text/html", ("text/html", "")),
    ('Text/HTML;\r\n charset="ISO-8859-1"', ("text/html", "ISO-8859-1")),
    ("nonsense", ("text/plain", "")),
]


@pytest.mark.parametrize(("header", "expected"), CASES)
def test_media_types(header: str | None, expected: tuple[str, str]) -> None:
    assert MediaType.parse(header) == expected
