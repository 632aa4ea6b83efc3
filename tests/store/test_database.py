"""Databases on disk: whole or not at all, many readers, and no value changed on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD

from kg.errors import GraphError, InputError
from kg.query import run
from kg.rdf.oxigraph import store_of
from kg.store import Database, is_database
from kg.store.database import reopened

from .conftest import names

if TYPE_CHECKING:
    from pathlib import Path

A, B = URIRef("https://example.org/a"), URIRef("https://example.org/b")


@pytest.fixture
def database(tmp_path: Path, graph: Graph) -> Database:
    store = Database(tmp_path / "news.oxigraph")
    store.write(graph)
    return store


def test_many_read_at_once_while_it_is_replaced(database: Database, graph: Graph) -> None:
    first, second = database.read(), database.read()
    small = Graph()
    small.add((A, B, Literal("new")))
    database.write(small)
    assert set(first) == set(second) == set(graph)
    assert set(database.read()) == set(small)
    assert names(database.path.parent) == {"news.oxigraph"}


def test_a_graph_goes_from_database_to_database(database: Database, graph: Graph, tmp_path: Path) -> None:
    copy = Database(tmp_path / "copy")
    copy.write(database.read())
    assert is_database(copy.path)
    assert set(copy.read()) == set(graph)


def test_a_child_process_opens_it_anew(database: Database, graph: Graph) -> None:
    rdf = database.read()
    assert store_of(reopened(rdf)) is not store_of(rdf)
    assert reopened(graph) is graph
    question = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert run(rdf, question, timeout=60) == run(graph, question)


REWRITTEN = [XSD.int, XSD.nonNegativeInteger, XSD.long, XSD.byte, XSD.token, XSD.normalizedString]


@pytest.mark.parametrize("datatype", REWRITTEN)
def test_a_datatype_that_would_be_rewritten_is_refused(database: Database, graph: Graph, datatype: URIRef) -> None:
    other = Graph()
    other.add((A, B, Literal("1", datatype=datatype)))
    with pytest.raises(GraphError, match=f"would not keep the datatype <{datatype}>"):
        database.write(other)
    assert set(database.read()) == set(graph)
    assert names(database.path.parent) == {"news.oxigraph"}


def test_a_term_that_is_none_is_refused(database: Database) -> None:
    other = Graph()
    other.add((URIRef("https://example.org/a> <b"), B, Literal(1)))
    with pytest.raises(GraphError, match="not valid RDF"):
        database.write(other)
    assert names(database.path.parent) == {"news.oxigraph"}


def test_something_else_is_left_alone(tmp_path: Path, graph: Graph) -> None:
    (tmp_path / "a.oxigraph").mkdir()
    (tmp_path / "a.oxigraph" / "letter.txt").write_text("dear", encoding="utf-8")
    (tmp_path / "b.oxigraph").write_text("file", encoding="utf-8")
    for name in ("a.oxigraph", "b.oxigraph"):
        with pytest.raises(InputError, match="something else is there"):
            Database(tmp_path / name).write(graph)
    with pytest.raises(InputError, match="its folder does not exist"):
        Database(tmp_path / "none" / "c.oxigraph").write(graph)
    (tmp_path / "d.oxigraph").mkdir()
    Database(tmp_path / "d.oxigraph").write(graph)
    assert set(Database(tmp_path / "d.oxigraph").read()) == set(graph)


def test_no_database(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="the folder does not exist"):
        Database(tmp_path / "none.oxigraph").read()
    (tmp_path / "empty.oxigraph").mkdir()
    with pytest.raises(GraphError, match="holds no database of Oxigraph"):
        Database(tmp_path / "empty.oxigraph").read()
    (tmp_path / "empty.oxigraph" / "CURRENT").write_text("nonsense", encoding="utf-8")
    with pytest.raises(GraphError, match="cannot read graph"):
        Database(tmp_path / "empty.oxigraph").read()
