"""Actors by any of their names."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.namespace import RDFS, SKOS

from kg.errors import QueryError
from kg.query.actors import actors_named, taken_for

CASES = [
    ("Katla Jónsdóttir", "katla-jonsdottir_person_isl"),
    ("KATLA JONSDOTTIR", "katla-jonsdottir_person_isl"),
    ("  solberg ", "henrik-solberg_person_nor"),
    ("Norwegian", "norway_state_nor"),
    ("sea-watchers", "sea-watchers_ngo"),
]


@pytest.mark.parametrize(("name", "local"), CASES)
def test_any_label_in_any_case_and_accents(graph: rdflib.Graph, name: str, local: str) -> None:
    (found,) = actors_named(graph, name)
    assert found.endswith(f"/actor/{local}")
    assert actors_named(graph, found) == actors_named(graph, f"<{found}>") == (found,)


def test_a_place_or_publisher_is_found_where_no_actor_has_the_name(graph: rdflib.Graph) -> None:
    assert "/place/" in actors_named(graph, "Jan Mayen")[0]
    assert "/publisher/" in actors_named(graph, "the northern courier")[0]


def test_several_actors_may_bear_one_name(graph: rdflib.Graph) -> None:
    more = rdflib.Graph() + graph
    iceland, norway = actors_named(graph, "Iceland") + actors_named(graph, "Norway")
    more.add((iceland, SKOS.altLabel, rdflib.Literal("the island")))
    more.add((norway, RDFS.label, rdflib.Literal("The Island")))
    assert actors_named(more, "THE ISLAND") == (iceland, norway)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("henrik solberg", ""),
        ("Solberg", "'Solberg' is taken for Henrik Solberg"),
        ("Jan Mayen", "'Jan Mayen' is taken for the place Jan Mayen, as no actor has the name"),
        ("The Northern Courier", "'The Northern Courier' is taken for the publisher The Northern Courier, as no actor"),
    ],
)
def test_whom_a_name_is_taken_for(graph: rdflib.Graph, name: str, words: str) -> None:
    found = actors_named(graph, name)
    said = taken_for(graph, name, found)
    assert said.startswith(words)
    assert bool(said) == bool(words)
    assert taken_for(graph, f"<{found[0]}>", found) == ""


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Katla", "Katla Jónsdóttir"),
        ("Norwau", "no actor is named 'Norwau' in the graph; did you mean Norway"),
        ("Qqqqq", "the query 'actors' lists everybody"),
        ("", "the query 'actors' lists everybody"),
        ("https://example.org/nobody", "no actor in the graph has the IRI <https://example.org/nobody>"),
    ],
)
def test_an_unknown_name_gets_near_ones(graph: rdflib.Graph, name: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        actors_named(graph, name)
    assert message in str(caught.value)
