"""Which queries Oxigraph is given in the user's own words: none that could ask for what is refused."""

from __future__ import annotations

import pyoxigraph
import pytest
import rdflib

from kg.errors import QueryError
from kg.ontology import KG
from kg.query import run
from kg.query.plain import is_ordered, is_plain
from kg.rdf.oxigraph import add, graph_on

EX = rdflib.Namespace("https://example.org/")


@pytest.fixture(scope="module")
def two() -> rdflib.Graph:
    store = pyoxigraph.Store()
    add(store, [(EX.b, KG.meets, EX.a), (EX.a, KG.meets, EX.b), (EX.a, EX.age, rdflib.Literal(63))])
    graph = graph_on(store)
    graph.bind("ex", EX)
    return graph


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?a { ?a kg:meets ?b }",
        "select (count( * ) as ?n) { ?a kg:meets ?b } group by ?b order by ?n limit 3",
        "ASK { ex:a kg:meets ex:b }",
        "PREFIX : <https://example.org/> CONSTRUCT { ?a :p ?b } WHERE { ?a kg:meets ?b }",
        "SELECT ?a { ?a ?p 'where # } { is it?' }",
    ],
)
def test_plain_queries(query: str) -> None:
    assert is_plain(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?a kg:meets ?b }",
        "SELECT ?a { SERVICE <http://h.invalid/> { ?a ?b ?c } }",
        "SELECT ?a { sErViCe <http://h.invalid/> { ?a ?b ?c } }",
        r"SELECT ?a { \u0053ERVICE <http://h.invalid/> { ?a ?b ?c } }",
        r"SELECT ?a { SERV\u0049CE <http://h.invalid/> { ?a ?b ?c } }",
        "SELECT ?a FROM <file:///etc/passwd> { ?a ?b ?c }",
        "LOAD <file:///etc/passwd>",
        "DESCRIBE ?a { ?a kg:meets ?b }",
        "BASE <https://example.org/> SELECT ?a { ?a kg:meets <b> }",
        "SELECT ?a { ?a kg:meets ?b LATERAL { ?b ?p ?o } }",
        "SELECT ?a { << ?a ?b ?c >> ?p ?o }",
        "SELECT ?a { { SELECT ?a { ?a ?b ?c } ORDER BY ?a LIMIT 1 } }",
        "SELECT ?a { ?a ?b ?c } # ORDER BY ?a",
        *(f"ASK {{ FILTER ({sign * 5000}1 = 1) }}" for sign in "({[!+-"),
        "SELECT ?a { ?a ?b ?c } HAVING (?a = '} ORDER BY ?a')",
    ],
)
def test_any_other_is_read_first(query: str) -> None:
    assert not is_plain(query)


@pytest.mark.parametrize(
    ("query", "ordered"),
    [
        ("SELECT ?a { ?a ?b ?c }", False),
        ("SELECT ?a { ?a ?b ?c } ORDER\n BY ?a", True),
        ("SELECT ?a { { SELECT ?a { ?a ?b ?c } ORDER BY ?a } }", None),
        ("SELECT ?a { ?a ex:border ?c }", None),
    ],
)
def test_an_order_is_seen_or_in_doubt(query: str, ordered: bool | None) -> None:
    assert is_ordered(query) is ordered


def test_rows_without_an_order_are_sorted_and_others_are_not(two: rdflib.Graph) -> None:
    assert run(two, "SELECT ?a { ?a kg:meets ?b }").rows == ((EX.a,), (EX.b,))
    assert run(two, "SELECT ?a { ?a kg:meets ?b } ORDER BY DESC(?a)").rows == ((EX.b,), (EX.a,))
    assert run(two, "SELECT ?a ?n { ?a kg:meets ?b OPTIONAL { ?a ex:age ?n } }", timeout=60).rows == (
        (EX.a, rdflib.Literal(63)),
        (EX.b, None),
    )
    assert run(two, "CONSTRUCT { ?b ex:met ?a } WHERE { ?a kg:meets ?b }").rows == (
        (EX.a, EX.met, EX.b),
        (EX.b, EX.met, EX.a),
    )


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?a { ?a kg:meets }", "syntax error in the query, line 1, column 25"),
        ("SELECT ?a { ?a nope:meets ?b }", "unknown prefix nope:"),
        ("DELETE WHERE { ?a ?b ?c }", "the query is an update"),
        ("INSERT DATA { ex:a ex:b ex:c }", "the query is an update"),
        ("SELECT (SUM(?x) AS ?y) ?z { ?x ?p ?z }", "cannot be evaluated"),
    ],
)
def test_what_oxigraph_does_not_understand_is_explained(two: rdflib.Graph, query: str, message: str) -> None:
    assert is_plain(query)
    with pytest.raises(QueryError, match=message):
        run(two, query)
    assert len(two) == 3


def test_what_nests_deeply_is_an_error(two: rdflib.Graph) -> None:
    with pytest.raises(QueryError):
        run(two, f"ASK {{ FILTER {'(' * 5000}1{')' * 5000} }}")


def test_many_columns_and_rows_stand_as_in_the_text(two: rdflib.Graph) -> None:
    table = run(two, "SELECT ?o ?s ?p { ?s ?p ?o }")
    assert table.columns == ("o", "s", "p")
    assert table.rows[-1] == (rdflib.Literal(63), EX.a, EX.age)
