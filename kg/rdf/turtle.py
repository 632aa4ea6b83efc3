"""Turtle and TriG that a person can read and a version control system can compare: sorted, prefixed, in sections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rdflib.namespace import XSD

from kg.rdf import names, syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.rdf.layout import Layout

# Of a number without quotes rdflib keeps the value: it reads .5 as 0.5, and 0.0000001 as 1E-7, which is no decimal.
_BARE: Final = {
    syntax.iri(XSD.integer): re.compile("0|-?[1-9][0-9]{0,17}"),
    syntax.iri(XSD.decimal): re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.(?!0{6})[0-9]{1,17}"),
    syntax.iri(XSD.boolean): re.compile("true|false"),
}


def turtle(graph: Layout) -> Iterator[str]:
    """Give a graph in Turtle, in pieces of whole lines.

    Raises:
        GraphError: If the graph holds a term that cannot be written.
    """
    terms = _Terms(graph)
    body = list(_body(graph, terms, ""))
    yield from terms.header()
    yield from body


def trig(graph: Layout) -> Iterator[str]:
    """Give a graph in TriG, in pieces of whole lines: a named graph where it has an IRI for itself.

    Raises:
        GraphError: If the graph holds a term that cannot be written.
    """
    if graph.own is None or not graph.subjects:
        yield from turtle(graph)
        return
    terms = _Terms(graph)
    body = list(_body(graph, terms, "    "))
    yield from terms.header()
    yield from (f"\n{syntax.iri(graph.own)} {{\n", *body, "}\n")


def _body(graph: Layout, terms: _Terms, indent: str) -> Iterator[str]:
    for title, subjects in graph.sections:
        yield f"\n{indent}# {title}\n"
        for subject in subjects:
            yield f"\n{indent}{_block(graph, terms, subject, indent)} .\n"


def _block(graph: Layout, terms: _Terms, subject: str, indent: str) -> str:
    """Return what is said of one subject, without the full stop."""
    has = graph.subjects[subject]
    said: list[str] = []
    for predicate in graph.predicates(subject):
        values = has[predicate]
        verb = "a" if predicate == names.TYPE else terms[predicate]
        one = terms[values[0]] if len(values) == 1 else ", ".join(sorted([terms[value] for value in values]))
        said.append(f"{verb} {one}")
    return f"{terms[subject]} {f' ;{chr(10)}{indent}    '.join(said)}"


class _Terms(dict[str, str]):
    """Terms in Turtle, by what they are in N-Triples; each is made when it is first asked for."""

    def __init__(self, graph: Layout) -> None:
        super().__init__()
        self.graph = graph
        self.used: set[str] = set()

    def header(self) -> Iterator[str]:
        """Give the prefixes that the terms asked for so far use."""
        for namespace, prefix in sorted(self.graph.prefixes.items(), key=lambda named: named[::-1]):
            if prefix in self.used:
                yield f"@prefix {prefix}: {syntax.iri(namespace)} .\n"

    def __missing__(self, text: str) -> str:
        written = self[text] = self._term(text)
        return written

    def _term(self, text: str) -> str:
        if text[0] == "<":
            return self._iri(text)
        if text[-1] != ">":
            return text
        words, _, datatype = syntax.literal_of(text)
        if datatype is None:
            return text
        bare = _BARE.get(datatype)
        if bare is not None and bare.fullmatch(words):
            return words
        return f"{text.removesuffix(datatype)}{self._iri(datatype)}"

    def _iri(self, text: str) -> str:
        short = self.graph.compact(text[1:-1])
        if short is None:
            return text
        prefix, local = short
        self.used.add(prefix)
        return f"{prefix}:{local}"
