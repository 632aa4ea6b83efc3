"""What an analysis gives: rows, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kg.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Basis:
    """What figures rest on.

    ``since`` and ``until`` are the window that was asked for, ``first`` and ``last`` the days between which the
    counted events lie (ISO 8601, None where unknown). ``events`` counts events, ``dated`` those with a date and
    ``documents`` those that report them. ``left_out`` says, with a reason each, how many events were not counted.
    """

    since: str | None
    until: str | None
    first: str | None
    last: str | None
    events: int
    documents: int
    dated: int = 0
    left_out: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Figures(Generic[Row]):
    """Rows of one kind, a frozen record each, with what they rest on and sentences on how they were reckoned."""

    kind: type[Row]
    rows: tuple[Row, ...]
    basis: Basis
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the rows' fields."""
        return tuple(field.name for field in fields(self.kind))  # type: ignore[arg-type]

    def dicts(self) -> list[dict[str, Any]]:
        """Return a dict a row, by column."""
        return [{name: getattr(row, name) for name in self.columns} for row in self.rows]

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a data frame, a column a field; its ``attrs`` hold the basis and the notes.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        try:
            import pandas
        except ModuleNotFoundError as error:
            raise MissingExtraError(f"data frames need {error.name}: pip install 'kg[analysis]'") from error
        frame = pandas.DataFrame.from_records(self.dicts(), columns=list(self.columns))
        frame.attrs["basis"] = {field.name: getattr(self.basis, field.name) for field in fields(Basis)}
        frame.attrs["notes"] = list(self.notes)
        return frame
