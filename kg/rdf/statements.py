"""A graph as statements, each of three terms as N-Triples writes them: what all writers write.

A term as text is made once and compared as fast as texts are, which terms of a library are not.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph
from rdflib import BNode
from rdflib.namespace import RDF

from kg.errors import ConfigError, GraphError
from kg.identifiers import Identifiers
from kg.ontology import PROV
from kg.rdf import syntax
from kg.rdf.oxigraph import NO_TRIPLE_TERMS, from_oxigraph, store_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib import Graph
    from rdflib.term import Node

Statement: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Statements:
    """A graph as statements; one may come more than once.

    ``own`` is the IRI that the graph has for itself, if any. Blank nodes, of which kg makes none, are numbered in the
    order of their ids.
    """

    own: str | None
    triples: Iterable[Statement]


def statements_of(rdf: Graph) -> Statements:
    """Return a graph of rdflib as statements, made one by one as they are taken, and once.

    Taking them raises a GraphError where a term cannot be written.
    """
    store = store_of(rdf)
    return Statements(own_iri(rdf), _of_rdflib(rdf) if store is None else _of_oxigraph(store))


def own_iri(rdf: Graph) -> str | None:
    """Return the IRI that a graph has for itself, which is the base of its names; None unless it is just one."""
    return base_among(str(subject) for subject in rdf.subjects(RDF.type, PROV.Entity))


def base_among(entities: Iterable[str]) -> str | None:
    """Return the IRI of the one entity that a graph speaks of, if it is one that names can begin with."""
    found = list(entities)
    return found[0] if len(found) == 1 and is_base(found[0]) else None


def is_base(iri: str) -> bool:
    """Say whether names can begin with an IRI."""
    try:
        return Identifiers(iri).base == iri
    except ConfigError:
        return False


def _of_rdflib(rdf: Graph) -> Iterator[Statement]:
    blanks = {node: f"b{number}" for number, node in enumerate(sorted(_blank_nodes(rdf), key=str))}
    written: dict[Node, str] = {}
    for triple in rdf:
        for node in triple:
            if node not in written:
                written[node] = syntax.term(node, blanks)
        subject, predicate, value = triple
        yield written[subject], written[predicate], written[value]


def _blank_nodes(rdf: Graph) -> set[Node]:
    return {node for triple in rdf for node in triple if isinstance(node, BNode)}


def _of_oxigraph(store: pyoxigraph.Store) -> Iterator[Statement]:
    """Take what Oxigraph writes, and write anew the lines that may hold what it escapes in another way than kg."""
    with tempfile.TemporaryFile("w+b") as file:
        store.dump(file, format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
        file.seek(0)
        blanks: dict[Node, str] = {BNode(name): f"b{number}" for number, name in enumerate(sorted(_blank_ids(file)))}
        file.seek(0)
        for content in file:
            line = content[:-1].decode()
            if blanks or "\\" in line or not line.isprintable():
                yield from _rewritten(content, blanks)
            else:
                subject, predicate, value = line[:-2].split(" ", 2)
                yield subject, predicate, value


def _blank_ids(lines: Iterable[bytes]) -> set[str]:
    mentioned = (line for line in lines if line.startswith(b"_:") or b" _:" in line)
    terms = (term for line in mentioned for triple in _read(line) for term in (triple.subject, triple.object))
    return {term.value for term in terms if isinstance(term, pyoxigraph.BlankNode)}


def _read(line: bytes) -> Iterator[pyoxigraph.Quad]:
    return iter(pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_TRIPLES))


def _rewritten(line: bytes, blanks: Mapping[Node, str]) -> Iterator[Statement]:
    for triple in _read(line):
        if isinstance(triple.object, pyoxigraph.Triple):
            raise GraphError(NO_TRIPLE_TERMS)
        subject, predicate, value = (
            syntax.term(from_oxigraph(term), blanks) for term in (triple.subject, triple.predicate, triple.object)
        )
        yield subject, predicate, value
