"""Tables of plain values with documented columns: what CSV, Parquet and Neo4j files are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Kind = Literal["text", "texts", "integer", "number", "flag", "day"]
Cell: TypeAlias = "str | tuple[str, ...] | int | float | bool | None"
Value: TypeAlias = "Callable[[Any], Cell]"

BETWEEN: Final = "|"
_INSTEAD: Final = "¦"


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Args:
        name: Its heading.
        kind: What a cell holds: ``text``; ``texts``, several; ``integer``; ``number``; ``flag``, yes or no; ``day``
            (ISO 8601). Every kind may be empty: None, or no text.
        about: What it says, for the documentation.
        value: The cell from the record that the row is about; by default the record's attribute of that name.
        refers: Whether it names other rows, and so says what an arrow between nodes says too.
    """

    name: str
    kind: Kind
    about: str
    value: Value | None = None
    refers: bool = False

    def of(self, record: object) -> Cell:
        """Return the cell of a row about ``record``."""
        found: Cell = getattr(record, self.name) if self.value is None else self.value(record)
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what a row is, columns and rows."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(name: str, about: str, columns: Sequence[Column], records: Iterable[object]) -> Table:
    """Return the table with a row for each record."""
    return Table(
        name, about, tuple(columns), tuple(tuple(column.of(record) for column in columns) for record in records)
    )


def joined(values: Iterable[str]) -> str:
    """Return several texts as one, with ``|`` between them and ``¦`` for each ``|`` within them.

    >>> joined(["Putin", "a|b"])
    'Putin|a¦b'
    """
    return BETWEEN.join(value.replace(BETWEEN, _INSTEAD) for value in values)
