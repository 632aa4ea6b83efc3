"""Oxigraph's answers as tables: the order is that of rdflib's terms."""

from __future__ import annotations

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import XSD

from kg.errors import QueryError
from kg.query.solutions import row_key, table_of
from kg.rdf.oxigraph import add

TEXTS = st.text(st.characters(codec="utf-8"), max_size=4)
TERMS = st.one_of(
    st.sampled_from([rdflib.URIRef("urn:a"), rdflib.URIRef("urn:b"), rdflib.BNode("a"), rdflib.BNode("b")]),
    TEXTS.map(rdflib.Literal),
    st.tuples(TEXTS, st.sampled_from(["en", "en-GB", "de"])).map(lambda pair: rdflib.Literal(pair[0], lang=pair[1])),
    st.integers(-3, 30).map(rdflib.Literal),
    st.sampled_from(["a", "2"]).map(lambda text: rdflib.Literal(text, datatype=XSD.date)),
)


@settings(deadline=None)
@given(st.lists(st.tuples(TERMS, st.integers(0, 1)), max_size=8))
def test_rows_are_sorted_as_their_terms_are(values: list[tuple[rdflib.term.Node, int]]) -> None:
    store = pyoxigraph.Store()
    add(store, [(rdflib.URIRef(f"urn:{number}"), rdflib.URIRef("urn:p"), value) for value, number in values])
    query = "SELECT ?v ?s ?none { ?s <urn:p> ?v OPTIONAL { ?s <urn:q> ?none } }"
    table = table_of(store.query(query), {}, sort=True)
    assert list(table.rows) == sorted(table.rows, key=row_key)
    assert len(table) == len(list(store.query(query)))  # type: ignore[arg-type]


def test_columns_stand_as_asked() -> None:
    store = pyoxigraph.Store()
    add(store, [(rdflib.URIRef("urn:s"), rdflib.URIRef("urn:p"), rdflib.Literal("o"))])
    table = table_of(store.query("SELECT * { ?s ?p ?o }"), {"ex": "urn:"}, ("o", "x", "s", "p"), sort=True)
    assert table.columns == ("o", "s", "p")
    assert table.rows == ((rdflib.Literal("o"), rdflib.URIRef("urn:s"), rdflib.URIRef("urn:p")),)
    assert table.prefixes == (("ex", "urn:"),)


def test_a_triple_in_an_answer_is_refused() -> None:
    query = "SELECT ?t { BIND (<<( <urn:s> <urn:p> <urn:o> )>> AS ?t) }"
    with pytest.raises(QueryError, match="the answer cannot be shown: triples about triples"):
        table_of(pyoxigraph.Store().query(query), {}, sort=True)
