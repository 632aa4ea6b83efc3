"""SPARQL over a graph: every form of query, refusals, and errors that say where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import RDF, XSD
from rdflib.plugins.sparql import evaluate

from kg.errors import QueryError
from kg.ontology import KG
from kg.query import Table, run

if TYPE_CHECKING:
    from pathlib import Path

EX = rdflib.Namespace("https://example.org/")


@pytest.fixture
def small() -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    graph.bind("ex", EX)
    graph.add((EX.a, KG.meets, EX.b))
    graph.add((EX.b, KG.meets, EX.a))
    graph.add((EX.a, RDF.type, KG.Person))
    graph.add((EX.a, EX.age, rdflib.Literal(63)))
    return graph


def test_select_gives_rows_of_terms_in_the_order_of_the_columns(small: rdflib.Graph) -> None:
    table = run(small, "SELECT ?b ?a WHERE { ?a kg:meets ?b } ORDER BY DESC(?a)")
    assert table == Table("select", ("b", "a"), ((EX.a, EX.b), (EX.b, EX.a)))
    assert table
    assert len(table) == 2


def test_rows_without_order_by_are_sorted_and_star_keeps_the_order_of_the_text(small: rdflib.Graph) -> None:
    table = run(small, "SELECT * WHERE { ?zz kg:meets ?a OPTIONAL { ?zz ex:age ?m } }")
    assert table.columns == ("zz", "a", "m")
    assert table.rows == ((EX.a, EX.b, rdflib.Literal(63)), (EX.b, EX.a, None))
    assert table.dicts() == [{"zz": str(EX.a), "a": str(EX.b), "m": 63}, {"zz": str(EX.b), "a": str(EX.a)}]


@pytest.mark.parametrize(("pattern", "answer"), [("ex:a kg:meets ex:b", True), ("ex:a kg:opposes ex:b", False)])
def test_ask(small: rdflib.Graph, pattern: str, answer: bool) -> None:
    table = run(small, f"ASK {{ {pattern} }}")
    assert table.kind == "ask"
    assert table.boolean is answer
    assert bool(table) is answer
    assert len(table) == 0
    assert len(table.graph) == 0


@pytest.mark.parametrize(
    ("query", "triples"),
    [
        ("CONSTRUCT { ?b ex:met ?a } WHERE { ?a kg:meets ?b }", [(EX.a, EX.met, EX.b), (EX.b, EX.met, EX.a)]),
        ("CONSTRUCT WHERE { ?a a ?k }", [(EX.a, RDF.type, KG.Person)]),
        ("DESCRIBE ex:b", [(EX.b, KG.meets, EX.a)]),
        ("DESCRIBE ?x WHERE { ?x kg:meets ex:a }", [(EX.b, KG.meets, EX.a)]),
    ],
)
def test_construct_and_describe_give_a_graph(
    small: rdflib.Graph, query: str, triples: list[tuple[rdflib.URIRef, ...]]
) -> None:
    table = run(small, query)
    assert (table.kind, table.columns) == ("graph", ("subject", "predicate", "object"))
    assert list(table) == triples
    assert set(table.graph) == set(triples)
    assert dict(table.graph.namespaces())["ex"] == rdflib.URIRef(EX)


REFUSED = [
    ("SELECT * WHERE { SERVICE <http://h.invalid/> { ?s ?p ?o } }", "SERVICE is refused"),
    ("SELECT * WHERE { SERVICE SILENT <http://h.invalid/> { ?s ?p ?o } }", "SERVICE is refused"),
    (r"SELECT * WHERE { \u0053ERVICE <http://h.invalid/> { ?s ?p ?o } }", "SERVICE is refused"),
    ("SELECT * WHERE { ?s ?p ?o FILTER EXISTS { SERVICE <http://h.invalid/> { ?s ?p ?o } } }", "SERVICE is refused"),
    ("SELECT (EXISTS { SERVICE <http://h.invalid/> { ?s ?p ?o } } AS ?x) WHERE { }", "SERVICE is refused"),
    ("SELECT * WHERE { { SELECT ?s { SERVICE ?s { ?s ?p ?o } } } }", "SERVICE is refused"),
    ("SELECT * WHERE { BIND (NOT EXISTS { SERVICE <http://h.invalid/> { ?s ?p ?o } } AS ?x) }", "SERVICE is refused"),
    ("ASK { ?s ?p ?o MINUS { SERVICE <http://h.invalid/> { ?s ?p ?o } } }", "SERVICE is refused"),
    ("SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }", "FROM is refused"),
    ("SELECT * FROM NAMED <http://h.invalid/> WHERE { GRAPH ?g { ?s ?p ?o } }", "FROM is refused"),
    ("ASK FROM <http://h.invalid/> { ?s ?p ?o }", "FROM is refused"),
    ("CONSTRUCT { ?s ?p ?o } FROM <http://h.invalid/> WHERE { ?s ?p ?o }", "FROM is refused"),
    ("DESCRIBE <http://x.invalid/> FROM <http://h.invalid/>", "FROM is refused"),
    ("LOAD <file:///etc/passwd>", "is an update"),
    ("INSERT DATA { <http://a.invalid/> <http://b.invalid/> 1 }", "is an update"),
    ("DELETE WHERE { ?s ?p ?o }", "is an update"),
    ("PREFIX ex: <https://example.org/> CLEAR ALL", "is an update"),
]


@pytest.mark.parametrize(("query", "reason"), REFUSED)
def test_nothing_beyond_the_graph_is_reached(
    small: rdflib.Graph, query: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reach(*_: object) -> None:
        raise AssertionError("the network was reached")

    monkeypatch.setattr(evaluate, "urlopen", reach)
    before = set(small)
    with pytest.raises(QueryError, match=reason):
        run(small, query)
    assert set(small) == before


def test_the_words_are_free_in_strings_names_and_comments(small: rdflib.Graph) -> None:
    query = 'SELECT ?from WHERE { ?from kg:meets ?service FILTER ("SERVICE FROM LOAD" != "") } # SERVICE <http://x/> {}'
    assert len(run(small, query)) == 2


SYNTAX = [
    ("SELEC ?x", "line 1, column 1: unexpected 'SELEC'"),
    ("SELECT ?x WHERE { ?x a ", "line 1, column 23: the query ends too early"),
    ("SELECT ?x\nWHERE {\n  ?x kg:meets ?y FILTER (?x = )\n}", "line 3, column 31: unexpected ')'"),
    ("SELECT ?x WHERE { ?x a ?y } foo", "line 1, column 29: unexpected 'foo'"),
    ("", "line 1, column 1: the query ends too early"),
]


@pytest.mark.parametrize(("query", "message"), SYNTAX)
def test_a_syntax_error_says_where(small: rdflib.Graph, query: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        run(small, query)
    assert str(caught.value) == f"syntax error in the query, {message}"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?x { ?x foo:bar ?y }", "unknown prefix foo: in the query, line 1, column 16; declare it"),
        ("SELECT ?x { GRAPH ?g { ?x ?y ?z } }", "^GRAPH is refused: .* leave GRAPH out$"),
        ("SELECT ?x { ?x ?y ?z FILTER EXISTS { GRAPH <x:g> { ?x ?y ?z } } }", "^GRAPH is refused"),
        (f"SELECT ?x {{ {'{' * 3000} ?x ?y ?z {'}' * 3000} }}", "nested too deeply"),
    ],
)
def test_other_errors_are_one_line(small: rdflib.Graph, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        run(small, query)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT ?x\n{ ?x foo:bar ?y }", "line 2, column 6"),
        ('# foo:a\nSELECT ?foo { ?foo <foo:a> \'foo:a\', "foo:a\\"", kg:foo:a ; foo:a ?y }', "line 2, column 59"),
        ('SELECT ?x { ?x ?y """foo:a " foo:b"" foo:c""", "x"@foo, "x"^^foo:a }', "line 1, column 62"),
        ("SELECT ?x { ?x (kg:a|^foo:a)? ?y }", "line 1, column 23"),
        ("SELECT ?x { ?x kg:a 1.foo:a kg:b 2 }", "line 1, column 23"),
    ],
)
def test_an_unknown_prefix_is_where_it_is_first_used(small: rdflib.Graph, query: str, place: str) -> None:
    with pytest.raises(QueryError, match=f"unknown prefix foo: in the query, {place};"):
        run(small, query)


