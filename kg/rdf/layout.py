"""A graph laid out for writing: by subject and predicate, in order, with the prefixes it can use."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import BNode
from rdflib.namespace import RDF, RDFS

from kg import ontology
from kg.errors import ConfigError
from kg.identifiers import Identifiers
from kg.ontology import PROV
from kg.rdf.order import sections

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Graph
    from rdflib.term import Node

    from kg.rdf.order import Properties, Section

_FIRST: Final[Mapping[Node, int]] = {
    name: rank for rank, name in enumerate([RDF.type, RDFS.label, RDF.subject, RDF.predicate, RDF.object])
}
# Less than Turtle allows, so that no local name needs an escape.
_LOCAL: Final = re.compile("[A-Za-z0-9_][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Layout:
    """A graph by subject and predicate, with its subjects in order.

    ``own`` is the IRI that the graph has for itself, if any; ``prefixes`` gives the prefix of each namespace;
    ``blanks`` the label of each blank node.
    """

    subjects: Mapping[Node, Properties]
    sections: list[Section]
    own: str | None
    prefixes: Mapping[str, str]
    blanks: Mapping[Node, str]

    def predicates(self, subject: Node) -> list[Node]:
        """Return the predicates of a subject: its class, label and statement first, the rest by IRI."""
        return sorted(self.subjects[subject], key=lambda name: (_FIRST.get(name, len(_FIRST)), str(name)))

    def compact(self, iri: str) -> tuple[str, str] | None:
        """Return the prefix and local name of an IRI, or None where it has none that needs no escape."""
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self.prefixes.get(iri[:cut])
        return (prefix, iri[cut:]) if prefix is not None and _LOCAL.fullmatch(iri, cut) else None


def layout(rdf: Graph) -> Layout:
    """Return the layout of a graph.

    Blank nodes, of which kg makes none, are numbered in the order of their ids.
    """
    subjects: defaultdict[Node, defaultdict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
    blanks: set[Node] = set()
    for triple in rdf:
        subject, predicate, value = triple
        subjects[subject][predicate].append(value)
        blanks.update(node for node in triple if isinstance(node, BNode))
    own = own_iri(rdf)
    return Layout(
        subjects=subjects,
        sections=sections(subjects),
        own=own,
        prefixes=_prefixes(own),
        blanks={node: f"b{number}" for number, node in enumerate(sorted(blanks, key=str))},
    )


def own_iri(rdf: Graph) -> str | None:
    """Return the IRI that a graph has for itself, which is the base of its names; None unless it is just one."""
    found = [str(subject) for subject in rdf.subjects(RDF.type, PROV.Entity)]
    return found[0] if len(found) == 1 and _is_base(found[0]) else None


def prefixes_of(own: str | None) -> dict[str, str]:
    """Return the prefixes that a graph with this IRI for itself is written with, each with its namespace."""
    return {**ontology.prefixes(), **(Identifiers(own).namespaces() if own else {})}


def _is_base(iri: str) -> bool:
    try:
        return Identifiers(iri).base == iri
    except ConfigError:
        return False


def _prefixes(own: str | None) -> dict[str, str]:
    return {namespace: prefix for prefix, namespace in sorted(prefixes_of(own).items())}
