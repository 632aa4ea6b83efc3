"""The knowledge graph for NetworkX, and back without loss.

Nodes are actors (and the places that somebody controls), by IRI; edges are the relations that hold or are planned,
keyed by property. All attributes are plain Python values. Edges and events also have ``reports``, how many documents
report them, and ``independent_reports``, not counting copies. What is no edge between two nodes is kept beside them::

    graph.nodes[iri]                  kind ("actor" or "place"), label, type, country, sector, alt_names, ...
    graph.edges[a, b, "meets"]        iri, property, events, mentions, first, last, count, confidence, contested, ...
    graph.graph["events"][iri]        type, label, factuality, sources, targets, participants, date, mentions, ...
    graph.graph["documents"][iri]     id, title, publisher, published, ...
    graph.graph["places"][iri]        label, country, ...
    graph.graph["unasserted"][iri]    relations that are past, negated or only possible, and so no edges
    graph.graph["custom_types"][iri]  name, label, broader, description
    graph.graph["runs"][iri], graph.graph["base"]
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields, is_dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

import networkx

from kg.errors import GraphError
from kg.graph.model import (
    AccountNode,
    ActorNode,
    AppearanceNode,
    ClaimNode,
    CustomTypeNode,
    DocumentNode,
    EventNode,
    KnowledgeGraph,
    MentionNode,
    NamingNode,
    PlaceNode,
    QuoteNode,
    RelationEdge,
    RunNode,
    holds,
)
from kg.graph.reports import ReportCounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.graph.reports import Reports

    Attributes = Mapping[str, Any]

R = TypeVar(
    "R",
    AccountNode,
    ActorNode,
    AppearanceNode,
    ClaimNode,
    CustomTypeNode,
    DocumentNode,
    EventNode,
    MentionNode,
    NamingNode,
    PlaceNode,
    QuoteNode,
    RelationEdge,
    RunNode,
)
_NESTED: Final = {
    "accounts": AccountNode,
    "appearances": AppearanceNode,
    "claims": ClaimNode,
    "mentions": MentionNode,
    "namings": NamingNode,
    "quotes": QuoteNode,
}
_RENAMED: Final = {(ActorNode, "name"): "label", (PlaceNode, "name"): "label"}


def to_networkx(graph: KnowledgeGraph) -> networkx.MultiDiGraph[str]:
    """Return the graph for NetworkX, with actors as nodes and relations as edges.

    A symmetric relation is one edge, from the lesser IRI to the greater.
    """
    counts = ReportCounts(graph)
    result: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(
        base=graph.base,
        documents=_by_iri(graph.documents),
        events={event.iri: {**_plain(event), **_reports(counts.of_event(event))} for event in graph.events},
        places=_by_iri(graph.places),
        unasserted=_by_iri(relation for relation in graph.relations if not holds(relation)),
        runs=_by_iri(graph.runs),
        custom_types=_by_iri(graph.custom_types),
    )
    for actor in graph.actors:
        result.add_node(actor.iri, kind="actor", **_plain(actor))
    places = {place.iri: place for place in graph.places}
    for relation in filter(holds, graph.relations):
        if relation.target in places and relation.target not in result:
            result.add_node(relation.target, kind="place", **_plain(places[relation.target]))
        known = {**_edge(relation), **_reports(counts.of_relation(relation))}
        result.add_edge(relation.source, relation.target, _key(result, relation), iri=relation.iri, **known)
    return result


def from_networkx(graph: networkx.MultiDiGraph[str]) -> KnowledgeGraph:
    """Return the knowledge graph that :func:`to_networkx` made ``graph`` from; attributes of others are passed over.

    Raises:
        GraphError: If a node, an edge or the graph lacks an attribute that it needs.
    """
    actors = (_record(ActorNode, iri, data) for iri, data in graph.nodes(data=True) if data.get("kind") == "actor")
    edges = (
        _record(RelationEdge, data.get("iri", ""), {**data, "source": source, "target": target})
        for source, target, data in graph.edges(data=True)
    )
    return KnowledgeGraph(
        base=_get(graph.graph, "base", "the graph"),
        documents=_records(DocumentNode, graph, "documents"),
        actors=_sorted(actors),
        places=_records(PlaceNode, graph, "places"),
        events=_records(EventNode, graph, "events"),
        relations=_sorted((*edges, *_records(RelationEdge, graph, "unasserted"))),
        runs=_records(RunNode, graph, "runs"),
        custom_types=_records(CustomTypeNode, graph, "custom_types") if "custom_types" in graph.graph else (),
    )


def _key(graph: networkx.MultiDiGraph[str], relation: RelationEdge) -> str:
    """Return the relation's property, with a number where an edge of that key is there already."""
    key, number = relation.property, 1
    while graph.has_edge(relation.source, relation.target, key):
        number += 1
        key = f"{relation.property} {number}"
    return key


def _edge(relation: RelationEdge) -> dict[str, Any]:
    return {name: value for name, value in _plain(relation).items() if name not in ("source", "target")}


def _reports(counted: Reports) -> dict[str, int]:
    return {"reports": counted.all, "independent_reports": counted.independent}


def _by_iri(records: Iterable[Any]) -> dict[str, dict[str, Any]]:
    return {record.iri: _plain(record) for record in records}


def _plain(record: Any) -> dict[str, Any]:
    """Return a record's fields, apart from its IRI, as plain values."""
    names = [field.name for field in fields(record) if field.name != "iri"]
    return {_attribute(type(record), name): _plain_value(getattr(record, name)) for name in names}


def _plain_value(value: Any) -> Any:
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        return [{"iri": record.iri, **_plain(record)} for record in value]
    return list(value) if isinstance(value, tuple) else value


def _attribute(kind: type, name: str) -> str:
    return _RENAMED.get((kind, name), name)


def _records(kind: type[R], graph: networkx.MultiDiGraph[str], name: str) -> tuple[R, ...]:
    return _sorted(_record(kind, iri, data) for iri, data in _get(graph.graph, name, "the graph").items())


def _sorted(records: Iterable[R]) -> tuple[R, ...]:
    return tuple(sorted(records, key=attrgetter("iri")))


def _record(kind: type[R], iri: str, data: Attributes) -> R:
    values = {field.name: _value(kind, field, iri, data) for field in fields(kind) if field.name != "iri"}
    return kind(iri, **values)


def _value(kind: type, field: Field[Any], iri: str, data: Attributes) -> Any:
    name = _attribute(kind, field.name)
    if name not in data and field.default is not MISSING:
        return field.default
    value = _get(data, name, f"<{iri}>")
    if field.name in _NESTED:
        nested = _NESTED[field.name]
        return _sorted(_record(nested, _get(item, "iri", f"<{iri}> {name}"), item) for item in value)
    return tuple(value) if isinstance(value, list) else value


def _get(data: Attributes, name: str, owner: str) -> Any:
    if name not in data:
        raise GraphError(f"{owner} has no attribute {name!r}: this is no graph that kg made for NetworkX")
    return data[name]
