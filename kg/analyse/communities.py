"""Communities: groups of actors that get on better with each other than with the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analyse.dyads import names_of
from kg.analyse.figures import Figures
from kg.analyse.scope import Scope, documents_of, select
from kg.analyse.tally import rounded
from kg.analyse.ties import network

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx

    from kg.analyse.scope import Counted, Selection
    from kg.graph.model import ActorNode, KnowledgeGraph

SEED: Final = 0
_METHOD = (
    "Louvain method (Blondel et al. 2008) with a fixed seed, on the ties whose net intensity is positive, weighed by"
    " it; hostile ties have no say. Actors without a positive tie belong to no community."
)


@dataclass(frozen=True, slots=True)
class Community:
    """Actors that get on with each other, by name and IRI.

    ``events`` lie between two members; ``net_inside`` sums their intensities dyad by dyad, ``net_outside`` those of
    events between members and others.
    """

    community: int
    size: int
    actors: tuple[str, ...]
    events: int
    documents: int
    net_inside: float
    net_outside: float
    iris: tuple[str, ...]


def communities(
    graph: KnowledgeGraph, scope: Scope | None = None, actor: ActorNode | None = None
) -> Figures[Community]:
    """Return the communities of two actors and more, the largest first; their members by name.

    Args:
        graph: Whose events are counted.
        scope: Which events count; by default all that happened and nobody disputes.
        actor: Only the community of this actor.

    Raises:
        ConfigError: The scope is none.
    """
    selection = select(graph, scope or Scope())
    ties = network(selection)
    parts = partition(ties)
    names = names_of(graph)
    inside = _inside(parts, selection)
    rows = [_community(number, part, ties, inside[number - 1], names) for number, part in enumerate(parts, start=1)]
    if actor is not None:
        rows = [row for row in rows if actor.iri in row.iris]
    share = f"Modularity of the partition: {_modularity(ties, parts):.3f}."
    return Figures(Community, tuple(rows), selection.basis(), (_METHOD, share) if parts else (_METHOD,))


def partition(ties: networkx.Graph[str]) -> list[tuple[str, ...]]:
    """Return the communities of the network, the largest first, each sorted by IRI."""
    import networkx

    friendly, nodes = _friendly(ties)
    # Sets of numbers have the same order in every process, sets of strings have not.
    found = networkx.community.louvain_communities(friendly, weight="weight", seed=SEED) if nodes else []
    parts = [tuple(nodes[number] for number in sorted(part)) for part in found]
    return sorted(parts, key=lambda part: (-len(part), part))


def _friendly(ties: networkx.Graph[str]) -> tuple[networkx.Graph[int], list[str]]:
    """Return the positive ties between numbered actors, and the IRI of each number."""
    import networkx

    edges = [(one, other, net) for one, other, net in ties.edges(data="net") if net > 0]
    nodes = sorted({end for one, other, _ in edges for end in (one, other)})
    place = {node: number for number, node in enumerate(nodes)}
    friendly: networkx.Graph[int] = networkx.Graph()
    friendly.add_nodes_from(range(len(nodes)))
    friendly.add_weighted_edges_from((place[one], place[other], net) for one, other, net in edges)
    return friendly, nodes


def _modularity(ties: networkx.Graph[str], parts: list[tuple[str, ...]]) -> float:
    import networkx

    friendly, nodes = _friendly(ties)
    place = {node: number for number, node in enumerate(nodes)}
    if not parts:
        return 0.0
    value: float = networkx.community.modularity(friendly, [{place[iri] for iri in part} for part in parts])
    return value


def _inside(parts: list[tuple[str, ...]], selection: Selection) -> list[list[Counted]]:
    """Return the events between two members of each community."""
    home = {iri: number for number, part in enumerate(parts) for iri in part}
    found: list[list[Counted]] = [[] for _ in parts]
    for counted in selection.events:
        homes = {(home.get(one, -1), home.get(other, -2)) for one, other in counted.dyads}
        for number in sorted(one for one, other in homes if one == other):
            found[number].append(counted)
    return found


def _community(
    number: int, part: tuple[str, ...], ties: networkx.Graph[str], inside: list[Counted], names: Mapping[str, str]
) -> Community:
    members = frozenset(part)
    ordered = sorted(part, key=lambda iri: (names.get(iri, iri), iri))
    edges = [(len(members & {one, other}), net) for one, other, net in ties.edges(part, data="net")]
    return Community(
        community=number,
        size=len(part),
        actors=tuple(names.get(iri, iri) for iri in ordered),
        events=len(inside),
        documents=len(documents_of(inside)),
        net_inside=rounded(sum(net for ends, net in edges if ends == 2)),
        net_outside=rounded(sum(net for ends, net in edges if ends == 1)),
        iris=tuple(ordered),
    )
