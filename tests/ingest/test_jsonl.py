"""JSON lines give documents in order; a broken line is named and the rest is read."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from kg.errors import DocumentError
from kg.ingest import InputSettings
from kg.ingest.budget import Budget
from kg.ingest.ids import Ids
from kg.ingest.items import DocumentFailure
from kg.ingest.jsonl import read_jsonl
from kg.ingest.origin import Origin
from kg.jsonl import dumps
from kg.records import Document, DocumentRecord


def _read(*lines: Any) -> list[Any]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    settings = InputSettings()
    origin = Origin("a.jsonl", ("a",), settings, Ids(), Budget("a.jsonl", settings.limits.expansion))
    return list(read_jsonl(io.BytesIO(text.encode()), origin))


def test_documents_in_order_with_what_is_known() -> None:
    full = {
        "id": "b",
        "text": "Talks.\r\n",
        "title": "T",
        "published": "2020-02-03",
        "url": "https://a.example/",
        "more": 1,
    }
    assert _read(full, {"id": "a", "text": "End."}) == [
        Document("b", "Talks.\r\n", "a.jsonl", "T", "2020-02-03", None, "https://a.example/"),
        Document("a", "End.", "a.jsonl"),
    ]


def test_records_are_recognised(record: DocumentRecord) -> None:
    assert _read(dumps(record), {"id": "a", "text": "End."}) == [record, Document("a", "End.", "a.jsonl")]


REFUSED = [
    ("{", "a.jsonl:17: not JSON: "),
    ("[]", "a.jsonl:17: expected an object, found a list"),
    ({"id": 5, "text": "t"}, "a.jsonl:17: id must be a string, found 5"),
    ({"id": "", "text": "t"}, "a.jsonl:17: id must not be empty"),
    ({"id": "x", "text": " \n"}, "a.jsonl:17: text must not be empty"),
    ({"id": "x"}, "a.jsonl:17: text must be a string, found nothing"),
    ({"id": "x", "text": "a\0b"}, "a.jsonl:17: text holds a NUL character"),
    ({"id": "x", "text": "t", "published": "Thursday"}, "a.jsonl:17: published must be a date such as 2015-11-26"),
    ({"id": "x", "text": "t", "title": 1}, "a.jsonl:17: title must be a string, found 1"),
    ({"id": "3", "text": "t"}, "a.jsonl:17: the id '3' is taken by a.jsonl:4"),
    ({"id": "x", "text": "t", "actors": [], "events": []}, "a.jsonl:17: sentences must be a list, found nothing"),
]


@pytest.mark.parametrize(("line", "message"), REFUSED)
def test_a_broken_line_17(line: Any, message: str) -> None:
    others = [{"id": str(number), "text": "t"} for number in range(19)]
    items = _read(*others[:16], line, *others[16:])
    failure = items.pop(16)
    assert isinstance(failure, DocumentFailure)
    assert failure.source == "a.jsonl:17"
    assert str(failure.error).startswith(message)
    assert [item.id for item in items] == [str(number) for number in range(19)]


def test_a_document_without_id_is_called_after_its_line() -> None:
    assert [item.id for item in _read({"text": "t"}, {"id": "b", "text": "t"}, {"text": "t"})] == ["a-1", "b", "a-3"]


def test_a_file_without_lines() -> None:
    with pytest.raises(DocumentError, match=r"cannot read a.jsonl: it is empty"):
        _read("", "  ")
