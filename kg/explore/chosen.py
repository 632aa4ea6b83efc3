"""Relations as they stand under a selection, without a look at all that their events say.

Like :meth:`kg.explore.selection.Selection.apply`, which reduces whole facts, but for relations alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.graph.model import holds
from kg.graph.slice import sliced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.explore.columns import Flags
    from kg.explore.index import Index
    from kg.explore.selection import Selection
    from kg.graph.model import EventNode, KnowledgeGraph, MentionNode, RelationEdge
    from kg.graph.slice import Criteria


def chosen(index: Index, relations: Iterable[RelationEdge], selection: Selection) -> KnowledgeGraph:
    """Return the graph of what is left of relations, and of the events that they follow from.

    The events are whole; of a relation, ``first``, ``last`` and ``confidence`` are those of all that it rests on.

    Raises:
        ConfigError: The selection is none.
    """
    wanted, columns = selection.criteria(index), index.columns
    meeting, told = columns.meeting(wanted), columns.meeting(wanted, selection.source)
    kept = tuple(left for one in relations if (left := _left(index, one, meeting, wanted)) is not None)

    def holds_up(event: EventNode) -> bool:
        return bool(told[columns.position[event.iri]])

    events = tuple(filter(holds_up, index.carrying(kept)))
    if selection.source:
        own = {event.iri for event in events}
        kept = tuple(
            one for one in kept if _reported_by(index, one, selection.source) or not own.isdisjoint(one.events)
        )
    return index.part(events, kept)


def _left(index: Index, relation: RelationEdge, meeting: Flags, wanted: Criteria) -> RelationEdge | None:
    """Return a relation with what is left of what it rests on, None where nothing is."""
    position = index.columns.position
    events = tuple(iri for iri in relation.events if iri in position and meeting[position[iri]])
    mentions = _mentions(index, relation, wanted) if relation.mentions else ()
    if not events and not mentions:
        return None
    if len(events) == len(relation.events) and len(mentions) == len(relation.mentions):
        return relation
    left = replace(relation, events=events, mentions=mentions, count=len(events) + len(mentions))
    if mentions:
        return left
    nodes = [index.events[iri] for iri in events]
    happened = any(event.factuality == "happened" for event in nodes)
    return replace(
        left,
        contested=all(event.contested for event in nodes),
        factuality=("happened" if happened else "planned") if holds(relation) else relation.factuality,
    )


def _mentions(index: Index, relation: RelationEdge, wanted: Criteria) -> tuple[MentionNode, ...]:
    """Return the reports that state a relation and meet criteria."""
    documents = {mention.document for mention in relation.mentions}
    alone = replace(
        index.graph,
        documents=tuple(index.documents[iri] for iri in sorted(documents) if iri in index.documents),
        actors=(),
        places=(),
        events=(),
        relations=(relation,),
    )
    return tuple(mention for one in sliced(alone, wanted).relations for mention in one.mentions)


def _reported_by(index: Index, relation: RelationEdge, publisher: str) -> bool:
    documents = (index.documents.get(mention.document) for mention in relation.mentions)
    return any(document is not None and document.publisher == publisher for document in documents)
