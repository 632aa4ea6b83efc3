"""The terms of the ontologies, each with what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.describe.statements import Node, Statements, statements

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS: Final = (
    "owl:Class",
    "owl:ObjectProperty",
    "owl:DatatypeProperty",
    "owl:NamedIndividual",
    "owl:AnnotationProperty",
)
"""The kinds of terms of ``kg.ttl``, in the order in which they are described."""

_TRAITS: Final = {
    "owl:FunctionalProperty": "at most one",
    "owl:SymmetricProperty": "both ways",
    "owl:IrreflexiveProperty": "never of itself",
}
_ABOVE: Final = ("rdfs:subClassOf", "rdfs:subPropertyOf")
_MATCHES: Final = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or individual of ``kg.ttl``. All names are written with their prefix.

    Attributes:
        name: What it is called, as ``kg:meets``.
        label: Its label.
        definition: What it means.
        types: The classes of an individual.
        above: The classes or properties that it lies under.
        domain: Of what a property is said: one of these classes.
        range: What its values are: of one of these classes or of this datatype.
        traits: How often and which way it holds.
        matches: What it corresponds to in other vocabularies: the relation, and the other's name.
        event_type: The event type that a relation follows from, or "".
        examples: How it is used, in Turtle.

    """

    name: str
    label: str
    definition: str
    types: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    matches: tuple[tuple[str, str], ...] = ()
    event_type: str = ""
    examples: tuple[str, ...] = ()

    @property
    def local(self) -> str:
        """What follows the prefix."""
        return self.name.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of the PLOVER or CAMEO scheme; ``number`` is its intensity or Goldstein value, if any."""

    name: str
    label: str
    notation: str
    definition: str
    broader: str
    number: str
    quad_class: str
    matches: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """What the shapes say of the values of a property of a class: the classes that they are of, if any."""

    source: str
    property: str
    targets: tuple[str, ...]


def terms(kind: str) -> tuple[Term, ...]:
    """Return the terms of ``kg.ttl`` of one of :data:`KINDS`, sorted by name."""
    said = statements("kg")
    return tuple(_term(said, name) for name in said.subjects("rdf:type", kind) if name.startswith("kg:"))


def concepts(scheme: str, kind: str) -> tuple[Concept, ...]:
    """Return the concepts of a scheme (``plover`` or ``cameo``) that are of the class ``kind``, sorted by name."""
    said = statements(scheme)
    return tuple(
        Concept(
            name,
            label=said.one(name, "skos:prefLabel"),
            notation=said.one(name, "skos:notation"),
            definition=said.one(name, "skos:definition"),
            broader=said.one(name, "skos:broader"),
            number=said.one(name, "kg:intensity") or said.one(name, "kg:goldstein"),
            quad_class=said.one(name, "kg:quadClass"),
            matches=tuple(sorted(value for match in _MATCHES for value in said.objects(name, match))),
            notes=tuple(sorted(said.objects(name, "skos:editorialNote"))),
        )
        for name in said.subjects("rdf:type", kind)
    )


def promises(of: str) -> tuple[str, ...]:
    """Return what the shapes promise of the members of a class, as sentences, sorted."""
    said, found = statements("shapes"), set[str]()
    for shape in {*said.subjects("sh:targetClass", of), *said.subjects("sh:targetNode", of)}:
        for part in (shape, *said.objects(shape, "sh:property"), *said.objects(shape, "sh:sparql")):
            found.update(said.objects(part, "sh:message"))
    return tuple(sorted(found))


def links(of: str) -> tuple[Link, ...]:
    """Return the properties that the shapes constrain for a class, sorted by name."""
    said = statements("shapes")
    found = {
        Link(of, path, tuple(sorted(_classes(said, part))))
        for shape in said.subjects("sh:targetClass", of)
        for part in said.objects(shape, "sh:property")
        if not (path := said.one(part, "sh:path")).startswith("_:")
    }
    return tuple(sorted(found, key=lambda link: link.property))


def _classes(said: Statements, part: Node) -> Iterator[str]:
    yield from said.objects(part, "sh:class")
    for head in said.objects(part, "sh:or"):
        for alternative in said.items(head):
            yield from said.objects(alternative, "sh:class")


def _term(said: Statements, name: Node) -> Term:
    types = said.objects(name, "rdf:type")
    return Term(
        name,
        label=said.one(name, "rdfs:label"),
        definition=said.one(name, "rdfs:comment"),
        types=tuple(sorted(one for one in types if one.startswith("kg:"))),
        above=tuple(sorted(parent for relation in _ABOVE for parent in said.objects(name, relation))),
        domain=_union(said, said.one(name, "rdfs:domain")),
        range=_union(said, said.one(name, "rdfs:range")),
        traits=tuple(trait for owl, trait in _TRAITS.items() if owl in types),
        matches=tuple(sorted((match, value) for match in _MATCHES for value in said.objects(name, match))),
        event_type=said.one(name, "kg:derivedFromEventType"),
        examples=said.objects(name, "skos:example"),
    )


def _union(said: Statements, node: Node) -> tuple[str, ...]:
    if not node:
        return ()
    if node.startswith("_:"):
        return tuple(sorted(said.items(said.one(node, "owl:unionOf"))))
    return (node,)
