"""Files for the bulk import of Neo4j: a node for each record, and a relationship for each way that leads to another.

Values are written as they are, for a database and not for a spreadsheet: no apostrophe before what may be a formula.
Line breaks give way to blanks, which spares the importer an option; several values of one property, and the labels of
a node, are joined by ``|``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg import ontology
from kg.export.delimited import plain
from kg.export.tables import mentions, tables
from kg.identifiers import Identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.export.table import Cell, Column, Kind, Table
    from kg.graph.model import AccountNode, EventNode, KnowledgeGraph, MentionNode

_LABELS: Final = {
    "events": "Event",
    "accounts": "Account",
    "actors": "Actor",
    "places": "Place",
    "appearances": "Appearance",
    "namings": "Naming",
    "mentions": "Mention",
    "claims": "Claim",
    "quotes": "Quote",
    "relations": "Relation",
    "documents": "Document",
    "types": "EventType",
    "runs": "Run",
}
_TYPES: Final[dict[Kind, str]] = {
    "text": "",
    "texts": ":string[]",
    "integer": ":long",
    "number": ":double",
    "flag": ":boolean",
    "day": ":date",
}
_EDGE: Final = ("iri", "factuality", "contested", "confidence", "first", "last", "count", "reports")
_BREAK: Final = re.compile("\r\n|[\r\n]")
_CAPITAL: Final = re.compile("(?<=[a-z])(?=[A-Z])")


class Link(NamedTuple):
    """A relationship without properties: from which node, of what type, to which node."""

    start: str
    type: str
    end: str


class Sheet(NamedTuple):
    """A file: its name without suffix, heading and lines."""

    name: str
    heading: tuple[str, ...]
    lines: list[tuple[str, ...]]


def neo4j(graph: KnowledgeGraph) -> tuple[Sheet, ...]:
    """Return the files: nodes of each kind, relations as relationships with properties, and all other relationships."""
    by_name = {table.name: table for table in tables(graph)}
    nodes = [_nodes(table, graph) for table in by_name.values()]
    nodes.append(_publishers(graph))
    known = {line[0] for sheet in nodes for line in sheet.lines}
    links = sorted({link for link in _links(graph) if link.start in known and link.end in known})
    heading = (":START_ID", ":TYPE", ":END_ID")
    return (*nodes, _edges(by_name["relations"], known), Sheet("links", heading, [tuple(link) for link in links]))


def _nodes(table: Table, graph: KnowledgeGraph) -> Sheet:
    """Return nodes with the columns that no relationship says, and their labels."""
    kept = [place for place, column in enumerate(table.columns) if not column.refers]
    heading = tuple(_heading(table.columns[place]) for place in kept)
    labels = _labels(table.name, graph)
    lines: list[tuple[str, ...]] = [
        (*(_text(row[place]) for place in kept), labels.get(str(row[0]), _LABELS[table.name])) for row in table.rows
    ]
    return Sheet(f"nodes-{table.name}", (*heading, ":LABEL"), lines)


def _heading(column: Column) -> str:
    return "iri:ID" if column.name == "iri" else f"{column.name}{_TYPES[column.kind]}"


def _labels(name: str, graph: KnowledgeGraph) -> dict[str, str]:
    """Return the labels of actors, which have two: what kind of actor they are, and that they are one."""
    if name != "actors":
        return {}
    kinds = {actor.iri: ontology.local_name(ontology.actor_class(actor.type)) for actor in graph.actors}
    return {iri: kind if kind == _LABELS[name] else f"{_LABELS[name]}|{kind}" for iri, kind in kinds.items()}


def _publishers(graph: KnowledgeGraph) -> Sheet:
    names = sorted({document.publisher for document in graph.documents if document.publisher})
    identifiers = Identifiers(graph.base)
    lines: list[tuple[str, ...]] = sorted((identifiers.publisher(name), _text(name), "Publisher") for name in names)
    return Sheet("nodes-publishers", ("iri:ID", "name", ":LABEL"), lines)


def _edges(table: Table, known: set[str]) -> Sheet:
    """Return the relations that hold as relationships between their ends."""
    kinds = {column.name: column.kind for column in table.columns}
    rows = [dict(zip(kinds, row, strict=True)) for row in table.rows]
    lines: list[tuple[str, ...]] = [
        (
            plain(row["source"]),
            _spelt(plain(row["property"])),
            plain(row["target"]),
            *(_text(row[name]) for name in _EDGE),
        )
        for row in rows
        if row["holds"] and {row["source"], row["target"]} <= known
    ]
    properties = (f"{name}{_TYPES[kinds[name]]}" for name in _EDGE)
    return Sheet("relations", (":START_ID", ":TYPE", ":END_ID", *properties), lines)


def _links(graph: KnowledgeGraph) -> Iterator[Link]:
    identifiers = Identifiers(graph.base)
    for event in graph.events:
        yield from _roles(event)
    for relation in graph.relations:
        yield Link(relation.iri, "SUBJECT", relation.source)
        yield Link(relation.iri, "OBJECT", relation.target)
        yield from (Link(relation.iri, "FROM_EVENT", event) for event in relation.events)
    for denoted, mention in mentions(graph):
        yield Link(mention.iri, "DENOTES", denoted)
        yield from _evidence(mention)
    for node in graph.named:
        for appearance in node.appearances:
            yield Link(appearance.iri, "APPEARANCE_OF", node.iri)
            yield Link(appearance.iri, "IN_DOCUMENT", appearance.document)
            yield from (Link(naming.iri, "NAMING_IN", appearance.iri) for naming in appearance.namings)
    for document in graph.documents:
        if document.publisher:
            yield Link(document.iri, "PUBLISHED_BY", identifiers.publisher(document.publisher))
        if document.copy_of:
            yield Link(document.iri, "COPY_OF", document.copy_of)
        if document.run:
            yield Link(document.iri, "READ_IN", document.run)


def _evidence(mention: MentionNode) -> Iterator[Link]:
    yield Link(mention.iri, "IN_DOCUMENT", mention.document)
    yield from (Link(mention.iri, "OF_TYPE", kind) for kind in mention.custom_types)
    for claim in mention.claims:
        yield Link(claim.iri, "ABOUT", mention.iri)
        yield Link(claim.iri, "CLAIMED_BY", claim.claimant)
        yield from (Link(claim.iri, "CONTRADICTS", other) for other in claim.contradicts)
        yield from (Link(quote.iri, "QUOTED_IN", claim.iri) for quote in claim.quotes)


def _roles(event: EventNode) -> Iterator[Link]:
    facts: tuple[EventNode | AccountNode, ...] = (event, *event.accounts)
    for fact in facts:
        yield from (Link(fact.iri, "SOURCE", actor) for actor in fact.sources)
        yield from (Link(fact.iri, "TARGET", actor) for actor in fact.targets)
        yield from (Link(fact.iri, "PARTICIPANT", actor) for actor in fact.participants)
        yield from (Link(fact.iri, "HAPPENED_IN", place) for place in fact.places)
    for account in event.accounts:
        yield Link(account.iri, "ACCOUNT_OF", event.iri)
        yield Link(account.iri, "IN_DOCUMENT", account.document)
        if account.joined_to:
            yield Link(account.iri, "JOINED_TO", account.joined_to)


def _spelt(name: str) -> str:
    """Return a property's name as Neo4j spells types: ``memberOf`` is ``MEMBER_OF``."""
    return _CAPITAL.sub("_", name).upper()


def _text(cell: Cell) -> str:
    return _BREAK.sub(" ", plain(cell))
