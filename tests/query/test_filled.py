from __future__ import annotations

import pytest
import rdflib

from kg.query.filled import filled

ONE, OTHER = rdflib.URIRef("https://example.org/one"), rdflib.URIRef("https://example.org/other")
PLACE = "VALUES ?x { UNDEF }"


def test_one_term_stands_for_its_variable() -> None:
    found = filled(f"SELECT ?y WHERE {{ {PLACE} ?x kg:meets ?y, ?xy }} ORDER BY ?y", {"x": [ONE]})
    assert found == f"SELECT ?y WHERE {{  <{ONE}> kg:meets ?y, ?xy }} ORDER BY ?y"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT ?x WHERE {{ {PLACE} ?x kg:meets ?y }}",
        f"SELECT ?y WHERE {{ {PLACE} ?x kg:meets ?y }} ORDER BY ?x",
        f"SELECT ?y WHERE {{ {PLACE} ?x kg:meets ?y FILTER (BOUND(?x)) }}",
        f"SELECT ?y WHERE {{ {PLACE} ?y kg:meets ?z BIND (?z AS ?x) }}",
        f"SELECT ?y WHERE {{ {{ SELECT ?x ?y WHERE {{ {PLACE} ?x kg:meets ?y }} }} }}",
        f"ASK {{ {PLACE} ?x kg:meets ?y }}",
    ],
)
def test_a_variable_that_is_asked_for_keeps_its_place(query: str) -> None:
    assert filled(query, {"x": [ONE]}) == query.replace("UNDEF", f"<{ONE}>")


def test_several_terms_are_values() -> None:
    found = filled(f"SELECT ?y WHERE {{ {PLACE} ?x kg:meets ?y }}", {"x": [ONE, OTHER]})
    assert found == f"SELECT ?y WHERE {{ VALUES ?x {{ <{ONE}> <{OTHER}> }} ?x kg:meets ?y }}"


def test_the_limit_is_the_one_given() -> None:
    assert filled("SELECT ?x WHERE { ?x ?y ?z }\nLIMIT 20\n", {}, 3) == "SELECT ?x WHERE { ?x ?y ?z }\nLIMIT 3\n"
    assert filled("SELECT ?x WHERE { ?x ?y ?z }\nLIMIT 20\n", {}) == "SELECT ?x WHERE { ?x ?y ?z }\nLIMIT 20\n"


@pytest.mark.parametrize("text", ['" } SERVICE <http://h.invalid/> { ?a ?b ?c', "\\", "\n", "?x", "\u202e"])
def test_a_term_is_never_more_than_a_term(text: str) -> None:
    query = f"SELECT ?y WHERE {{ {PLACE} ?y kg:meets ?x }}"
    found = filled(query, {"x": [rdflib.Literal(text)]})
    assert found is not None
    graph = rdflib.Graph()
    graph.add((ONE, rdflib.URIRef("https://example.org/meets"), rdflib.Literal(text)))
    prefixes = {"kg": "https://example.org/"}
    assert [row[0] for row in graph.query(found, initNs=prefixes)] == [ONE]  # type: ignore[index]


@pytest.mark.parametrize("term", [rdflib.BNode("b"), rdflib.Literal("\ud800"), rdflib.URIRef("no address")])
def test_what_no_text_can_hold_is_not_filled_in(term: rdflib.term.Identifier) -> None:
    assert filled(f"SELECT ?y WHERE {{ {PLACE} ?x kg:meets ?y }}", {"x": [term]}) is None
    assert filled("SELECT ?y WHERE { ?x kg:meets ?y }", {"x": [ONE]}) is None
