"""Terms of a query that the ontology does not define: they match nothing, and an empty answer does not say why."""

from __future__ import annotations

from rdflib import URIRef
from rdflib.plugins.sparql.algebra import traverse

from kg import ontology
from kg.errors import OntologyError
from kg.query.prefixes import declared, iri_of, is_prefixed
from kg.query.syntax import parse


def undefined(sparql: str) -> tuple[str, ...]:
    """Return what is wrong with each term of a query in a namespace of ours that is not defined there, sorted.

    Raises:
        QueryError: a syntax error, or an update.

    >>> undefined("ASK { ?a kg:meet ?b ; a kg:Person }")
    ('kg:meet is not defined in ontologies/kg.ttl: did you mean kg:meets?',)
    """
    return tuple(sorted({wrong for iri in _iris(sparql) if (wrong := _wrong(iri))}))


def _iris(sparql: str) -> set[str]:
    parsed = parse(sparql)
    known = {**ontology.prefixes(), **declared(parsed)}
    found = set[str]()

    def collect(node: object) -> None:
        iri = iri_of(node, known) if is_prefixed(node) else node
        if isinstance(iri, URIRef):
            found.add(str(iri))

    traverse(parsed[1], visitPost=collect)
    return found


def _wrong(iri: str) -> str:
    if not ontology.is_own(iri) or iri in ontology.prefixes().values():
        return ""
    try:
        ontology.local_name(iri)
    except OntologyError as error:
        return str(error)
    return ""
