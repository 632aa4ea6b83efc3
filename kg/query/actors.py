"""Actors of a graph by any of their names."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

import rdflib
from rdflib.namespace import RDF, RDFS, SKOS

from kg.errors import QueryError
from kg.graph.names import told
from kg.identifiers import fold
from kg.ontology import KG, PROV, super_classes
from kg.query.engine import is_elsewhere, run_ours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

_NAMES: Final = (RDFS.label, SKOS.prefLabel, SKOS.altLabel)
_KINDS: Final = (KG.Actor, PROV.Organization, KG.Place)
_NEAR: Final = 5
# All names in one question, for an engine that is slow to be asked for them triple by triple.
_QUESTION: Final = f"""
    SELECT DISTINCT ?iri ?label
    WHERE {{ VALUES ?kind {{ UNDEF }} ?iri a ?kind ; {"|".join(name.n3() for name in _NAMES)} ?label }}
"""


def actors_named(graph: rdflib.Graph, name: str) -> tuple[rdflib.URIRef, ...]:
    """Return the IRIs of the actors that bear ``name``, sorted; where there are none, publishers or else places.

    A name is any label of the actor, whatever its case, accents and punctuation. ``name`` may also be an IRI,
    with or without angle brackets.

    Raises:
        QueryError: nobody in the graph bears the name; the message lists names that come near.

    """
    if _is_iri(name):
        return (_known(graph, rdflib.URIRef(name.strip("<>"))),)
    wanted = fold(name)
    for kind in _KINDS:
        found = {iri for iri, label in _labels(graph, kind) if fold(label) == wanted}
        if found:
            return tuple(sorted(found))
    raise QueryError(f"no actor is named {name!r} in the graph; {_near(graph, wanted)}")


def taken_for(graph: rdflib.Graph, name: str, found: Iterable[Node]) -> str:
    """Say whom :func:`actors_named` took a name for, ``found``; "" where it is an IRI or one actor's main name."""
    iris = tuple(found)
    if _is_iri(name):
        return ""
    called = (graph.value(iri, SKOS.prefLabel) or graph.value(iri, RDFS.label) for iri in iris)
    return told(name, _kind(graph, iris[0]), [str(label or name) for label in called])


def _kind(graph: rdflib.Graph, iri: Node) -> str:
    known = {KG.Actor: "actor", KG.Place: "place"}
    return next((word for kind, word in known.items() if (iri, RDF.type, kind) in graph), "publisher")


def _is_iri(name: str) -> bool:
    return "://" in name or name.startswith(("<", "urn:"))


def _known(graph: rdflib.Graph, iri: rdflib.URIRef) -> rdflib.URIRef:
    if any((iri, RDF.type, class_) in graph for kind in _KINDS for class_ in _classes(kind)):
        return iri
    raise QueryError(f"no actor in the graph has the IRI <{iri}>; give one of its names, or run the query 'actors'")


def _labels(graph: rdflib.Graph, kind: rdflib.URIRef) -> Iterator[tuple[rdflib.URIRef, str]]:
    if is_elsewhere(graph):
        rows = run_ours(graph, _QUESTION, {"kind": _classes(kind)})
        return ((iri, str(label)) for iri, label in rows if isinstance(iri, rdflib.URIRef))
    return ((iri, str(label)) for iri in _members(graph, kind) for name in _NAMES for label in graph.objects(iri, name))


def _members(graph: rdflib.Graph, kind: rdflib.URIRef) -> set[rdflib.URIRef]:
    found = (iri for class_ in _classes(kind) for iri in graph.subjects(RDF.type, class_))
    return {iri for iri in found if isinstance(iri, rdflib.URIRef)}


def _classes(kind: rdflib.URIRef) -> tuple[rdflib.URIRef, ...]:
    return (kind, *(term for term in KG if kind in super_classes(term)))


def _near(graph: rdflib.Graph, wanted: str) -> str:
    by_fold = {fold(label): label for _, label in sorted(_labels(graph, KG.Actor), reverse=True)}
    near = sorted({*_containing(by_fold, wanted), *get_close_matches(wanted, by_fold, n=_NEAR)})[:_NEAR]
    if not near:
        return "the query 'actors' lists everybody"
    return f"did you mean {' or '.join(by_fold[name] for name in near)}?"


def _containing(names: Iterable[str], wanted: str) -> Iterator[str]:
    words = set(wanted.split())
    return (name for name in names if words and words <= set(name.split()))
