"""Reports of one happening in several documents: what is joined, what is kept apart, what the joined event says."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.graph.accounts import account, reports
from kg.graph.assemble import assemble
from kg.graph.merge import merge
from kg.graph.remove import remove
from kg.graph.reports import ReportCounts
from kg.identifiers import Identifiers
from kg.ontology import KG
from kg.rdf.encode import encode
from kg.rdf.serialize import serialize
from kg.rdf.validate import validate
from kg.records import Actor, Document, DocumentRecord, Event, Relation, Span

from .tellings import tellings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.graph.model import AccountNode, ClaimNode, EventNode, KnowledgeGraph, RelationEdge

ENOUGH_F1 = 0.85
SETTINGS = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
SHARED = ("Norway", "Norwegian army", "Solberg", "Iceland", "Jonsdottir")
TEXT = "Norway Norwegian army Solberg hit Iceland Jonsdottir gunmen shore at Oslo, Bergen, northern Norway on Monday."
ACTORS = {
    "Norway": ("STATE", "NOR", "GOV"),
    "Norwegian army": ("MILITARY", "NOR", "MIL"),
    "Solberg": ("PERSON", "NOR", "GOV"),
    "Iceland": ("STATE", "ISL", "GOV"),
    "Jonsdottir": ("PERSON", "ISL", "GOV"),
    "gunmen": ("ARMED_GROUP", "", "UAF"),
}
HIT = Event("E1", "ASSAULT", Span(30, 33), ("Norway",), ("Iceland",), "happened", date="2024-03-12")


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def a_record(id: str, *events: Event, published: str | None = "2024-03-13", text: str = "") -> DocumentRecord:  # noqa: A002
    """Return a document of its own words (so that it is no copy) in which actors have their names as ids."""
    document = Document(id, f"{TEXT} {text or id}", published=published, publisher=f"Paper {id}")
    actors = tuple(
        Actor(name, name, kind, (at(name),), country, sector)  # type: ignore[arg-type]
        for name, (kind, country, sector) in ACTORS.items()
    )
    return DocumentRecord(document, (Span(0, len(document.text)),), actors, events, ())


def joined(*events: Event, published: tuple[str | None, ...] = ()) -> KnowledgeGraph:
    """Return the graph of documents that report an event each."""
    days = published or ("2024-03-13",) * len(events)
    return assemble(
        a_record(f"d{number}", event, published=day)
        for number, (event, day) in enumerate(zip(events, days, strict=True))
    )


def the_event(graph: KnowledgeGraph) -> EventNode:
    (event,) = graph.events
    return event


def claims(event: EventNode) -> list[ClaimNode]:
    return [claim for mention in event.mentions for claim in mention.claims]


# -------------------------------------------------------------------------------- the gold set


def b_cubed(system: Mapping[str, int], gold: Mapping[str, int]) -> tuple[float, float]:
    """Return precision and recall (Bagga and Baldwin 1998) of a partition, given as the part of each item."""

    def parts(partition: Mapping[str, int]) -> dict[str, set[str]]:
        members = defaultdict(set)
        for item, part in partition.items():
            members[part].add(item)
        return {item: members[part] for item, part in partition.items()}

    found, true = parts(system), parts(gold)
    shares = [(len(found[item] & true[item]), len(found[item]), len(true[item])) for item in gold]
    return sum(both / own for both, own, _ in shares) / len(gold), sum(both / own for both, _, own in shares) / len(
        gold
    )


def partition(graph: KnowledgeGraph) -> dict[str, int]:
    ids = {node.iri: node.id for node in graph.documents}
    return {ids[mention.document]: part for part, event in enumerate(graph.events) for mention in event.mentions}


@pytest.fixture(scope="module")
def gold_graph() -> KnowledgeGraph:
    return assemble(telling.record for telling in tellings())


def test_gold_set_is_what_it_says() -> None:
    by_happening = defaultdict(list)
    for telling in tellings():
        by_happening[telling.happening].append(telling.record)
    sizes = sorted(map(len, by_happening.values()))
    assert (sizes[59:61], sizes[-1]) == ([1, 3], 6)
    assert len(by_happening) == 120


def test_gold_set_is_joined(gold_graph: KnowledgeGraph) -> None:
    gold = {telling.record.document.id: telling.happening for telling in tellings()}
    precision, recall = b_cubed(partition(gold_graph), gold)
    assert precision >= 0.95
    assert 2 * precision * recall / (precision + recall) >= ENOUGH_F1


def test_look_alikes_stay_apart(gold_graph: KnowledgeGraph) -> None:
    """Of sixty look-alikes, one may be joined: to a telling that does not say where."""
    sizes: defaultdict[int, int] = defaultdict(int)
    for telling in tellings():
        sizes[telling.happening] += 1
    parts = partition(gold_graph)
    counts: defaultdict[int, int] = defaultdict(int)
    for part in parts.values():
        counts[part] += 1
    lookalikes = [telling.record.document.id for telling in tellings() if sizes[telling.happening] == 1]
    assert sum(counts[parts[id]] > 1 for id in lookalikes) <= 1  # noqa: A001


def test_gold_graph_is_valid(gold_graph: KnowledgeGraph) -> None:
    assert validate(encode(gold_graph)) == []


def test_order_of_the_gold_set_does_not_matter(gold_graph: KnowledgeGraph) -> None:
    records = [telling.record for telling in tellings()]
    random.Random(7).shuffle(records)
    assert assemble(records) == gold_graph


# -------------------------------------------------------------------------------- what agrees


SAME = {
    "alike": replace(HIT),
    "without a day, published at the time": replace(HIT, date=None),
    "within a month": replace(HIT, date="2024-03"),
    "at a place the other does not name": replace(HIT, places=(at("Oslo"),)),
    "an army for its state": replace(HIT, sources=("Norwegian army",)),
    "a minister for her state": replace(HIT, targets=("Jonsdottir",)),
    "one more to whom it is done": replace(HIT, targets=("Iceland", "Jonsdottir")),
    "denied": replace(HIT, factuality="negated"),
    "planned for that day": replace(HIT, factuality="planned"),
    "in another manner": replace(HIT, mode="firearms"),
}
OTHER = {
    "another day": replace(HIT, date="2024-03-13"),
    "another month": replace(HIT, date="2024-04"),
    "the other way round": replace(HIT, sources=("Iceland",), targets=("Norway",)),
    "another type": replace(HIT, type="COERCE"),
    "planned, nobody knows for when": replace(HIT, factuality="planned", date=None),
    "only possible": replace(HIT, factuality="possible", date=None),
    "nobody known on either side": replace(HIT, sources=(), targets=()),
}


@pytest.mark.parametrize("event", SAME.values(), ids=SAME)
def test_one_happening(event: Event) -> None:
    graph = joined(replace(HIT, mode="drone" if event.mode else ""), event)
    assert len(the_event(graph).accounts) == 2
    assert validate(encode(graph)) == []


@pytest.mark.parametrize("event", OTHER.values(), ids=OTHER)
def test_two_happenings(event: Event) -> None:
    graph = joined(HIT, event)
    assert [node.accounts for node in graph.events] == [(), ()]


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("Oslo", "Oslo", 1),
        ("Oslo", "Norway", 1),
        ("northern Norway", "Norway", 1),
        ("Oslo", "northern Norway", 1),
        ("Oslo", "Bergen", 2),
        ("Oslo", "Iceland", 2),
    ],
)
def test_places(one: str, other: str, count: int) -> None:
    assert len(joined(*(replace(HIT, places=(at(place),)) for place in (one, other))).events) == count


@pytest.mark.parametrize(
    ("days", "count"),
    [
        (("2024-03-13", "2024-03-15"), 1),
        (("2024-03-13T08:00:00Z", "2024-03-17"), 1),
        (("2024-03-13", "2024-03-18"), 2),
        (("2024-03-13", None), 2),
        ((None, None), 2),
    ],
)
def test_without_dates_the_days_of_publication_decide(days: tuple[str | None, str | None], count: int) -> None:
    assert len(joined(replace(HIT, date=None), replace(HIT, date=None), published=days).events) == count


@pytest.mark.parametrize(("published", "count"), [("2024-03-12", 1), ("2024-03-15", 1), ("2024-03-20", 2)])
def test_a_day_and_none(published: str, count: int) -> None:
    graph = joined(HIT, replace(HIT, date=None), published=("2024-03-13", published))
    assert len(graph.events) == count


def test_meetings_of_the_same_people_and_others() -> None:
    met = Event("E1", "CONSULT", Span(30, 33), ("Solberg",), ("Jonsdottir",), "happened", date="2024-03-12")
    more = replace(met, sources=("Solberg", "Norway"))
    event = the_event(joined(met, more, replace(met, sources=("Norway",), targets=("Iceland",), mode="visit")))
    assert len(event.participants) == 4
    assert not event.sources


def test_no_chain_leads_from_one_day_to_another() -> None:
    graph = joined(HIT, replace(HIT, date="2024-03-12/2024-03-14"), replace(HIT, date="2024-03-14"))
    assert sorted(len(event.mentions) for event in graph.events) == [1, 2]


def test_a_document_tells_its_own_events_apart() -> None:
    other = replace(HIT, id="E2", trigger=at("shore"))
    records = [a_record("one", HIT, other), a_record("two", HIT), a_record("three", HIT, other)]
    graph = assemble(records)
    assert sorted(len(event.mentions) for event in graph.events) == [2, 3]
    for event in graph.events:
        assert len({mention.document for mention in event.mentions}) == len(event.mentions)


# -------------------------------------------------------------------------------- what the joined event says


def test_everything_is_kept_with_its_document() -> None:
    graph = joined(
        replace(HIT, places=(at("Oslo"),), date="2024-03", confidence=0.4),
        replace(HIT, sources=("Norwegian army",), mode="drone", confidence=0.7),
        replace(HIT, places=(at("Norway"),), mode="drone"),
    )
    event = the_event(graph)
    names = {node.iri: node.name for node in graph.actors} | {node.iri: node.name for node in graph.places}
    assert {names[iri] for iri in event.sources} == {"Norway", "Norwegian army"}
    assert {names[iri] for iri in event.places} == {"Oslo", "Norway"}
    assert (event.date, event.earliest, event.mode, event.confidence) == ("2024-03-12", None, "drone", 1.0)
    assert not event.contested
    said = {account.document: account for account in event.accounts}
    assert {mention.document for mention in event.mentions} == set(said) == {node.iri for node in graph.documents}
    assert sorted((one.confidence, one.mode, one.date, one.earliest) for one in said.values()) == [
        (0.4, "", None, "2024-03-01"),
        (0.7, "drone", "2024-03-12", None),
        (1.0, "drone", "2024-03-12", None),
    ]
    (edge,) = (edge for edge in graph.relations if names[edge.source] == "Norway")
    assert (edge.property, edge.count, edge.events) == ("attacks", 1, (event.iri,))
    counts = ReportCounts(graph)
    assert counts.of_event(event) == (3, 3)
    assert counts.of_relation(edge) == (2, 2)


def test_name_of_the_event_comes_from_its_reports_alone() -> None:
    two, three = joined(HIT, HIT), joined(HIT, HIT, HIT)
    assert the_event(two).iri == the_event(joined(HIT, HIT)).iri
    assert the_event(two).iri != the_event(three).iri
    alone = the_event(joined(HIT))
    assert alone.iri not in (the_event(two).iri, the_event(three).iri)
    assert alone.iri.rpartition("/")[2] in {account.iri.rpartition("/")[2] for account in the_event(two).accounts}


def test_reports_that_it_did_not_happen() -> None:
    denial = replace(HIT, factuality="negated", claimant="Norway")
    graph = joined(replace(HIT, claimant="Iceland"), denial, HIT)
    event = the_event(graph)
    assert (event.factuality, event.contested) == ("happened", True)
    (denied,) = (claim for claim in claims(event) if "norway" in claim.claimant)
    assert len(denied.contradicts) == 2
    for claim in claims(event):
        assert claim is denied or claim.contradicts == (denied.iri,)
    (edge,) = graph.relations
    assert edge.contested
    assert ReportCounts(graph).of_event(event).all == 3
    assert ReportCounts(graph).of_relation(edge).all == 2


def test_a_denial_within_one_document_meets_the_others() -> None:
    event = the_event(joined(replace(HIT, claimant="Iceland", disputed_by=("Norway",)), HIT))
    (denied,) = (claim for claim in claims(event) if claim.polarity == "denies")
    assert event.contested
    assert len(denied.contradicts) == 2


MINE = replace(HIT, sources=("Solberg",), targets=("Jonsdottir",), places=(at("Oslo"),))
YOURS = replace(MINE, sources=("Iceland",))


def test_who_did_it_is_contested() -> None:
    graph = joined(MINE, YOURS)
    event = the_event(graph)
    assert event.contested
    assert len(event.sources) == 2
    assert all(claim.contradicts for claim in claims(event))
    assert [edge.contested for edge in graph.relations] == [True, True]
    assert validate(encode(graph)) == []


@pytest.mark.parametrize("change", [{"date": None}, {"places": ()}, {"targets": ()}, {"targets": ("Norway",)}])
def test_two_who_did_alike_did_two_things(change: dict[str, tuple[str, ...] | None]) -> None:
    assert len(joined(MINE, replace(YOURS, **change)).events) == 2  # type: ignore[arg-type]


def test_words_of_two_are_two_happenings() -> None:
    assert len(joined(replace(MINE, type="ACCUSE"), replace(YOURS, type="ACCUSE")).events) == 2


def test_edges_follow_from_what_somebody_says() -> None:
    """Two reports name different doers and each a victim of its own: nobody says that the first hit the second's."""
    one = replace(HIT, sources=("Solberg",), targets=("Iceland", "Jonsdottir"), places=(at("Oslo"),))
    other = replace(one, sources=("gunmen",), targets=("Iceland",))
    graph = joined(one, other)
    names = {actor.iri: actor.name for actor in graph.actors}
    assert len(graph.events) == 1
    assert {(names[edge.source], names[edge.target]) for edge in graph.relations} == {
        ("Solberg", "Iceland"),
        ("Solberg", "Jonsdottir"),
        ("gunmen", "Iceland"),
    }


