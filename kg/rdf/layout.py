"""A graph laid out for writing: by subject and predicate, in order, with the prefixes it can use."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg import ontology
from kg.identifiers import Identifiers
from kg.rdf import names
from kg.rdf.order import sections

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.rdf.order import Properties, Section
    from kg.rdf.statements import Statements

_FIRST: Final[Mapping[str, int]] = {
    name: rank for rank, name in enumerate([names.TYPE, names.LABEL, names.SUBJECT, names.PREDICATE, names.OBJECT])
}
_ORDERS: Final = 4096
# Less than Turtle allows, so that no local name needs an escape.
_LOCAL: Final = re.compile("[A-Za-z0-9_][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Layout:
    """A graph by subject and predicate, with its subjects in order; all terms as N-Triples writes them.

    ``own`` is the IRI that the graph has for itself, if any; ``prefixes`` gives the prefix of each namespace.
    """

    subjects: Mapping[str, Properties]
    sections: list[Section]
    own: str | None
    prefixes: Mapping[str, str]

    def predicates(self, subject: str) -> Sequence[str]:
        """Return the predicates of a subject: its class, label and statement first, the rest by IRI."""
        return _in_order(tuple(self.subjects[subject]))

    def compact(self, iri: str) -> tuple[str, str] | None:
        """Return the prefix and local name of an IRI, or None where it has none that needs no escape."""
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self.prefixes.get(iri[:cut])
        return (prefix, iri[cut:]) if prefix is not None and _LOCAL.fullmatch(iri, cut) else None


def layout(graph: Statements) -> Layout:
    """Return the layout of a graph.

    Raises:
        GraphError: If the graph holds a term that cannot be written.
    """
    subjects: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for subject, predicate, value in dict.fromkeys(graph.triples):
        has = subjects[subject]
        if predicate in has:
            has[predicate].append(value)
        else:
            has[predicate] = [value]
    return Layout(subjects, sections(subjects), graph.own, _prefixes(graph.own))


def prefixes_of(own: str | None) -> dict[str, str]:
    """Return the prefixes that a graph with this IRI for itself is written with, each with its namespace."""
    return {**ontology.prefixes(), **(Identifiers(own).namespaces() if own else {})}


@lru_cache(maxsize=_ORDERS)
def _in_order(predicates: tuple[str, ...]) -> Sequence[str]:
    return sorted(predicates, key=lambda name: (_FIRST.get(name, len(_FIRST)), name[:-1]))


def _prefixes(own: str | None) -> dict[str, str]:
    return {namespace: prefix for prefix, namespace in sorted(prefixes_of(own).items())}
