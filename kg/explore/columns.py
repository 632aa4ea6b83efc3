"""The events of a graph as arrays, so that pages choose, sort and count thousands of them at a time.

An event goes by its place among the events of the graph, which are sorted by IRI.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from datetime import date
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kg import ontology
from kg.explore.ragged import Ragged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from kg.explore.ragged import Numbers
    from kg.graph.model import EventNode, KnowledgeGraph, MentionNode
    from kg.graph.slice import Criteria

    Flags = NDArray[np.bool_]

_NO_DAY: Final = -1
_NOWHERE: Final = np.empty(0, np.int64)


class Days(NamedTuple):
    """The first and last day of each event as places in ``known``, all days in order (ISO 8601); -1 for none.

    An event that no text dates has, as both, the day on which the first document that reports it appeared.
    """

    known: tuple[str, ...]
    first: Numbers
    last: Numbers

    def within(self, since: str | None, until: str | None) -> Flags:
        """Say of which events the time touches a window of days, which is open where it has no bound."""
        if since is None and until is None:
            return np.ones(len(self.first), np.bool_)
        inside: Flags = (self.first != _NO_DAY) | (self.last != _NO_DAY)
        if since is not None:
            inside &= ~((self.last != _NO_DAY) & (self.last < bisect_left(self.known, since)))
        if until is not None:
            inside &= ~((self.first != _NO_DAY) & (self.first >= bisect_right(self.known, until)))
        return inside


class Columns:
    """What is asked of all events of a graph, an entry for each.

    ``documents`` are those that report it, by their numbers in ``document_iris``; ``weights`` its places on the PLOVER
    scale, -10 to 10. ``claims`` counts what claimants say, of relations too.
    """

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._events = graph.events
        self.position: dict[str, int] = {event.iri: place for place, event in enumerate(graph.events)}
        self.document_iris: dict[str, int] = {node.iri: place for place, node in enumerate(graph.documents)}
        self._places = graph.places
        self._publishers = [document.publisher for document in graph.documents]
        self._appeared = [(document.published or "")[:10] for document in graph.documents]
        self.claims: Counter[str] = Counter()
        self._affirmed: defaultdict[str, set[int]] = defaultdict(set)
        self._own_types: defaultdict[str, set[int]] = defaultdict(set)
        self.documents = self._read(graph)
        self.confidence = np.array([event.confidence for event in graph.events], np.float64)
        self.contested = np.array([event.contested for event in graph.events], np.bool_)
        self.types = np.array([event.type for event in graph.events], np.str_)
        self.factualities = np.array([event.factuality for event in graph.events], np.str_)
        self.weights = np.array([_weight(event.type, event.mode) for event in graph.events], np.float64)
        self._involving = _involving(graph.events)

    def __len__(self) -> int:
        return len(self._events)

    @cached_property
    def all(self) -> Numbers:
        """The places of all events."""
        return np.arange(len(self._events))

    def involving(self, iri: str) -> Numbers:
        """Return the events that an actor takes part in, or that are at a place."""
        return self._involving.get(iri, _NOWHERE)

    def at(self, positions: Numbers) -> tuple[EventNode, ...]:
        """Return the events of these places."""
        return tuple(self._events[place] for place in positions.tolist())

    def positions(self, events: Iterable[EventNode]) -> Numbers:
        """Return the places of events, in the order given."""
        return np.array([self.position[event.iri] for event in events], np.int64)

    @cached_property
    def appeared(self) -> tuple[str, ...]:
        """The day on which the first document that reports each event appeared (ISO 8601), "" where none is dated."""
        offsets, values = self.documents.offsets.tolist(), self.documents.values.tolist()
        days = [*self._appeared, *[""] * (len(self.document_iris) - len(self._appeared))]
        return tuple(
            min(filter(None, (days[one] for one in values[begin:end])), default="") for begin, end in pairwise(offsets)
        )

    @cached_property
    def days(self) -> Days:
        """When each event was, as documents say or, of those that say nothing, when they appeared."""
        first = [event.date or event.earliest or "" for event in self._events]
        last = [event.date or event.latest or "" for event in self._events]
        for place, day in enumerate(self.appeared):
            if not first[place] and not last[place]:
                first[place] = last[place] = day
        known = tuple(sorted({*first, *last} - {""}))
        code = {day: place for place, day in enumerate(known)} | {"": _NO_DAY}
        return Days(known, *(np.array([code[day] for day in side], np.int64) for side in (first, last)))

    @cached_property
    def spans(self) -> tuple[Numbers, Numbers]:
        """First and last day of each event, by :meth:`datetime.date.toordinal`; 0 for none, or what is no day."""
        numbers = np.array([*map(_ordinal, self.days.known), 0], np.int64)
        return numbers[self.days.first], numbers[self.days.last]

    @cached_property
    def friendly(self) -> Flags:
        """Whether the quad class of each event is one of cooperation."""
        return np.isin(self.types, [name for name in np.unique(self.types).tolist() if _is_friendly(name)])

    @cached_property
    def places(self) -> Ragged:
        """Where each event is, by the numbers of the places in the graph."""
        known = {node.iri: number for number, node in enumerate(self._places)}
        return Ragged.of_rows(sorted({known[iri] for iri in event.places if iri in known}) for event in self._events)

    def meeting(self, wanted: Criteria, publisher: str = "") -> Flags:
        """Say which events meet criteria, which name no actors, and are reported by a publisher if one is given."""
        kept = self.days.within(wanted.since, wanted.until) & (self.confidence >= wanted.min_confidence)
        if wanted.exclude_contested:
            kept &= ~self.contested
        if wanted.factualities:
            kept &= np.isin(self.factualities, sorted(wanted.factualities))
        if wanted.types:
            kept &= np.isin(self.types, sorted(wanted.types)) | self._among(self._own_types, wanted.types)
        if wanted.asserted_by:
            kept &= self._among(self._affirmed, wanted.asserted_by)
        return kept & self._reported_by(publisher) if publisher else kept

    def _read(self, graph: KnowledgeGraph) -> Ragged:
        """Take in the reports of all facts, and return the documents of each event."""
        rows = []
        for place, event in enumerate(graph.events):
            rows.append(self._documents(event.mentions))
            for mention in event.mentions:
                for kind in mention.custom_types:
                    self._own_types[kind].add(place)
                for claim in mention.claims:
                    self.claims[claim.claimant] += 1
                    if claim.polarity == "affirms":
                        self._affirmed[claim.claimant].add(place)
        for relation in graph.relations:
            self._documents(relation.mentions)
            self.claims.update(claim.claimant for mention in relation.mentions for claim in mention.claims)
        return Ragged.of_rows(rows)

    def _documents(self, mentions: Sequence[MentionNode]) -> set[int]:
        known = self.document_iris
        return {known.setdefault(mention.document, len(known)) for mention in mentions}

    def _among(self, positions: Mapping[str, set[int]], names: Iterable[str]) -> Flags:
        found = np.zeros(len(self), np.bool_)
        for name in names:
            found[sorted(positions.get(name, ()))] = True
        return found

    def _reported_by(self, publisher: str) -> Flags:
        own = np.zeros(len(self.document_iris), np.bool_)
        own[[place for place, name in enumerate(self._publishers) if name == publisher]] = True
        found = np.zeros(len(self), np.bool_)
        found[np.repeat(self.all, self.documents.lengths)[own[self.documents.values]]] = True
        return found


def _involving(events: Sequence[EventNode]) -> dict[str, Numbers]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, event in enumerate(events):
        for iri in {*event.sources, *event.targets, *event.participants, *event.places}:
            found[iri].append(place)
    return {iri: np.array(places) for iri, places in found.items()}


def _ordinal(day: str) -> int:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return 0


@cache
def _weight(kind: str, mode: str) -> float:
    return float(ontology.intensity(kind, mode))


@cache
def _is_friendly(kind: str) -> bool:
    return ontology.quad_class(kind) in (ontology.PLOVER.verbal_cooperation, ontology.PLOVER.material_cooperation)
