from __future__ import annotations

import pytest

from kg.errors import ConfigError
from kg.graph.model import ActorNode, KnowledgeGraph, PlaceNode
from kg.graph.names import find_actor

GRAPH = KnowledgeGraph(
    "i:",
    actors=(
        ActorNode("i:a", "Ada", "PERSON", alt_names=("the engineer",)),
        ActorNode("i:b", "Bo", "PERSON"),
        ActorNode("i:c", "Cy", "PERSON", alt_names=("Ada",)),
        ActorNode("i:d", "Di", "PERSON"),
    ),
)


@pytest.mark.parametrize(
    ("wanted", "iri"), [("Ada", "i:a"), ("ada ", "i:a"), ("i:c", "i:c"), ("The Engineer", "i:a"), ("Cy", "i:c")]
)
def test_find_actor(wanted: str, iri: str) -> None:
    assert find_actor(GRAPH, wanted).iri == iri


@pytest.mark.parametrize(
    ("wanted", "hint"), [("Adda", "did you mean Ada"), ("Zzzz", "the query 'actors' lists everybody")]
)
def test_an_unknown_actor_is_refused(wanted: str, hint: str) -> None:
    with pytest.raises(ConfigError, match=hint):
        find_actor(GRAPH, wanted)


def test_a_place_is_no_actor_but_can_be_sliced_by() -> None:
    graph = KnowledgeGraph("i:", actors=GRAPH.actors, places=(PlaceNode("i:p", "Le Havre", "FRA"),))
    with pytest.raises(ConfigError, match=r"no actor is named 'le havre' .* but a place is: .* --actor 'le havre'"):
        find_actor(graph, "le havre")
