"""Actors: how much each does and suffers, how it gets on, and how central it is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analyse.figures import Figures
from kg.analyse.scope import Scope, select
from kg.analyse.tally import Tally, rounded
from kg.analyse.ties import betweenness, exact_up_to, network, pagerank

if TYPE_CHECKING:
    from kg.graph.model import ActorNode, KnowledgeGraph

_NOTES = (
    "Net sums intensities on the PLOVER scale over all events of the actor; net_done over what it does or shares in,"
    " net_received over what is done to it.",
    "Partners, betweenness (Freeman 1977) and PageRank (Page et al. 1999) are those of the network of who deals with"
    " whom, without direction.",
)
_ESTIMATED = "Betweenness is estimated from 500 of the actors, as there are more than {:,}."


@dataclass(frozen=True, slots=True)
class ActorFigures:
    """One actor, and what it takes part in.

    ``done`` counts events that it does or shares in, ``received`` those done to it. ``partners`` is its degree, the
    number of actors it deals with; ``betweenness`` is 0 to 1; ``pagerank`` sums to 1 over all who have dealings.
    """

    actor: str
    type: str
    country: str
    events: int
    documents: int
    done: int
    received: int
    net: float
    mean: float
    net_done: float
    net_received: float
    partners: int
    betweenness: float
    pagerank: float
    first: str | None
    last: str | None
    iri: str


def actors(graph: KnowledgeGraph, scope: Scope | None = None, actor: ActorNode | None = None) -> Figures[ActorFigures]:
    """Return every actor that takes part in an event, those with the most events first.

    Args:
        graph: Whose events are counted.
        scope: Which events count; by default all that happened and nobody disputes.
        actor: Only this actor, with its place in the whole network.

    Raises:
        ConfigError: The scope is none.
    """
    selection = select(graph, scope or Scope())
    everything: defaultdict[str, Tally] = defaultdict(Tally)
    done: defaultdict[str, Tally] = defaultdict(Tally)
    received: defaultdict[str, Tally] = defaultdict(Tally)
    for counted in selection.events:
        for iri in counted.parties:
            everything[iri].add(counted)
        for iri in {*counted.event.sources, *counted.event.participants}:
            done[iri].add(counted)
        for iri in set(counted.event.targets):
            received[iri].add(counted)
    ties = network(selection)
    between, ranks = betweenness(ties), pagerank(ties)
    rows = [
        ActorFigures(
            actor=node.name,
            type=node.type,
            country=node.country,
            events=everything[node.iri].events,
            documents=len(everything[node.iri].documents),
            done=done[node.iri].events,
            received=received[node.iri].events,
            net=everything[node.iri].net,
            mean=everything[node.iri].mean,
            net_done=done[node.iri].net,
            net_received=received[node.iri].net,
            partners=ties.degree(node.iri) if node.iri in ties else 0,
            betweenness=rounded(between.get(node.iri, 0.0)),
            pagerank=rounded(ranks.get(node.iri, 0.0)),
            first=everything[node.iri].since,
            last=everything[node.iri].until,
            iri=node.iri,
        )
        for node in graph.actors
        if node.iri in everything and (actor is None or node.iri == actor.iri)
    ]
    rows.sort(key=lambda row: (-row.events, row.actor, row.iri))
    most = exact_up_to()
    notes = _NOTES if len(ties) <= most else (*_NOTES, _ESTIMATED.format(most))
    return Figures(ActorFigures, tuple(rows), selection.basis(), notes)
