"""A graph in a few lines of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.graph.model import KnowledgeGraph
    from kg.plot.ties import Tie

_TIES: Final = 12


def of_graph(graph: KnowledgeGraph, written: Sequence[Path]) -> str:
    """Say what a graph holds, its most reported ties, and where it was written."""
    contested = sum(event.contested for event in graph.events)
    counts = [
        _count(len(graph.documents), "document"),
        _count(len(graph.actors), "actor"),
        _count(len(graph.events), "event") + (f" ({contested} disputed)" if contested else ""),
        _count(len(graph.relations), "edge"),
    ]
    lines = [", ".join(counts)]
    lines += [f"  {line}" for line in _top_ties(graph)]
    lines += [f"written to {path}" for path in written]
    return "\n".join(lines)


def _top_ties(graph: KnowledgeGraph) -> list[str]:
    from kg.plot.ties import fold

    names = {actor.iri: actor.name for actor in graph.actors} | {place.iri: place.name for place in graph.places}
    ties = [tie for tie in fold(graph) if tie.source in names and tie.target in names]
    ties.sort(key=lambda tie: (-tie.count, names[tie.source], names[tie.target], tie.verbs))
    lines = [_sentence(tie, names) for tie in ties[:_TIES]]
    more = len(ties) - len(lines)
    return [*lines, f"and {more} more"] if more else lines


def _sentence(tie: Tie, names: dict[str, str]) -> str:
    notes = [
        *([f"{tie.count} reports"] if tie.count > 1 else []),
        *(["planned"] if tie.planned else []),
        *(["disputed"] if tie.contested else []),
    ]
    remark = f" ({', '.join(notes)})" if notes else ""
    return f"{names[tie.source]} {', '.join(tie.verbs)} {names[tie.target]}{remark}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
