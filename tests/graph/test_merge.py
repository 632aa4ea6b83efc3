"""Graphs that are merged. That this is as if all had been read together is tested in test_happenings.py."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.errors import GraphError
from kg.graph.assemble import assemble
from kg.graph.merge import merge
from kg.graph.networkx import from_networkx, to_networkx
from kg.rdf.decode import decode
from kg.rdf.encode import encode
from kg.rdf.serialize import serialize

from .tellings import tellings

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph
    from kg.records import DocumentRecord


@pytest.fixture(scope="module")
def parts() -> tuple[KnowledgeGraph, KnowledgeGraph]:
    """Two graphs in which tellings of the same happenings are dealt out by turns."""
    records = [telling.record for telling in tellings()[:40]]
    return assemble(records[::2]), assemble(records[1::2])


def test_files_merge_to_the_bytes_of_one_build(parts: tuple[KnowledgeGraph, KnowledgeGraph]) -> None:
    read = [decode(encode(part)) for part in parts]
    whole = assemble(telling.record for telling in tellings()[:40])
    assert merge(read) == whole
    assert serialize(encode(merge(reversed(read))), "turtle") == serialize(encode(whole), "turtle")


def test_merged_graph_goes_through_networkx(parts: tuple[KnowledgeGraph, KnowledgeGraph]) -> None:
    merged = merge(parts)
    graph = to_networkx(merged)
    assert from_networkx(graph) == merged
    assert max(data["reports"] for *_, data in graph.edges(data=True)) > 1
    assert all(data["independent_reports"] <= data["reports"] for *_, data in graph.edges(data=True))
    assert {data["reports"] for data in graph.graph["events"].values()} > {1, 3}


def test_the_first_graph_s_reading_of_a_document_counts(record: DocumentRecord) -> None:
    graph = assemble([record])
    (met, *events) = record.events
    otherwise = assemble([replace(record, events=(replace(met, mode="phone"), *events), relations=())])
    assert merge([graph, otherwise]) == graph
    assert merge([otherwise, graph]).events == otherwise.events


def test_names_of_one_actor_meet(record: DocumentRecord) -> None:
    shouted = tuple(replace(actor, name=actor.name.upper(), sector="") for actor in record.actors)
    other = replace(record, document=replace(record.document, id="other"), actors=shouted)
    one, two = assemble([record]), assemble([other])
    assert merge([one, two]) == merge([two, one])
    assert {actor.name for actor in one.actors} < {actor.name for actor in merge([one, two]).actors}
    norway = next(actor for actor in merge([one, two]).actors if actor.name == "Norway")
    assert (norway.sector, "NORWAY" in norway.alt_names) == ("GOV", True)


def test_nothing_to_merge() -> None:
    with pytest.raises(GraphError, match="no graph"):
        merge([])


def test_bases_must_be_one(record: DocumentRecord) -> None:
    graphs = [assemble([record], base) for base in ("https://one.example/", "https://two.example/")]
    with pytest.raises(GraphError, match=r"https://one\.example/, https://two\.example/"):
        merge(graphs)


def test_a_date_that_is_none(record: DocumentRecord) -> None:
    graph = assemble([record])
    spoilt = replace(graph, events=tuple(replace(event, date="soon") for event in graph.events))
    with pytest.raises(GraphError, match=r"cannot be merged: .*soon"):
        merge([spoilt])
