"""Graphs to export: one of an article, and one that strangers wrote with the worst intentions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.graph.assemble import assemble
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
)

if TYPE_CHECKING:
    from kg.records import DocumentRecord

BASE = "https://example.org/id/"
HOSTILE = '=cmd|" /C calc"!A0\n<b>&amp;\x00\x0b\ud800]]>\t;"'
"""A formula, markup, control characters, half a surrogate pair, quotes and everything that separates cells."""


@pytest.fixture(scope="session")
def graph(record: DocumentRecord) -> KnowledgeGraph:
    """The graph of the article about Iceland and Norway."""
    return assemble([record])


@pytest.fixture(scope="session")
def hostile() -> KnowledgeGraph:
    """A graph in which every text is hostile."""
    return spoken(HOSTILE)


@pytest.fixture(scope="session")
def full() -> KnowledgeGraph:
    """A graph that has every kind of record."""
    graph = spoken(HOSTILE)
    (event,), (actor, other), (place,), (document,) = graph.events, graph.actors, graph.places, graph.documents
    (mention,) = event.mentions
    quote = QuoteNode(f"{BASE}quote/q", 5, 9, HOSTILE, verbatim=True)
    kind = CustomTypeNode(f"{BASE}type/t", "DEAL", "deal", "AGREE", HOSTILE)
    reported = replace(
        mention,
        claims=tuple(replace(claim, quotes=(quote,)) for claim in mention.claims),
        custom_types=(kind.iri,),
        patterns=(HOSTILE,),
    )
    first = AccountNode(
        *(f"{BASE}account/1", document.iri, HOSTILE, "negated", "change", (actor.iri,), (other.iri,), (), (place.iri,)),
        *("2024-03-02", None, None, True, 0.25),
    )
    second = AccountNode(
        *(f"{BASE}account/2", document.iri, HOSTILE, "planned", "", (), (), (actor.iri, other.iri), ()),
        *(None, "2024-03-01", "2024-03-31", False, 0.5, first.iri, "same", ("day", "place"), 7),
    )
    naming = NamingNode(f"{BASE}naming/1", 0, 4, HOSTILE)
    seen = AppearanceNode(
        *(f"{BASE}appearance/1", document.iri, HOSTILE, "office", 0.75, "PERSON", "ISL", "GOV"),
        *(("https://www.wikidata.org/entity/Q2",), (naming,)),
    )
    run = RunNode(f"{BASE}run/r", "kg 1", "model 2", "3")
    relations = tuple(
        replace(edge, mentions=tuple(replace(one, confidence=0.125) for one in edge.mentions))
        for edge in graph.relations
    )
    return replace(
        graph,
        documents=(replace(document, copy_of=f"{BASE}document/e", run=run.iri),),
        actors=(replace(actor, appearances=(seen,)), other),
        places=(
            replace(
                place,
                alt_names=(HOSTILE,),
                precision="city",
                entry=HOSTILE,
                basis="population",
                geonames="3413829",
                population=7,
                appearances=(AppearanceNode(f"{BASE}appearance/2", document.iri, HOSTILE, "population"),),
            ),
        ),
        events=(replace(event, mentions=(reported,), accounts=(first, second)),),
        relations=relations,
        runs=(run,),
        custom_types=(kind,),
    )


def spoken(text: str) -> KnowledgeGraph:
    """Return a graph of two actors and all that can join them, with ``text`` wherever a text can stand."""
    a, b, place, event, document = (
        f"{BASE}{kind}" for kind in ("actor/a", "actor/b", "place/p", "event/e", "document/d")
    )
    claims = tuple(
        ClaimNode(f"{BASE}claim/{name}", b, "denies", text, (f"{BASE}claim/{other}",), text)
        for name, other in (("1", "2"), ("2", "1"))
    )
    mentions = (MentionNode(f"{BASE}mention/m", document, 0, 4, text, text, claims),)
    stated, over = (MentionNode(f"{BASE}mention/{name}", document, 0, 4, text, text) for name in "no")
    return KnowledgeGraph(
        BASE,
        documents=(DocumentNode(document, text, "0" * 64, text, text, "2024-03-13T10:00:00Z", text, text, "en"),),
        actors=(
            ActorNode(a, text, "PERSON", "ISL", "GOV", (text, "a|b")),
            ActorNode(b, "-1.5", "OTHER", same_as=("https://www.wikidata.org/entity/Q1",)),
        ),
        places=(PlaceNode(place, text, "NOR", -54.25, -36.5),),
        events=(
            EventNode(
                *(event, "REJECT", text, "happened", "change", (a,), (b,), (), (place,)),
                *(None, "2024-03-01", "2024-03-31", True, 0.5, mentions),
            ),
        ),
        relations=(
            RelationEdge(f"{BASE}relation/1", a, "rejects", b, (event,), (), "2024-03-01", None, 1, 0.5, True),
            RelationEdge(f"{BASE}relation/2", a, "controls", place, (), (stated,), None, None, 1, 1.0),
            RelationEdge(f"{BASE}relation/3", b, "leads", a, (), (over,), None, None, 1, 1.0, False, "past"),
        ),
    )
