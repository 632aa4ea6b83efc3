"""Oxigraph's answers as tables of rdflib's terms: each term is made once, and rows are sorted before it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import pyoxigraph
import rdflib
from rdflib.namespace import XSD

from kg.errors import GraphError, QueryError
from kg.query.table import TRIPLE_COLUMNS, Row, Table, Term
from kg.rdf.oxigraph import from_oxigraph

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Key: TypeAlias = tuple[int, str, str, str]

_STRING: Final = str(XSD.string)


def table_of(
    results: Any, prefixes: Mapping[str, str], everything: Sequence[str] | None = None, *, sort: bool
) -> Table:
    """Return what Oxigraph answered.

    Args:
        results: Its solutions, triples or boolean.
        prefixes: For display.
        everything: The columns of a SELECT * in the order of the text.
        sort: Whether the rows have no order of their own.

    Raises:
        QueryError: If a term is none of RDF 1.1.

    """
    shown = tuple(prefixes.items())
    if isinstance(results, pyoxigraph.QueryBoolean):
        return Table("ask", boolean=bool(results), prefixes=shown)
    if not isinstance(results, pyoxigraph.QuerySolutions):
        triples = {(one.subject, one.predicate, one.object) for one in results}
        return Table("graph", TRIPLE_COLUMNS, _rows(list(triples), sort=True), prefixes=shown)
    columns = tuple(variable.value for variable in results.variables)
    rows = [tuple(row) for row in results]
    if everything is not None:
        places = [columns.index(name) for name in everything if name in columns]
        columns, rows = (
            tuple(columns[place] for place in places),
            [tuple(row[place] for place in places) for row in rows],
        )
    return Table("select", columns, _rows(rows, sort=sort), prefixes=shown)


def row_key(row: Row) -> tuple[Key, ...]:
    """Return what the rows of an answer without an order are sorted by."""
    return tuple(map(_term_key, row))


def _term_key(term: Term | None) -> Key:
    if term is None:
        return (0, "", "", "")
    if isinstance(term, rdflib.Literal):
        return (3, str(term), term.language or "", str(term.datatype or ""))
    return (2 if isinstance(term, rdflib.URIRef) else 1, str(term), "", "")


def _rows(rows: list[tuple[Any, ...]], *, sort: bool) -> tuple[Row, ...]:
    if sort:
        key = _Keys().__getitem__
        rows.sort(key=lambda row: tuple(map(key, row)))
    term = _Terms().__getitem__
    return tuple(tuple(map(term, row)) for row in rows)


class _Keys(dict[Any, Key]):
    """The keys of Oxigraph's terms, the same as those of rdflib's."""

    def __missing__(self, term: Any) -> Key:
        key: Key = (0, "", "", "")
        if isinstance(term, pyoxigraph.Literal):
            language = term.language
            datatype = term.datatype.value if language is None else ""
            key = (3, term.value, (language or "").lower(), "" if datatype == _STRING else datatype)
        elif isinstance(term, pyoxigraph.NamedNode):
            key = (2, term.value, "", "")
        elif isinstance(term, pyoxigraph.BlankNode):
            key = (1, term.value, "", "")
        self[term] = key
        return key


class _Terms(dict[Any, Term | None]):
    """rdflib's terms for Oxigraph's."""

    def __missing__(self, term: Any) -> Term | None:
        if type(term) is pyoxigraph.NamedNode:
            self[term] = iri = str.__new__(rdflib.URIRef, term.value)  # valid, so it need not be looked through
            return iri
        try:
            found = None if term is None else cast("Term", from_oxigraph(term))
        except GraphError as error:
            raise QueryError(f"the answer cannot be shown: {error}") from error
        self[term] = found
        return found
