"""The shipped ontologies as closed namespaces, and what the program asks of them.

Terms are attributes or items: ``KG.meets``, ``PLOVER["RETREAT-withdraw"]``. One that is not defined raises
:class:`~kg.errors.OntologyError` and names those that come near. The terms of others (``SEM``, ``PROV``, ``NIF`` ...)
are closed as well: to those that ``kg.ttl`` declares. Each file is read once, when a term of it is first needed.

>>> property_of_event("CONSULT") == KG.meets
True
>>> intensity("RETREAT", "withdraw")
Decimal('8.0')
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph
from rdflib import URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD

from kg import resources
from kg.errors import OntologyError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Statements: TypeAlias = "Mapping[URIRef, Mapping[URIRef, tuple[str, ...]]]"


class Vocabulary:
    """The terms under one prefix: those that the ontology file ``name`` states something about, and no others."""

    def __init__(self, prefix: str, name: str = "kg") -> None:
        self._prefix = prefix
        self._name = name

    def __getattr__(self, term: str) -> URIRef:
        if term.startswith("_"):
            raise AttributeError(term)
        return self[term]

    def __getitem__(self, term: str) -> URIRef:
        """Return the IRI of ``term``.

        Raises:
            OntologyError: the ontology defines no such term.

        """
        found = _terms(self._prefix, self._name).get(term)
        if found is None:
            raise OntologyError(self._unknown(term))
        return found

    def __contains__(self, term: object) -> bool:
        terms = _terms(self._prefix, self._name)
        return term in terms or term in terms.values()

    def __iter__(self) -> Iterator[URIRef]:
        return iter(_terms(self._prefix, self._name).values())

    def __len__(self) -> int:
        return len(_terms(self._prefix, self._name))

    def __repr__(self) -> str:
        return f"Vocabulary({self._prefix!r})"

    def _unknown(self, term: str) -> str:
        near = get_close_matches(term, _terms(self._prefix, self._name), n=3)
        hint = f"did you mean {' or '.join(f'{self._prefix}:{name}' for name in near)}?" if near else "none comes near"
        return f"{self._prefix}:{term} is not defined in ontologies/{self._name}.ttl: {hint}"


KG: Final = Vocabulary("kg")
PLOVER: Final = Vocabulary("plover", "plover")
CAMEO: Final = Vocabulary("cameo", "cameo")

DCT: Final = Vocabulary("dct")
FOAF: Final = Vocabulary("foaf")
GAF: Final = Vocabulary("gaf")
GEO: Final = Vocabulary("geo")
GRASP: Final = Vocabulary("grasp")
NIF: Final = Vocabulary("nif")
ORG: Final = Vocabulary("org")
PROV: Final = Vocabulary("prov")
SCHEMA: Final = Vocabulary("schema")
SEM: Final = Vocabulary("sem")
SKOS: Final = Vocabulary("skos")
TIME: Final = Vocabulary("time")


def prefixes() -> Mapping[str, str]:
    """Return the prefixes that our files use, with the IRI each stands for, sorted by prefix."""
    return _load("kg").prefixes


def default_base() -> str:
    """Return the IRI under which actors, events and documents are named when no base is given."""
    return _one(KG.defaultBase, _ontology())


def version() -> str:
    """Return the version of the ontology."""
    return _one(OWL.versionInfo, _ontology())


def local_name(term: str) -> str:
    """Return what follows the namespace in the IRI ``term`` of ours.

    Raises:
        OntologyError: the IRI lies in none of our namespaces, or the term is not defined.

    """
    for vocabulary in (KG, PLOVER, CAMEO):
        base = prefixes()[vocabulary._prefix]
        if term.startswith(base):
            name = term.removeprefix(base)
            vocabulary[name]
            return name
    raise OntologyError(f"<{term}> is no term of the kg, plover or cameo vocabulary")


def is_own(iri: str) -> bool:
    """Say whether ``iri`` lies in one of the namespaces that the shipped ontologies define terms in."""
    return any(iri.startswith(prefixes()[vocabulary._prefix]) for vocabulary in (KG, PLOVER, CAMEO))


@cache
def property_of_event(event_type: str) -> URIRef:
    """Return the relation property that events of ``event_type`` give.

    Raises:
        OntologyError: no property is derived from such a type.

    """
    return _lookup(_event_properties(), event_type, "event type")


@cache
def property_of_relation(relation_type: str) -> URIRef:
    """Return the property of a stated relation, given its type in a document record (``member_of``).

    Raises:
        OntologyError: no property stands for such a type.

    """
    return _lookup(_by_record_value(OWL.ObjectProperty), relation_type, "relation type")


def relation_properties() -> tuple[URIRef, ...]:
    """Return all properties that can join two actors, families included, sorted."""
    leaves = {*_event_properties().values(), *_by_record_value(OWL.ObjectProperty).values()}
    return tuple(sorted(leaves.union(*map(super_properties, leaves))))


@cache
def super_properties(term: str) -> tuple[URIRef, ...]:
    """Return the properties of ours that ``term`` lies under, at whatever remove, sorted; without itself."""
    return _above(URIRef(term), RDFS.subPropertyOf)


@cache
def super_classes(term: str) -> tuple[URIRef, ...]:
    """Return the classes of ours that ``term`` lies under, at whatever remove, sorted; without itself."""
    return _above(URIRef(term), RDFS.subClassOf)


def value_kind(term: str) -> URIRef | None:
    """Return what the values of a property are: ``owl:Thing`` of an object property, else the datatype of its range.

    None where ``kg.ttl`` says neither, as of a property that it does not declare.

    >>> value_kind(KG.date) == XSD.date
    True
    """
    declared = _load("kg").statements.get(URIRef(term), {})
    if OWL.ObjectProperty in declared.get(RDF.type, ()):
        return OWL.Thing
    ranges = declared.get(RDFS.range, ())
    return URIRef(ranges[0]) if len(ranges) == 1 and ranges[0] in XSD else None


@cache
def symmetric_properties() -> frozenset[URIRef]:
    """Return the properties of ours that hold both ways."""
    return frozenset(_instances("kg", OWL.SymmetricProperty))


@cache
def symmetric_event_types() -> frozenset[str]:
    """Return the event types whose parties all take part alike, having neither source nor target."""
    statements = _load("plover").statements
    return frozenset(name for name, term in _event_types().items() if "true" in statements[term].get(KG.symmetric, ()))


@cache
def quad_class(event_type: str) -> URIRef:
    """Return the quad class of ``event_type``.

    Raises:
        OntologyError: there is no such type.

    """
    return URIRef(_one(KG.quadClass, _event_type(event_type), "plover"))


@cache
def modes(event_type: str) -> Mapping[str, URIRef]:
    """Return the modes of ``event_type`` by their name in document records, sorted; empty where it has none.

    Raises:
        OntologyError: there is no such type.

    """
    return _modes().get(_event_type(event_type), MappingProxyType({}))


def mode(event_type: str, name: str) -> URIRef:
    """Return the mode ``name`` (``withdraw``) of ``event_type``; the same name is another mode under another type.

    Raises:
        OntologyError: there is no such type, or it has no such mode.

    """
    return _lookup(modes(event_type), name, f"{event_type} mode")


def intensity(event_type: str, mode_name: str = "") -> Decimal:
    """Return the place of an event on the PLOVER scale, -10 (conflict) to 10 (cooperation).

    Raises:
        OntologyError: there is no such type, or it has no such mode.

    """
    term = mode(event_type, mode_name) if mode_name else _event_type(event_type)
    return Decimal(_one(KG.intensity, term, "plover"))


def cameo_code(event_type: str, mode_name: str = "") -> URIRef | None:
    """Return the CAMEO code that says what the type and mode say, or None where no single code does.

    Raises:
        OntologyError: there is no such type, or it has no such mode.

    """
    term = mode(event_type, mode_name) if mode_name else _event_type(event_type)
    codes = _load("plover").statements[term].get(SKOS.closeMatch, ())
    return URIRef(codes[0]) if codes else None


def implied_contexts(event_type: str, mode_name: str = "") -> tuple[URIRef, ...]:
    """Return the contexts that every event of this type and mode has, sorted.

    Raises:
        OntologyError: there is no such type, or it has no such mode.

    """
    if not mode_name:
        return ()
    found = _load("plover").statements[mode(event_type, mode_name)].get(KG.impliesContext, ())
    return tuple(map(URIRef, found))


def actor_class(actor_type: str) -> URIRef:
    """Return the class for an actor type of document records (``GOVERNMENT_BODY``).

    Raises:
        OntologyError: no class stands for such a type.

    """
    return _lookup(_by_record_value(OWL.Class), actor_type, "actor type")


def factuality(value: str) -> URIRef:
    """Return the individual for a factuality of document records (``happened``).

    Raises:
        OntologyError: no individual stands for it.

    """
    return _lookup(_by_record_value(KG.Factuality), value, "factuality")


def polarity(value: str) -> URIRef:
    """Return the individual for ``affirms`` or ``denies``.

    Raises:
        OntologyError: no individual stands for it.

    """
    return _lookup(_by_record_value(KG.Polarity), value, "polarity")


def record_value(term: str) -> str:
    """Return what stands for ``term`` of ours in document records, the way back from the functions above.

    Raises:
        OntologyError: nothing stands for it there.

    """
    return _one(KG.recordValue, URIRef(term))


@dataclass(frozen=True, slots=True)
class _Ontology:
    """One file: its prefixes, and by subject and predicate the objects (URIRefs, or lexical forms as str), sorted."""

    prefixes: Mapping[str, str]
    statements: Statements


@cache
def _load(name: str) -> _Ontology:
    reader = pyoxigraph.parse(resources.ontology_text(name), format=pyoxigraph.RdfFormat.TURTLE)
    found: defaultdict[URIRef, defaultdict[URIRef, set[str]]] = defaultdict(lambda: defaultdict(set))
    try:
        for quad in reader:
            if isinstance(quad.subject, pyoxigraph.NamedNode):
                found[URIRef(quad.subject.value)][URIRef(quad.predicate.value)].update(_value(quad.object))
    except SyntaxError as error:
        raise OntologyError(f"ontologies/{name}.ttl is broken, reinstall kg: {error}") from error
    statements = {
        subject: {predicate: tuple(sorted(objects)) for predicate, objects in properties.items()}
        for subject, properties in sorted(found.items())
    }
    return _Ontology(MappingProxyType(dict(sorted(reader.prefixes.items()))), MappingProxyType(statements))


def _value(term: object) -> Iterator[str]:
    if isinstance(term, pyoxigraph.NamedNode):
        yield URIRef(term.value)
    elif isinstance(term, pyoxigraph.Literal):
        yield term.value


@cache
def _terms(prefix: str, name: str) -> Mapping[str, URIRef]:
    loaded = _load(name)
    base = loaded.prefixes[prefix]
    return MappingProxyType(
        {
            str(subject).removeprefix(base): subject
            for subject in loaded.statements
            if subject.startswith(base) and len(subject) > len(base)
        }
    )


def _ontology() -> URIRef:
    return next(iter(_instances("kg", OWL.Ontology)))


def _instances(name: str, kind: URIRef) -> Iterator[URIRef]:
    return (subject for subject, has in _load(name).statements.items() if kind in has.get(RDF.type, ()))


def _one(predicate: URIRef, subject: URIRef, name: str = "kg") -> str:
    found = _load(name).statements.get(subject, {}).get(predicate, ())
    if len(found) != 1:
        raise OntologyError(f"<{subject}> has {len(found)} values for <{predicate}> in ontologies/{name}.ttl, not one")
    return found[0]


def _lookup(table: Mapping[str, URIRef], key: str, what: str) -> URIRef:
    if key not in table:
        raise OntologyError(f"no {what} {key!r} in the ontology; known: {', '.join(table) or 'none'}")
    return table[key]


def _above(term: URIRef, predicate: URIRef) -> tuple[URIRef, ...]:
    statements, found = _load("kg").statements, set[URIRef]()
    waiting = [term]
    while waiting:
        parents = map(URIRef, statements.get(waiting.pop(), {}).get(predicate, ()))
        fresh = [parent for parent in parents if parent in KG and parent not in found]
        found.update(fresh)
        waiting += fresh
    return tuple(sorted(found))


@cache
def _by_record_value(kind: URIRef) -> Mapping[str, URIRef]:
    statements = _load("kg").statements
    rows = ((statements[term].get(KG.recordValue, ()), term) for term in _instances("kg", kind))
    return MappingProxyType(dict(sorted((value, term) for values, term in rows for value in values)))


@cache
def _event_properties() -> Mapping[str, URIRef]:
    statements, names = _load("kg").statements, {term: name for name, term in _event_types().items()}
    rows = ((statements[term].get(KG.derivedFromEventType, ()), term) for term in _instances("kg", OWL.ObjectProperty))
    return MappingProxyType(dict(sorted((names[URIRef(kind)], term) for kinds, term in rows for kind in kinds)))


@cache
def _event_types() -> Mapping[str, URIRef]:
    return MappingProxyType({_one(SKOS.notation, term, "plover"): term for term in _instances("plover", KG.EventType)})


def _event_type(name: str) -> URIRef:
    return _lookup(_event_types(), name, "event type")


@cache
def _modes() -> Mapping[URIRef, Mapping[str, URIRef]]:
    found: defaultdict[URIRef, dict[str, URIRef]] = defaultdict(dict)
    types = set(_event_types().values())
    statements = _load("plover").statements
    for term in _instances("plover", KG.Mode):
        for parent in map(URIRef, statements[term].get(SKOS.broader, ())):
            if parent in types:
                found[parent][_one(SKOS.notation, term, "plover")] = term
    return MappingProxyType({parent: MappingProxyType(by_name) for parent, by_name in found.items()})
