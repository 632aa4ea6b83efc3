"""Any graph, through NetworkX and through RDF in every format, comes back as it was."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import ontology
from kg.graph import dates
from kg.graph.legible import legible
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
    Polarity,
    QuoteNode,
    RelationEdge,
    RunNode,
)
from kg.graph.networkx import from_networkx, to_networkx
from kg.identifiers import Identifiers
from kg.rdf.decode import decode
from kg.rdf.encode import encode, statements
from kg.rdf.formats import FORMATS
from kg.rdf.parse import parse_bytes
from kg.rdf.reified import reified
from kg.rdf.serialize import serialize
from kg.records import ACTOR_TYPES, EVENT_TYPES, FACTUALITIES, RELATION_FACTUALITIES, SECTORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.records import EventType


class Identified(Protocol):
    """Any node or edge of a graph."""

    @property
    def iri(self) -> str: ...


pytestmark = pytest.mark.no_cover  # which takes as long again; what is covered, the tests of each format tell

T = TypeVar("T")
N = TypeVar("N", bound=Identified)
BASE = "https://example.org/id/"

TEXT = st.text(max_size=12).map(legible)
NAME = TEXT.filter(bool)
DAY = st.dates().map(lambda day: day.isoformat())
MOMENT = st.datetimes().map(lambda moment: dates.published(moment.isoformat()))
CONFIDENCE = st.floats(0, 1)


def some(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(strategy, max_size=3).map(lambda found: tuple(sorted(found)))


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


def of(kind: str) -> st.SearchStrategy[str]:
    return st.integers(0, 4).map(f"{BASE}{kind}/{{}}".format)


class Maker:
    """Draws the parts of a graph, giving each mention, claim and fact an IRI of its own."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.numbers = count()

    def iri(self, kind: str) -> str:
        return f"{BASE}{kind}/{next(self.numbers):04}"

    def claims(self) -> tuple[ClaimNode, ...]:
        return tuple(
            ClaimNode(
                self.iri("claim"),
                self.draw(of("actor")),
                self.draw(st.sampled_from(get_args(Polarity))),
                self.draw(TEXT),
                self.draw(some(of("claim"))),
                self.draw(TEXT),
                self.quotes(),
            )
            for _ in range(self.draw(st.integers(0, 2)))
        )

    def quotes(self) -> tuple[QuoteNode, ...]:
        offset, drawn = st.integers(0, 10**9), self.draw
        return tuple(
            QuoteNode(self.iri("quote"), drawn(offset), drawn(offset), drawn(TEXT), drawn(st.booleans()))
            for _ in range(drawn(st.integers(0, 2)))
        )

    def mentions(self) -> tuple[MentionNode, ...]:
        offset = st.integers(0, 10**9)
        return tuple(
            MentionNode(
                self.iri("mention"),
                self.draw(of("document")),
                self.draw(offset),
                self.draw(offset),
                self.draw(TEXT),
                self.draw(TEXT),
                self.claims(),
                self.draw(some(of("type"))),
                self.draw(some(NAME)),
                self.draw(maybe(CONFIDENCE)),
            )
            for _ in range(self.draw(st.integers(0, 2)))
        )

    def appearances(self) -> tuple[AppearanceNode, ...]:
        drawn = self.draw
        return tuple(
            AppearanceNode(
                self.iri("appearance"),
                drawn(of("document")),
                drawn(TEXT),
                drawn(TEXT),
                drawn(CONFIDENCE),
                drawn(st.sampled_from(["", *ACTOR_TYPES])),
                drawn(st.sampled_from(["", "ISL"])),
                drawn(st.sampled_from(["", *SECTORS])),
                drawn(some(of("same"))),
                self.namings(),
            )
            for _ in range(drawn(st.integers(0, 2)))
        )

    def namings(self) -> tuple[NamingNode, ...]:
        offset, drawn = st.integers(0, 10**9), self.draw
        return tuple(
            NamingNode(self.iri("naming"), drawn(offset), drawn(offset), drawn(TEXT))
            for _ in range(drawn(st.integers(0, 2)))
        )


