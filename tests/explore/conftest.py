"""A graph to look at: the article that all tests share, and one whose every text is hostile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.explore.index import Index
from kg.explore.site import Site
from kg.graph.assemble import assemble
from kg.graph.model import AccountNode, AppearanceNode, CustomTypeNode, NamingNode, QuoteNode, RunNode

if TYPE_CHECKING:
    from kg.graph.model import ClaimNode, EventNode, KnowledgeGraph, MentionNode, RelationEdge
    from kg.records import DocumentRecord

MARKUP = (
    "</title></textarea></style><script>alert(1)</script><img src=x onerror=alert(2)>\"' onload='alert(3)' "
    "{{ 7 * 7 }} {% raw %} \u202egnp.exe\u202c \u2066\u200b\u2028\U000e0041 javascript:alert(4) &lt;b&gt; ]]> "
    "\x00\x1b[31m \ud800 "
)
HOSTILE = MARKUP + "x" * 10_000
OWN_TYPE = CustomTypeNode("https://example.org/own", HOSTILE, HOSTILE, "AID", HOSTILE)
RUN = RunNode("https://example.org/run")


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
                published=HOSTILE,
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
                appearances=(_appearance(node.iri, graph.documents[0].iri),),
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
                geonames=HOSTILE,
                latitude=1.0,
                longitude=2.0,
                appearances=(_appearance(node.iri, graph.documents[0].iri),),
            )
            for node in graph.places
        ),
        # Days are hostile in some alone: what has none is drawn nowhere.
        events=tuple(_event(event, (None, HOSTILE)[number % 2]) for number, event in enumerate(graph.events)),
        relations=tuple(_relation(edge, (None, HOSTILE)[number % 2]) for number, edge in enumerate(graph.relations)),
        runs=tuple(replace(run, program=HOSTILE, model=HOSTILE, ontology=HOSTILE) for run in graph.runs or (RUN,)),
        custom_types=(OWN_TYPE,),
    )


def _event(event: EventNode, day: str | None) -> EventNode:
    mentions = tuple(map(_hostile, event.mentions))
    account = AccountNode(
        *(f"{event.iri}-account", mentions[0].document, f"account: {HOSTILE}", event.factuality),
        date=HOSTILE,
        earliest=HOSTILE,
        latest=HOSTILE,
        rule=HOSTILE,
        agrees_on=(HOSTILE,),
    )
    return replace(
        event,
        label=HOSTILE,
        date=day or event.date,
        earliest=day or event.earliest,
        latest=day or event.latest,
        mentions=mentions,
        accounts=(account,),
    )


def _relation(edge: RelationEdge, day: str | None) -> RelationEdge:
    mentions = tuple(map(_hostile, edge.mentions))
    return replace(edge, first=day or edge.first, last=day or edge.last, mentions=mentions)


def _appearance(iri: str, document: str) -> AppearanceNode:
    return AppearanceNode(
        *(f"{iri}-appearance", document, HOSTILE),
        rule=HOSTILE,
        country=HOSTILE,
        sector=HOSTILE,
        same_as=("javascript:alert(8)",),
        namings=(NamingNode(f"{iri}-naming", 0, 5, HOSTILE),),
    )


def _hostile(mention: MentionNode) -> MentionNode:
    return replace(
        mention,
        custom_types=(OWN_TYPE.iri,),
        anchor=MARKUP,
        sentence=f"{HOSTILE} {MARKUP}",
        patterns=(HOSTILE,),
        claims=tuple(map(_claim, mention.claims)),
    )


def _claim(claim: ClaimNode) -> ClaimNode:
    return replace(claim, cue=MARKUP, speaker=MARKUP, quotes=(QuoteNode(f"{claim.iri}-quote", 0, 5, HOSTILE),))
