"""Answers for spreadsheets: nothing in them is a formula."""

from __future__ import annotations

import csv
import io
import json

import pytest

from kg.explore.sheet import sheet

INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


def answer(*terms: dict[str, str]) -> str:
    return json.dumps({"head": {"vars": ["a"]}, "results": {"bindings": [{"a": term} for term in terms] + [{}]}})


@pytest.mark.parametrize(
    ("term", "cell"),
    [
        ({"type": "literal", "value": "=1+1"}, "'=1+1"),
        ({"type": "literal", "value": "-1"}, "'-1"),
        ({"type": "literal", "value": "@SUM(A1)", "xml:lang": "en"}, "'@SUM(A1)"),
        ({"type": "literal", "value": "-1", "datatype": INTEGER}, "-1"),
        ({"type": "literal", "value": "=1+1", "datatype": INTEGER}, "'=1+1"),
        ({"type": "literal", "value": 'A "B", C'}, 'A "B", C'),
        ({"type": "uri", "value": "=x"}, "'=x"),
        ({"type": "uri", "value": "https://example.org/a"}, "https://example.org/a"),
        ({"type": "bnode", "value": "b0"}, "_:b0"),
    ],
)
def test_texts_are_no_formulas_and_numbers_are_numbers(term: dict[str, str], cell: str) -> None:
    assert list(csv.reader(io.StringIO(sheet(answer(term))))) == [["a"], [cell], [""]]


def test_yes_and_no() -> None:
    assert sheet('{"head": {}, "boolean": true}') == "true\n"
