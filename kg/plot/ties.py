"""What of a graph is drawn: the actors chosen, and their relations folded into ties of one family and direction."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError
from kg.plot.families import Family, family_of, is_symmetric, lies_under, verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.graph.model import ActorNode, KnowledgeGraph, RelationEdge

_DRAWN: Final = frozenset({"happened", "planned"})
_ORDER: Final = {family: place for place, family in enumerate(Family)}


@dataclass(frozen=True, slots=True)
class Tie:
    """One line of a network: what the ``source`` does to the ``target`` within one family.

    ``verbs`` come most frequent first; ``count`` is the number of reports; ``arrows`` is how many ends bear one.
    """

    source: str
    target: str
    family: Family
    verbs: tuple[str, ...]
    count: int
    arrows: int
    planned: bool = False
    contested: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """The two ends in alphabetical order."""
        return (min(self.source, self.target), max(self.source, self.target))


@dataclass(frozen=True, slots=True)
class Selection:
    """The nodes (IRIs of actors, and of places that somebody controls) and ties of one picture."""

    nodes: tuple[str, ...]
    ties: tuple[Tie, ...]
    connected: int
    known: int


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


def select(graph: KnowledgeGraph, actor: ActorNode | None, max_actors: int) -> Selection:
    """Return what to draw: all that is connected, or around ``actor``, cut to the ``max_actors`` most connected."""
    known = {actor.iri for actor in graph.actors} | {place.iri for place in graph.places}
    ties = [tie for tie in fold(graph) if tie.source in known and tie.target in known]
    if actor is not None:
        near = {end for tie in ties if actor.iri in tie.pair for end in tie.pair}
        ties = [tie for tie in ties if near.issuperset(tie.pair)]
    connected = {end for tie in ties for end in tie.pair}
    chosen = connected if len(connected) <= max_actors else _most_connected(ties, actor, max_actors)
    kept = tuple(tie for tie in ties if chosen.issuperset(tie.pair))
    places = {place.iri for place in graph.places}
    return Selection(tuple(sorted(chosen)), kept, len(connected - places), len(graph.actors))


def _most_connected(ties: Iterable[Tie], actor: ActorNode | None, limit: int) -> set[str]:
    """Return at most ``limit`` nodes, each tied to another; ties between the busiest go first, planned ones last."""
    weights: Counter[tuple[str, str]] = Counter()
    for tie in ties:
        weights[tie.pair] += 0 if tie.planned else tie.count
    degrees = Counter(end for pair, weight in weights.items() if weight for end in pair)

    def rank(pair: tuple[str, str]) -> tuple[bool, int, int, tuple[str, str]]:
        apart = actor is not None and actor.iri not in pair
        return (apart, -min(degrees[pair[0]], degrees[pair[1]]), -weights[pair], pair)

    chosen: set[str] = set()
    for pair in sorted(weights, key=rank):
        if len(chosen.union(pair)) <= limit:
            chosen.update(pair)
    return chosen


def fold(graph: KnowledgeGraph) -> list[Tie]:
    """Return the graph's relations as ties, one for each pair, direction, family and whether it is still to come."""
    factualities = {event.iri: event.factuality for event in graph.events}
    groups: dict[tuple[str, str, Family, bool], list[RelationEdge]] = defaultdict(list)
    for edge in graph.relations:
        if edge.factuality in _DRAWN and edge.source != edge.target:
            planned = _is_planned(edge, factualities)
            groups[edge.source, edge.target, family_of(edge.property), planned].append(edge)
    folded = [
        _tie(source, target, family, _narrowest(edges), planned=planned)
        for (source, target, family, planned), edges in groups.items()
    ]
    return sorted(_joined(folded), key=lambda tie: (tie.pair, _ORDER[tie.family], tie.source, tie.planned))


def _is_planned(edge: RelationEdge, factualities: Mapping[str, str]) -> bool:
    """Say whether all that the edge rests on is still to come."""
    if edge.factuality == "planned":
        return True
    return bool(edge.events) and not edge.mentions and {factualities.get(iri) for iri in edge.events} == {"planned"}


def _narrowest(edges: Sequence[RelationEdge]) -> list[RelationEdge]:
    """Return the edges without those that a narrower property of the same pair says already."""
    return [edge for edge in edges if edge.mentions or not edge.events or not _said(edge, edges)]


def _said(edge: RelationEdge, edges: Iterable[RelationEdge]) -> bool:
    narrower = [other for other in edges if lies_under(other.property, edge.property)]
    return bool(narrower) and {iri for other in narrower for iri in other.events}.issuperset(edge.events)


def _tie(source: str, target: str, family: Family, edges: Sequence[RelationEdge], *, planned: bool) -> Tie:
    counts: Counter[str] = Counter()
    for edge in edges:
        counts[edge.property] += edge.count
    directed = any(not is_symmetric(edge.property) for edge in edges)
    return Tie(
        source,
        target,
        family,
        tuple(verb(name) for name in sorted(counts, key=lambda name: (-counts[name], name))),
        sum(counts.values()),
        int(directed),
        planned,
        any(edge.contested for edge in edges),
    )


def _joined(ties: Iterable[Tie]) -> list[Tie]:
    """Return the ties with those that say the same both ways made one."""
    found: dict[tuple[tuple[str, str], Family, bool, frozenset[str]], Tie] = {}
    for tie in sorted(ties, key=lambda tie: (tie.source, tie.target, tie.family, tie.planned)):
        key = (tie.pair, tie.family, tie.planned, frozenset(tie.verbs))
        first = found.get(key)
        if first is None:
            found[key] = tie
        else:
            count = first.count + tie.count if tie.arrows else max(first.count, tie.count)
            found[key] = replace(first, count=count, arrows=2 * tie.arrows, contested=first.contested or tie.contested)
    return list(found.values())