def test_the_empty_prefix_may_be_unknown(small: rdflib.Graph) -> None:
    with pytest.raises(QueryError, match="unknown prefix : in the query, line 1, column 22;"):
        run(small, "SELECT ?x { ?x kg:a: :b }")


def test_two_prefixes_may_stand_for_one_iri(small: rdflib.Graph) -> None:
    query = "BASE <https://example.org/> PREFIX one: <https://example.org/> PREFIX two: <> ASK { one:a kg:meets two:b }"
    assert run(small, query)
    assert run(small, "PREFIX : <https://example.org/> ASK { :a :age 63 ; a kg:Person }")


def test_a_group_of_nothing_is_no_row(small: rdflib.Graph) -> None:
    assert run(small, "SELECT ?a (COUNT(?b) AS ?n) { ?a kg:leads ?b } GROUP BY ?a").rows == ()
    assert run(small, "SELECT (COUNT(?b) AS ?n) { ?a kg:leads ?b }").rows == ((rdflib.Literal(0),),)


@pytest.mark.parametrize(
    ("query", "bindings", "expected"),
    [
        ("SELECT ?b { ?a kg:meets ?b }", {"a": EX.a}, [EX.b]),
        ("SELECT ?b { VALUES ?a { UNDEF } ?a kg:meets ?b }", {"a": EX.a}, [EX.b]),
        ("SELECT ?b { ?a kg:meets ?b }", {"a": (EX.a, EX.b)}, [EX.a, EX.b]),
        ("SELECT ?b { ?a kg:meets ?b }", {"a": ()}, []),
        ("SELECT ?b { { SELECT ?a ?b { VALUES ?a { UNDEF } ?a kg:meets ?b } } }", {"a": EX.b}, [EX.a]),
        ("SELECT ?b { ?b ex:age ?n }", {"n": rdflib.Literal("63", datatype=XSD.integer)}, [EX.a]),
        ("SELECT ?b { ?b ex:age ?n }", {"n": rdflib.Literal("63 } ?b ?p ?o {")}, []),
    ],
)
def test_bindings_enter_as_terms(
    small: rdflib.Graph, query: str, bindings: dict[str, rdflib.term.Identifier], expected: list[rdflib.URIRef]
) -> None:
    assert [row[0] for row in run(small, query, bindings)] == expected


