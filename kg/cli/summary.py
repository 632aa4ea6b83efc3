"""A graph in a few lines of words."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.graph.model import KnowledgeGraph, RelationEdge

_EDGES: Final = 12
_CAPITAL: Final = re.compile("(?<=[a-z])(?=[A-Z])")


def of_graph(graph: KnowledgeGraph, written: Sequence[Path], hint: str = "") -> str:
    """Say what a graph holds, its most reported and surest edges, a hint to the user, and where it was written."""
    contested = sum(event.contested for event in graph.events)
    counts = [
        _count(len(graph.documents), "document"),
        _count(len(graph.actors), "actor"),
        _count(len(graph.events), "event") + (f" ({contested} disputed)" if contested else ""),
        _count(len(graph.relations), "edge"),
    ]
    lines = [", ".join(counts)]
    lines += [f"  {line}" for line in _top_edges(graph)]
    lines += [hint] if hint else []
    lines += [f"written to {path}" for path in written]
    return "\n".join(lines)


def undated(graph: KnowledgeGraph) -> int:
    """Return how many documents are of a day that nothing tells."""
    return sum(document.published is None for document in graph.documents)


def hint_on_dates(count: int) -> str:
    """Say what is lost where so many documents have no date, and how to give one; nothing where all have one."""
    if not count:
        return ""
    without = f"{_count(count, 'document')} without a date of publication"
    return f"{without}: words such as 'on Friday' mean no day there; --published gives the date"


def counts_of(graph: KnowledgeGraph) -> dict[str, int]:
    """Return how much of everything a graph holds."""
    return {
        "documents": len(graph.documents),
        "actors": len(graph.actors),
        "events": len(graph.events),
        "edges": len(graph.relations),
    }


def _top_edges(graph: KnowledgeGraph) -> list[str]:
    names = {actor.iri: actor.name for actor in graph.actors} | {place.iri: place.name for place in graph.places}
    by_pair: dict[tuple[str, str], list[RelationEdge]] = defaultdict(list)
    for edge in graph.relations:
        if edge.factuality == "happened":
            by_pair[edge.source, edge.target].append(edge)
    edges = [edge for pair in by_pair.values() for edge in pair if not _is_implied(edge, pair)]
    edges.sort(key=lambda edge: (-edge.count, -edge.confidence, names[edge.source], edge.property, names[edge.target]))
    lines = [_sentence(edge, names) for edge in edges[:_EDGES]]
    more = len(edges) - len(lines)
    return [*lines, f"and {more} more"] if more else lines


def _is_implied(edge: RelationEdge, pair: Sequence[RelationEdge]) -> bool:
    """Say whether an edge only repeats in wider words what a narrower one of the same pair says."""
    from kg.ontology import KG, super_properties

    narrower = (other for other in pair if KG[edge.property] in super_properties(KG[other.property]))
    return not edge.mentions and any(set(other.events) >= set(edge.events) for other in narrower)


def _sentence(edge: RelationEdge, names: dict[str, str]) -> str:
    verb = _CAPITAL.sub(" ", edge.property).lower()
    notes = [f"{edge.count} times"] if edge.count > 1 else []
    notes += ["disputed"] if edge.contested else []
    return f"{names[edge.source]} {verb} {names[edge.target]}" + (f" ({', '.join(notes)})" if notes else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
