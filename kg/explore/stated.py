"""The relations that texts state, as lines of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.explore.passages import fact_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.explore.index import Index
    from kg.graph.model import RelationEdge


class Stated(NamedTuple):
    """A relation that texts state: what it says, and how it stands, "" where nothing is to be said of that."""

    key: str
    label: str
    standing: str


def stated(index: Index, relations: Iterable[RelationEdge]) -> tuple[Stated, ...]:
    """Return those of the relations that texts state, which follow from no event alone, in the order given."""
    return tuple(
        Stated(index.key(one.iri), fact_label(index, one), ", ".join(_standing(one)))
        for one in relations
        if one.mentions
    )


def _standing(relation: RelationEdge) -> list[str]:
    kind = [] if relation.factuality == "happened" else [relation.factuality]
    return [*kind, *(["disputed"] * relation.contested)]
