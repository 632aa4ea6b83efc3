from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations
from typing import TYPE_CHECKING

from kg.analyse import communities
from kg.graph.names import find_actor

from .conftest import graph_of, happening

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph.model import KnowledgeGraph


def two_camps() -> KnowledgeGraph:
    """Two trios of friends; the camps are at odds but for one meeting."""
    friends = [*combinations("abc", 2), *combinations("def", 2)]
    events = [happening(number, "AID", one, other) for number, (one, other) in enumerate(friends)]
    return graph_of(*events, happening(10, "ASSAULT", "a", "d"), happening(11, "CONSULT", "b", "e", together=True))


def test_two_camps() -> None:
    first, second = communities(two_camps())
    assert (first.actors, second.actors) == (("Arland", "Borland", "Corland"), ("Dorland", "Eirland", "Forland"))
    assert (first.size, first.events, first.documents) == (3, 3, 1)
    assert (first.net_inside, first.net_outside) == (30.0, -9.0 + 2.5)


def test_modularity_is_said() -> None:
    # Weights: 3 ties of 10 in each camp and one of 2.5 between: L = 62.5; 2 * (30 / 62.5 - (62.5 / 125) ** 2)
    assert communities(two_camps()).notes[-1] == "Modularity of the partition: 0.460."


def test_the_community_of_one_actor() -> None:
    graph = two_camps()
    (found,) = communities(graph, actor=find_actor(graph, "Eirland"))
    assert (found.community, found.iris) == (2, ("d", "e", "f"))


def test_enemies_have_no_community() -> None:
    assert communities(graph_of(happening(1, "ASSAULT", "a", "b"))).rows == ()


CODE = """
import networkx, random
from kg.analyse.communities import partition
source = networkx.les_miserables_graph()
graph = networkx.Graph()
graph.add_nodes_from(sorted(source))
graph.add_edges_from((a, b, {"net": float(w)}) for a, b, w in sorted(source.edges(data="weight")))
print(partition(graph))
"""


def test_the_same_in_every_process(repository: Path) -> None:
    found = {
        subprocess.check_output(
            [sys.executable, "-c", CODE], cwd=repository, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        for seed in ("1", "2")
    }
    assert len(found) == 1
