"""A graph as compact lines comes back as it was, whatever its texts hold."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.graph.assemble import assemble
from kg.graph.compact import compact, expanded
from kg.graph.model import ActorNode, AppearanceNode, KnowledgeGraph, NamingNode

if TYPE_CHECKING:
    from kg.records import DocumentRecord


def test_a_graph_comes_back(record: DocumentRecord) -> None:
    graph = assemble([record])
    lines = list(compact(graph))
    assert expanded(lines) == graph
    assert not any("\n" in line for line in lines)


@settings(deadline=None)
@given(st.text(st.characters(), max_size=20), st.integers(), st.floats(0, 1))
def test_any_text_comes_back(text: str, number: int, share: float) -> None:
    naming = NamingNode("n", number, number, text)
    appearance = AppearanceNode("a", "d", text, confidence=share, same_as=(text,), namings=(naming,) * 2)
    actor = ActorNode("x", text, "PERSON", alt_names=(text, ""), appearances=(appearance,))
    graph = KnowledgeGraph("base", actors=(actor,) * 3)
    assert expanded(compact(graph)) == graph


def test_many_nodes_take_several_lines(record: DocumentRecord) -> None:
    graph = assemble([record])
    many = replace(graph, events=graph.events * 300)
    lines = list(compact(many))
    assert sum(line.startswith('["events"') for line in lines) == 3
    assert expanded(lines) == many


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["{"],
        ['{"base": "x"}'],
        ['{"base": "x", "fields": {}}'],
        [next(compact(KnowledgeGraph("x"))), "[]"],
        [next(compact(KnowledgeGraph("x"))), '["dances", []]'],
        [next(compact(KnowledgeGraph("x"))), '["actors", [["too", "short"]]]'],
        [next(compact(KnowledgeGraph("x"))), '["events", [1]]'],
    ],
)
def test_other_lines_are_refused(lines: list[str]) -> None:
    with pytest.raises(GraphError):
        expanded(lines)


def test_records_of_another_version_are_left_alone() -> None:
    head = json.loads(next(compact(KnowledgeGraph("x"))))
    head["fields"]["ActorNode"].append("shoe size")
    with pytest.raises(GraphError, match="another version"):
        expanded([json.dumps(head)])