@st.composite
def documents(draw: st.DrawFn) -> DocumentNode:
    return DocumentNode(
        iri=draw(of("document")),
        id=draw(TEXT),
        sha256=draw(TEXT),
        title=draw(maybe(NAME)),
        publisher=draw(maybe(NAME)),
        published=draw(maybe(DAY | MOMENT)),
        source=draw(maybe(NAME)),
        url=draw(maybe(NAME)),
        language=draw(maybe(NAME)),
        copy_of=draw(maybe(of("document"))),
        run=draw(maybe(of("run"))),
    )


@st.composite
def accounts(draw: st.DrawFn, maker: Maker, kind: EventType) -> AccountNode:
    return AccountNode(
        iri=maker.iri("account"),
        document=draw(of("document")),
        label=draw(TEXT),
        factuality=draw(st.sampled_from(FACTUALITIES)),
        mode=draw(st.sampled_from(["", *ontology.modes(kind)])),
        sources=draw(some(of("actor"))),
        targets=draw(some(of("actor"))),
        participants=draw(some(of("actor"))),
        places=draw(some(of("place"))),
        date=draw(maybe(DAY)),
        earliest=draw(maybe(DAY)),
        latest=draw(maybe(DAY)),
        contested=draw(st.booleans()),
        confidence=draw(CONFIDENCE),
        joined_to=draw(maybe(of("account"))),
        rule=draw(TEXT),
        agrees_on=draw(some(NAME)),
        score=draw(maybe(st.integers(0, 99))),
    )


@st.composite
def events(draw: st.DrawFn, maker: Maker) -> EventNode:
    kind = draw(st.sampled_from(EVENT_TYPES))
    symmetric = draw(st.booleans())
    return EventNode(
        iri=maker.iri("event"),
        type=kind,
        label=draw(TEXT),
        factuality=draw(st.sampled_from(FACTUALITIES)),
        mode=draw(st.sampled_from(["", *ontology.modes(kind)])),
        sources=() if symmetric else draw(some(of("actor"))),
        targets=() if symmetric else draw(some(of("actor"))),
        participants=draw(some(of("actor"))) if symmetric else (),
        places=draw(some(of("place"))),
        date=draw(maybe(DAY)),
        earliest=draw(maybe(DAY)),
        latest=draw(maybe(DAY)),
        contested=draw(st.booleans()),
        confidence=draw(CONFIDENCE),
        mentions=maker.mentions(),
        accounts=tuple(draw(accounts(maker, kind)) for _ in range(draw(st.integers(0, 2)))),
    )


@st.composite
def relations(draw: st.DrawFn, maker: Maker) -> RelationEdge:
    return RelationEdge(
        iri=maker.iri("relation"),
        source=draw(of("actor")),
        property=ontology.local_name(draw(st.sampled_from(ontology.relation_properties()))),
        target=draw(of("actor") | of("place")),
        events=draw(some(of("event"))),
        mentions=maker.mentions(),
        first=draw(maybe(DAY)),
        last=draw(maybe(DAY)),
        count=draw(st.integers(1, 10**6)),
        confidence=draw(CONFIDENCE),
        contested=draw(st.booleans()),
        factuality=draw(st.sampled_from((*FACTUALITIES, *RELATION_FACTUALITIES))),
    )


