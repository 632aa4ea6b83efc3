"""Graphs into one, as if all their documents had been read together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from kg.errors import GraphError
from kg.graph.accounts import reports
from kg.graph.actors import one_actor
from kg.graph.assemble import settled
from kg.graph.custom_types import used
from kg.graph.garbage import uncollected
from kg.graph.model import ActorNode, PlaceNode
from kg.graph.places import one_place
from kg.graph.relations import Relations
from kg.identifiers import Identifiers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.graph.model import (
        CustomTypeNode,
        DocumentNode,
        EventNode,
        KnowledgeGraph,
        RelationEdge,
        RunNode,
    )

N = TypeVar("N", ActorNode, PlaceNode)


def merge(graphs: Iterable[KnowledgeGraph]) -> KnowledgeGraph:
    """Return one graph of all that the graphs hold.

    Reports of one happening in documents of different graphs become one event, and copies are found among all
    documents. A document that several graphs hold counts once, as the first of them has it. Of an actor or place that
    no document is known to name, as in graphs of earlier versions, the name that sorts first is kept.

    Raises:
        GraphError: If there is no graph, their names begin with different bases, one holds a date that is none, or
            they define an event type of the user's own in different ways.
    """
    given = list(graphs)
    union = Union(Relations(_identifiers(given)))
    for graph in given:
        union.add(graph)
    return union.graph()


@dataclass(slots=True)
class Union:
    """What graphs hold, with events as single documents report them."""

    relations: Relations
    documents: dict[str, DocumentNode] = field(default_factory=dict)
    actors: defaultdict[str, list[ActorNode]] = field(default_factory=lambda: defaultdict(list))
    places: defaultdict[str, list[PlaceNode]] = field(default_factory=lambda: defaultdict(list))
    reported: dict[str, EventNode] = field(default_factory=dict)
    runs: dict[str, RunNode] = field(default_factory=dict)
    custom_types: dict[str, CustomTypeNode] = field(default_factory=dict)

    def add(self, graph: KnowledgeGraph, without: Collection[str] = ()) -> None:
        """Take in what the documents of a graph report that are not known yet, and not among ``without``.

        Raises:
            GraphError: If it defines an event type of the user's own in another way.
        """
        for custom in graph.custom_types:
            if self.custom_types.setdefault(custom.iri, custom) != custom:
                raise GraphError(f"the graphs define the event type <{custom.iri}> in different ways; build them alike")
        others = {*self.documents, *without}
        for actor in _told(graph.actors, others):
            self.actors[actor.iri].append(actor)
        for place in _told(graph.places, others):
            self.places[place.iri].append(place)
        self._add_facts(graph, others)

    def _add_facts(self, graph: KnowledgeGraph, others: Collection[str]) -> None:
        """Take in the documents that are not among ``others``, and what they report."""
        new = {node.iri: node for node in graph.documents if node.iri not in others}
        self.documents |= new
        unused = {node.run for node in graph.documents} - {node.run for node in new.values()}
        self.runs |= {run.iri: run for run in graph.runs if run.iri not in unused}
        for event in graph.events:
            for own in reports(self.relations.identifiers, event):
                if all(mention.document not in others for mention in own.mentions):
                    self.reported[own.iri] = own
        published = {node.iri: node.published for node in new.values() if node.published}
        for relation in graph.relations:
            self.relations.add_edge(_without(relation, others), published)

    def graph(self) -> KnowledgeGraph:
        """Return one graph of all.

        Raises:
            GraphError: If a date in it is none.
        """
        actors = [one_actor(*nodes) for nodes in self.actors.values()]
        places = [one_place(*nodes) for nodes in self.places.values()]
        nodes = (self.documents.values(), actors, places)
        reported = list(self.reported.values())
        try:
            with uncollected():
                graph = settled(self.relations.identifiers, *nodes, reported, self.relations, self.runs.values())
        except ValueError as error:
            raise GraphError(f"the graphs cannot be merged: {error}") from error
        return replace(graph, custom_types=used(self.custom_types, graph))


def _identifiers(graphs: Sequence[KnowledgeGraph]) -> Identifiers:
    bases = sorted({graph.base for graph in graphs})
    if not bases:
        raise GraphError("there is no graph to merge")
    if len(bases) > 1:
        raise GraphError(
            f"graphs with different bases cannot be merged: {', '.join(bases)}; build them with one --base"
        )
    return Identifiers(bases[0])


def _told(nodes: Iterable[N], others: Collection[str]) -> Iterator[N]:
    """Give the nodes that documents not among ``others`` name, or no known ones, with the appearances in these."""
    for node in nodes:
        if not node.appearances:
            yield node
        elif kept := tuple(shown for shown in node.appearances if shown.document not in others):
            yield replace(node, appearances=kept)


def _without(relation: RelationEdge, documents: Collection[str]) -> RelationEdge:
    """Return the relation without the reports that stand in ``documents``."""
    return replace(
        relation, mentions=tuple(mention for mention in relation.mentions if mention.document not in documents)
    )
