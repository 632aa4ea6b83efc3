"""Which of many names comes first as one is typed."""

from __future__ import annotations

import pytest

from kg.explore.index import Index
from kg.explore.search import Names
from kg.graph.model import ActorNode, KnowledgeGraph

BASE = "https://example.org/id/"
ACTORS = (
    ActorNode(f"{BASE}actor/mission", "Relief Mission in Arland", "IGO", alt_names=("unit", "the mission")),
    ActorNode(f"{BASE}actor/rider", "Ada Rider", "PERSON", alt_names=("Vice-President Ada M. Rider", "the rider")),
    ActorNode(f"{BASE}actor/states", "United States", "STATE", alt_names=("U.S.",)),
    ActorNode(f"{BASE}actor/union", "Dockers' Union of Units", "NGO"),
    ActorNode(f"{BASE}actor/unit", "Unit", "COMPANY"),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("unit", ["Unit", "United States", "Dockers' Union of Units", "Relief Mission in Arland"]),
        ("united", ["United States"]),
        ("miss", ["Relief Mission in Arland"]),
        ("u.s", ["United States"]),
        ("rider president", ["Ada Rider"]),
        ("RIDER, vice", ["Ada Rider"]),
        ("rid ada pres", ["Ada Rider"]),
        ("rider resident", []),
        ("rider president mission", []),
        ("arland relief", ["Relief Mission in Arland"]),
        ("", []),
    ],
)
def test_names_go_before_what_somebody_is_called_without_one(typed: str, found: list[str]) -> None:
    names = Names(Index(KnowledgeGraph(f"{BASE}actor/", actors=ACTORS)))
    assert [hit.name for hit in names.search(typed)] == found
