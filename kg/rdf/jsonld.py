"""JSON-LD with its context inside, so that reading it needs no network.

The context says of each property of the ontology whether its values are IRIs or of which datatype; they then stand as
plain strings. A value that is something else says so itself.
"""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from rdflib.namespace import OWL, XSD

from kg import ontology
from kg.rdf import names, syntax

if TYPE_CHECKING:
    from kg.rdf.layout import Layout

_ID: Final = "@id"
_BOOLEANS: Final = {"true": True, "false": False}
_BOOLEAN: Final = syntax.iri(XSD.boolean)
_INTEGER: Final = syntax.iri(XSD.integer)
_SHORT: Final = re.compile("0|-?[1-9][0-9]{0,14}")


def jsonld(graph: Layout) -> str:
    """Return a graph in JSON-LD.

    Raises:
        GraphError: If the graph holds a term that cannot be written.
    """
    writer = _Writer(graph)
    nodes = [writer.node(subject) for _, subjects in graph.sections for subject in subjects]
    return json.dumps({"@context": dict(sorted(writer.context.items())), "@graph": nodes}, ensure_ascii=False, indent=2)


class _Writer:
    def __init__(self, graph: Layout) -> None:
        self.graph = graph
        self.prefixes = _safe_prefixes(graph)
        self.context: dict[str, str | dict[str, str]] = {}
        self.coercions: dict[str, str | None] = {}

    def node(self, subject: str) -> dict[str, Any]:
        found: dict[str, Any] = {_ID: self.name(subject)}
        for predicate in self.graph.predicates(subject):
            values = self.graph.subjects[subject][predicate]
            if predicate == names.TYPE and not any(value[0] == '"' for value in values):
                found["@type"] = _one_or_many(sorted(map(self.name, values)))
            else:
                coercion = self.coercion(predicate)
                found[self.name(predicate)] = _one_or_many(
                    sorted((self.value(value, coercion) for value in values), key=_sortable)
                )
        return found

    def name(self, text: str) -> str:
        """Return what stands for an IRI or blank node, shortened where a prefix allows."""
        if text[0] != "<":
            return text
        iri = syntax.iri_of(text)
        short = self.graph.compact(iri)
        if short is None or short[0] not in self.prefixes:
            return iri
        prefix, local = short
        self.context[prefix] = iri.removesuffix(local)
        return f"{prefix}:{local}"

    def coercion(self, predicate: str) -> str | None:
        """Return what a string is as the value of a property, ``@id`` or a datatype, and put it into the context.

        None where it is a string, for want of a prefix too: only short names are defined.
        """
        if predicate not in self.coercions:
            name, coercion = self.name(predicate), _coercion(predicate)
            if name == syntax.iri_of(predicate):
                coercion = None
            if coercion is not None:
                self.context[name] = {"@type": _ID if coercion == _ID else self.name(coercion)}
            self.coercions[predicate] = coercion
        return self.coercions[predicate]

    def value(self, text: str, coercion: str | None) -> Any:
        """Return a value as it stands under a property with this coercion."""
        if text[0] != '"':
            name = self.name(text)
            return name if coercion == _ID else {_ID: name}
        words, language, datatype = syntax.literal_of(text)
        if language is not None:
            return {"@value": words, "@language": language}
        if datatype is None:
            return words if coercion is None else {"@value": words}
        if coercion is None or coercion == datatype:
            native = _native(words, datatype)
            if native is not None:
                return native
        return words if coercion == datatype else {"@value": words, "@type": self.name(datatype)}


def _coercion(predicate: str) -> str | None:
    kind = ontology.value_kind(syntax.iri_of(predicate))
    if kind is None or kind == XSD.string:  # as which JSON has its strings anyway
        return None
    return _ID if kind == OWL.Thing else syntax.iri(kind)


def _native(words: str, datatype: str) -> bool | int | None:
    """Return what JSON has for a literal, or None where it would not be read back as spelt."""
    if datatype == _BOOLEAN:
        return _BOOLEANS.get(words)
    return int(words) if datatype == _INTEGER and _SHORT.fullmatch(words) else None


def _safe_prefixes(graph: Layout) -> set[str]:
    """Return the prefixes that are not the scheme of any IRI written in full, since that would be read as short."""
    terms = {term for subject, has in graph.subjects.items() for term in (subject, *has)}
    terms.update(value for has in graph.subjects.values() for values in has.values() for value in values)
    datatypes = (syntax.literal_of(term)[2] for term in terms if term[0] == '"' and term[-1] == ">")
    iris = chain((term for term in terms if term[0] == "<"), (datatype for datatype in datatypes if datatype))
    schemes = {iri[1:].partition(":")[0].lower() for iri in iris}
    return {prefix for prefix in graph.prefixes.values() if prefix.lower() not in schemes}


def _one_or_many(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _sortable(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
