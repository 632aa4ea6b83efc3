"""The answer to a query, frozen: rows of RDF terms under named columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

import rdflib
from rdflib.term import Identifier

from kg.errors import MissingExtraError
from kg.query.frame import column

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas

Term: TypeAlias = Identifier
Row: TypeAlias = tuple[Term | None, ...]
Kind: TypeAlias = Literal["select", "ask", "graph"]

TRIPLE_COLUMNS = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Table:
    """What a query answers.

    ``kind`` is ``select`` (rows of terms, None where a column is unbound), ``ask`` (no rows; ``boolean`` holds
    the answer) or ``graph`` (CONSTRUCT and DESCRIBE: a row a triple, sorted). ``prefixes`` pairs prefixes with
    the IRIs they stand for, for display; two tables are equal whatever their prefixes.

    A table is true if the answer is yes, or has a row.
    """

    kind: Kind
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    boolean: bool | None = None
    prefixes: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows) if self.boolean is None else self.boolean

    @property
    def graph(self) -> rdflib.Graph:
        """The triples of a CONSTRUCT or DESCRIBE, as a new graph with the table's prefixes; else an empty graph."""
        graph = rdflib.Graph(bind_namespaces="none")
        for prefix, iri in self.prefixes:
            graph.bind(prefix, iri)
        if self.kind == "graph":
            for row in self.rows:
                subject, predicate, object_ = (term for term in row if term is not None)
                graph.add((subject, predicate, object_))
        return graph

    def dicts(self) -> list[dict[str, object]]:
        """Return a dict a row, from column to Python value; unbound columns are left out.

        IRIs and blank nodes become strings, literals the Python value of their datatype (a date, an int ...).
        """
        return [
            {column: _python(term) for column, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.rows
        ]

    def to_pandas(self) -> pandas.DataFrame:
        """Return a data frame of Python values, missing where a column is unbound; of an ASK, a frame of one cell.

        A column has a type of pandas where all its values do: see :func:`kg.query.frame.column`.

        Raises:
            MissingExtraError: pandas is not installed.

        """
        try:
            import pandas
        except ImportError as error:
            raise MissingExtraError("data frames need pandas: pip install 'kg[analysis]'") from error
        if self.kind == "ask":
            return pandas.DataFrame({"answer": [bool(self)]})
        rows = [[None if term is None else _python(term) for term in row] for row in self.rows]
        frame = pandas.DataFrame({place: column([row[place] for row in rows]) for place in range(len(self.columns))})
        return frame.set_axis(list(self.columns), axis="columns")


def _python(term: Term) -> object:
    return term.toPython() if isinstance(term, rdflib.Literal) else str(term)
