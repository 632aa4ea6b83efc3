"""Quotations on their way from the record into the graph and RDF, and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from rdflib import Literal
from rdflib.namespace import RDF

from kg.errors import RecordError
from kg.graph.assemble import assemble
from kg.graph.networkx import from_networkx, to_networkx
from kg.ontology import KG, NIF
from kg.rdf.decode import decode
from kg.rdf.encode import encode
from kg.rdf.validate import validate
from kg.records import Actor, Attribution, Document, DocumentRecord, Event, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph.model import ClaimNode, KnowledgeGraph

TEXT = '"Norway attacked," he said, "our port." Norway denied that it attacked it. <b>\x00 ?x</b>'


def at(words: str, after: int = 0) -> Span:
    begin = TEXT.index(words, after)
    return Span(begin, begin + len(words))


NORWAY = Actor("A1", "Norway", "STATE", (at("Norway"), at("Norway", 10)), "NOR", "GOV")
HOLM = Actor("A2", "Ida Holm", "PERSON", (at("he"),), "ISL", "GOV")
SAID = Attribution("A2", at("said"), at("he"), (at("Norway attacked"), at("our port.")), verbatim=True)
DENIED = Attribution("A1", at("denied"), at("Norway", 10), (at("it attacked it"),), denies=True)
ATTACK = Event("E1", "ASSAULT", at("attacked"), ("A1",), (), "happened", claimant="A2", attributions=(SAID,))
AGAIN = replace(ATTACK, id="E2", trigger=at("attacked", 40), claimant=None, disputed_by=("A1",), attributions=(DENIED,))
RECORD = DocumentRecord(
    Document("one", TEXT, publisher="The Courier"),
    (Span(0, 39), Span(40, 74)),
    (NORWAY, HOLM),
    (ATTACK, replace(AGAIN, same_as="E1")),
    (),
)


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return assemble([RECORD])


def claims(graph: KnowledgeGraph) -> dict[str, ClaimNode]:
    """Return the claims by their cue."""
    (event,) = graph.events
    return {claim.cue: claim for mention in event.mentions for claim in mention.claims}


def test_a_claim_has_cue_speaker_and_quotes(graph: KnowledgeGraph) -> None:
    found = claims(graph)
    assert set(found) == {"said", "denied", ""}
    said, denied = found["said"], found["denied"]
    assert (said.speaker, said.polarity) == ("he", "affirms")
    assert {(quote.text, quote.begin, quote.end, quote.verbatim) for quote in said.quotes} == {
        ("Norway attacked", 1, 16, True),
        ("our port.", 29, 38, True),
    }
    assert (denied.speaker, denied.polarity) == ("Norway", "denies")
    assert [(quote.text, quote.verbatim) for quote in denied.quotes] == [("it attacked it", False)]
    assert denied.iri in said.contradicts


def test_the_publisher_has_no_words(graph: KnowledgeGraph) -> None:
    publisher = claims(graph)[""]
    assert (publisher.speaker, publisher.quotes) == ("", ())


def test_quotes_in_rdf(graph: KnowledgeGraph) -> None:
    rdf = encode(graph)
    assert validate(rdf) == []
    quotes = set(rdf.subjects(RDF.type, KG.Quote))
    assert len(quotes) == 3
    assert len(set(rdf.subjects(KG.verbatim, None))) == 2
    (said,) = rdf.subjects(KG.speaker, Literal("he"))
    assert {str(rdf.value(quote, NIF.anchorOf)) for quote in rdf.objects(said, KG.quote)} == {
        "Norway attacked",
        "our port.",
    }
    (document,) = rdf.subjects(RDF.type, KG.Document)
    assert {rdf.value(quote, NIF.referenceContext) for quote in quotes} == {document}


def test_nothing_is_lost_on_the_way(graph: KnowledgeGraph) -> None:
    assert decode(encode(graph)) == graph
    assert from_networkx(to_networkx(graph)) == graph


def test_events_within_one_quotation_share_it(graph: KnowledgeGraph) -> None:
    other = replace(ATTACK, id="E3", trigger=at("port"), attributions=(SAID,))
    both = assemble([replace(RECORD, events=(*RECORD.events, other))])
    assert len(set(encode(both).subjects(RDF.type, KG.Quote))) == 3
    assert decode(encode(both)) == both


def test_hostile_words_are_made_legible() -> None:
    hostile = replace(SAID, quotes=(at("<b>\x00 ?x</b>"),), cue=at("<b>\x00"))
    graph = assemble([replace(RECORD, events=(replace(ATTACK, attributions=(hostile,)),))])
    claim = claims(graph)["<b>\ufffd"]
    assert [quote.text for quote in claim.quotes] == ["<b>\ufffd ?x</b>"]
    assert validate(encode(graph)) == []


@pytest.mark.parametrize("span", [Span(5, 500), Span(5, 5), Span(-1, 3)])
@pytest.mark.parametrize(
    "change",
    [
        lambda span: replace(SAID, cue=span),
        lambda span: replace(SAID, speaker=span),
        lambda span: replace(SAID, quotes=(span,)),
    ],
)
def test_words_that_the_text_lacks(change: Callable[[Span], Attribution], span: Span) -> None:
    wrong = change(span)
    with pytest.raises(RecordError, match=r"event 'E1': no span"):
        assemble([replace(RECORD, events=(replace(ATTACK, attributions=(wrong,)),))])