@st.composite
def graphs(draw: st.DrawFn) -> KnowledgeGraph:
    maker = Maker(draw)
    actors = st.builds(
        ActorNode,
        of("actor"),
        NAME,
        st.sampled_from(ACTOR_TYPES),
        st.sampled_from(["", "ISL", "NOR"]),
        st.sampled_from(["", *SECTORS]),
        some(NAME),
        some(of("same")),
        st.builds(maker.appearances),
    )
    angle = maybe(st.floats(-180, 180))
    places = st.builds(
        PlaceNode,
        of("place"),
        TEXT,
        st.sampled_from(["", "ISL"]),
        angle,
        angle,
        some(NAME),
        st.sampled_from(["", "city", "region", "country"]),
        TEXT | st.just(""),
        st.sampled_from(["", "qualifier", "population"]),
        st.sampled_from(["", "3413829"]),
        maybe(st.integers(0, 10**9)),
        st.builds(maker.appearances),
    )
    runs = st.builds(RunNode, of("run"), TEXT, TEXT, TEXT)
    custom_types = st.builds(CustomTypeNode, of("type"), NAME, NAME, st.sampled_from(EVENT_TYPES), TEXT)

    def several(strategy: st.SearchStrategy[N]) -> tuple[N, ...]:
        nodes = draw(st.lists(strategy, max_size=3, unique_by=lambda node: node.iri))
        return tuple(sorted(nodes, key=lambda node: node.iri))

    return KnowledgeGraph(
        base=BASE,
        documents=several(documents()),
        actors=several(actors),
        places=several(places),
        events=several(events(maker)),
        relations=several(relations(maker)),
        runs=several(runs),
        custom_types=several(custom_types),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(graphs())
def test_networkx(graph: KnowledgeGraph) -> None:
    assert from_networkx(to_networkx(graph)) == graph


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(graphs())
def test_rdf(graph: KnowledgeGraph) -> None:
    assert decode(encode(graph)) == graph


@pytest.mark.parametrize("format", [known.name for known in FORMATS])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(graph=graphs())
def test_files(format: str, graph: KnowledgeGraph) -> None:  # noqa: A002
    rdf = encode(graph)
    text = serialize(rdf, format)
    read = parse_bytes(text.encode(), format)
    assert set(read) == set(rdf)
    assert decode(read) == graph
    assert serialize(read, format) == text


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(graphs())
def test_rdf_and_networkx_become_each_other(graph: KnowledgeGraph) -> None:
    rdf, network = encode(graph), to_networkx(graph)
    there = to_networkx(decode(rdf))
    assert there.graph == network.graph
    assert dict(there.nodes(data=True)) == dict(network.nodes(data=True))
    assert sorted(there.edges(keys=True)) == sorted(network.edges(keys=True))
    assert {data["iri"]: data for *_, data in there.edges(data=True)} == {
        data["iri"]: data for *_, data in network.edges(data=True)
    }
    assert set(encode(from_networkx(network))) == set(rdf)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(graphs())
def test_rdf_1_2(graph: KnowledgeGraph) -> None:
    assert decode(parse_bytes(reified(statements(graph)).encode(), "ntriples")) == graph


def test_every_field_of_every_record_is_drawn() -> None:
    """A field that no graph above has would be lost unnoticed."""
    found: set[tuple[str, str]] = set()

    @settings(max_examples=80, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(graphs())
    def look(graph: KnowledgeGraph) -> None:
        found.update(filled(graph))

    look()
    kinds = (
        *(AccountNode, ActorNode, ClaimNode, CustomTypeNode, DocumentNode, EventNode, KnowledgeGraph, MentionNode),
        *(AppearanceNode, NamingNode, PlaceNode, QuoteNode, RelationEdge, RunNode),
    )
    assert {(kind.__name__, field.name) for kind in kinds for field in fields(kind)} == found


def filled(record: Any) -> Iterator[tuple[str, str]]:
    """Give each field that holds more than its default, in a record and those within it."""
    for field in fields(record):
        value = getattr(record, field.name)
        if field.default is MISSING or value != field.default:
            yield type(record).__name__, field.name
        for part in value if isinstance(value, tuple) else ():
            if is_dataclass(part):
                yield from filled(part)


def test_base_is_kept() -> None:
    graph = KnowledgeGraph(Identifiers("urn:kg:news:").base)
    assert decode(encode(graph)) == graph
    assert from_networkx(to_networkx(graph)) == graph
