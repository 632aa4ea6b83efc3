"""Recall on re3d: mentions of entities, and relations between them, in defence and security documents.

- *mentions*: gold person and organisation mentions that some predicted actor mention overlaps;
- *linked*: gold relations whose two ends fall on two actors that any predicted event or relation joins;
- *typed*: and one of a kind that fits the gold type, whatever its direction.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.evaluate.counts import Share
from kg.evaluate.gold import read_fields
from kg.evaluate.matching import SpanIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kg.jsonl import Fields
    from kg.records import DocumentRecord, Span

Links: TypeAlias = "Mapping[frozenset[str], set[str]]"

_ACTOR_KINDS: Final = frozenset({"Person", "Organisation"})
_FITS: Final[Mapping[str, frozenset[str]]] = {
    "FightingAgainst": frozenset({"ASSAULT", "at_war_with", "COERCE", "MOBILIZE"}),
    "Dislikes": frozenset(
        {
            "ACCUSE",
            "REJECT",
            "THREATEN",
            "SANCTION",
            "PROTEST",
            "COERCE",
            "ASSAULT",
            "REQUEST",
            "opposes",
            "at_war_with",
        }
    ),
    "Likes": frozenset({"SUPPORT", "AGREE", "AID", "COOPERATE", "supports", "allied_with"}),
    "AlliesOf": frozenset({"allied_with", "COOPERATE", "AID", "supports", "SUPPORT"}),
    "CommWith": frozenset({"CONSULT", "REQUEST", "AGREE", "SUPPORT", "ACCUSE", "THREATEN"}),
    "BelongsTo": frozenset({"member_of", "part_of", "represents", "leads"}),
    "InChargeOf": frozenset({"leads", "controls"}),
}


@dataclass(frozen=True, slots=True)
class Entity:
    """A gold mention: Person, Organisation, Location or Nationality."""

    type: str
    span: Span


@dataclass(frozen=True, slots=True)
class EntityRelation:
    """A gold relation between the entities at two spans."""

    type: str
    source: Span
    target: Span


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """A document with its gold entities and the relations between them."""

    id: str
    text: str
    entities: tuple[Entity, ...]
    relations: tuple[EntityRelation, ...]


@dataclass(frozen=True, slots=True)
class RelatedScores:
    """Recall over documents; ``predicted`` counts events and relations. The mappings are by gold relation type."""

    documents: int
    mentions: Share
    linked: Share
    typed: Share
    predicted: int
    linked_by_type: Mapping[str, Share] = field(default_factory=dict)
    typed_by_type: Mapping[str, Share] = field(default_factory=dict)


def read(path: Path) -> list[RelatedDocument]:
    """Read a JSON Lines file of documents (``id, text, entities, relations``).

    Raises:
        DocumentError: If the file cannot be read.
        RecordError: At the first line that is no such document, naming file and line.
    """
    return [_document(fields) for fields in read_fields(path)]


def score(gold: Sequence[RelatedDocument], predicted: Iterable[DocumentRecord]) -> RelatedScores:
    """Score ``predicted`` against ``gold``; they are paired by id, and a missing record counts as empty."""
    by_id = {record.document.id: record for record in predicted}
    mentions, events = Share(), 0
    linked: dict[str, Share] = {}
    typed: dict[str, Share] = {}
    for document in gold:
        record = by_id.get(document.id)
        events += len(record.events) + len(record.relations) if record else 0
        actors = record.actors if record else ()
        index = SpanIndex((mention, actor.id) for actor in actors for mention in actor.mentions)
        links = _links(record) if record else {}
        for entity in document.entities:
            if entity.type in _ACTOR_KINDS:
                mentions += Share.one(bool(index.owners(entity.span)))
        for relation in document.relations:
            kinds = _kinds(relation, index, links)
            linked[relation.type] = linked.get(relation.type, Share()) + Share.one(bool(kinds))
            fitting = bool(kinds & _FITS[relation.type])
            typed[relation.type] = typed.get(relation.type, Share()) + Share.one(fitting)
    return RelatedScores(
        documents=len(gold),
        mentions=mentions,
        linked=sum(linked.values(), Share()),
        typed=sum(typed.values(), Share()),
        predicted=events,
        linked_by_type=dict(sorted(linked.items())),
        typed_by_type=dict(sorted(typed.items())),
    )


def _document(fields: Fields) -> RelatedDocument:
    text = fields.text("text")
    return RelatedDocument(
        id=fields.text("id"),
        text=text,
        entities=tuple(Entity(item.text("type"), item.as_span(len(text))) for item in fields.items("entities")),
        relations=tuple(_relation(item, len(text)) for item in fields.items("relations")),
    )


def _relation(fields: Fields, length: int) -> EntityRelation:
    kind = fields.one_of("type", tuple(_FITS))
    return EntityRelation(kind, fields.span("source", length), fields.span("target", length))


def _links(record: DocumentRecord) -> dict[frozenset[str], set[str]]:
    found: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for event in record.events:
        for pair in combinations((*event.sources, *event.targets), 2):
            found[frozenset(pair)].add(event.type)
    for relation in record.relations:
        if relation.target:
            found[frozenset((relation.source, relation.target))].add(relation.type)
    return dict(found)


def _kinds(relation: EntityRelation, index: SpanIndex, links: Links) -> set[str]:
    found: set[str] = set()
    for source in index.owners(relation.source):
        for target in index.owners(relation.target) - {source}:
            found |= links.get(frozenset((source, target)), set())
    return found
