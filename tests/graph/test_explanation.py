"""Why things are one node."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.errors import ConfigError
from kg.graph.assemble import assemble
from kg.graph.explanation import Speaker, Words, explain
from kg.records import Actor, Document, DocumentRecord, Event, Span

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph

ONE = "Norway shelled Iceland at Oslo on Monday."
OTHER = "On Monday Iceland was shelled by Norwegians, and Oslo shook; Iceland said so."


def at(text: str, words: str, nth: int = 0) -> Span:
    begin = text.index(words)
    for _ in range(nth):
        begin = text.index(words, begin + 1)
    return Span(begin, begin + len(words))


def a_record(id: str, text: str, norway: str, **changes: object) -> DocumentRecord:  # noqa: A002
    """Return the record of a text in which Norway, by that word, shelled Iceland at Oslo on a Monday."""
    actors = (
        Actor("A1", "Norway", "STATE", (at(text, norway),), "NOR", "GOV"),
        Actor("A2", "Iceland", "STATE", tuple(at(text, "Iceland", n) for n in range(text.count("Iceland"))), "ISL"),
    )
    event = Event(
        *("E1", "ASSAULT", at(text, "shelled"), ("A1",), ("A2",), "happened"),
        places=(at(text, "Oslo"),),
        date="2024-03-11",
        confidence=0.7,
    )
    document = Document(id, text, published="2024-03-12", publisher=f"Paper {id}")
    return DocumentRecord(document, (Span(0, len(text)),), actors, (replace(event, **changes),), ())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return assemble(
        [
            a_record("one", ONE, "Norway"),
            a_record("two", OTHER, "Norwegians", claimant="A2", disputed_by=("A1",)),
            a_record("three", f"{ONE} ", "Norway"),
        ]
    )


def test_an_actor_is_explained_by_who_names_it(graph: KnowledgeGraph) -> None:
    (found,) = explain(graph, "norwegians")
    assert (found.kind, found.label, found.also) == ("actor", "Norway", ("STATE", "NOR", "GOV", "Norwegians"))
    assert (found.documents, found.independent) == (3, 2 if any(node.copy_of for node in graph.documents) else 3)
    assert [part.document for part in found.parts] == ["one", "three", "two"]
    *_, two = found.parts
    assert (two.says, two.rule, two.confidence, two.publisher) == ("Norway", "named", 1.0, "Paper two")
    assert two.mentions == (Words(33, 43, "Norwegians"),)


def test_every_mention_is_there(graph: KnowledgeGraph) -> None:
    (found,) = explain(graph, "Iceland")
    assert [[words.begin for words in part.mentions] for part in found.parts] == [[15], [15], [10, 61]]


def test_an_event_is_explained_by_who_reports_it(graph: KnowledgeGraph) -> None:
    (event,) = graph.events
    (found,) = explain(graph, event.iri)
    assert found == explain(graph, event.label)[0] == explain(graph, event.iri.rpartition("/")[2])[0]
    assert (found.kind, found.label, found.documents, found.contested) == ("event", event.label, 3, True)
    one, three, two = found.parts
    assert (one.rule, one.joined_to, one.score) == ("first", None, None)
    for part in (two, three):
        assert part.joined_to in {"one", "two", "three"} - {part.document}
        assert part.needed is not None
        assert part.score is not None
        assert part.score >= part.needed
        assert {"day", "parties", "place"} <= set(part.agrees_on)
    assert two.mentions == (Words(22, 29, "shelled", OTHER),)
    assert two.speakers == (
        Speaker("Iceland", "affirms", ("Norway",)),
        Speaker("Norway", "denies", ("Iceland", "Paper one", "Paper three")),
    ) or {speaker.name for speaker in two.speakers} == {"Iceland", "Norway"}


def test_an_event_of_one_document(graph: KnowledgeGraph) -> None:
    alone = assemble([a_record("one", ONE, "Norway")])
    (found,) = explain(alone, alone.events[0].label)
    (part,) = found.parts
    assert (part.rule, part.joined_to, found.documents, found.independent) == ("alone", None, 1, 1)


def test_a_place_is_explained(graph: KnowledgeGraph) -> None:
    (found,) = explain(graph, "Oslo")
    assert (found.kind, found.documents) == ("place", 3)
    assert {part.rule for part in found.parts} == {graph.places[0].basis}


def test_rules_of_actors() -> None:
    text = "Norway met gunmen."
    actors = (
        Actor("A1", "Norway", "STATE", (at(text, "Norway"),), "NOR", iri="https://example.org/norway"),
        Actor("A2", "gunmen", "ARMED_GROUP", (at(text, "gunmen"),)),
    )
    graph = assemble([DocumentRecord(Document("one", text), (Span(0, len(text)),), actors, (), ())])
    assert [explain(graph, name)[0].parts[0].rule for name in ("Norway", "gunmen")] == ["given", "described"]


@pytest.mark.parametrize("wanted", ["Paper one", "nobody", ""])
def test_what_is_not_there(graph: KnowledgeGraph, wanted: str) -> None:
    with pytest.raises(ConfigError, match=r"publisher|no actor is named"):
        explain(graph, wanted)
