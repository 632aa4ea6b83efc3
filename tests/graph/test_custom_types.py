"""Event types of the user's own in the graph: concepts under PLOVER's types, which nothing stumbles over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg import ontology
from kg.errors import GraphError, RecordError
from kg.graph.assemble import assemble
from kg.graph.merge import merge
from kg.graph.networkx import from_networkx, to_networkx
from kg.ontology import KG, PLOVER, SKOS
from kg.plot.network import network_figure
from kg.plot.timeline import timeline_figure
from kg.rdf.decode import decode
from kg.rdf.encode import encode
from kg.rdf.validate import validate
from kg.records import Actor, CustomType, Document, DocumentRecord, Event, Span

TEXT = "Norway shipped guns to Iceland. The shipment pleased Iceland."
ARMS = CustomType("ARMS", "delivery of arms", "AID", "Weapons change hands.")
GIFT = CustomType("gift", "gift", "AID", namespace="https://example.org/t#")
SHIPPED = Event("E1", "AID", Span(7, 14), ("A1",), ("A2",), "happened", custom_types=("ARMS",), patterns=("ship",))
AGAIN = Event("E2", "AID", Span(36, 44), ("A1",), ("A2",), "happened", same_as="E1")


def a_record(*events: Event, custom_types: tuple[CustomType, ...] = (ARMS, GIFT), id: str = "one") -> DocumentRecord:  # noqa: A002
    return DocumentRecord(
        Document(id, TEXT),
        (Span(0, 31), Span(32, 61)),
        (
            Actor("A1", "Norway", "STATE", (Span(0, 6),), "NOR"),
            Actor("A2", "Iceland", "STATE", (Span(23, 30), Span(53, 60)), "ISL"),
        ),
        events,
        (),
        custom_types=custom_types,
    )


def test_an_event_has_the_types_of_its_reports() -> None:
    graph = assemble([a_record(SHIPPED, replace(AGAIN, custom_types=("gift",)))])
    (event,) = graph.events
    assert event.type == "AID"
    assert event.label == "Norway gave aid to Iceland (delivery of arms, gift)"
    assert event.custom_types == ("https://example.org/t#gift", f"{graph.base}type/ARMS")
    assert {mention.anchor: mention.patterns for mention in event.mentions} == {"shipped": ("ship",), "shipment": ()}
    assert [custom.name for custom in graph.custom_types] == ["gift", "ARMS"]
    assert {edge.property for edge in graph.relations} == {"aids"}


def test_it_is_a_valid_graph_that_comes_back_whole() -> None:
    graph = assemble([a_record(SHIPPED, AGAIN, custom_types=(ARMS,))], "https://example.org/id/")
    rdf = encode(graph)
    assert validate(rdf) == []
    assert decode(rdf) == graph
    assert from_networkx(to_networkx(graph)) == graph
    (concept,) = rdf.subjects(SKOS.broader, PLOVER.AID)
    assert str(concept) == "https://example.org/id/type/ARMS"
    assert (concept, SKOS.definition, None) in rdf
    assert len(set(rdf.subjects(KG.customType, concept))) == 2


def test_plots_do_not_stumble() -> None:
    graph = assemble([a_record(replace(SHIPPED, date="2024-03-04"))])
    network_figure(graph)
    timeline_figure(graph)


def test_graphs_are_merged_with_their_types() -> None:
    one, two = assemble([a_record(SHIPPED)]), assemble([a_record(replace(SHIPPED, custom_types=("gift",)), id="two")])
    merged = merge([one, two])
    assert [custom.name for custom in merged.custom_types] == ["gift", "ARMS"]
    assert {name for event in merged.events for name in event.custom_types} == {t.iri for t in merged.custom_types}
    other = assemble([a_record(SHIPPED, custom_types=(replace(ARMS, label="gun running"),), id="two")])
    with pytest.raises(GraphError, match=r"define the event type <.*type/ARMS> in different ways"):
        merge([one, other])


def test_hostile_words_are_only_words() -> None:
    label = 'a" . <x> <y> <z> .\n\x00\ud800 {{b}} <script>'
    hostile = a_record(replace(SHIPPED, patterns=('"\n<x>\x00',)), custom_types=(replace(ARMS, label=label),))
    rdf = encode(assemble([hostile]))
    assert validate(rdf) == []
    assert decode(rdf) == assemble([hostile])


REFUSED = {
    "type that is not there": (a_record(SHIPPED, custom_types=()), "event 'E1': no custom type 'ARMS'"),
    "type under another": (
        a_record(SHIPPED, custom_types=(replace(ARMS, broader="ASSAULT"),)),
        "event 'E1': of the custom type 'ARMS', under ASSAULT, but its type is AID",
    ),
    "name": (a_record(custom_types=(replace(ARMS, name="a b"),)), "custom type 'a b': a name is letters"),
    "label": (a_record(custom_types=(replace(ARMS, label=" \n"),)), "custom type 'ARMS': it has no label"),
    "namespace": (a_record(custom_types=(replace(GIFT, namespace="x> <y"),)), "cannot be the IRI of a type"),
    "namespace of ours": (
        a_record(custom_types=(replace(GIFT, namespace=ontology.prefixes()["plover"]),)),
        "cannot be the IRI of a type",
    ),
}


@pytest.mark.parametrize(("record", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(record: DocumentRecord, message: str) -> None:
    with pytest.raises(RecordError, match=message) as caught:
        assemble([record])
    assert str(caught.value).startswith("document 'one', ")


def test_a_type_means_one_thing_in_a_graph() -> None:
    other = a_record(SHIPPED, custom_types=(replace(ARMS, label="gun running"),), id="two")
    with pytest.raises(
        RecordError, match="document 'two', custom type 'ARMS': an earlier document defines it otherwise"
    ):
        assemble([a_record(SHIPPED), other])
