"""How many documents report something, and how many of these are independent of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.graph.relations import Tie, ties

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph.model import EventNode, KnowledgeGraph, RelationEdge


class Reports(NamedTuple):
    """The number of documents, and of those that are no copies of each other."""

    all: int
    independent: int


class ReportCounts:
    """Counts the reports of the events and relations of a graph.

    A document and its copies are one independent report, and so are copies alone.
    """

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._originals = {node.iri: node.copy_of for node in graph.documents if node.copy_of}
        self._events = {event.iri: event for event in graph.events}

    def of_event(self, event: EventNode) -> Reports:
        """Count the reports of an event, also those by which it did not happen."""
        return self.of_documents(mention.document for mention in event.mentions)

    def of_relation(self, relation: RelationEdge) -> Reports:
        """Count the reports that state a relation, or report an event that it follows from."""
        return self.of_documents(self.documents_of(relation))

    def documents_of(self, relation: RelationEdge) -> set[str]:
        """Return the IRIs of the documents that state a relation, or report an event that it follows from."""
        documents = {mention.document for mention in relation.mentions}
        tie = Tie(relation.source, relation.property, relation.target)
        for event in filter(None, map(self._events.get, relation.events)):
            said_by = ties(event).get(tie) if event.accounts else None
            documents |= said_by or {mention.document for mention in event.mentions}
        return documents

    def of_documents(self, documents: Iterable[str]) -> Reports:
        """Count documents, given by IRI, each once."""
        distinct = set(documents)
        return Reports(len(distinct), len({self._originals.get(iri, iri) for iri in distinct}))
