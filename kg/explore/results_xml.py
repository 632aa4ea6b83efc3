"""Answers to queries as XML, after the W3C's SPARQL Query Results XML Format, made from those in JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

from kg.graph.legible import legible

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMESPACE: Final = "http://www.w3.org/2005/sparql-results#"


def results_xml(text: str) -> str:
    """Return the answer that ``text`` holds as JSON as XML; what XML has no place for becomes U+FFFD.

    >>> results_xml('{"head": {}, "boolean": true}').splitlines()[-1]
    '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>true</boolean></sparql>'
    """
    content: dict[str, Any] = json.loads(text)
    if "boolean" in content:
        body = f"<head/><boolean>{'true' if content['boolean'] else 'false'}</boolean>"
    else:
        variables = "".join(f"<variable name={_quoted(name)}/>" for name in content["head"]["vars"])
        results = "".join(f"<result>{_bindings(row)}</result>" for row in content["results"]["bindings"])
        body = f"<head>{variables}</head><results>{results}</results>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="{_NAMESPACE}">{body}</sparql>\n'


def _bindings(row: Mapping[str, Mapping[str, str]]) -> str:
    return "".join(f"<binding name={_quoted(name)}>{_term(term)}</binding>" for name, term in row.items())


def _term(term: Mapping[str, str]) -> str:
    value = escape(legible(term["value"]), {"\r": "&#13;"})
    if term["type"] in ("uri", "bnode"):
        return f"<{term['type']}>{value}</{term['type']}>"
    kinds = (("xml:lang", term.get("xml:lang")), ("datatype", term.get("datatype")))
    attributes = "".join(f" {name}={_quoted(text)}" for name, text in kinds if text)
    return f"<literal{attributes}>{value}</literal>"


def _quoted(text: str) -> str:
    return quoteattr(legible(text))