# -------------------------------------------------------------------------------- laws


@st.composite
def events(draw: st.DrawFn, number: int) -> Event:
    names = st.sets(st.sampled_from([*SHARED, "gunmen"]), max_size=2).map(lambda found: tuple(sorted(found)))
    return Event(
        id=f"E{number}",
        type=draw(st.sampled_from(["ASSAULT", "CONSULT"])),
        trigger=draw(st.sampled_from([at("hit"), at("shore"), at("gunmen")])),
        sources=draw(names),
        targets=draw(names),
        factuality=draw(st.sampled_from(["happened", "happened", "negated", "planned", "possible"])),
        mode=draw(st.sampled_from(["", "", "drone", "visit"])),
        places=draw(st.sampled_from([(), (), (at("Oslo"),), (at("Bergen"),), (at("Norway"),)])),
        date=draw(st.sampled_from([None, "2024-03-11", "2024-03-12", "2024-03-10/2024-03-12", "2024-03"])),
        claimant=draw(st.none() | st.sampled_from(SHARED)),
        disputed_by=draw(st.sampled_from([(), (), ("Iceland",)])),
    )


@st.composite
def records(draw: st.DrawFn, number: int) -> DocumentRecord:
    found = tuple(draw(events(number)) for number in range(draw(st.integers(0, 3))))
    day = draw(st.sampled_from([None, "2024-03-12", "2024-03-13", "2024-03-20"]))
    record = a_record(f"d{number}", *found, published=day, text=draw(st.sampled_from(["", "", "copied"])))
    sure = draw(st.sampled_from([0.3, 0.5]))
    stated = Relation("R1", "opposes", "Norway", "Iceland", Span(0, 40), "happened", confidence=sure)
    return replace(
        record,
        actors=tuple(draw(spelt(actor)) for actor in record.actors),
        relations=draw(st.sampled_from([(), (stated,)])),
        model=draw(st.sampled_from(["", "news 1", "news 2"])),
    )


