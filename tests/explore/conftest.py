"""A graph to look at: the article that all tests share, and one whose every text is hostile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.explore.index import Index
from kg.explore.site import Site
from kg.graph.assemble import assemble

if TYPE_CHECKING:
    from kg.graph.model import ClaimNode, KnowledgeGraph, MentionNode
    from kg.records import DocumentRecord

MARKUP = (
    "</title></textarea></style><script>alert(1)</script><img src=x onerror=alert(2)>\"' onload='alert(3)' "
    "{{ 7 * 7 }} {% raw %} \u202egnp.exe\u202c \u2066\u200b\u2028\U000e0041 javascript:alert(4) &lt;b&gt; ]]> "
    "\x00\x1b[31m \ud800 "
)
HOSTILE = MARKUP + "x" * 10_000


@pytest.fixture(scope="session")
def graph(record: DocumentRecord) -> KnowledgeGraph:
    """The graph of the article."""
    return assemble([record])


@pytest.fixture(scope="session")
def index(graph: KnowledgeGraph, record: DocumentRecord) -> Index:
    """The graph of the article, to be looked up in, with its text."""
    return Index(graph, {graph.documents[0].sha256: record.document.text})


@pytest.fixture(scope="session")
def site(index: Index) -> Site:
    """The pages about the article."""
    return Site(index, "north-sea.ttl", queries=True)


@pytest.fixture(scope="session")
def hostile(graph: KnowledgeGraph) -> KnowledgeGraph:
    """The graph of the article with every text in it replaced by a hostile one."""
    return replace(
        graph,
        documents=tuple(
            replace(
                node,
                id=HOSTILE,
                title=HOSTILE,
                publisher=HOSTILE,
                source=HOSTILE,
                url="javascript:alert(5)",
                language=HOSTILE,
            )
            for node in graph.documents
        ),
        actors=tuple(
            replace(
                node,
                name=f"{HOSTILE}{number}",
                country=HOSTILE,
                sector=HOSTILE,
                alt_names=(HOSTILE, "\u202e"),
                same_as=("javascript:alert(6)", "https://example.org/\"onclick='alert(7)'"),
            )
            for number, node in enumerate(graph.actors)
        ),
        places=tuple(
            replace(
                node,
                name=HOSTILE,
                country=HOSTILE,
                precision=HOSTILE,
                basis=HOSTILE,
                alt_names=(HOSTILE,),
                latitude=1.0,
                longitude=2.0,
            )
            for node in graph.places
        ),
        events=tuple(
            replace(event, label=HOSTILE, mentions=tuple(map(_hostile, event.mentions))) for event in graph.events
        ),
        relations=tuple(replace(edge, mentions=tuple(map(_hostile, edge.mentions))) for edge in graph.relations),
    )


def _hostile(mention: MentionNode) -> MentionNode:
    return replace(
        mention,
        anchor=MARKUP,
        sentence=f"{HOSTILE} {MARKUP}",
        patterns=(HOSTILE,),
        claims=tuple(map(_claim, mention.claims)),
    )


def _claim(claim: ClaimNode) -> ClaimNode:
    return replace(
        claim, cue=MARKUP, speaker=MARKUP, quotes=tuple(replace(quote, text=HOSTILE) for quote in claim.quotes)
    )
