"""Settings are checked when they are made, and can be spelt on a command line."""

from __future__ import annotations

import pytest

from kg.errors import ConfigError
from kg.ingest import InputSettings, Limits
from kg.ingest.settings import parse_fields


def test_limits_are_spelt() -> None:
    limits = Limits.parse(["document_bytes=2MB", "seconds=0.5", "pages=7"])
    assert (limits.document_bytes, limits.seconds, limits.pages) == (2_000_000, 0.5, 7)
    assert Limits.parse([]) == Limits()


WRONG_LIMITS = [
    ("bytes=5", "no limit is named 'bytes'; there are document_bytes, text_characters"),
    ("pages", "the limit pages takes a number such as 500, 20k or 50MB, not ''"),
    ("pages=-1", "the limit pages takes a number such as 500, 20k or 50MB, not '-1'"),
    ("pages=0", "the limit pages must be above 0"),
]


@pytest.mark.parametrize(("setting", "message"), WRONG_LIMITS)
def test_wrong_limits(setting: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Limits.parse([setting])


def test_fields() -> None:
    assert InputSettings(fields=parse_fields(["text=a=b", "id=no"])).fields == {"text": "a=b", "id": "no"}
    with pytest.raises(ConfigError, match="a field is given as NAME=COLUMN, such as text=body, not 'text'"):
        parse_fields(["text"])
    with pytest.raises(ConfigError, match="a document has no field 'body'; it has id, text"):
        InputSettings(fields={"body": "text"})
    with pytest.raises(ConfigError, match="the field text needs the name of a column"):
        InputSettings(fields={"text": ""})
