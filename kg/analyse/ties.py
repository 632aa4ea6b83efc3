"""The network that events make: actors joined where something passed between them, with how they get on."""

from __future__ import annotations

from collections import defaultdict
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from kg.analyse.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx

    from kg.analyse.scope import Counted, Selection

Pair = tuple[str, str]
# Beyond so many actors, without rustworkx and with it, betweenness is estimated from the shortest paths of so many.
_EXACT_UP_TO: Final = 1_000
_FAST_UP_TO: Final = 10_000
_PIVOTS: Final = 500
_SEED: Final = 0
_DAMPING: Final = 0.85
_CLOSE: Final = 1e-12
_ROUNDS: Final = 500


def tallies_of(events: Iterable[Counted]) -> Mapping[Pair, Tally]:
    """Return what passed between every two actors, the pairs in alphabetical order."""
    found: defaultdict[Pair, Tally] = defaultdict(Tally)
    for counted in events:
        for pair in counted.dyads:
            found[pair].add(counted)
    return {pair: found[pair] for pair in sorted(found)}


def network(selection: Selection) -> networkx.Graph[str]:
    """Return the network of all who have dealings: edges with ``weight`` (events) and ``net`` (intensity)."""
    import networkx

    graph: networkx.Graph[str] = networkx.Graph()
    tallies = tallies_of(selection.events)
    graph.add_nodes_from(sorted({end for pair in tallies for end in pair}))
    for (one, other), tally in tallies.items():
        graph.add_edge(one, other, weight=tally.events, net=tally.net)
    return graph


def exact_up_to() -> int:
    """Return up to how many actors betweenness is reckoned exactly: more where rustworkx is installed."""
    return _FAST_UP_TO if find_spec("rustworkx") else _EXACT_UP_TO


def betweenness(graph: networkx.Graph[str]) -> Mapping[str, float]:
    """Return the share of shortest paths between others that run through each actor (Freeman 1977), 0 to 1.

    Reckoned after Brandes (2001), by rustworkx where it is installed; beyond 1,000 actors, with rustworkx 10,000,
    estimated from 500 of them (Brandes & Pich 2007), drawn with a fixed seed.
    """
    import networkx

    if len(graph) > exact_up_to():
        estimated: dict[str, float] = networkx.betweenness_centrality(graph, k=_PIVOTS, seed=_SEED)
        return estimated
    if find_spec("rustworkx"):
        return _fast_betweenness(graph)
    exact: dict[str, float] = networkx.betweenness_centrality(graph)
    return exact


def _fast_betweenness(graph: networkx.Graph[str]) -> Mapping[str, float]:
    import rustworkx

    nodes = list(graph)
    place = {node: number for number, node in enumerate(nodes)}
    fast = rustworkx.PyGraph(multigraph=False)
    fast.add_nodes_from(nodes)
    fast.add_edges_from_no_data([(place[one], place[other]) for one, other in graph.edges])
    # In one thread, as the order in which several add up what they find would change the last digits.
    found = rustworkx.graph_betweenness_centrality(fast, parallel_threshold=len(nodes) + 1)
    return {node: float(found[number]) for node, number in place.items()}


def pagerank(graph: networkx.Graph[str]) -> Mapping[str, float]:
    """Return each actor's PageRank (Page et al. 1999): how much it deals with those who deal much; summing to 1.

    Ties weigh by their events, with a damping of 0.85. NetworkX's own would ask for SciPy.
    """
    import numpy as np

    nodes = list(graph)
    if not nodes:
        return {}
    place = {node: number for number, node in enumerate(nodes)}
    edges = [(place[a], place[b], float(weight)) for a, b, weight in graph.edges(data="weight")]
    ends = np.array([(a, b) for a, b, _ in edges] + [(b, a) for a, b, _ in edges], dtype=np.intp)
    weights = np.array([weight for *_, weight in edges] * 2)
    shares = weights / np.bincount(ends[:, 0], weights, len(nodes))[ends[:, 0]]
    rank = np.full(len(nodes), 1 / len(nodes))
    for _ in range(_ROUNDS):
        passed = np.bincount(ends[:, 1], rank[ends[:, 0]] * shares, len(nodes))
        moved = _DAMPING * passed + (1 - _DAMPING) / len(nodes)
        done = float(np.abs(moved - rank).sum()) < _CLOSE
        rank = moved
        if done:
            break
    return dict(zip(nodes, rank.tolist(), strict=True))
