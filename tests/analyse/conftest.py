"""Small graphs, made by hand, of which every figure can be reckoned on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kg.graph.model import ActorNode, DocumentNode, EventNode, KnowledgeGraph, MentionNode

if TYPE_CHECKING:
    from kg.records import EventType, Factuality

Make = Callable[..., EventNode]
NAMES = {"a": "Arland", "b": "Borland", "c": "Corland", "d": "Dorland", "e": "Eirland", "f": "Forland"}


def happening(
    number: int,
    kind: EventType,
    who: str,
    whom: str = "",
    day: str | None = None,
    *,
    together: bool = False,
    factuality: Factuality = "happened",
    contested: bool = False,
    documents: str = "1",
    between: tuple[str | None, str | None] = (None, None),
) -> EventNode:
    """Return an event: ``who`` and ``whom`` are letters of actors, ``documents`` digits of documents."""
    mentions = [MentionNode(f"m:{number:03}-{digit}", f"d:{digit}", 0, 4, "word", "word") for digit in documents]
    return EventNode(
        iri=f"e:{number:03}",
        type=kind,
        label=f"event {number}",
        factuality=factuality,
        sources=() if together else tuple(who),
        targets=() if together else tuple(whom),
        participants=tuple(sorted(who + whom)) if together else (),
        date=day,
        earliest=between[0],
        latest=between[1],
        contested=contested,
        mentions=tuple(mentions),
    )


def graph_of(*events: EventNode) -> KnowledgeGraph:
    """Return the graph of the events, with actors a to f and documents 1 to 3 of November 2015."""
    return KnowledgeGraph(
        base="i:",
        documents=tuple(
            DocumentNode(f"d:{number}", f"doc{number}", "0" * 64, None, "Daily", f"2015-11-0{number}")
            for number in (1, 2, 3)
        ),
        actors=tuple(ActorNode(letter, name, "STATE") for letter, name in NAMES.items()),
        events=tuple(sorted(events)),
    )


@pytest.fixture
def quarrel() -> KnowledgeGraph:
    """Arland and Borland quarrel, Corland is a friend of both; what did not plainly happen is there too."""
    return graph_of(
        happening(1, "AID", "c", "a", "2015-10-05"),
        happening(2, "ACCUSE", "a", "b", "2015-11-03", documents="12"),
        happening(3, "ASSAULT", "b", "a", "2015-11-20", documents="2"),
        happening(4, "CONSULT", "b", "c", "2016-01-07", together=True),
        happening(5, "REJECT", "b", "a"),
        happening(6, "PROTEST", "d", "", "2015-11-21"),
        happening(7, "SANCTION", "a", "b", "2015-12-01", factuality="planned"),
        happening(8, "ASSAULT", "a", "b", "2015-11-22", contested=True),
        happening(9, "AID", "a", "b", "2015-11-23", factuality="negated"),
        happening(10, "AGREE", "a", "b", factuality="possible"),
    )
