"""Documents that are taken out of a graph. That the rest is as if read alone is tested in test_happenings.py."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.errors import ConfigError, GraphError
from kg.graph.assemble import assemble
from kg.graph.merge import merge
from kg.graph.remove import documents_named, remove
from kg.rdf.decode import decode
from kg.rdf.encode import encode
from kg.rdf.serialize import serialize

from .tellings import tellings

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph
    from kg.records import DocumentRecord


@pytest.fixture(scope="module")
def records() -> list[DocumentRecord]:
    return [telling.record for telling in tellings()[:40]]


@pytest.fixture(scope="module")
def whole(records: list[DocumentRecord]) -> KnowledgeGraph:
    return assemble(records)


def test_added_and_removed_again_gives_the_same_bytes(records: list[DocumentRecord], whole: KnowledgeGraph) -> None:
    before = assemble(records[:25])
    added = merge([before, decode(encode(assemble(records[25:])))])
    assert added == whole
    gone = documents_named(added, [record.document.id for record in records[25:]])
    assert serialize(encode(remove(decode(encode(added)), gone)), "nquads") == serialize(encode(before), "nquads")


def test_nothing_is_left_of_all(whole: KnowledgeGraph) -> None:
    rest = remove(whole, [node.iri for node in whole.documents])
    assert rest == assemble([])
    assert (rest.actors, rest.places, rest.events, rest.relations, rest.runs) == ((), (), (), (), ())


def test_documents_that_are_not_there_change_nothing(whole: KnowledgeGraph) -> None:
    assert remove(whole, ["https://example.org/none"]) == whole


def test_documents_go_by_id_and_by_iri(whole: KnowledgeGraph) -> None:
    one, other = whole.documents[:2]
    assert documents_named(whole, [one.id, f"<{other.iri}>"]) == {one.iri, other.iri}


def test_two_texts_of_one_id_are_both_meant(record: DocumentRecord) -> None:
    longer = replace(record, document=replace(record.document, text=f"{record.document.text} "))
    graph = assemble([record, longer])
    assert documents_named(graph, [record.document.id]) == {node.iri for node in graph.documents}


@pytest.mark.parametrize(("wanted", "hint"), [("000", "did you mean 000-000 or"), ("", "the query 'documents'")])
def test_no_such_document(whole: KnowledgeGraph, wanted: str, hint: str) -> None:
    with pytest.raises(ConfigError, match=f"no document {wanted!r} in the graph; {hint}"):
        documents_named(whole, [wanted])


def test_graphs_that_do_not_tell_who_names_whom(whole: KnowledgeGraph) -> None:
    bare = replace(whole, actors=tuple(replace(actor, appearances=()) for actor in whole.actors))
    with pytest.raises(GraphError, match="does not tell which documents name it"):
        remove(bare, [whole.documents[0].iri])
