"""RDF terms in the syntax that N-Triples, Turtle and their kin share. A term that it cannot hold is refused."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, XSD

from kg.errors import GraphError
from kg.identifiers import is_iri

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

_LANGUAGE: Final = re.compile("[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# Line breaks of any script are escaped as well, lest a reader that splits lines takes a literal apart.
_ESCAPED: Final = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
# Blanks beyond ASCII may stand in an IRI, but not every reader knows.
_BLANK: Final = re.compile(r"\s")
_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_PLAIN: Final = frozenset({XSD.string, RDF.langString})
_CODE: Final = re.compile(r"\\u([0-9A-F]{4})")


def iri(value: str) -> str:
    """Return an IRI in angle brackets.

    Raises:
        GraphError: If it is not absolute, or holds what no IRI can.
    """
    if not is_iri(value):
        try:
            NamedNode(value)
        except (ValueError, UnicodeEncodeError) as error:
            raise GraphError(f"{value!r} is no absolute IRI") from error
    return f"<{_BLANK.sub(_escape, value)}>"


def quoted(value: str) -> str:
    """Return a string in quotes, on one line.

    Raises:
        GraphError: If it holds a lone surrogate, which is no character.
    """
    if value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    if _SURROGATE.search(value):
        raise GraphError(f"{value!r} holds a lone surrogate, which no RDF syntax can write")
    return f'"{_ESCAPED.sub(_escape, value)}"'


def literal(value: Literal) -> str:
    """Return a literal with its language or datatype.

    Raises:
        GraphError: If its text, language or datatype cannot be written.
    """
    if value.language is not None:
        if not _LANGUAGE.fullmatch(value.language):
            raise GraphError(f"{value.language!r} is no language tag")
        return f"{quoted(value)}@{value.language}"
    if value.datatype is None or value.datatype in _PLAIN:
        return quoted(value)
    return f"{quoted(value)}^^{iri(value.datatype)}"


def term(value: Node, blanks: Mapping[Node, str]) -> str:
    """Return any term; ``blanks`` gives the labels of blank nodes.

    Raises:
        GraphError: If it cannot be written.
    """
    if isinstance(value, Literal):
        return literal(value)
    if isinstance(value, BNode):
        return f"_:{blanks[value]}"
    if isinstance(value, URIRef):
        return iri(value)
    raise GraphError(f"{value!r} is no term of an RDF graph")


def node(text: str) -> Node:
    """Return the term that :func:`term` wrote as ``text``; a blank node has its label for an id."""
    if text[0] == "<":
        return URIRef(iri_of(text))
    if text[0] == "_":
        return BNode(text[2:])
    words, language, datatype = literal_of(text)
    if language is not None:
        return Literal(words, lang=language)
    return Literal(words) if datatype is None else Literal(words, datatype=URIRef(iri_of(datatype)), normalize=False)


def iri_of(text: str) -> str:
    """Return the IRI that :func:`iri` wrote as ``text``."""
    return _CODE.sub(lambda code: chr(int(code[1], 16)), text[1:-1]) if "\\" in text else text[1:-1]


def literal_of(text: str) -> tuple[str, str | None, str | None]:
    """Return the words, the language and the datatype, in angle brackets, of what :func:`literal` wrote as ``text``."""
    cut = text.rindex('"') + 1
    quote, rest = text[:cut], text[cut:]
    words = json.loads(quote) if "\\" in quote else quote[1:-1]  # JSON knows all escapes that are written here
    return words, rest[1:] if rest[:1] == "@" else None, rest[2:] if rest[:2] == "^^" else None


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _SHORT.get(character, f"\\u{ord(character):04X}")
