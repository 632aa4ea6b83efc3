"""What of a graph is drawn: the actors chosen, and their relations folded into ties of one family and direction."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kg.plot.families import Family, family_of, is_symmetric, lies_under, verb

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kg.graph.model import ActorNode, KnowledgeGraph, RelationEdge

_DRAWN: Final = frozenset({"happened", "planned"})
# So many lines, or of many actors so many for each, can still be told apart.
MOST_TIES: Final = 64
_TIES_AN_ACTOR: Final = 1.5
_ORDER: Final = {family: place for place, family in enumerate(Family)}


@dataclass(frozen=True, slots=True)
class Tie:
    """One line of a network: what the ``source`` does to the ``target`` within one family.

    ``verbs`` come most frequent first; ``count`` is the number of reports; ``arrows`` is how many ends bear one;
    ``edges`` are the relations it is folded from.
    """

    source: str
    target: str
    family: Family
    verbs: tuple[str, ...]
    count: int
    arrows: int
    planned: bool = False
    contested: bool = False
    edges: tuple[RelationEdge, ...] = field(default=(), compare=False, repr=False)

    @property
    def pair(self) -> tuple[str, str]:
        """The two ends in alphabetical order."""
        return (min(self.source, self.target), max(self.source, self.target))


@dataclass(frozen=True, slots=True)
class Selection:
    """The nodes (IRIs of actors, and of places that somebody controls) and ties of one picture.

    ``connected`` counts the actors that could be drawn, ``known`` all of the graph; ``between`` the ties between the
    nodes, of which no more are drawn than can be told apart.
    """

    nodes: tuple[str, ...]
    ties: tuple[Tie, ...]
    connected: int
    known: int
    between: int

    def degrees(self) -> Counter[str]:
        """Return how many others each node is tied to."""
        return Counter(end for pair in {tie.pair for tie in self.ties} for end in pair)


def select(graph: KnowledgeGraph, actor: ActorNode | None, max_actors: int) -> Selection:
    """Return what to draw: all that is connected, or around ``actor``, cut to the ``max_actors`` most connected."""
    known = {actor.iri for actor in graph.actors} | {place.iri for place in graph.places}
    ties = [tie for tie in fold(graph) if tie.source in known and tie.target in known]
    if actor is not None:
        near = {end for tie in ties if actor.iri in tie.pair for end in tie.pair}
        ties = [tie for tie in ties if near.issuperset(tie.pair)]
    connected = {end for tie in ties for end in tie.pair}
    chosen = connected if len(connected) <= max_actors else _most_connected(ties, actor, max_actors)
    between = [tie for tie in ties if chosen.issuperset(tie.pair)]
    kept = _strongest(between, chosen, actor.iri if actor else "", {})
    places = {place.iri for place in graph.places}
    return Selection(tuple(sorted(chosen)), kept, len(connected - places), len(graph.actors), len(between))


def _strongest(ties: Sequence[Tie], nodes: Collection[str], centre: str, steps: Mapping[str, int]) -> tuple[Tie, ...]:
    """Return as many of ``ties`` as can be told apart: those that join ``nodes`` to the others, then the strongest.

    What joins a node is its strongest tie, or where ``steps`` says how far nodes are, the strongest that leads inwards.
    """
    most = max(MOST_TIES, int(_TIES_AN_ACTOR * len(nodes)))
    if len(ties) <= most:
        return tuple(ties)
    joining: dict[str, Tie] = {}
    ranked = _ranked(ties, centre)
    for tie in ranked:
        for near, far in (tie.pair, tie.pair[::-1]):
            if not steps or steps[near] < steps[far]:
                joining.setdefault(far, tie)
    kept = set(list(dict.fromkeys([*joining.values(), *ranked]))[:most])
    return tuple(tie for tie in ties if tie in kept)


def _ranked(ties: Iterable[Tie], centre: str) -> list[Tie]:
    """Return the ties by strength: those with ``centre`` first, and of every pair one before any has a second."""
    of_pair: Counter[tuple[str, str]] = Counter()
    for tie in ties:
        of_pair[tie.pair] += tie.count
    before: Counter[tuple[str, str]] = Counter()
    ranks: dict[Tie, tuple[bool, int, bool, int, int, tuple[str, str]]] = {}
    for tie in sorted(ties, key=lambda tie: (tie.planned, -tie.count, tie.pair, _ORDER[tie.family], tie.source)):
        apart = bool(centre) and centre not in tie.pair
        ranks[tie] = (apart, before[tie.pair], tie.planned, -tie.count, -of_pair[tie.pair], tie.pair)
        before[tie.pair] += 1
    return sorted(ranks, key=ranks.__getitem__)


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
        if len(chosen) + len(set(pair) - chosen) <= limit:
            chosen.update(pair)
    return chosen


def select_within(graph: KnowledgeGraph, actor: ActorNode, hops: int, max_actors: int) -> Selection:
    """Return what lies within ``hops`` ties of ``actor``, cut to the ``max_actors`` nearest and most connected.

    All that is kept hangs together with the actor; ``connected`` counts the actors within reach.
    """
    known = {node.iri for node in graph.actors} | {place.iri for place in graph.places}
    ties = [tie for tie in fold(graph) if tie.source in known and tie.target in known]
    steps = _steps(ties, actor.iri, hops)
    ties = [tie for tie in ties if steps.keys() >= set(tie.pair)]
    chosen = _nearest(ties, actor.iri, steps, max_actors)
    between = [tie for tie in ties if chosen.issuperset(tie.pair)]
    kept = _strongest(between, chosen, actor.iri, steps)
    places = {place.iri for place in graph.places}
    return Selection(tuple(sorted(chosen)), kept, len(steps.keys() - places), len(graph.actors), len(between))


def _steps(ties: Iterable[Tie], start: str, hops: int) -> dict[str, int]:
    """Return how many ties away from ``start`` each node within ``hops`` is."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        neighbours[tie.source].add(tie.target)
        neighbours[tie.target].add(tie.source)
    steps, edge = {start: 0}, [start]
    for step in range(1, hops + 1):
        edge = sorted({near for node in edge for near in neighbours[node]} - steps.keys())
        steps.update(dict.fromkeys(edge, step))
    return steps


def _nearest(ties: Sequence[Tie], start: str, steps: Mapping[str, int], limit: int) -> set[str]:
    """Return at most ``limit`` nodes: step by step outwards, each tied to one of those before it."""
    weights: Counter[tuple[str, str]] = Counter()
    for tie in ties:
        weights[tie.pair] += 0 if tie.planned else tie.count
    degrees = Counter(end for pair in weights for end in pair)
    strongest: dict[str, int] = defaultdict(int)
    inner: dict[str, set[str]] = defaultdict(set)
    for pair, weight in weights.items():
        for near, far in (pair, pair[::-1]):
            if steps[near] < steps[far]:
                strongest[far] = max(strongest[far], weight)
                inner[far].add(near)
    chosen = {start}
    for node in sorted(steps.keys() - chosen, key=lambda iri: (steps[iri], -strongest[iri], -degrees[iri], iri)):
        if len(chosen) < limit and inner[node] & chosen:
            chosen.add(node)
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
        tuple(edges),
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
            contested, edges = first.contested or tie.contested, (*first.edges, *tie.edges)
            found[key] = replace(first, count=count, arrows=2 * tie.arrows, contested=contested, edges=edges)
    return list(found.values())
