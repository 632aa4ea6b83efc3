"""RDF 1.2: relations speak of triples, Oxigraph reads them, and the graph comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF

from kg.graph.assemble import assemble
from kg.rdf.decode import decode
from kg.rdf.encode import encode
from kg.rdf.oxigraph import graph_on, read_into
from kg.rdf.parse import parse, parse_bytes
from kg.rdf.reified import REIFIES, reified
from kg.rdf.statements import statements_of
from kg.rdf.validate import validate_file

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import DocumentRecord


@pytest.fixture
def rdf(record: DocumentRecord) -> Graph:
    return encode(assemble([replace(record, model="by hand")], program="kg"))


def test_oxigraph_reads_a_triple_term_for_each_relation(rdf: Graph) -> None:
    quads = list(pyoxigraph.parse(reified(statements_of(rdf)), format=pyoxigraph.RdfFormat.N_TRIPLES))
    spoken = {
        (str(quad.object.subject), str(quad.object.predicate), str(quad.object.object))
        for quad in quads
        if isinstance(quad.object, pyoxigraph.Triple)
    }
    relations = set(rdf.subjects(RDF.predicate))
    assert spoken == {
        tuple(f"<{rdf.value(one, part)}>" for part in (RDF.subject, RDF.predicate, RDF.object)) for one in relations
    }
    assert relations
    assert not {str(RDF.subject), str(RDF.predicate), str(RDF.object)} & {quad.predicate.value for quad in quads}


def test_it_comes_back_as_it_was(rdf: Graph) -> None:
    text = reified(statements_of(rdf))
    read = parse_bytes(text.encode(), "ntriples")
    assert set(read) == set(rdf)
    assert decode(read) == decode(rdf)
    assert reified(statements_of(read)) == text
    assert text.splitlines() == sorted(text.splitlines())


def test_what_is_no_statement_is_written_as_it_is() -> None:
    graph = Graph()
    one, two = URIRef("http://example.org/one"), URIRef("http://example.org/two")
    graph.add((one, RDF.subject, two))
    graph.add((two, RDF.subject, Literal("a")))
    graph.add((two, RDF.predicate, one))
    graph.add((two, RDF.object, one))
    assert str(REIFIES) not in reified(statements_of(graph))
    assert set(parse_bytes(reified(statements_of(graph)).encode(), "ntriples")) == set(graph)


def test_it_is_read_by_every_way_into_a_graph(rdf: Graph, tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    path.write_text(reified(statements_of(rdf)), encoding="utf-8")
    store = pyoxigraph.Store()
    read_into(store, path, "ntriples")
    assert set(graph_on(store)) == set(parse(path)) == set(rdf)
    assert validate_file(path) == []