def test_a_binding_for_no_variable_is_an_error(small: rdflib.Graph) -> None:
    with pytest.raises(QueryError, match=r"no variable \?c to bind; it has \?a, \?b"):
        run(small, "SELECT * { ?a kg:meets ?b }", {"c": EX.a})
    with pytest.raises(QueryError, match="WHERE pattern of its own"):
        run(small, "SELECT ?a { SELECT ?a { ?a kg:meets ?b } }", {"a": EX.a})


@pytest.mark.parametrize("query", ["SELECT ?a { ?a kg:meets ?b } ORDER BY ?a LIMIT 2", "SELECT ?a { ?a kg:meets ?b }"])
def test_limit_replaces_that_of_the_query(small: rdflib.Graph, query: str) -> None:
    assert len(run(small, query)) == 2
    assert len(run(small, query, limit=1)) == 1
    assert len(run(small, query, limit=0)) == 0


def test_joins_below_joins_carry_bindings_and_keep_the_answer(small: rdflib.Graph) -> None:
    query = """SELECT ?a ?b ?n {
      VALUES ?a { ex:a ex:b } VALUES ?b { ex:a ex:b }
      { ?a kg:meets ?b } UNION { ?b kg:opposes ?a }
      { SELECT ?a (COUNT(*) AS ?n) { ?a kg:meets ?c } GROUP BY ?a ORDER BY ?a LIMIT 1 }
      MINUS { ?c ex:age 63 . ?c kg:opposes ?b }
      { BIND (1 AS ?one) ?a kg:meets ?b FILTER (?one = 1) }
    }"""
    assert run(small, query).rows == ((EX.a, EX.b, rdflib.Literal(1)),)


@settings(deadline=None, max_examples=30)
@given(st.text())
def test_any_text_is_an_answer_or_a_query_error_of_one_line(text: str) -> None:
    try:
        run(rdflib.Graph(), text)
    except QueryError as error:
        assert len(str(error).splitlines()) == 1  # noqa: PT017 (most texts are errors, some are not)


def test_the_graph_may_come_from_a_file(small: rdflib.Graph, tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    small.serialize(path, format="nt", encoding="utf-8")
    query = "SELECT * { ?s ?p ?o }"
    assert run(rdflib.Graph().parse(path), query) == run(small, query)