@st.composite
def spelt(draw: st.DrawFn, actor: Actor) -> Actor:
    """Give an actor as one of several documents may have it: in capitals, of another sector, by fewer words."""
    name = actor.name.upper() if actor.name in SHARED and draw(st.booleans()) else actor.name
    mentions = draw(st.sampled_from([actor.mentions, ()]))
    return replace(actor, name=name, sector=draw(st.sampled_from([actor.sector, "", "OPP"])), mentions=mentions)


@st.composite
def many_records(draw: st.DrawFn) -> list[DocumentRecord]:
    return [draw(records(number)) for number in range(draw(st.integers(2, 7)))]


@SETTINGS
@given(many_records(), st.randoms(use_true_random=False))
def test_order_does_not_matter(found: list[DocumentRecord], chance: random.Random) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert assemble(shuffled) == assemble(found)


@SETTINGS
@given(many_records())
def test_adding_a_document_again_changes_nothing(found: list[DocumentRecord]) -> None:
    graph = assemble(found)
    assert assemble([*found, *found]) == graph
    assert merge([graph, assemble(found[:1])]) == graph
    assert merge([graph]) == graph


@SETTINGS
@given(many_records(), st.integers(1, 6))
def test_graphs_merge_as_if_read_together(found: list[DocumentRecord], cut: int) -> None:
    one, other = assemble(found[:cut]), assemble(found[cut:])
    assert merge([one, other]) == merge([other, one]) == assemble(found)


