"""Queries written anew for Oxigraph: the same answers as rdflib's, and nothing in them that was not read."""

from __future__ import annotations

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.query import load, names, run
from kg.query.engine import engine_of, prepare
from kg.rdf.oxigraph import add, graph_on

EX = "https://example.org/"


@pytest.fixture(scope="module")
def large(graph: rdflib.Graph) -> rdflib.Graph:
    """The article's graph in Oxigraph."""
    store = pyoxigraph.Store()
    add(store, graph)
    return graph_on(store)


@pytest.mark.parametrize("name", names())
def test_named_queries_answer_alike(graph: rdflib.Graph, large: rdflib.Graph, name: str) -> None:
    query = load(name)
    assert query.run(large, dict(query.example)) == query.run(graph, dict(query.example))
    assert "engine: Oxigraph" in query.explain(large, dict(query.example))


QUERIES = [
    "SELECT * { ?a kg:meets ?b }",
    "SELECT DISTINCT ?k { ?a a ?k } ORDER BY DESC(?k) LIMIT 3 OFFSET 1",
    "SELECT REDUCED ?a { ?a kg:leads [] }",
    "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?e) AS ?m) { ?e kg:participant ?who }",
    "SELECT ?who (SUM(?i) AS ?s) (MIN(?i) AS ?lo) (MAX(?i) AS ?hi) { ?e kg:participant ?who ; kg:intensity ?i } "
    "GROUP BY ?who HAVING (COUNT(?e) > 1) ORDER BY ?who",
    "SELECT (GROUP_CONCAT(?n; SEPARATOR = ' \" | ') AS ?all) { SELECT ?n { ?a skos:prefLabel ?n } ORDER BY ?n }",
    "SELECT (SAMPLE(?x) AS ?y) { VALUES ?x { 1 } } GROUP BY (STR(?x) AS ?z)",
    "SELECT DISTINCT ?n { ?a rdfs:label|skos:altLabel ?n . ?a (kg:memberOf|^kg:alliedWith)+ ?b }",
    "SELECT DISTINCT ?d { ?e gaf:denotedBy/nif:referenceContext/kg:documentId? ?d }",
    "SELECT DISTINCT ?a ?b { ?a kg:meets* ?b . ?a kg:leads ?c }",
    "SELECT ?e ?day { ?e a kg:Event OPTIONAL { ?e kg:date ?day FILTER (?day > '2024-01-01'^^xsd:date) } }",
    "SELECT ?e { ?e a kg:Event MINUS { ?e kg:factuality kg:Happened } }",
    "SELECT ?e { { ?e sem:eventType plover:AGREE } UNION { ?e sem:eventType plover:AID } UNION { } }",
    "SELECT ?e { ?e a kg:Event FILTER NOT EXISTS { ?e kg:source ?x } FILTER EXISTS { ?e kg:participant ?y } }",
    "SELECT ?e (IF(BOUND(?d), ?d, 'none') AS ?x) { ?e a kg:Event OPTIONAL { ?e kg:date ?d } }",
    "SELECT ?x ?y { VALUES (?x ?y) { (1 UNDEF) (kg:meets 'a'@en) } BIND (COALESCE(?y, ?x) AS ?z) FILTER (BOUND(?z)) }",
    "SELECT ?x { VALUES ?x { 1 2.5 true 'a' \"b\\n\" 'c'@en-gb '2024-01-01'^^xsd:date } }",
    "SELECT ?n { ?a rdfs:label ?n FILTER (REGEX(?n, '^ice', 'i') || STRSTARTS(?n, 'Nor') && !CONTAINS(?n, 'Pol')) }",
    "SELECT (1 + 2 * 3 - -4 AS ?x) ((1 + 2) * 3 / 4 AS ?y) (+5 AS ?z) { }",
    "SELECT ?n { ?a rdfs:label ?n FILTER (?n IN ('Iceland', 'Norway') && ?n NOT IN ('Norway') && 1 != 2) }",
    "SELECT (SUBSTR('abcd', 2, 2) AS ?a) (REPLACE('abc', 'b', 'x') AS ?b) (CONCAT('a', 'b', 'c') AS ?c) "
    "(STRLEN('é') AS ?d) (UCASE('a') AS ?e) (YEAR('2024-03-01T00:00:00'^^xsd:dateTime) AS ?f) (ABS(-1) AS ?g) "
    "(STRLANG('a', 'en') AS ?h) (xsd:integer('7') AS ?i) (isIRI(kg:meets) AS ?j) (sameTerm(1, 1) AS ?k) { }",
    "SELECT ?n { ?a rdfs:label ?n } ORDER BY ASC(STRLEN(?n)) DESC(?n) LIMIT 5",
    "SELECT ?a { ?a rdf:type kg:State ; kg:country 'ISL', ?other . }",
    "ASK { ?a kg:leads ?b . ?b a kg:State }",
    "ASK { ?a kg:attacks kg:Nobody }",
    "CONSTRUCT { ?b kg:supports ?a . ?b rdfs:label 'x' } WHERE { ?a kg:meets ?b }",
    "CONSTRUCT WHERE { ?a kg:meets ?b }",
    "BASE <https://w3id.org/geopolitical-kg/> PREFIX o: <ontology#> SELECT ?a { ?a o:meets ?b ; <ontology#meets> ?b }",
    "SELECT ?a WHERE { ?a kg:meets ?b } VALUES ?b { UNDEF }",
    "DESCRIBE ?a WHERE { ?a kg:leads ?b }",
]


