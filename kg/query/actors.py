"""Actors of a graph by any of their names."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

import rdflib
from rdflib.namespace import RDF, RDFS, SKOS

from kg.errors import QueryError
from kg.identifiers import fold
from kg.ontology import KG, PROV, super_classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NAMES: Final = (RDFS.label, SKOS.prefLabel, SKOS.altLabel)
_KINDS: Final = (KG.Actor, PROV.Organization, KG.Place)
_NEAR: Final = 5


def actors_named(graph: rdflib.Graph, name: str) -> tuple[rdflib.URIRef, ...]:
    """Return the IRIs of the actors that bear ``name``, sorted; where there are none, publishers or else places.

    A name is any label of the actor, whatever its case, accents and punctuation. ``name`` may also be an IRI,
    with or without angle brackets.

    Raises:
        QueryError: nobody in the graph bears the name; the message lists names that come near.

    """
    if "://" in name or name.startswith(("<", "urn:")):
        return (_known(graph, rdflib.URIRef(name.strip("<>"))),)
    wanted = fold(name)
    for kind in _KINDS:
        found = {iri for iri, label in _labels(graph, kind) if fold(label) == wanted}
        if found:
            return tuple(sorted(found))
    raise QueryError(f"no actor is named {name!r} in the graph; {_near(graph, wanted)}")


def _known(graph: rdflib.Graph, iri: rdflib.URIRef) -> rdflib.URIRef:
    if any(iri in _members(graph, kind) for kind in _KINDS):
        return iri
    raise QueryError(f"no actor in the graph has the IRI <{iri}>; give one of its names, or run the query 'actors'")


def _labels(graph: rdflib.Graph, kind: rdflib.URIRef) -> Iterator[tuple[rdflib.URIRef, str]]:
    for iri in _members(graph, kind):
        for predicate in _NAMES:
            for label in graph.objects(iri, predicate):
                yield iri, str(label)


def _members(graph: rdflib.Graph, kind: rdflib.URIRef) -> set[rdflib.URIRef]:
    classes = (term for term in (kind, *KG) if term == kind or kind in super_classes(term))
    return {iri for class_ in classes for iri in graph.subjects(RDF.type, class_) if isinstance(iri, rdflib.URIRef)}


def _near(graph: rdflib.Graph, wanted: str) -> str:
    by_fold = {fold(label): label for _, label in sorted(_labels(graph, KG.Actor), reverse=True)}
    near = sorted({*_containing(by_fold, wanted), *get_close_matches(wanted, by_fold, n=_NEAR)})[:_NEAR]
    if not near:
        return "the query 'actors' lists everybody"
    return f"did you mean {' or '.join(by_fold[name] for name in near)}?"


def _containing(names: Iterable[str], wanted: str) -> Iterator[str]:
    words = set(wanted.split())
    return (name for name in names if words and words <= set(name.split()))