@SETTINGS
@given(many_records(), st.sets(st.integers(0, 6)))
def test_a_graph_without_documents_is_that_of_the_others(found: list[DocumentRecord], numbers: set[int]) -> None:
    gone = {f"d{number}" for number in numbers}
    whole, rest = assemble(found), assemble(record for record in found if record.document.id not in gone)
    left = remove(whole, {node.iri for node in whole.documents if node.id in gone})
    assert left == rest
    assert serialize(encode(left), "turtle") == serialize(encode(rest), "turtle")


@SETTINGS
@given(many_records())
def test_accounts_lead_to_one_another(found: list[DocumentRecord]) -> None:
    """Of each event, one account leads to no other, and from each of the rest a way leads to it."""
    for event in assemble(found).events:
        before = {said.iri: said.joined_to for said in event.accounts}
        assert list(before.values()).count(None) == (1 if before else 0)
        for iri in before:
            way = [iri]
            while (following := before[way[-1]]) is not None:
                assert following not in way
                way.append(following)
        for said in event.accounts:
            assert (said.rule, said.score is None) == ("", True) if said.joined_to is None else (said.score or 0) >= 5


@SETTINGS
@given(many_records())
def test_a_document_takes_its_evidence_with_it_and_nothing_else(found: list[DocumentRecord]) -> None:
    whole, rest = assemble(found), assemble(found[1:])
    gone = {node.iri for node in whole.documents} - {node.iri for node in rest.documents}
    assert evidence(rest) == {item for item in evidence(whole) if item[0] not in gone}
    told = {item for item in accounts(whole) if item.document not in gone}
    assert accounts(rest) == told


