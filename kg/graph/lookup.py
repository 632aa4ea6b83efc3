"""An actor of a graph by whatever a person calls it."""

from __future__ import annotations

from collections import Counter, defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kg.errors import ConfigError

if TYPE_CHECKING:
    from kg.graph.model import ActorNode, KnowledgeGraph


def find_actor(graph: KnowledgeGraph, wanted: str) -> ActorNode:
    """Return the actor with that IRI, name or other surface form, whatever its case.

    Raises:
        ConfigError: The graph has no such actor; the message names those that come near.
    """
    folded = wanted.casefold().strip()
    weights = Counter(end for edge in graph.relations for end in (edge.source, edge.target))
    by_rank: dict[int, list[ActorNode]] = defaultdict(list)
    for actor in graph.actors:
        names = [actor.name.casefold(), *(name.casefold() for name in actor.alt_names)]
        if actor.iri == wanted:
            return actor
        if folded in names:
            by_rank[min(names.index(folded), 1)].append(actor)
    if by_rank:
        return min(by_rank[min(by_rank)], key=lambda actor: (-weights[actor.iri], actor.iri))
    names_by_folded = {actor.name.casefold(): actor.name for actor in graph.actors}
    near = [names_by_folded[name] for name in get_close_matches(folded, names_by_folded, n=3)]
    hint = f"did you mean {' or '.join(near)}?" if near else f"it has {len(graph.actors)} others"
    raise ConfigError(f"no actor {wanted!r} in the graph: {hint}")
