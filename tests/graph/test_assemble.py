"""Records into a graph: who meets whom, what becomes one event, what becomes an edge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.errors import ConfigError, RecordError
from kg.graph.assemble import assemble
from kg.records import Actor, Document, DocumentRecord, Event, Relation, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph.model import ActorNode, EventNode, KnowledgeGraph, PlaceNode
    from kg.records import Factuality

TEXT = "Iceland met Norway. Norway hit Iceland, gunmen said. Iceland denied it."
SENTENCES = (Span(0, 19), Span(20, 52), Span(53, 71))
ICELAND = Actor("A1", "Iceland", "STATE", (Span(0, 7), Span(31, 38), Span(53, 60)), "ISL", "GOV")
NORWAY = Actor("A2", "Norway", "STATE", (Span(12, 18), Span(20, 26)), "NOR", "GOV")
GUNMEN = Actor("A3", "gunmen", "ARMED_GROUP", (Span(40, 46),))
MET = Event("E1", "CONSULT", Span(8, 11), ("A1",), ("A2",), "happened")
HIT = Event("E2", "ASSAULT", Span(27, 30), ("A2",), ("A1",), "happened")


def a_record(
    events: tuple[Event, ...] = (), relations: tuple[Relation, ...] = (), **document: str | None
) -> DocumentRecord:
    described = replace(Document("one", TEXT), **document)  # type: ignore[arg-type]
    return DocumentRecord(described, SENTENCES, (ICELAND, NORWAY, GUNMEN), events, relations)


def event_of(graph: KnowledgeGraph) -> EventNode:
    (event,) = graph.events
    return event


def named(graph: KnowledgeGraph, name: str) -> ActorNode:
    (actor,) = (actor for actor in graph.actors if actor.name == name)
    return actor


def edges(graph: KnowledgeGraph) -> set[tuple[str, str, str, str]]:
    nodes: tuple[ActorNode | PlaceNode, ...] = (*graph.actors, *graph.places)
    names = {node.iri: node.name for node in nodes}
    return {(names[edge.source], edge.property, names[edge.target], edge.factuality) for edge in graph.relations}


def test_article(record: DocumentRecord) -> None:
    graph = assemble([record])
    assert edges(graph) == {
        ("Henrik Solberg", "meets", "Katla Jónsdóttir", "happened"),
        ("Iceland", "agreesWith", "Norway", "happened"),
        ("Norway", "agreesWith", "Iceland", "happened"),
        ("Norway", "aids", "Iceland", "planned"),
        ("Norwegian Police Service", "attacks", "demonstrators", "happened"),
        ("Norwegian Police Service", "rejects", "Sea Watchers", "happened"),
        ("Katla Jónsdóttir", "leads", "Iceland", "happened"),
        ("Henrik Solberg", "represents", "Norway", "happened"),
        ("Norwegian Police Service", "partOf", "Norway", "happened"),
        ("Iceland", "memberOf", "NATO", "happened"),
        ("Denmark", "alliedWith", "Iceland", "happened"),
        ("Russian ambassador", "represents", "Russia", "happened"),
        ("Norway", "controls", "Jan Mayen", "happened"),
    }
    assert len(graph.events) == len(record.events)
    assert {place.name for place in graph.places} == {"Reykjavik", "Oslo", "Jan Mayen"}


def test_dispute_is_two_claims_that_contradict(record: DocumentRecord) -> None:
    graph = assemble([record])
    (event,) = (event for event in graph.events if event.type == "ASSAULT")
    (mention,) = event.mentions
    affirms, denies = sorted(mention.claims, key=lambda claim: claim.polarity)
    assert event.contested
    assert (affirms.claimant, affirms.polarity) == (named(graph, "Sea Watchers").iri, "affirms")
    assert (denies.claimant, denies.polarity) == (named(graph, "Norwegian Police Service").iri, "denies")
    assert affirms.contradicts == (denies.iri,)
    assert denies.contradicts == (affirms.iri,)
    (edge,) = (edge for edge in graph.relations if edge.property == "attacks")
    assert edge.contested


def test_publisher_vouches_where_nobody_else_does(record: DocumentRecord) -> None:
    graph = assemble([record])
    (event,) = (event for event in graph.events if event.type == "PROTEST")
    assert [claim.claimant.rpartition("/")[0] for claim in event.mentions[0].claims] == [f"{graph.base}publisher"]
    without = assemble([replace(record, document=replace(record.document, publisher=None))])
    (event,) = (event for event in without.events if event.type == "PROTEST")
    assert event.mentions[0].claims == ()


def test_actors_of_two_documents_meet() -> None:
    first = a_record()
    other = replace(NORWAY, name="NORWAY", mentions=(Span(20, 26),), sector="MIL")
    second = replace(a_record(id="two"), actors=(ICELAND, other, GUNMEN))
    third = replace(a_record(id="three"), actors=(replace(NORWAY, country=""), GUNMEN))
    graph = assemble([first, second, third])
    names = [(actor.name, actor.country) for actor in graph.actors]
    assert sorted(names) == [("Iceland", "ISL"), ("Norway", ""), ("Norway", "NOR"), *[("gunmen", "")] * 3]
    (norway,) = (actor for actor in graph.actors if actor.country == "NOR")
    assert norway.sector == "GOV"
    assert norway.alt_names == ("NORWAY",)


@pytest.mark.parametrize(
    ("actor", "shared"),
    [
        (Actor("A", "Turkish official", "PERSON", (Span(0, 7),), "TUR"), False),
        (Actor("A", "protesters", "CIVILIANS", (Span(0, 7),)), False),
        (Actor("A", "Turkish soldiers", "MILITARY", (Span(0, 7),), "TUR"), True),
        (Actor("A", "Taliban", "ARMED_GROUP", (Span(0, 7),)), True),
        (Actor("A", "习近平", "PERSON", (Span(0, 7),)), True),
        (Actor("A", "gunmen", "ARMED_GROUP", (Span(0, 7),), iri="https://example.org/gunmen"), True),
    ],
)
def test_mere_descriptions_stay_in_their_document(actor: Actor, shared: bool) -> None:
    records = [replace(a_record(id=id), actors=(actor,)) for id in ("one", "two")]  # noqa: A001
    assert len(assemble(records).actors) == (1 if shared else 2)


def test_other_names_leave_out_pronouns() -> None:
    text = "Icelandic  President He met himself."
    spans = (Span(0, 20), Span(21, 23), Span(28, 35))
    actor = Actor("A1", "Katla", "PERSON", spans)
    graph = assemble([DocumentRecord(Document("d", text), (), (actor,), (), ())])
    assert graph.actors[0].alt_names == ("Icelandic President",)


def test_consultation_is_symmetric() -> None:
    graph = assemble([a_record((MET,))])
    event = event_of(graph)
    assert (event.sources, event.targets) == ((), ())
    assert set(event.participants) == {named(graph, "Iceland").iri, named(graph, "Norway").iri}
    assert [(edge.property, edge.source < edge.target) for edge in graph.relations] == [("meets", True)]


@pytest.mark.parametrize(("kind", "count"), [("ASSAULT", 2), ("COOPERATE", 2), ("PROTEST", 0), ("ACCUSE", 0)])
def test_side_by_side(kind: str, count: int) -> None:
    event = replace(HIT, type=kind, sources=("A1", "A2"), targets=())  # type: ignore[arg-type]
    graph = assemble([a_record((event,))])
    assert len(graph.relations) == count
    assert bool(event_of(graph).participants) == bool(count)


@pytest.mark.parametrize(
    ("factualities", "expected", "contested"),
    [
        (("happened", "planned"), "happened", False),
        (("possible", "planned"), "planned", False),
        (("possible", "possible"), "possible", False),
        (("negated", "negated"), "negated", False),
        (("negated", "happened"), "happened", True),
        (("possible", "negated"), "possible", True),
    ],
)
def test_reports_of_one_happening(factualities: tuple[Factuality, Factuality], expected: str, contested: bool) -> None:
    first, second = factualities
    reports = (
        replace(HIT, factuality=first, confidence=0.5),
        replace(
            HIT,
            id="E3",
            trigger=Span(61, 67),
            same_as="E2",
            factuality=second,
            date="2024-03-12",
            places=(Span(0, 7),),
            confidence=0.75,
            mode="drone",
        ),
    )
    graph = assemble([a_record(reports)])
    event = event_of(graph)
    assert (event.factuality, event.contested) == (expected, contested)
    assert len(event.mentions) == 2
    assert (event.date, event.confidence, event.mode, len(event.places)) == ("2024-03-12", 0.75, "drone", 1)
    assert bool(graph.relations) == (expected in ("happened", "planned"))


def test_reports_that_differ_contradict_each_other() -> None:
    denial = replace(HIT, id="E3", trigger=Span(61, 67), same_as="E2", factuality="negated", claimant="A2")
    event = event_of(assemble([a_record((replace(HIT, claimant="A1"), denial))]))
    claims = [claim for mention in event.mentions for claim in mention.claims]
    assert [claim.polarity for claim in claims] == ["affirms", "affirms"]
    assert {claim.iri: claim.contradicts for claim in claims} == {
        claims[0].iri: (claims[1].iri,),
        claims[1].iri: (claims[0].iri,),
    }


def test_chains_and_circles_of_reports() -> None:
    ids = ["E1", "E2", "E3"]
    reports = tuple(
        replace(HIT, id=own, trigger=Span(at, at + 1), same_as=after)
        for own, at, after in zip(ids, (60, 40, 20), ["E2", "E3", "E1"], strict=True)
    )
    assert len(event_of(assemble([a_record(reports)])).mentions) == 3


def test_two_events_on_one_trigger() -> None:
    back = replace(HIT, id="E3", sources=("A1",), targets=("A2",))
    graph = assemble([a_record((HIT, back))])
    assert len({event.iri for event in graph.events}) == 2
    assert len({mention.iri for event in graph.events for mention in event.mentions}) == 2


def test_no_edge_to_oneself() -> None:
    event = replace(HIT, sources=("A1",), targets=("A1",))
    relation = Relation("R1", "supports", "A1", "A1", SENTENCES[0], "happened")
    assert assemble([a_record((event,), (relation,))]).relations == ()


def test_edge_gathers_its_evidence() -> None:
    first = replace(HIT, date="2024-03-12", confidence=0.5)
    second = replace(HIT, id="E3", trigger=Span(61, 67), factuality="planned", date="2024-05", confidence=0.75)
    graph = assemble([a_record((first, second))])
    (edge,) = graph.relations
    assert len(edge.events) == edge.count == 2
    assert (edge.first, edge.last, edge.confidence) == ("2024-03-12", "2024-05-31", 0.75)
    assert edge.factuality == "happened"


def test_stated_relation_is_dated_by_its_report() -> None:
    relation = Relation("R1", "opposes", "A1", "A2", SENTENCES[0], "happened", claimant="A3")
    graph = assemble([a_record((), (relation, replace(relation, id="R2")), published="2024-03-12T10:00Z")])
    (edge,) = graph.relations
    (mention,) = edge.mentions
    assert (edge.first, edge.last, edge.count) == ("2024-03-12", "2024-03-12", 1)
    assert mention.anchor == mention.sentence == "Iceland met Norway."
    assert [claim.claimant for claim in mention.claims] == [named(graph, "gunmen").iri]


def test_what_no_longer_or_does_not_hold_stands_apart() -> None:
    stated = Relation("R1", "allied_with", "A2", "A1", SENTENCES[0], "happened")
    kinds = ("happened", "past", "negated", "possible")
    relations = tuple(replace(stated, id=kind, factuality=kind) for kind in kinds)  # type: ignore[arg-type]
    graph = assemble([a_record((), relations)])
    assert edges(graph) == {("Iceland", "alliedWith", "Norway", kind) for kind in kinds}


def test_the_same_document_twice_counts_once() -> None:
    assert assemble([a_record((MET,)), a_record((MET,))]) == assemble([a_record((MET,))])


def test_order_of_documents_does_not_matter() -> None:
    records = [a_record((MET, HIT), id=id) for id in ("one", "two", "three")]  # noqa: A001
    assert assemble(records) == assemble(reversed(records))


def test_sentence_holds_the_words() -> None:
    across = replace(HIT, trigger=Span(12, 30))
    outside = replace(HIT, id="E9", trigger=Span(19, 20))
    graph = assemble([a_record((across, outside))])
    found = {mention.begin: mention.sentence for event in graph.events for mention in event.mentions}
    assert found == {12: TEXT[:52], 19: " "}


def test_unknown_modes_are_left_out() -> None:
    assert event_of(assemble([a_record((replace(HIT, mode="shouting"),))])).mode == ""


def test_hostile_text_is_made_legible() -> None:
    text = "Ice\x00and met \ud800orway. " + TEXT[20:]
    graph = assemble([replace(a_record((MET,), title="a\x01b", source="\udfff"), document=Document("\x00", text))])
    assert event_of(graph).mentions[0].sentence == "Ice\ufffdand met \ufffdorway."
    assert graph.documents[0].id == "\ufffd"


def test_runs_hold_versions_and_no_clock() -> None:
    (run,) = assemble([replace(a_record((MET,)), model="news 2")], program="kg 1").runs
    assert (run.program, run.model) == ("kg 1", "news 2")
    assert run.ontology


WRONG: list[tuple[Callable[[DocumentRecord], DocumentRecord], str]] = [
    (lambda r: replace(r, events=(replace(HIT, sources=("A9",)),)), "event 'E2': no actor 'A9'"),
    (lambda r: replace(r, events=(replace(HIT, claimant="A9"),)), "event 'E2': no actor 'A9'"),
    (lambda r: replace(r, events=(replace(HIT, same_as="E9"),)), "no event 'E9'"),
    (lambda r: replace(r, events=(HIT, HIT)), "two have one id"),
    (lambda r: replace(r, events=(replace(HIT, trigger=Span(70, 99)),)), "no span 70 to 99"),
    (lambda r: replace(r, events=(replace(HIT, date="soon"),)), "event 'E2': date 'soon'"),
    (lambda r: replace(r, events=(replace(HIT, confidence=float("nan")),)), "confidence nan"),
    (lambda r: replace(r, actors=(ICELAND, ICELAND)), "two actors have the id 'A1'"),
    (lambda r: replace(r, actors=(replace(ICELAND, name=" "),)), "no name"),
    (lambda r: replace(r, actors=(replace(ICELAND, country="Iceland"),)), "no ISO 3166-1"),
    (lambda r: replace(r, actors=(replace(ICELAND, sector="XXX"),)), "no sector 'XXX'"),
    (lambda r: replace(r, actors=(replace(ICELAND, same_as=("x>",)),)), "no absolute"),
    (lambda r: replace(r, document=replace(r.document, published="now")), "published: 'now'"),
    (lambda r: replace(r, document=replace(r.document, language="e n")), "no language tag"),
    (lambda r: replace(r, sentences=SENTENCES[::-1]), "not in the order"),
    (
        lambda r: replace(r, relations=(Relation("R1", "leads", "A1", "A2", SENTENCES[0], "happened", confidence=2),)),
        "relation 'R1': confidence 2",
    ),
]


@pytest.mark.parametrize(("spoil", "message"), WRONG)
def test_records_that_cannot_be_used(spoil: Callable[[DocumentRecord], DocumentRecord], message: str) -> None:
    with pytest.raises(RecordError, match=rf"document 'one'.*{message}"):
        assemble([spoil(a_record())])


def test_base_that_is_none() -> None:
    with pytest.raises(ConfigError, match="absolute"):
        assemble([], "here")