def accounts(graph: KnowledgeGraph) -> set[AccountNode]:
    """Return what each document says of each event, whatever it was joined to."""
    identifiers = Identifiers(graph.base)
    return {account(identifiers, own) for event in graph.events for own in reports(identifiers, event)}


def evidence(graph: KnowledgeGraph) -> set[tuple[str, ...]]:
    """Return what each document adds: its reports and claims, in its own words."""
    facts: tuple[EventNode | RelationEdge, ...] = (*graph.events, *graph.relations)
    mentions = [mention for fact in facts for mention in fact.mentions]
    return {
        *((mention.document, mention.iri, mention.anchor, mention.sentence) for mention in mentions),
        *((mention.document, claim.iri, claim.claimant) for mention in mentions for claim in mention.claims),
    }


@SETTINGS
@given(many_records())
def test_what_is_joined_is_valid_and_agrees(found: list[DocumentRecord]) -> None:
    graph = assemble(found)
    assert validate(encode(graph)) == []
    for event in graph.events:
        documents = [said.document for said in event.accounts]
        assert len(set(documents)) == len(documents) != 1
        dates = {said.date for said in event.accounts if said.date}
        assert len(dates) <= 1
        assert not dates or event.date in dates


def test_graph_counts_are_written() -> None:
    graph = joined(HIT, HIT)
    (count,) = encode(graph).objects(None, KG.independentReportCount, unique=True)
    assert int(str(count)) == 2
    assert not list(encode(joined(HIT)).objects(None, KG.independentReportCount))
