"""What an ontology file states, by subject and property, under the short names that the file gives."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph

from kg import resources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Node: TypeAlias = str
"""A name with its prefix (``kg:meets``), an IRI where no prefix fits, or ``_:id`` for a blank node."""


@dataclass(frozen=True, slots=True)
class Statements:
    """The triples of one file: objects by subject and predicate, in the order of the file; and the prefixes."""

    prefixes: Mapping[str, str]
    found: Mapping[Node, Mapping[Node, list[str]]] = field(repr=False)

    def objects(self, subject: Node, predicate: Node) -> tuple[str, ...]:
        """Return the objects: nodes, or the text of literals."""
        return tuple(self.found.get(subject, {}).get(predicate, ()))

    def one(self, subject: Node, predicate: Node) -> str:
        """Return the first object, or "" where there is none."""
        return next(iter(self.objects(subject, predicate)), "")

    def subjects(self, predicate: Node, value: str) -> tuple[Node, ...]:
        """Return the subjects of which ``predicate`` has ``value``, sorted."""
        return tuple(sorted(node for node, said in self.found.items() if value in said.get(predicate, ())))

    def items(self, head: Node) -> Iterator[str]:
        """Give the members of the RDF list that begins with ``head``."""
        while head and head != "rdf:nil":
            yield from self.objects(head, "rdf:first")
            head = self.one(head, "rdf:rest")


@cache
def statements(name: str) -> Statements:
    """Return what the shipped ontology ``name`` (``kg``, ``plover``, ``cameo``, ``shapes``) states.

    Raises:
        OntologyError: no ontology of that name ships with kg.
    """
    reader = pyoxigraph.parse(resources.ontology_text(name), format=pyoxigraph.RdfFormat.TURTLE)
    triples = [(quad.subject, quad.predicate, quad.object) for quad in reader]
    prefixes = reader.prefixes if name == "kg" else {**statements("kg").prefixes, **reader.prefixes}
    by_length = sorted(prefixes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    found: defaultdict[Node, defaultdict[Node, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        found[_name(subject, by_length)][_name(predicate, by_length)].append(_name(value, by_length))
    return Statements(dict(sorted(prefixes.items())), found)


def _name(term: object, prefixes: list[tuple[str, str]]) -> str:
    if isinstance(term, pyoxigraph.Literal):
        return term.value
    if not isinstance(term, pyoxigraph.NamedNode):
        return str(term)
    fitting = (f"{prefix}:{term.value.removeprefix(iri)}" for prefix, iri in prefixes if term.value.startswith(iri))
    return next(fitting, term.value)
