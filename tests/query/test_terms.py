"""Terms of a query that the ontology does not define."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.query import names, undefined
from kg.query.named import load

CASES = [
    ("ASK { ?a kg:meets ?b ; a kg:Person }", ""),
    ("ASK { ?a kg:meet ?b }", "kg:meet is not defined in ontologies/kg.ttl: did you mean kg:meets?"),
    ("SELECT ?a { ?a kg:meets/kg:sanctons ?b }", "kg:sanctons is not defined in ontologies/kg.ttl: did you"),
    ("SELECT ?a { ?a kg:meets ?b FILTER NOT EXISTS { ?b a kg:Persn } }", "kg:Persn is not defined"),
    ("SELECT ?e { ?e sem:eventType plover:ATACK }", "plover:ATACK is not defined in ontologies/plover.ttl"),
    ("PREFIX o: <https://w3id.org/geopolitical-kg/ontology#> ASK { ?a o:meet ?b }", "kg:meet is not defined"),
    ("ASK { ?a <https://w3id.org/geopolitical-kg/ontology#meet> ?b }", "kg:meet is not defined"),
    ("ASK { ?a ?how ?b FILTER STRSTARTS(STR(?how), STR(kg:)) }", ""),
    ("ASK { ?a skos:nosuch actor:turkey ; <https://example.org/meet> ?b }", ""),
]


@pytest.mark.parametrize(("sparql", "expected"), CASES)
def test_undefined(sparql: str, expected: str) -> None:
    found = undefined(sparql)
    assert len(found) == bool(expected)
    assert "".join(found).startswith(expected)


@pytest.mark.parametrize("name", names())
def test_the_queries_that_ship_hold_none(name: str) -> None:
    assert undefined(load(name).text) == ()


def test_what_is_no_query_is_refused() -> None:
    with pytest.raises(QueryError, match="syntax error"):
        undefined("SELEC ?a")
