"""The relations of a graph by pair, and as the ties that they make."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from kg.plot.ties import Tie, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.explore.columns import Columns
    from kg.graph.model import KnowledgeGraph, RelationEdge


class Bonds:
    """What joins actors and places, made once. Relations go by their place among those of the graph."""

    def __init__(self, graph: KnowledgeGraph, columns: Columns) -> None:
        self._graph = graph
        self._columns = columns
        self._others: defaultdict[str, set[str]] = defaultdict(set)
        self._between: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self._ends: defaultdict[str, list[int]] = defaultdict(list)
        for place, relation in enumerate(graph.relations):
            self._between[_pair(relation.source, relation.target)].append(place)
            self._others[relation.source].add(relation.target)
            self._others[relation.target].add(relation.source)
        known = {node.iri for node in graph.named}
        self._ties = tuple(tie for tie in fold(graph) if known.issuperset(tie.pair))
        for place, tie in enumerate(self._ties):
            for iri in tie.pair:
                self._ends[iri].append(place)

    def others(self, iri: str) -> int:
        """Return with how many others an actor or place has to do."""
        return len(self._others.get(iri, set()) - {iri})

    def between(self, one: str, other: str) -> tuple[RelationEdge, ...]:
        """Return the relations between two, sorted by IRI."""
        return tuple(self._graph.relations[place] for place in self._between.get(_pair(one, other), ()))

    def among(self, members: Iterable[str]) -> tuple[RelationEdge, ...]:
        """Return the relations between members, sorted by IRI."""
        own = set(members)
        pairs = {_pair(one, other) for one in own for other in own & self._others.get(one, set())}
        found = sorted(place for pair in pairs for place in self._between[pair])
        return tuple(self._graph.relations[place] for place in found)

    def ties_of(self, iri: str) -> tuple[Tie, ...]:
        """Return the ties of an actor or place where nothing is chosen, in the order of :func:`kg.plot.ties.fold`."""
        return tuple(self._ties[place] for place in self._ends.get(iri, ()))

    def ties_among(self, members: Iterable[str]) -> tuple[Tie, ...]:
        """Return the ties between members where nothing is chosen, in the order of :func:`kg.plot.ties.fold`."""
        own = set(members)
        places = {place for iri in own for place in self._ends.get(iri, ()) if own.issuperset(self._ties[place].pair)}
        return tuple(self._ties[place] for place in sorted(places))

    def resting(self, relations: Iterable[RelationEdge]) -> tuple[int, int]:
        """Return how many events relations follow from, and how many documents report these or state them."""
        columns = self._columns
        known = [place for one in relations for iri in one.events if (place := columns.position.get(iri)) is not None]
        events = np.unique(np.array(known, np.int64))
        documents = set(columns.documents.of(events).tolist())
        documents |= {columns.document_iris[mention.document] for one in relations for mention in one.mentions}
        return len(events), len(documents)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (min(one, other), max(one, other))
