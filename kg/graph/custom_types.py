"""Event types of the user's own, as the documents of a graph declare them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg import ontology
from kg.errors import RecordError
from kg.graph.legible import legible
from kg.graph.model import CustomTypeNode
from kg.identifiers import is_iri
from kg.records import CUSTOM_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.graph.model import KnowledgeGraph
    from kg.identifiers import Identifiers
    from kg.records import CustomType, DocumentRecord


@dataclass(slots=True)
class CustomTypes:
    """The types of all documents so far; one type means the same in all of them."""

    identifiers: Identifiers
    by_iri: dict[str, CustomTypeNode] = field(default_factory=dict)

    def add(self, record: DocumentRecord) -> dict[str, CustomTypeNode]:
        """Return the types of a record by name.

        Raises:
            RecordError: If one has no usable name, IRI or label, or is not what an earlier document says that it is.
        """
        found: dict[str, CustomTypeNode] = {}
        for custom in record.custom_types:
            where = f"document {record.document.id!r}, custom type {custom.name!r}"
            node = _node(self.identifiers, custom, where)
            if self.by_iri.setdefault(node.iri, node) != node:
                raise RecordError(
                    f"{where}: an earlier document defines it otherwise; extract both by the same patterns"
                )
            found[custom.name] = node
        return found


def used(types: Mapping[str, CustomTypeNode], graph: KnowledgeGraph) -> tuple[CustomTypeNode, ...]:
    """Return those of ``types``, by IRI, that a report of the graph is of, sorted by IRI."""
    iris = {iri for event in graph.events for mention in event.mentions for iri in mention.custom_types}
    return tuple(types[iri] for iri in sorted(iris & types.keys()))


def _node(identifiers: Identifiers, custom: CustomType, where: str) -> CustomTypeNode:
    if not re.fullmatch(CUSTOM_NAME, custom.name):
        raise RecordError(f"{where}: a name is letters, digits, _ and -, at most 64, and begins with a letter")
    iri = identifiers.custom_type(custom.name, custom.namespace)
    if not is_iri(iri) or ontology.is_own(iri):
        raise RecordError(f"{where}: <{iri}> cannot be the IRI of a type of the user's own")
    label = " ".join(legible(custom.label).split())
    if not label:
        raise RecordError(f"{where}: it has no label")
    return CustomTypeNode(iri, custom.name, label, custom.broader, " ".join(legible(custom.description).split()))
