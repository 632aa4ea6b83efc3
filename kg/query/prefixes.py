"""Prefixed names of a parsed query to IRIs.

rdflib would do it, but knows one prefix for an IRI and forgets the others, declared or given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeGuard
from urllib.parse import urljoin

from rdflib import URIRef
from rdflib.plugins.sparql import parser
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue

from kg import ontology
from kg.errors import QueryError
from kg.query.syntax import place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyparsing import ParseResults
    from rdflib import Graph

# Prefixed names, after all within which what looks like one is none: comments, IRIs, strings, variables and words.
_NAMES: Final = re.compile(
    r"""\#[^\r\n]* | <[^<>"{}|^`\\\x00-\x20]*> | [?$@]\w+
    | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*+\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*+'{3}
    | "(?:[^"\\\r\n]|\\.)*+" | '(?:[^'\\\r\n]|\\.)*+'
    | (?P<prefix>(?:[^\W\d_][\w.\-]*+)?):[\w.:%\\-]*+ | \w+""",
    re.VERBOSE | re.DOTALL,
)


def prefixes_of(graph: Graph) -> dict[str, str]:
    """Return the prefixes that need no declaration: the graph's, and ours, which win; sorted."""
    bound = {prefix: str(iri) for prefix, iri in graph.namespaces()}
    return dict(sorted({**bound, **ontology.prefixes()}.items()))


def expand(parsed: ParseResults, given: Mapping[str, str], text: str) -> None:
    """Put an IRI in place of every prefixed name, by the query's prefixes or those ``given``.

    Raises:
        QueryError: a prefix is neither; it says where it stands in ``text``, the query that was parsed.

    """
    known = {**given, **declared(parsed)}

    def to_iri(node: object) -> URIRef | None:
        if not is_prefixed(node):
            return None
        found = iri_of(node, known)
        if found is None:
            prefix = node.prefix or ""
            where = _place(prefix, text)
            raise QueryError(
                f"unknown prefix {prefix}: in the query{where}; declare it, or use one of: {', '.join(given)}"
            )
        return found

    parsed[1] = traverse(parsed[1], visitPost=to_iri)


def _place(prefix: str, text: str) -> str:
    """Return in words where a prefix first stands in a query, "" where it is not found."""
    written = parser.expandUnicodeEscapes(text)
    found = (match.start() for match in _NAMES.finditer(written) if match["prefix"] == prefix)
    return next((f", {place(at, written)}" for at in found), "")


def is_prefixed(node: object) -> TypeGuard[CompValue]:
    """Say whether a node of the parse tree is a prefixed name."""
    return isinstance(node, CompValue) and node.name == "pname"


def iri_of(name: CompValue, known: Mapping[str, str]) -> URIRef | None:
    """Return the IRI that a prefixed name stands for, None where its prefix is not among ``known``."""
    prefix = name.prefix or ""
    return URIRef(known[prefix] + (name.localname or "")) if prefix in known else None


def declared(parsed: ParseResults) -> dict[str, str]:
    """Return the prefixes that a query declares, with the IRI each stands for."""
    base, found = "", dict[str, str]()
    for declaration in parsed[0]:
        if declaration.name == "Base":
            base = str(declaration.iri)
        else:
            found[declaration.prefix or ""] = urljoin(base, str(declaration.iri)) if base else str(declaration.iri)
    return found