@pytest.mark.parametrize("query", QUERIES)
def test_queries_answer_alike(graph: rdflib.Graph, large: rdflib.Graph, query: str) -> None:
    ours, theirs = run(large, query), run(graph, query)
    assert (ours.kind, ours.columns, ours.boolean) == (theirs.kind, theirs.columns, theirs.boolean)
    assert ours.dicts() == theirs.dicts()  # values: rdflib reckons some whole numbers as decimals
    wanted = "rdflib" if query.startswith("DESCRIBE") else "Oxigraph"
    assert engine_of(large, prepare(large, query)) == wanted


def test_bindings_and_limits_reach_oxigraph(graph: rdflib.Graph, large: rdflib.Graph) -> None:
    actors = (rdflib.URIRef(f"{EX}nobody"),)
    query = "SELECT ?a ?b { ?a kg:meets ?b } ORDER BY ?a ?b"
    assert run(large, query, {"a": actors}).rows == ()
    first = run(graph, query).rows[0]
    assert first[0] is not None
    assert run(large, query, {"a": first[0]}) == run(graph, query, {"a": first[0]})
    assert run(large, query, limit=1) == run(graph, query, limit=1)


SMUGGLED = [
    "SELECT * { ?s ?p ?o } # \r SERVICE <http://h.invalid/> { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o # \r . SERVICE <http://h.invalid/> { ?s ?p ?o }\n }",
    r"SELECT * { ?s ?p '\u0027 . SERVICE <http://h.invalid/> { ?s ?p \u0027' }",
    r"SELECT * { ?s ?p ?o \u0023 } SERVICE <http://h.invalid/> { ?s ?p ?o }" + "\n}",
    'SELECT * { ?s ?p """ } SERVICE <http://h.invalid/> { """ }',
    "SELECT * { ?s ?p <http://a.invalid/#> . ?x ?y 'SERVICE <http://h.invalid/> {}' }",
]


@pytest.mark.parametrize("query", SMUGGLED)
def test_no_service_is_smuggled_past_the_reader(large: rdflib.Graph, query: str) -> None:
    """Where Oxigraph would see more in a text than rdflib does, what it is given still holds only what was read."""
    try:
        text = prepare(large, query).text
    except QueryError:
        return
    assert text is not None
    without_strings = "".join(part for number, part in enumerate(text.split('"')) if number % 2 == 0)
    assert "SERVICE" not in without_strings.upper()
    run(large, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://h.invalid/> { ?s ?p ?o } }",
        r"SELECT * { \u0053ERVICE SILENT <http://h.invalid/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://h.invalid/> { ?s ?p ?o } } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "DELETE WHERE { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } ; LOAD <file:///etc/passwd>",
    ],
)
def test_nothing_beyond_oxigraph_is_reached(large: rdflib.Graph, query: str) -> None:
    before = len(large)
    with pytest.raises(QueryError, match=r"refused|update|syntax error"):
        run(large, query)
    assert len(large) == before


BAD_IRIS = ["https://example.org/a> ?p ?o . <b", "https://example.org/a b", 'https://example.org/"', "relative", "\x00"]


@pytest.mark.parametrize("iri", BAD_IRIS)
def test_a_bad_iri_injects_nothing(large: rdflib.Graph, iri: str) -> None:
    with pytest.raises(QueryError, match="is no absolute IRI"):
        run(large, "SELECT ?b { ?a kg:meets ?b }", {"a": rdflib.URIRef(iri)})
    with pytest.raises(QueryError, match="is no absolute IRI"):
        run(large, "SELECT ?b { ?b ?c ?a }", {"a": rdflib.Literal("x", datatype=rdflib.URIRef(iri))})


@settings(deadline=None, max_examples=20)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_is(large: rdflib.Graph, text: str) -> None:
    table = run(large, "SELECT ?x { VALUES ?x { UNDEF } }", {"x": rdflib.Literal(text)})
    assert [str(row[0]) for row in table] == [text]


def test_a_lone_surrogate_is_refused(large: rdflib.Graph) -> None:
    with pytest.raises(QueryError, match="lone surrogate"):
        run(large, "SELECT ?x { VALUES ?x { UNDEF } }", {"x": rdflib.Literal("\ud800")})


def test_what_oxigraph_cannot_evaluate_is_one_line(large: rdflib.Graph) -> None:
    with pytest.raises(QueryError, match="cannot be evaluated") as caught:
        run(large, "SELECT (SUM(?x) AS ?y) ?z { ?x ?p ?z }")
    assert "\n" not in str(caught.value)
