"""Brokers and bridges: actors and ties without whom parts of the network would have nothing to do with each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analyse.dyads import names_of
from kg.analyse.figures import Figures
from kg.analyse.scope import Scope, select
from kg.analyse.tally import Tally, rounded
from kg.analyse.ties import betweenness, network, tallies_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx

    from kg.graph.model import ActorNode, KnowledgeGraph

_BROKERS = (
    "A broker is an actor without which its part of the network falls apart (a cut vertex; Hopcroft & Tarjan 1973);"
    " betweenness after Freeman (1977).",
)
_BRIDGES = ("A bridge is a tie without which its part of the network falls in two (Granovetter 1973).",)


@dataclass(frozen=True, slots=True)
class Broker:
    """An actor, and into how many ``parts`` the network around it would fall without it; at least two."""

    actor: str
    parts: int
    partners: int
    betweenness: float
    events: int
    documents: int
    iri: str


@dataclass(frozen=True, slots=True)
class Bridge:
    """A tie and how many actors hang on either end: ``one_side`` with ``one``, ``other_side`` with ``other``."""

    one: str
    other: str
    one_side: int
    other_side: int
    events: int
    documents: int
    net: float
    one_iri: str
    other_iri: str


def brokers(graph: KnowledgeGraph, scope: Scope | None = None, actor: ActorNode | None = None) -> Figures[Broker]:
    """Return the actors that hold parts of the network together, those on most shortest paths first.

    Args:
        graph: Whose events are counted.
        scope: Which events count; by default all that happened and nobody disputes.
        actor: Only this actor, if it is a broker.

    Raises:
        ConfigError: The scope is none.
    """
    import networkx

    selection = select(graph, scope or Scope())
    ties = network(selection)
    # Without an actor, each of the blocks that meet in it is on its own.
    parts = Counter(iri for block in networkx.biconnected_components(ties) for iri in block)
    own: defaultdict[str, Tally] = defaultdict(Tally)
    for counted in selection.events:
        for iri in counted.parties:
            own[iri].add(counted)
    between, names = betweenness(ties), names_of(graph)
    rows = [
        Broker(
            actor=names.get(iri, iri),
            parts=count,
            partners=ties.degree(iri),
            betweenness=rounded(between[iri]),
            events=own[iri].events,
            documents=len(own[iri].documents),
            iri=iri,
        )
        for iri, count in parts.items()
        if count > 1 and (actor is None or iri == actor.iri)
    ]
    rows.sort(key=lambda row: (-row.betweenness, -row.parts, row.actor, row.iri))
    return Figures(Broker, tuple(rows), selection.basis(), _BROKERS)


def bridges(graph: KnowledgeGraph, scope: Scope | None = None, actor: ActorNode | None = None) -> Figures[Bridge]:
    """Return the ties that alone join two parts of the network of two actors and more, the evenest first.

    Args:
        graph: Whose events are counted.
        scope: Which events count; by default all that happened and nobody disputes.
        actor: Only the bridges at this actor.

    Raises:
        ConfigError: The scope is none.
    """
    selection = select(graph, scope or Scope())
    ties = network(selection)
    tallies, names = tallies_of(selection.events), names_of(graph)
    rows = []
    for pair, sides in _sides(ties).items():
        if min(sides) > 1 and (actor is None or actor.iri in pair):
            tally = tallies[pair]
            shown = (names.get(pair[0], pair[0]), names.get(pair[1], pair[1]))
            rows.append(Bridge(*shown, *sides, tally.events, len(tally.documents), tally.net, *pair))
    rows.sort(key=lambda row: (-min(row.one_side, row.other_side), row.one, row.other, row.one_iri, row.other_iri))
    return Figures(Bridge, tuple(rows), selection.basis(), _BRIDGES)


def _sides(ties: networkx.Graph[str]) -> Mapping[tuple[str, str], tuple[int, int]]:
    """Return each bridge, its ends in alphabetical order, with the number of actors on the side of each."""
    import networkx

    alone = {frozenset(pair) for pair in networkx.bridges(ties)}
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for component in sorted(map(sorted, networkx.connected_components(ties))):
        # Every spanning tree runs over all bridges; below a bridge hangs one of its two sides.
        tree = list(networkx.bfs_predecessors(ties, component[0]))
        below = dict.fromkeys(component, 1)
        for child, parent in reversed(tree):
            below[parent] += below[child]
            if frozenset((child, parent)) in alone:
                sides = {child: below[child], parent: len(component) - below[child]}
                one, other = sorted(sides)
                found[one, other] = (sides[one], sides[other])
    return found
