"""SHACL as queries: what is understood, and what is refused."""

from __future__ import annotations

import pyoxigraph
import pytest
from rdflib import Graph

from kg.errors import OntologyError
from kg.rdf.shacl import rules

PREFIXES = """
    PREFIX sh: <http://www.w3.org/ns/shacl#>
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    PREFIX : <https://example.org/#>
"""
BROKEN = [
    ("sh:minCount 1", "", ":a"),
    ("sh:maxCount 1", ":a :p 1, 2 .", ":a"),
    ("sh:datatype xsd:integer", ":a :p 1.5 .", ":a"),
    ("sh:datatype xsd:integer", ':a :p "one"^^xsd:integer .', ":a"),
    ("sh:datatype xsd:date", ":a :p :b .", ":a"),
    ("sh:class :T", ":a :p :b .", ":a"),
    ("sh:class :T", ':a :p "text" .', ":a"),
    ("sh:in ( :x 1 )", ":a :p :y .", ":a"),
    ("sh:in ( :x 1 )", ":a :p 2 .", ":a"),
    ("sh:nodeKind sh:IRI", ':a :p "text" .', ":a"),
    ("sh:nodeKind sh:IRI", ":a :p [] .", ":a"),
    ("sh:nodeKind sh:Literal", ":a :p :b .", ":a"),
    ('sh:pattern "^[a-z\\\\d]+$"', ':a :p "A" .', ":a"),
    ('sh:pattern "."', ":a :p [] .", ":a"),
    ("sh:minLength 2", ':a :p "x" .', ":a"),
    ("sh:minInclusive 0", ":a :p -1 .", ":a"),
    ("sh:minInclusive 0", ':a :p "text" .', ":a"),
    ("sh:maxInclusive 1.0", ":a :p 1.5 .", ":a"),
    ("sh:lessThan :q", ":a :p 2 ; :q 2 .", ":a"),
    ("sh:lessThanOrEquals :q", ":a :p 2 ; :q 1 .", ":a"),
    ("sh:lessThan :q", ':a :p 2 ; :q "text" .', ":a"),
    ("sh:or ( [ sh:class :T ] [ sh:datatype xsd:date ] )", ":a :p :b .", ":a"),
]
KEPT = [
    ("sh:minCount 1", ":a :p 1 ."),
    ("sh:maxCount 1", ":a :p 1 ."),
    ("sh:datatype xsd:decimal", ":a :p 1.5 ."),
    ("sh:datatype xsd:string", ':a :p "text" .'),
    ("sh:class :T", ":a :p :b . :b a :T ."),
    ("sh:in ( :x 1 )", ":a :p :x, 1 ."),
    ('sh:pattern "^[a-z\\\\d]+$"', ':a :p "a1" .'),
    ("sh:minLength 2", ':a :p "xy" .'),
    ("sh:minInclusive 0", ":a :p 0, 0.5 ."),
    ("sh:lessThan :q", ":a :p 1 ."),
    ("sh:lessThan :q", ":a :p 1 ; :q 2 ."),
    ("sh:or ( [ sh:class :T ] [ sh:datatype xsd:date ] )", ':a :p "2020-01-01"^^xsd:date .'),
]


def at_fault(constraint: str, data: str) -> list[str]:
    shapes = f":S a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :p ; {constraint} ; sh:message 'no' ] ."
    store = pyoxigraph.Store()
    store.load(f"{PREFIXES} :a a :T . {data}".encode(), pyoxigraph.RdfFormat.TURTLE)
    found = []
    for rule in rules(Graph().parse(data=PREFIXES + shapes, format="turtle")):
        solutions = store.query(rule.query)
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        found += [f":{solution[rule.node].value.split('#')[1]}" for solution in solutions]
    return found


@pytest.mark.parametrize(("constraint", "data", "node"), BROKEN)
def test_a_broken_constraint_is_found(constraint: str, data: str, node: str) -> None:
    assert at_fault(constraint, data) == [node]


@pytest.mark.parametrize(("constraint", "data"), KEPT)
def test_a_kept_constraint_is_not(constraint: str, data: str) -> None:
    assert at_fault(constraint, data) == []


@pytest.mark.parametrize(
    ("constraint", "message"),
    [
        ("sh:xone ( [ sh:class :T ] )", "shacl#xone>, which validation does not understand"),
        ("sh:minCount 2", "shacl#minCount> with 2; validation understands 1 alone"),
        ("sh:or ( [ sh:not :T ] )", "shacl#not>, which"),
    ],
)
def test_what_is_not_understood_is_refused(constraint: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        at_fault(constraint, "")
