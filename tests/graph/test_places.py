"""Places as nodes: one for each entry of the gazetteers, found by what the documents say around them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.graph.assemble import assemble
from kg.graph.merge import merge
from kg.graph.model import KnowledgeGraph, PlaceNode
from kg.graph.places import one_place
from kg.records import Actor, Document, DocumentRecord, Event, Relation, Span


def a_record(id: str, text: str, *names: str, country: str = "") -> DocumentRecord:  # noqa: A002
    """Return the record of a text in which an event takes place at each name."""
    actors = (Actor("A1", "gunmen", "ARMED_GROUP", (Span(0, 1),), country=country),)
    events = tuple(
        Event(f"E{at}", "ASSAULT", Span(0, 1), ("A1",), (), "happened", places=(Span(at, at + len(name)),))
        for name in names
        for at in [text.index(name)]
    )
    return DocumentRecord(Document(id, text), (Span(0, len(text)),), actors, events, ())


def places(*records: DocumentRecord) -> dict[str, PlaceNode]:
    """Return the places of a graph by their local names, each known by its events too."""
    graph = assemble(records)
    assert {iri for event in graph.events for iri in event.places} == {place.iri for place in graph.places}
    return {place.iri.removeprefix(f"{graph.base}place/"): place for place in graph.places}


def test_one_town_is_one_place_by_all_its_names() -> None:
    records = [
        a_record("one", "Shots fell in Kiev.", "Kiev"),
        a_record("two", "Ukraine buried its dead in Kyiv.", "Kyiv"),
        a_record("three", "Shots fell in Kiev.", "Kiev"),
    ]
    ((iri, place),) = places(*records).items()
    assert iri == "kyiv_ukr_703448"
    assert (place.name, place.alt_names, place.entry, place.country) == ("Kiev", ("Kyiv",), "Kyiv", "UKR")
    assert (place.geonames, place.precision, place.basis) == ("703448", "city", "lexicon")
    assert (place.latitude, place.longitude) == (50.45466, 30.5238)
    assert place.population
    assert place.population > 2_000_000


def test_towns_of_one_name_are_two_places() -> None:
    found = places(
        a_record("one", "Shots fell in Tripoli, Lebanon.", "Tripoli"),
        a_record("two", "Shots fell in Tripoli, Libya.", "Tripoli"),
    )
    assert sorted(found) == ["tripoli_lbn_266826", "tripoli_lby_2210247"]
    assert {place.name for place in found.values()} == {"Tripoli"}


def test_who_takes_part_tells_where() -> None:
    (lebanese,) = places(a_record("one", "Shots fell in Tripoli.", "Tripoli", country="LBN")).values()
    assert (lebanese.country, lebanese.basis) == ("LBN", "sentence")


def test_what_lies_in_an_entry_is_a_place_of_its_own() -> None:
    found = places(a_record("one", "Shots fell in northern Syria and all of Syria.", "northern Syria", "all of Syria"))
    north = found["northern-syria_syr_163843"]
    assert (north.name, north.entry, north.precision, north.country) == ("northern Syria", "Syria", "country", "SYR")
    assert (north.geonames, north.population) == ("", None)
    assert north.latitude == pytest.approx(35, abs=1)


def test_unknown_places_have_a_name_alone() -> None:
    ((iri, place),) = places(a_record("one", "Shots fell on\nthe  square.", "the  square")).items()
    assert iri == "the-square"
    assert replace(place, appearances=()) == PlaceNode(place.iri, "the square")
    assert [shown.rule for shown in place.appearances] == ["named"]


def test_relations_and_events_mean_one_place() -> None:
    record = a_record("one", "Gunmen hold Homs.", "Homs")
    hold = Relation("R1", "controls", "A1", None, Span(0, 17), "happened", target_place=" Homs ")
    graph = assemble([DocumentRecord(record.document, record.sentences, record.actors, record.events, (hold,))])
    (place,) = graph.places
    assert [edge.target for edge in graph.relations] == [place.iri]


def test_hostile_names_are_no_harm() -> None:
    text = 'Shots fell in \x00" . <x> {} Homs\ud800.'
    ((iri, place),) = places(a_record("one", text, '\x00" . <x> {} Homs\ud800')).items()
    assert "\x00" not in place.name
    assert iri.replace("_", "").replace("-", "").isalnum()


def test_merged_graphs_keep_the_firmest_ground() -> None:
    records = [
        a_record("one", "Shots fell in Tripoli, Libya.", "Tripoli"),
        a_record("two", "Shots fell in Tripoli.", "Tripoli"),
    ]
    graphs: list[KnowledgeGraph] = [assemble([record]) for record in records]
    assert merge(graphs).places == merge(graphs[::-1]).places == assemble(records).places
    assert merge(graphs).places[0].basis == "qualifier"


def test_one_place_has_all_names() -> None:
    known = PlaceNode("urn:x", "Kyiv", "UKR", 50.0, 30.0, ("KIEV",), "city", "Kyiv", "lexicon", "703448", 3)
    bare = PlaceNode("urn:x", "Kiev")
    both = one_place(bare, known)
    assert both == one_place(known, bare)
    assert (both.name, both.alt_names, both.latitude) == ("Kiev", ("KIEV", "Kyiv"), 50.0)
