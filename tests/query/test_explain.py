"""What is said of a query before it is answered."""

from __future__ import annotations

import sys

import pytest
import rdflib

from kg.errors import MissingExtraError, QueryError
from kg.query import explain, load, names, run


def test_the_plan_is_told_with_how_much_fits_each_pattern(graph: rdflib.Graph) -> None:
    text = explain(
        graph, "SELECT ?a { ?a kg:meets ?b OPTIONAL { ?a kg:leads ?c } FILTER NOT EXISTS { ?b a kg:State } }"
    )
    lines = [line.strip() for line in text.splitlines()]
    assert lines[0] == "engine: rdflib"
    assert lines[1] == f"triples: {len(graph)}"
    assert lines[2].startswith("query: SELECT ?a WHERE { ?a <")
    meeting = run(graph, "SELECT (COUNT(*) AS ?n) { ?a kg:meets ?b }").rows[0][0]
    assert f"?a kg:meets ?b   {meeting}" in lines
    assert {"optional", "filter", "exists", "match"} <= set(lines)
    assert any(line.startswith("?a kg:leads ?c   ") for line in lines)


def test_a_path_is_told_without_a_number(graph: rdflib.Graph) -> None:
    (line,) = [each for each in explain(graph, "SELECT ?a { ?a kg:memberOf+ ?b }").splitlines() if "?a" in each[:6]]
    assert line.endswith(" ?b")


def test_rdflib_too_is_shown_with_the_query_as_it_gets_it(graph: rdflib.Graph) -> None:
    (line,) = [
        each for each in load("most-active").explain(graph, {"limit": 7}).splitlines() if each.startswith("query: ")
    ]
    assert line.endswith(" LIMIT 7")
    asked = explain(graph, "SELECT ?x { ?x a kg:Actor }", {"x": rdflib.URIRef("https://x.test/one")})
    assert "VALUES (?x) { (<https://x.test/one>) }" in asked.splitlines()[2]


def test_what_cannot_be_asked_cannot_be_explained(graph: rdflib.Graph) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        explain(graph, "SELECT * { SERVICE <http://h.invalid/> { ?s ?p ?o } }")


@pytest.mark.parametrize("name", names())
def test_every_named_query_can_be_explained_and_has_help(graph: rdflib.Graph, name: str) -> None:
    query = load(name)
    assert "engine: rdflib\n" in query.explain(graph, dict(query.example))
    assert query.help.startswith(f"{name}: {query.title}\n")
    assert all(f"  {each.name} (" in query.help for each in query.parameters)
    assert f"kg query GRAPH --name {name}" in query.help


def test_answers_are_data_frames(graph: rdflib.Graph) -> None:
    pytest.importorskip("pandas")
    frame = load("actors").run(graph).to_pandas()
    assert list(frame.columns) == ["name", "kind", "country", "sector", "events"]
    assert frame.loc[frame["name"] == "Iceland", "events"].item() == 3
    assert frame.loc[frame["name"] == "NATO", "country"].isna().all()
    assert run(graph, "ASK { ?a kg:meets ?b }").to_pandas()["answer"].to_list() == [True]
    assert list(run(graph, "CONSTRUCT WHERE { ?a kg:meets ?b }").to_pandas().columns) == [
        "subject",
        "predicate",
        "object",
    ]
    assert len(run(graph, "SELECT ?a { ?a kg:nothing ?b }").to_pandas()) == 0


COLUMNS = [
    ("1 UNDEF 3", "Int64"),
    ("1.5 2 UNDEF", "float64"),
    ("1e0 2.5 3", "float64"),
    ("true UNDEF false", "boolean"),
    ('"2015-11-24"^^xsd:date UNDEF "1066-10-14"^^xsd:date', "datetime64[us]"),
    ('"2015-11-24"^^xsd:date "2015-11-24T10:00:00"^^xsd:dateTime UNDEF', "datetime64[us]"),
    ('"2015-11-24T10:00:00Z"^^xsd:dateTime "2015-11-24T10:00:00+02:00"^^xsd:dateTime UNDEF', "datetime64[us, UTC]"),
    ('"2015-11-24"^^xsd:date "2015-11-24T10:00:00Z"^^xsd:dateTime UNDEF', "object"),
    ('1 "2015-11-24"^^xsd:date UNDEF', "object"),
    ("1 true UNDEF", "object"),
    ("9223372036854775808 1 UNDEF", "object"),
    ('"2015"^^xsd:gYear UNDEF UNDEF', "object"),
    ("UNDEF UNDEF UNDEF", "object"),
]


@pytest.mark.parametrize(("values", "kind"), COLUMNS)
def test_columns_of_data_frames_have_types(graph: rdflib.Graph, values: str, kind: str) -> None:
    pytest.importorskip("pandas")
    frame = run(graph, f"SELECT ?x {{ VALUES ?x {{ {values} }} }}").to_pandas()
    assert (len(frame), str(frame["x"].dtype), list(frame.columns)) == (3, kind, ["x"])
    assert frame["x"].isna().sum() == values.count("UNDEF")


def test_confidences_and_dates_can_be_reckoned_with(graph: rdflib.Graph) -> None:
    pytest.importorskip("pandas")
    kinds = load("leaders").run(graph).to_pandas().dtypes.astype(str).to_dict()
    assert (kinds["confidence"], kinds["first"], kinds["last"]) == ("float64", "datetime64[us]", "datetime64[us]")


def test_without_pandas_it_says_what_to_install(graph: rdflib.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match="pip install 'kg\\[analysis\\]'"):
        run(graph, "ASK { ?a kg:meets ?b }").to_pandas()
