"""The tables hold all of a graph, and each says what its columns mean."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

import pytest

from kg.export.tables import tables
from kg.graph import model
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
    QuoteNode,
    RelationEdge,
    RunNode,
)

from .conftest import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.export.table import Cell, Table

NAMES = [
    *("events", "accounts", "actors", "places", "appearances", "namings", "mentions", "claims", "quotes"),
    *("relations", "documents", "types", "runs"),
]


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


# Each kind of record with its table, and the records within it, which have tables of their own.
RECORDS: list[tuple[str, type, set[str]]] = [
    ("events", EventNode, {"mentions", "accounts"}),
    ("accounts", AccountNode, set()),
    ("actors", ActorNode, {"appearances"}),
    ("places", PlaceNode, {"appearances"}),
    ("appearances", AppearanceNode, {"namings"}),
    ("namings", NamingNode, set()),
    ("mentions", MentionNode, {"claims"}),
    ("claims", ClaimNode, {"quotes"}),
    ("quotes", QuoteNode, set()),
    ("relations", RelationEdge, {"mentions"}),
    ("documents", DocumentNode, set()),
    ("types", CustomTypeNode, set()),
    ("runs", RunNode, set()),
]


def test_every_kind_of_record_has_its_table() -> None:
    kinds = {value for value in vars(model).values() if isinstance(value, type) and is_dataclass(value)}
    assert kinds - {KnowledgeGraph} == {kind for _, kind, _ in RECORDS}
    assert [name for name, _, _ in RECORDS] == NAMES


@pytest.mark.parametrize(("name", "kind", "within"), RECORDS)
def test_every_field_has_its_column(name: str, kind: type, within: set[str]) -> None:
    columns = {column.name for column in named(KnowledgeGraph(BASE), name).columns}
    assert {field.name for field in fields(kind)} - within <= columns


def records(part: object) -> Iterator[tuple[type, dict[str, object]]]:
    """Give each record of a graph, with its fields."""
    for field in fields(part):  # type: ignore[arg-type]
        value = getattr(part, field.name)
        for record in value if isinstance(value, tuple) else ():
            if is_dataclass(record):
                yield type(record), {own.name: getattr(record, own.name) for own in fields(record)}
                yield from records(record)


def test_every_value_is_in_its_cell(graph: KnowledgeGraph, full: KnowledgeGraph) -> None:
    tables_of = {kind: (name, within) for name, kind, within in RECORDS}
    for world in (graph, full):
        cells = {name: {row["iri"]: row for row in rows(world, name)} for name in NAMES}
        for kind, values in records(world):
            name, within = tables_of[kind]
            row = cells[name][str(values["iri"])]
            told = set(values) - within - ({"custom_types"} if kind is EventNode else set())
            assert {field: row[field] for field in told} == {field: values[field] for field in told}, name
    assert {kind for kind, _ in records(full)} == set(tables_of)


def test_a_quote_of_several_claims_is_one_row(full: KnowledgeGraph) -> None:
    assert [row["claims"] for row in rows(full, "quotes")] == [(f"{BASE}claim/1", f"{BASE}claim/2")]


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
