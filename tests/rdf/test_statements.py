"""A graph is the same statements from wherever it lies, and terms come back from them as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDFS, XSD

from kg.rdf import syntax
from kg.rdf.oxigraph import add, graph_on
from kg.rdf.statements import statements_of

if TYPE_CHECKING:
    from rdflib.term import Node

TERMS: list[Node] = [
    URIRef("http://example.org/a"),
    URIRef("http://example.org/\xa0\u2003"),
    BNode("b1"),
    Literal(""),
    Literal("plain, with <b>, é and 😀"),
    Literal("\"'\\\n\r\t\b\f\x00\x7f\x85\xa0\u2028\ufeff"),
    Literal("\\u0041"),
    Literal("colour", lang="en-gb"),
    Literal("4", datatype=XSD.integer, normalize=False),
    Literal('4"^^<x', datatype=XSD.decimal, normalize=False),
]


@pytest.mark.parametrize("term", TERMS)
def test_terms_come_back(term: Node) -> None:
    blanks: dict[Node, str] = {BNode("b1"): "b1"}
    assert syntax.node(syntax.term(term, blanks)) == term


def test_a_graph_in_oxigraph_gives_the_statements_of_one_in_rdflib() -> None:
    subject = URIRef("http://example.org/s")
    triples = [(subject, RDFS.seeAlso, term) for term in TERMS] + [(BNode("a"), RDFS.seeAlso, BNode("b1"))]
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add(triple)
    store = pyoxigraph.Store()
    add(store, triples)
    one, other = statements_of(graph), statements_of(graph_on(store))
    assert one.own is None
    assert set(one.triples) == set(other.triples)
    assert len(set(statements_of(graph).triples)) == len(triples)


def test_without_blank_nodes_only_what_oxigraph_escapes_otherwise_is_written_anew() -> None:
    subject = URIRef("http://example.org/s")
    triples = [(subject, RDFS.seeAlso, term) for term in TERMS if not isinstance(term, BNode)]
    store = pyoxigraph.Store()
    add(store, triples)
    expected = {tuple(syntax.term(term, {}) for term in triple) for triple in triples}
    assert set(statements_of(graph_on(store)).triples) == expected
