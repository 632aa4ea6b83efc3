"""The tables hold all of a graph, and each says what its columns mean."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from kg.export.tables import tables
from kg.graph.model import (
    AccountNode,
    ActorNode,
    ClaimNode,
    CustomTypeNode,
    DocumentNode,
    EventNode,
    KnowledgeGraph,
    MentionNode,
    PlaceNode,
    RelationEdge,
)

from .conftest import BASE

if TYPE_CHECKING:
    from kg.export.table import Cell, Table

NAMES = ["events", "accounts", "actors", "places", "mentions", "claims", "relations", "documents", "types"]


def rows(graph: KnowledgeGraph, name: str) -> list[dict[str, Cell]]:
    table = named(graph, name)
    return [dict(zip((column.name for column in table.columns), row, strict=True)) for row in table.rows]


def named(graph: KnowledgeGraph, name: str) -> Table:
    return next(table for table in tables(graph) if table.name == name)


def test_every_graph_has_the_same_tables(graph: KnowledgeGraph) -> None:
    empty = tables(KnowledgeGraph(BASE))
    assert [table.name for table in empty] == NAMES
    assert [table.columns[0].name for table in empty] == ["iri"] * len(NAMES)
    assert [[column.name for column in table.columns] for table in empty] == [
        [column.name for column in table.columns] for table in tables(graph)
    ]
    assert not any(table.rows for table in empty)


# Why things were merged is told by the graph itself, not by its tables.
RECORDS = [
    ("events", EventNode, {"mentions", "accounts"}),
    ("accounts", AccountNode, {"joined_to", "rule", "agrees_on", "score"}),
    ("actors", ActorNode, {"appearances"}),
    ("places", PlaceNode, {"appearances"}),
    ("mentions", MentionNode, {"claims", "confidence"}),
    ("claims", ClaimNode, set()),
    ("relations", RelationEdge, {"mentions"}),
    ("documents", DocumentNode, {"run"}),
    ("types", CustomTypeNode, set()),
]


@pytest.mark.parametrize(("name", "kind", "elsewhere"), RECORDS)
def test_every_field_has_its_column(name: str, kind: type, elsewhere: set[str]) -> None:
    columns = {column.name for column in named(KnowledgeGraph(BASE), name).columns}
    assert {field.name for field in fields(kind)} - elsewhere <= columns


def test_every_cell_is_of_its_column(graph: KnowledgeGraph, hostile: KnowledgeGraph) -> None:
    kinds = {"text": str, "texts": tuple, "integer": int, "number": float, "flag": bool, "day": str}
    for table in (*tables(graph), *tables(hostile)):
        for row in table.rows:
            for column, cell in zip(table.columns, row, strict=True):
                assert cell is None or type(cell) is kinds[column.kind], f"{table.name}.{column.name}: {cell!r}"


def test_rows_are_sorted_and_joined_by_iri(graph: KnowledgeGraph) -> None:
    iris = {name: [row["iri"] for row in rows(graph, name)] for name in NAMES}
    for found in iris.values():
        assert found == sorted(set(map(str, found)))
    assert {row["denotes"] for row in rows(graph, "mentions")} <= {*iris["events"], *iris["relations"]}
    assert {row["mention"] for row in rows(graph, "claims")} <= set(iris["mentions"])
    assert {row["document"] for row in rows(graph, "mentions")} == set(iris["documents"])


def test_an_event(graph: KnowledgeGraph) -> None:
    row = next(row for row in rows(graph, "events") if row["type"] == "ASSAULT")
    assert (row["mode"], row["quad_class"], row["intensity"], row["cameo"]) == ("beat", "material_conflict", -7.5, "")
    assert (row["source_names"], row["target_names"]) == (("Norwegian Police Service",), ("demonstrators",))
    assert (row["contested"], row["confidence"], row["reports"]) == (True, 0.8, 1)


def test_a_publisher_is_a_claimant_by_name(graph: KnowledgeGraph) -> None:
    assert "The Northern Courier" in {row["claimant_name"] for row in rows(graph, "claims")}


def test_what_does_not_hold_is_said_to(hostile: KnowledgeGraph) -> None:
    assert {row["property"]: row["holds"] for row in rows(hostile, "relations")} == {
        "rejects": True,
        "controls": True,
        "leads": False,
    }
