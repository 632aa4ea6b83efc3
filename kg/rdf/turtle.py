"""Turtle and TriG that a person can read and a version control system can compare: sorted, prefixed, in sections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD

from kg.rdf import syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

    from kg.rdf.layout import Layout

# Of a number without quotes rdflib keeps the value: it reads .5 as 0.5, and 0.0000001 as 1E-7, which is no decimal.
_BARE: Final = {
    XSD.integer: re.compile("0|-?[1-9][0-9]{0,17}"),
    XSD.decimal: re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.(?!0{6})[0-9]{1,17}"),
    XSD.boolean: re.compile("true|false"),
}


def turtle(graph: Layout) -> Iterator[str]:
    """Give the lines of a graph in Turtle, without line ends.

    Raises:
        GraphError: If the graph holds a term that cannot be written.
    """
    writer = _Writer(graph)
    body = list(writer.body(""))
    yield from writer.header()
    yield from body


def trig(graph: Layout) -> Iterator[str]:
    """Give the lines of a graph in TriG: a named graph where it has an IRI for itself.

    Raises:
        GraphError: If the graph holds a term that cannot be written.
    """
    if graph.own is None or not graph.subjects:
        yield from turtle(graph)
        return
    writer = _Writer(graph)
    body = list(writer.body("    "))
    yield from writer.header()
    yield from ("", f"{syntax.iri(graph.own)} {{", *body, "}")


class _Writer:
    def __init__(self, graph: Layout) -> None:
        self.graph = graph
        self.written: dict[Node, str] = {}
        self.used: set[tuple[str, str]] = set()

    def header(self) -> Iterator[str]:
        """Give the prefixes that the terms written so far use."""
        for prefix, namespace in sorted(self.used):
            yield f"@prefix {prefix}: {syntax.iri(namespace)} ."

    def body(self, indent: str) -> Iterator[str]:
        for title, subjects in self.graph.sections:
            yield from ("", f"{indent}# {title}")
            for subject in subjects:
                yield ""
                yield from (f"{indent}{line}" for line in self.block(subject))

    def block(self, subject: Node) -> Iterator[str]:
        """Give the lines for one subject."""
        predicates = self.graph.predicates(subject)
        for number, predicate in enumerate(predicates):
            start = f"{self.term(subject)} " if number == 0 else "    "
            verb = "a" if predicate == RDF.type else self.term(predicate)
            values = ", ".join(sorted(map(self.term, self.graph.subjects[subject][predicate])))
            yield f"{start}{verb} {values} {'.' if number == len(predicates) - 1 else ';'}"

    def term(self, node: Node) -> str:
        if node not in self.written:
            self.written[node] = self._term(node)
        return self.written[node]

    def _term(self, node: Node) -> str:
        if isinstance(node, URIRef):
            return self._iri(node)
        if isinstance(node, Literal) and node.datatype is not None:
            bare = _BARE.get(node.datatype)
            if bare is not None and bare.fullmatch(node):
                return str(node)
            if node.datatype != XSD.string and node.language is None:
                return f"{syntax.quoted(node)}^^{self._iri(node.datatype)}"
        return syntax.term(node, self.graph.blanks)

    def _iri(self, iri: str) -> str:
        short = self.graph.compact(iri)
        if short is None:
            return syntax.iri(iri)
        prefix, local = short
        self.used.add((prefix, iri.removesuffix(local)))
        return f"{prefix}:{local}"
