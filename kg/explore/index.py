"""What a graph holds, ready to be looked up: by IRI, by who is involved, by document."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from kg.explore.bonds import Bonds
from kg.explore.columns import Columns
from kg.explore.ranks import Ranks
from kg.export.tables import Names, event_table
from kg.graph.legible import blank
from kg.graph.reports import ReportCounts
from kg.identifiers import Identifiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.explore.events import EventRow
    from kg.export.table import Table
    from kg.graph.model import (
        ActorNode,
        ClaimNode,
        DocumentNode,
        EventNode,
        KnowledgeGraph,
        PlaceNode,
        RelationEdge,
    )


class Index:
    """A graph with what every view looks up in it, made once. ``event_rows`` keeps what :mod:`kg.explore.events` makes.

    Args:
        graph: The graph.
        texts: The texts of documents, by the digest of their text; a graph itself holds single sentences.
    """

    def __init__(self, graph: KnowledgeGraph, texts: Mapping[str, str] | None = None) -> None:
        self.graph = graph
        self.texts: Mapping[str, str] = texts or {}
        self.actors: dict[str, ActorNode] = {actor.iri: actor for actor in graph.actors}
        self.places: dict[str, PlaceNode] = {place.iri: place for place in graph.places}
        self.documents: dict[str, DocumentNode] = {document.iri: document for document in graph.documents}
        self.events: dict[str, EventNode] = {event.iri: event for event in graph.events}
        self.relations: dict[str, RelationEdge] = {relation.iri: relation for relation in graph.relations}
        identifiers = Identifiers(graph.base)
        self._base = identifiers.base
        self.publishers: dict[str, str] = {
            identifiers.publisher(name): name
            for name in sorted({document.publisher for document in graph.documents if document.publisher})
        }
        self.counts = ReportCounts(graph)
        self.event_rows: dict[str, EventRow] = {}
        self._names = Names(graph)
        self._relations: dict[str, list[RelationEdge]] = defaultdict(list)
        self._reported: dict[str, list[EventNode | RelationEdge]] = defaultdict(list)
        for relation in graph.relations:
            for iri in {relation.source, relation.target}:
                self._relations[iri].append(relation)
        facts: tuple[EventNode | RelationEdge, ...] = (*graph.events, *graph.relations)
        for fact in facts:
            for iri in {mention.document for mention in fact.mentions}:
                self._reported[iri].append(fact)

    @cached_property
    def columns(self) -> Columns:
        """The events as arrays."""
        return Columns(self.graph)

    @cached_property
    def bonds(self) -> Bonds:
        """The relations by pair and folded into ties."""
        return Bonds(self.graph, self.columns)

    @cached_property
    def ranks(self) -> Ranks:
        """The orders of the events."""
        return Ranks(self.graph, self.columns)

    @cached_property
    def claims(self) -> Mapping[str, tuple[ClaimNode, EventNode | RelationEdge]]:
        """All claims by IRI, each with the event or relation that it is about."""
        facts: tuple[EventNode | RelationEdge, ...] = (*self.graph.events, *self.graph.relations)
        return {claim.iri: (claim, fact) for fact in facts for mention in fact.mentions for claim in mention.claims}

    def name(self, iri: str) -> str:
        """Return what an actor, place, publisher or type of the user's own is called.

        Of others it is the IRI, and the key where nothing of the name can be seen.
        """
        name = self._names.of((iri,))[0]
        return self.key(iri) if blank(name) else name

    def key(self, iri: str) -> str:
        """Return a short name for an IRI, which :meth:`iri` takes back: what follows the base of the graph."""
        return iri.removeprefix(self._base)

    def iri(self, key: str) -> str:
        """Return the IRI that a key stands for. Nothing says that the graph holds it."""
        inside = self._base + key
        return inside if self._holds(inside) else key

    def events_of(self, iri: str) -> tuple[EventNode, ...]:
        """Return the events that involve an actor or place, by IRI."""
        return self.columns.at(self.columns.involving(iri))

    def relations_of(self, iri: str) -> tuple[RelationEdge, ...]:
        """Return the relations from and to an actor or place, by IRI."""
        return tuple(self._relations.get(iri, ()))

    def reported_in(self, iri: str) -> tuple[EventNode | RelationEdge, ...]:
        """Return the events and relations that a document reports."""
        return tuple(self._reported.get(iri, ()))

    def activity(self, iri: str) -> int:
        """Return how many events involve an actor or place."""
        return len(self.columns.involving(iri))

    def table(self, events: Iterable[EventNode]) -> Table:
        """Return events as a table with the columns of ``kg export``, in the order given."""
        return event_table(events, self._names, self.counts)

    def part(self, events: Iterable[EventNode] = (), relations: Iterable[RelationEdge] = ()) -> KnowledgeGraph:
        """Return the graph with these facts alone, and all its nodes."""
        return replace(self.graph, events=tuple(events), relations=tuple(relations))

    def carrying(self, relations: Iterable[RelationEdge]) -> tuple[EventNode, ...]:
        """Return the events that relations follow from, each once, by IRI."""
        wanted = sorted({iri for relation in relations for iri in relation.events})
        return tuple(self.events[iri] for iri in wanted if iri in self.events)

    def _holds(self, iri: str) -> bool:
        kinds: tuple[Mapping[str, object], ...] = (
            *(self.actors, self.places, self.documents, self.events, self.relations, self.publishers),
        )
        return any(iri in kind for kind in kinds)
