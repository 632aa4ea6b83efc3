"""A slice holds what was asked for, all that it rests on, and nothing else."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ConfigError
from kg.graph.assemble import assemble
from kg.graph.relations import Relations
from kg.graph.slice import FACTUALITIES, TYPES, Criteria, criteria, sliced
from kg.identifiers import Identifiers
from kg.rdf.decode import decode
from kg.rdf.encode import encode
from kg.rdf.validate import validate
from kg.records import (
    EVENT_TYPES,
    RELATION_FACTUALITIES,
    RELATION_TYPES,
    Actor,
    Document,
    DocumentRecord,
    Event,
    Factuality,
    Relation,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph.model import KnowledgeGraph, RelationEdge

WORDS = "Norland Suvania Ostmark militia seized harbour offered talks near Amber Bay while crowds marched on"
NAMES = ("Norland", "Suvania", "Ostmark", "militia")
DAYS = ("2021-03-01", "2021-03-14", "2021-04-02")
SETTINGS = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def graph(record: DocumentRecord) -> KnowledgeGraph:
    return assemble([record])


def spans() -> list[Span]:
    found, begin = [], 0
    for word in WORDS.split():
        found.append(Span(begin, begin + len(word)))
        begin += len(word) + 1
    return found


def some(values: Iterable[str], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(sorted(values)), max_size=most).map(lambda found: tuple(sorted(found)))


ACTORS = tuple(f"A{number}" for number in range(len(NAMES)))
CONFIDENCE = st.sampled_from([0.2, 0.5, 0.8, 1.0])


@st.composite
def events(draw: st.DrawFn, number: int) -> Event:
    words = spans()
    return Event(
        id=f"E{number}",
        type=draw(st.sampled_from(["CONSULT", "ASSAULT", "REJECT", "PROTEST"])),
        trigger=words[4 + number],
        sources=draw(some(ACTORS)),
        targets=draw(some(ACTORS, 1)),
        factuality=draw(st.sampled_from(get_args(Factuality))),
        places=tuple(draw(st.sets(st.sampled_from([words[9], words[10]]), max_size=1))),
        date=draw(st.sampled_from([None, *DAYS, "2021-03", "/2021-03-10"])),
        claimant=draw(st.sampled_from([None, *ACTORS])),
        disputed_by=draw(some(ACTORS, 1)),
        confidence=draw(CONFIDENCE),
    )


@st.composite
def relations(draw: st.DrawFn, number: int) -> Relation:
    source, target = draw(st.permutations(ACTORS))[:2]
    return Relation(
        id=f"R{number}",
        type=draw(st.sampled_from(["allied_with", "member_of", "opposes"])),
        source=source,
        target=target,
        sentence=Span(0, len(WORDS)),
        factuality=draw(st.sampled_from(RELATION_FACTUALITIES)),
        claimant=draw(st.sampled_from([None, *ACTORS])),
        confidence=draw(CONFIDENCE),
    )


@st.composite
def graphs(draw: st.DrawFn) -> KnowledgeGraph:
    records = []
    for number in range(draw(st.integers(1, 3))):
        document = Document(
            id=f"d{number}",
            text=WORDS,
            published=draw(st.sampled_from([None, *DAYS])),
            publisher=draw(st.sampled_from([None, "The Courier", "Daily Ost"])),
        )
        actors = tuple(
            Actor(key, name, "STATE" if name[0].isupper() else "ARMED_GROUP", (span,))
            for key, name, span in zip(ACTORS, NAMES, spans(), strict=False)
        )
        records.append(
            DocumentRecord(
                document,
                (Span(0, len(WORDS)),),
                actors,
                tuple(draw(events(number)) for number in range(draw(st.integers(0, 4)))),
                tuple(draw(relations(number)) for number in range(draw(st.integers(0, 3)))),
            )
        )
    return assemble(records)


@st.composite
def wishes(draw: st.DrawFn, graph: KnowledgeGraph) -> Criteria:
    """Draw criteria, few of them at a time, so that something remains."""
    publishers = [Identifiers(graph.base).publisher(node.publisher) for node in graph.documents if node.publisher]
    actors = [actor.iri for actor in graph.actors]
    window = sorted(draw(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS))))
    wanted: dict[str, Any] = {
        "actors": frozenset(draw(some(actors))),
        "since": window[0],
        "until": window[1],
        "published": draw(st.booleans()),
        "types": frozenset(draw(some(["CONSULT", "ASSAULT", "REJECT", "allied_with", "opposes"], 4))),
        "min_confidence": draw(CONFIDENCE),
        "asserted_by": frozenset(draw(some([*actors, *publishers], 3))),
        "exclude_contested": True,
        "factualities": frozenset(draw(some(FACTUALITIES, 4))),
    }
    asked = draw(st.sets(st.sampled_from(sorted(wanted)), max_size=3))
    return Criteria(**{name: wanted[name] for name in asked})


def split(wanted: Criteria, names: frozenset[str]) -> Criteria:
    """Return the criteria with these names alone; how events are dated goes with both halves."""
    kept = {field.name: getattr(wanted, field.name) for field in fields(Criteria) if field.name in names}
    return Criteria(**{**kept, "published": wanted.published})


@SETTINGS
@given(st.data())
def test_one_after_the_other_is_both_at_once(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    wanted = data.draw(wishes(graph))
    names = [field.name for field in fields(Criteria)]
    first = frozenset(data.draw(some(names, len(names))))
    part = sliced(graph, wanted)
    assert sliced(sliced(graph, split(wanted, first)), split(wanted, frozenset(names) - first)) == part
    assert sliced(part, wanted) == part


@SETTINGS
@given(st.data())
def test_slices_are_valid_and_keep_what_they_rest_on(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    part = sliced(graph, data.draw(wishes(graph)))
    rdf = encode(part)
    assert validate(rdf) == []
    assert decode(rdf) == part
    assert set(part.documents) <= set(graph.documents)
    assert {replace(actor, appearances=()) for actor in part.actors} <= {
        replace(actor, appearances=()) for actor in graph.actors
    }
    documents = {document.iri for document in part.documents}
    assert all(node.appearances for node in part.named)
    assert {shown.document for node in part.named for shown in node.appearances} <= documents
    assert {event.iri for event in part.events} <= {event.iri for event in graph.events}


@SETTINGS
@given(st.data())
def test_edges_are_those_that_the_remaining_events_give(data: st.DataObject) -> None:
    graph = data.draw(graphs())
    part = sliced(graph, data.draw(wishes(graph)))
    expected = Relations(Identifiers(graph.base))
    for event in part.events:
        expected.add_event(event)
    followed = sorted((edge for edge in part.relations if not edge.mentions), key=lambda edge: edge.iri)
    assert followed == sorted(expected.edges(), key=lambda edge: edge.iri)


@SETTINGS
@given(graphs())
def test_a_slice_of_everything_is_everything(graph: KnowledgeGraph) -> None:
    assert sliced(graph, Criteria()) is graph
    assert sliced(graph, Criteria(published=True)) is graph
    part = sliced(graph, Criteria(factualities=frozenset(FACTUALITIES), types=frozenset(TYPES)))
    assert (part.events, part.relations, part.runs) == (graph.events, graph.relations, graph.runs)


def labels(graph: KnowledgeGraph) -> set[str]:
    names = {actor.iri: actor.name for actor in graph.actors} | {place.iri: place.name for place in graph.places}
    stated = {f"{names[edge.source]} {edge.property} {names[edge.target]}" for edge in graph.relations if edge.mentions}
    return stated | {event.label for event in graph.events}


MET = "Katla Jónsdóttir and Henrik Solberg met"
AID = "Norway to give aid to Iceland"
BEAT = "Norwegian Police Service attacked demonstrators"
SUREST = {
    *(MET, "Katla Jónsdóttir leads Iceland", "Norwegian Police Service partOf Norway"),
    "Russian ambassador represents Russia",
}
CASES: list[tuple[dict[str, Any], set[str]]] = [
    ({"actors": ["solberg"]}, {MET, "Henrik Solberg represents Norway"}),
    ({"actors": ["katla jonsdottir", "NATO"]}, {MET, "Katla Jónsdóttir leads Iceland", "Iceland memberOf NATO"}),
    ({"actors": ["Jan Mayen"]}, {"Norway controls Jan Mayen"}),
    ({"actors": ["Reykjavik"]}, {MET}),
    ({"types": ["CONSULT"]}, {MET}),
    ({"types": ["allied_with", "ASSAULT"]}, {"Denmark alliedWith Iceland", BEAT}),
    ({"since": "2024-04"}, {AID}),
    ({"until": "2024-03-12"}, {MET}),
    ({"since": "2024-03-12", "until": "2024-03-12"}, {MET}),
    ({"since": "2024-03-13", "until": "2024-03-31", "types": ["ASSAULT"]}, set()),
    ({"since": "2024-03-13", "until": "2024-03-31", "types": ["ASSAULT"], "published": True}, {BEAT}),
    ({"since": "2024-03-13", "until": "2024", "types": ["member_of"]}, {"Iceland memberOf NATO"}),
    ({"min_confidence": 0.96}, SUREST),
    ({"asserted_by": ["Sea Watchers"]}, {BEAT}),
    ({"asserted_by": ["Norwegian Police Service"]}, set()),
    ({"asserted_by": ["Solberg"]}, {AID}),
    ({"exclude_contested": True, "actors": ["demonstrators"]}, set()),
    ({"factualities": ["negated"]}, {"Iceland did not expel Russian ambassador"}),
    ({"factualities": ["past"]}, set()),
]


@pytest.mark.parametrize(("wanted", "expected"), CASES)
def test_what_remains(graph: KnowledgeGraph, wanted: dict[str, Any], expected: set[str]) -> None:
    part = sliced(graph, criteria(graph, **wanted))
    assert labels(part) == expected
    assert bool(part.documents) is bool(part.events or part.relations)


def test_nodes_are_those_that_are_needed(graph: KnowledgeGraph) -> None:
    part = sliced(graph, criteria(graph, types=["ASSAULT"]))
    names = {actor.name for actor in part.actors}
    assert names == {"Norwegian Police Service", "demonstrators", "Sea Watchers"}
    assert [edge.property for edge in part.relations] == ["attacks"]
    assert (part.places, len(part.documents), part.runs) == ((), 1, graph.runs)


def test_what_is_negated_leaves_no_edge(graph: KnowledgeGraph) -> None:
    part = sliced(graph, criteria(graph, factualities=["negated", "possible"]))
    assert part.relations == ()
    assert {event.factuality for event in part.events} == {"negated", "possible"}


def edge_of_two(graph: KnowledgeGraph) -> RelationEdge:
    (edge,) = (edge for edge in graph.relations if edge.property == "attacks")
    return edge


def test_an_edge_is_as_sure_as_what_it_still_rests_on(record: DocumentRecord) -> None:
    first = next(event for event in record.events if event.id == "E5")
    again = replace(
        first,
        id="E9",
        trigger=next(event for event in record.events if event.id == "E6").trigger,
        date="2024-03-10",
        disputed_by=(),
        factuality="planned",
        confidence=0.3,
    )
    graph = assemble([replace(record, events=(first, again), relations=())])
    whole = edge_of_two(graph)
    assert (whole.count, whole.confidence, whole.contested, whole.factuality) == (2, 0.8, False, "happened")
    sure = edge_of_two(sliced(graph, Criteria(min_confidence=0.5)))
    assert (sure.count, sure.confidence, sure.contested, sure.first) == (1, 0.8, True, None)
    planned = edge_of_two(sliced(graph, Criteria(exclude_contested=True)))
    assert (planned.count, planned.confidence, planned.factuality, planned.last) == (1, 0.3, "planned", "2024-03-10")


def test_a_copy_brings_its_original(graph: KnowledgeGraph) -> None:
    (document,) = graph.documents
    original, other = (replace(document, iri=f"{document.iri}-{name}", id=name) for name in ("original", "other"))
    copy = replace(document, copy_of=original.iri)
    part = sliced(replace(graph, documents=(copy, original, other)), Criteria(min_confidence=0.5))
    assert part.documents == (copy, original)


def test_types_go_by_any_case(graph: KnowledgeGraph) -> None:
    assert criteria(graph, types=("consult", "Member_Of")) == criteria(graph, types=("CONSULT", "member_of"))


UNKNOWN: list[tuple[dict[str, Any], str]] = [
    ({"actors": ["Solbergs"]}, "did you mean Henrik Solberg or Solberg"),
    ({"asserted_by": ["nobody"]}, "no actor is named 'nobody'"),
    ({"since": "yesterday"}, "since: 'yesterday' is no date"),
    ({"until": "2024-02-30"}, "until: "),
    ({"since": "2024-01/2024-02"}, "is an interval"),
    ({"since": "2024-04", "until": "2024-03"}, "the window ends on 2024-03-31, before it begins on 2024-04-01"),
    ({"types": ["consults"]}, "no type 'consults'; known: AGREE"),
    ({"factualities": ["maybe"]}, "no factuality 'maybe'; known: happened"),
    ({"min_confidence": 1.1}, "between 0 and 1, and 1.1 does not"),
    ({"min_confidence": float("nan")}, "nan does not"),
]


@pytest.mark.parametrize(("wanted", "message"), UNKNOWN)
def test_what_cannot_be_asked(graph: KnowledgeGraph, wanted: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        criteria(graph, **wanted)


def test_all_types_can_be_asked(graph: KnowledgeGraph) -> None:
    assert set(TYPES) == {*EVENT_TYPES, *RELATION_TYPES}
    for name in TYPES:
        sliced(graph, criteria(graph, types=[name]))
