"""Tables as Parquet files, for pandas, Polars, DuckDB and Spark. Needs the extra ``parquet``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kg.errors import GraphError, MissingExtraError
from kg.graph.legible import legible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import ModuleType

    from kg.export.table import Cell, Column, Kind, Table

_TYPES: Final[dict[Kind, str]] = {
    "text": "string",
    "integer": "int64",
    "number": "float64",
    "flag": "bool",
    "day": "date32",
}


def write_parquet(table: Table, path: Path) -> None:
    """Write a table to a Parquet file, with what each column says in its metadata.

    Raises:
        MissingExtraError: If pyarrow is not installed.
        GraphError: If a day is none.
    """
    arrow, parquet = _pyarrow()
    schema = arrow.schema([_field(arrow, column) for column in table.columns], metadata={"about": table.about})
    columns: Iterable[tuple[Cell, ...]] = zip(*table.rows, strict=True) if table.rows else ((),) * len(table.columns)
    arrays = [
        arrow.array([_value(cell, column, table) for cell in cells], type=field.type)
        for cells, column, field in zip(columns, table.columns, schema, strict=True)
    ]
    parquet.write_table(arrow.Table.from_arrays(arrays, schema=schema), path)


def _pyarrow() -> tuple[ModuleType, ModuleType]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        raise MissingExtraError(f"Parquet files need {error.name}: pip install 'kg[parquet]'") from error
    return pyarrow, pyarrow.parquet


def _field(arrow: ModuleType, column: Column) -> Any:
    kind = arrow.list_(arrow.string()) if column.kind == "texts" else arrow.type_for_alias(_TYPES[column.kind])
    return arrow.field(column.name, kind, metadata={"about": column.about})


def _value(cell: Cell, column: Column, table: Table) -> object:
    if isinstance(cell, tuple):
        return [legible(text) for text in cell]
    if column.kind == "day":
        return _day(cell, column, table)
    if isinstance(cell, str):
        return legible(cell) or None
    return cell


def _day(cell: Cell, column: Column, table: Table) -> date | None:
    if not cell:
        return None
    try:
        return date.fromisoformat(str(cell))
    except ValueError as error:
        raise GraphError(f"{table.name}, {column.name}: {cell!r} is no day such as 2015-11-26") from error
