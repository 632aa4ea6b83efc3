"""Events as what single documents say, and back: an event of several documents keeps each document's account of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from kg.graph.model import AccountNode, EventNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.agreement import Grounds
    from kg.graph.model import MentionNode
    from kg.identifiers import Identifiers

_SHARED: Final = tuple(
    field.name for field in fields(AccountNode) if field.name in {field.name for field in fields(EventNode)} - {"iri"}
)
_shared: Final = attrgetter(*_SHARED)


def account(
    identifiers: Identifiers, event: EventNode, joined_to: str | None = None, grounds: Grounds | None = None
) -> AccountNode:
    """Return what an event that one document reports says, for an event of several.

    Args:
        identifiers: Names the account.
        event: The event as the document reports it.
        joined_to: The IRI of the event, as another document reports it, that it was joined to.
        grounds: Why it was.
    """
    said = (identifiers.account(event.iri), event.mentions[0].document, *_shared(event))
    if joined_to is None or grounds is None:
        return AccountNode(*said)
    said = (*said, identifiers.account(joined_to), grounds.rule, grounds.agrees_on, grounds.score)
    return AccountNode(*said)


def reports(identifiers: Identifiers, event: EventNode) -> Iterator[EventNode]:
    """Give the events that each document would give by itself: the event as it is, or one for each account of it."""
    if not event.accounts:
        yield event
        return
    by_document: defaultdict[str, list[MentionNode]] = defaultdict(list)
    for mention in event.mentions:
        by_document[mention.document].append(mention)
    for said in event.accounts:
        mentions = by_document[said.document]
        own = {claim.iri for mention in mentions for claim in mention.claims}
        yield replace(
            event,
            iri=identifiers.reported(said.iri),
            mentions=tuple(_among(mention, own) for mention in mentions),
            accounts=(),
            **dict(zip(_SHARED, _shared(said), strict=True)),
        )


def _among(mention: MentionNode, claims: set[str]) -> MentionNode:
    """Return the mention with no claim contradicted by others than ``claims``."""
    if all(claims.issuperset(claim.contradicts) for claim in mention.claims):
        return mention
    kept = tuple(
        replace(claim, contradicts=tuple(iri for iri in claim.contradicts if iri in claims)) for claim in mention.claims
    )
    return replace(mention, claims=kept)
