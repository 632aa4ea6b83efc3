"""A graph at first sight: how much it holds, who is in it, and what is worth a look."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kg.explore.events import EventRow, rows
from kg.plot.spoken import period

if TYPE_CHECKING:
    from kg.explore.index import Index
    from kg.graph.model import KnowledgeGraph

_TOP: Final = 12


class Busy(NamedTuple):
    """An actor, and how many events and documents it is in."""

    key: str
    name: str
    type: str
    country: str
    events: int
    documents: int


class Dealing(NamedTuple):
    """Two actors, and how many events they share."""

    one: str
    one_name: str
    other: str
    other_name: str
    events: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A graph at first sight.

    ``when`` is the time that its events span, in words. ``pairs`` are the first of ``pairs_count`` who share events,
    ``disputed`` of ``disputed_count`` events.
    """

    documents: int
    actors: int
    places: int
    events: int
    relations: int
    when: str
    busiest: tuple[Busy, ...]
    pairs: tuple[Dealing, ...]
    pairs_count: int
    latest: tuple[EventRow, ...]
    disputed: tuple[EventRow, ...]
    disputed_count: int


def overview(index: Index, top: int = _TOP) -> Overview:
    """Return a graph at first sight, with the ``top`` of each list."""
    graph, columns = index.graph, index.columns
    days = [day for event in graph.events for day in (event.date or event.earliest, event.date or event.latest) if day]
    disputed = np.flatnonzero(columns.contested)
    shared = _shared(graph)
    told = index.ranks.ordered(disputed, "reports", descending=True)[:top]
    latest = nlargest(
        top,
        columns.all.tolist(),
        key=lambda place: (graph.events[place].date or graph.events[place].earliest or columns.appeared[place], place),
    )
    return Overview(
        documents=len(graph.documents),
        actors=len(graph.actors),
        places=len(graph.places),
        events=len(graph.events),
        relations=len(graph.relations),
        when=period(days),
        busiest=_busiest(index, top),
        pairs=_pairs(index, shared, top),
        pairs_count=len(shared),
        latest=rows(index, (graph.events[place] for place in latest)),
        disputed=rows(index, columns.at(told)),
        disputed_count=len(disputed),
    )


def _busiest(index: Index, top: int) -> tuple[Busy, ...]:
    order = nsmallest(top, index.graph.actors, key=lambda one: (-index.activity(one.iri), one.name, one.iri))
    return tuple(
        Busy(
            index.key(one.iri),
            index.name(one.iri),
            one.type,
            one.country,
            index.activity(one.iri),
            _documents(index, one.iri),
        )
        for one in order
        if index.activity(one.iri)
    )


def _documents(index: Index, iri: str) -> int:
    columns = index.columns
    return len(np.unique(columns.documents.of(columns.involving(iri))))


def _shared(graph: KnowledgeGraph) -> Counter[tuple[str, str]]:
    """Return how many events any two have in common."""
    shared: Counter[tuple[str, str]] = Counter()
    for event in graph.events:
        pairs = {(min(a, b), max(a, b)) for a in event.sources for b in event.targets if a != b}
        pairs |= {(a, b) for a in event.participants for b in event.participants if a < b}
        shared.update(pairs)
    return shared


def _pairs(index: Index, shared: Counter[tuple[str, str]], top: int) -> tuple[Dealing, ...]:
    order = nsmallest(top, shared, key=lambda both: (-shared[both], index.name(both[0]), index.name(both[1]), both))
    return tuple(Dealing(index.key(a), index.name(a), index.key(b), index.name(b), shared[a, b]) for a, b in order)
