"""Answers as XML are read back as they were, whatever they hold."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from kg.explore.results_xml import results_xml

SPACE = "{http://www.w3.org/2005/sparql-results#}"


def test_rows_are_read_back() -> None:
    hostile = "]]><script>alert(1)</script>&amp;\r\n\t\"'\x00\ud800"
    row = {
        "a": {"type": "uri", "value": "https://example.org/?a=1&b=<2>"},
        "b": {"type": "literal", "value": hostile, "xml:lang": "en"},
        "c": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
        "d": {"type": "bnode", "value": "b0"},
    }
    root = ElementTree.fromstring(
        results_xml(json.dumps({"head": {"vars": ["a", "b", "c", "d"]}, "results": {"bindings": [row, {}]}}))
    )
    assert [one.get("name") for one in root.iter(f"{SPACE}variable")] == ["a", "b", "c", "d"]
    first, second = root.iter(f"{SPACE}result")
    assert len(second) == 0
    terms = [binding[0] for binding in first]
    assert [term.tag.removeprefix(SPACE) for term in terms] == ["uri", "literal", "literal", "bnode"]
    assert terms[0].text == row["a"]["value"]
    assert terms[1].text == hostile.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
    assert terms[1].get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert terms[2].get("datatype") == row["c"]["datatype"]
