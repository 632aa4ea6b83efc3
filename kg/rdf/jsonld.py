"""JSON-LD with its context inside, so that reading it needs no network."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD

from kg.rdf import syntax

if TYPE_CHECKING:
    from rdflib.term import Node

    from kg.rdf.layout import Layout

_BOOLEANS: Final = {"true": True, "false": False}
_INTEGER: Final = re.compile("0|-?[1-9][0-9]{0,14}")


def jsonld(graph: Layout) -> str:
    """Return a graph in JSON-LD.

    Raises:
        GraphError: If the graph holds a term that cannot be written.
    """
    writer = _Writer(graph)
    nodes = [writer.node(subject) for _, subjects in graph.sections for subject in subjects]
    return json.dumps({"@context": dict(sorted(writer.used.items())), "@graph": nodes}, ensure_ascii=False, indent=2)


class _Writer:
    def __init__(self, graph: Layout) -> None:
        self.graph = graph
        self.prefixes = _safe_prefixes(graph)
        self.used: dict[str, str] = {}

    def node(self, subject: Node) -> dict[str, Any]:
        found: dict[str, Any] = {"@id": self.name(subject)}
        for predicate in self.graph.predicates(subject):
            values = self.graph.subjects[subject][predicate]
            if predicate == RDF.type and not any(isinstance(value, Literal) for value in values):
                found["@type"] = _one_or_many(sorted(map(self.name, values)))
            else:
                found[self.name(predicate)] = _one_or_many(sorted(map(self.value, values), key=_sortable))
        return found

    def name(self, node: Node) -> str:
        """Return what stands for an IRI or blank node, shortened where a prefix allows."""
        written = syntax.term(node, self.graph.blanks)
        if not isinstance(node, URIRef):
            return written
        short = self.graph.compact(node)
        if short is None or short[0] not in self.prefixes:
            return str(node)
        prefix, local = short
        self.used[prefix] = node.removesuffix(local)
        return f"{prefix}:{local}"

    def value(self, node: Node) -> Any:
        if not isinstance(node, Literal):
            return {"@id": self.name(node)}
        text = str(node)
        syntax.literal(node)
        if node.language is not None:
            return {"@value": text, "@language": node.language}
        if node.datatype is None or node.datatype == XSD.string:
            return text
        if node.datatype == XSD.boolean and text in _BOOLEANS:
            return _BOOLEANS[text]
        if node.datatype == XSD.integer and _INTEGER.fullmatch(text):
            return int(text)
        return {"@value": text, "@type": self.name(node.datatype)}


def _safe_prefixes(graph: Layout) -> set[str]:
    """Return the prefixes that are not the scheme of any IRI written in full, since that would be read as short."""
    terms = {term for subject, has in graph.subjects.items() for term in (subject, *has)}
    terms.update(value for has in graph.subjects.values() for values in has.values() for value in values)
    terms.update(term.datatype for term in list(terms) if isinstance(term, Literal) and term.datatype is not None)
    schemes = {str(term).partition(":")[0].lower() for term in terms if isinstance(term, URIRef)}
    return {prefix for prefix in graph.prefixes.values() if prefix.lower() not in schemes}


def _one_or_many(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _sortable(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
