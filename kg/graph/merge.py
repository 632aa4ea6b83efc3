"""Graphs into one, as if all their documents had been read together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.graph.accounts import reports
from kg.graph.assemble import settled
from kg.graph.places import one_place
from kg.graph.relations import Relations
from kg.identifiers import Identifiers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kg.graph.model import (
        ActorNode,
        CustomTypeNode,
        DocumentNode,
        EventNode,
        KnowledgeGraph,
        PlaceNode,
        RelationEdge,
        RunNode,
    )


def merge(graphs: Iterable[KnowledgeGraph]) -> KnowledgeGraph:
    """Return one graph of all that the graphs hold.

    Reports of one happening in documents of different graphs become one event, and copies are found among all
    documents. A document that several graphs hold counts once, as the first of them has it. The graphs do not tell
    how many documents spell a name in which way; of two names of one node, that which sorts first is kept.

    Raises:
        GraphError: If there is no graph, their names begin with different bases, one holds a date that is none, or
            they define an event type of the user's own in different ways.
    """
    given = list(graphs)
    union = _Union(Relations(_identifiers(given)))
    for graph in given:
        union.add(graph)
    return union.graph()


@dataclass(slots=True)
class _Union:
    """What graphs hold, with events as single documents report them."""

    relations: Relations
    documents: dict[str, DocumentNode] = field(default_factory=dict)
    actors: dict[str, ActorNode] = field(default_factory=dict)
    places: dict[str, PlaceNode] = field(default_factory=dict)
    reported: dict[str, EventNode] = field(default_factory=dict)
    runs: dict[str, RunNode] = field(default_factory=dict)
    custom_types: dict[str, CustomTypeNode] = field(default_factory=dict)

    def add(self, graph: KnowledgeGraph) -> None:
        for custom in graph.custom_types:
            if self.custom_types.setdefault(custom.iri, custom) != custom:
                raise GraphError(f"the graphs define the event type <{custom.iri}> in different ways; build them alike")
        for actor in graph.actors:
            self.actors[actor.iri] = _one_actor(actor, self.actors.get(actor.iri, actor))
        for place in graph.places:
            self.places[place.iri] = one_place(place, self.places.get(place.iri, place))
        self.runs |= {run.iri: run for run in graph.runs}
        self._add_facts(graph)

    def _add_facts(self, graph: KnowledgeGraph) -> None:
        """Take in the documents that are not known yet, and what they report."""
        known = frozenset(self.documents)
        new = {node.iri: node for node in graph.documents if node.iri not in known}
        self.documents |= new
        for event in graph.events:
            for own in reports(self.relations.identifiers, event):
                if known.isdisjoint(mention.document for mention in own.mentions):
                    self.reported[own.iri] = own
        published = {node.iri: node.published for node in new.values() if node.published}
        for relation in graph.relations:
            self.relations.add_edge(_without(relation, known), published)

    def graph(self) -> KnowledgeGraph:
        nodes = (self.documents.values(), self.actors.values(), self.places.values())
        reported = list(self.reported.values())
        try:
            graph = settled(self.relations.identifiers, *nodes, reported, self.relations, self.runs.values())
        except ValueError as error:
            raise GraphError(f"the graphs cannot be merged: {error}") from error
        return replace(graph, custom_types=tuple(self.custom_types[iri] for iri in sorted(self.custom_types)))


def _identifiers(graphs: Sequence[KnowledgeGraph]) -> Identifiers:
    bases = sorted({graph.base for graph in graphs})
    if not bases:
        raise GraphError("there is no graph to merge")
    if len(bases) > 1:
        raise GraphError(
            f"graphs with different bases cannot be merged: {', '.join(bases)}; build them with one --base"
        )
    return Identifiers(bases[0])


def _one_actor(one: ActorNode, other: ActorNode) -> ActorNode:
    names = {one.name, other.name}
    name = min(names, key=str.swapcase)
    return replace(
        one,
        name=name,
        type=min(one.type, other.type),
        country=min(filter(None, (one.country, other.country)), default=""),
        sector=min(filter(None, (one.sector, other.sector)), default=""),
        alt_names=tuple(sorted(names.union(one.alt_names, other.alt_names) - {name})),
        same_as=tuple(sorted({*one.same_as, *other.same_as})),
    )


def _without(relation: RelationEdge, documents: Collection[str]) -> RelationEdge:
    """Return the relation without the reports that stand in ``documents``."""
    return replace(
        relation, mentions=tuple(mention for mention in relation.mentions if mention.document not in documents)
    )
