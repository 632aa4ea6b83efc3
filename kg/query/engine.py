"""SPARQL over a graph in memory: reads only, and only that graph.

What would reach beyond it (SERVICE, FROM, FROM NAMED) or change it (updates) is refused before anything runs, by
walking the very algebra that is evaluated: the keywords can be spelt in ways that no search for them finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import rdflib
from rdflib.plugins.sparql import CUSTOM_EVALS
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.evaluate import evalQuery

from kg.errors import QueryError
from kg.query.bindings import bind, nodes, set_limit, variables
from kg.query.plan import plan
from kg.query.prefixes import expand, prefixes_of
from kg.query.syntax import parse
from kg.query.table import TRIPLE_COLUMNS, Row, Table, Term

if TYPE_CHECKING:
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.plugins.sparql.sparql import Query, QueryContext

Bindings: TypeAlias = Mapping[str, Term | Sequence[Term]]

_REFUSED: Final = {
    "ServiceGraphPattern": "SERVICE is refused: it sends the query to another host; ask about the graph alone",
    "DatasetClause": "FROM is refused: it loads other graphs; ask about the graph that was given",
}
_running: ContextVar[bool] = ContextVar("kg_query_running", default=False)


def run(graph: rdflib.Graph, sparql: str, bindings: Bindings | None = None, *, limit: int | None = None) -> Table:
    """Answer a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT or DESCRIBE) about ``graph``.

    Our prefixes and those of the graph need no PREFIX. Rows of a query without ORDER BY are sorted, so the same
    graph and query give the same table.

    Args:
        graph: what is asked; never changed.
        sparql: the query.
        bindings: for variables of the query, without the question mark, a term or several to choose from. They
            enter as terms, so text from anywhere is safe.
        limit: the most rows to answer with, in place of the query's LIMIT.

    Raises:
        QueryError: a syntax error (with line and column), an update, SERVICE or FROM, an unknown prefix, a
            binding for no variable, or an error in evaluation.

    """
    parsed = parse(sparql)
    bind(parsed, {name: _several(terms) for name, terms in (bindings or {}).items()})
    if limit is not None:
        set_limit(parsed, limit)
    prefixes = prefixes_of(graph)
    expand(parsed, prefixes)
    everything = None if parsed[1].projection else variables(parsed)
    sort = parsed[1].orderby is None
    answer = _evaluate(graph, _translate(parsed), everything)
    if parsed[1].groupby is not None:
        answer = _without_phantom(answer)
    return _with_prefixes(answer, prefixes, sort=sort)


def _several(terms: Term | Sequence[Term]) -> Sequence[Term]:
    return (terms,) if isinstance(terms, rdflib.term.Identifier) else terms


def _translate(parsed: ParseResults) -> Query:
    _refuse(parsed)
    try:
        query = translateQuery(parsed)
    except RecursionError as error:
        raise QueryError("the query is nested too deeply") from error
    except Exception as error:  # rdflib raises bare Exceptions here
        raise QueryError(f"the query is not valid: {_one_line(error)}") from error
    _refuse(query.algebra)
    plan(query.algebra)
    return query


def _refuse(tree: object) -> None:
    for name, reason in _REFUSED.items():
        if next(nodes(tree, name), None) is not None:
            raise QueryError(reason)


def _evaluate(graph: rdflib.Graph, query: Query, everything: Sequence[str] | None) -> Table:
    with _guard():
        try:
            return _table(evalQuery(graph, query), everything)
        except QueryError:
            raise
        except RecursionError as error:
            raise QueryError("the query is nested too deeply") from error
        except Exception as error:  # of many kinds: rdflib evaluates what its parser lets through
            raise QueryError(f"the query cannot be evaluated: {_one_line(error)}") from error


@contextmanager
def _guard() -> Iterator[None]:
    """Refuse SERVICE at evaluation too, in queries of ours alone: a second lock behind the walk of the algebra."""
    CUSTOM_EVALS.setdefault("kg-refuses-service", _evaluate_service)
    token = _running.set(True)
    try:
        yield
    finally:
        _running.reset(token)


def _evaluate_service(_context: QueryContext, part: CompValue) -> None:
    if _running.get() and part.name in _REFUSED:
        raise QueryError(_REFUSED[part.name])
    raise NotImplementedError  # how rdflib is told to evaluate the part itself


def _table(answer: Mapping[str, Any], everything: Sequence[str] | None) -> Table:
    """Return the answer; the columns of a SELECT * stand as ``everything`` does, since rdflib shuffles them."""
    if answer["type_"] == "ASK":
        return Table("ask", boolean=bool(answer["askAnswer"]))
    if answer["type_"] == "SELECT":
        selected = tuple(map(str, answer["vars_"]))
        columns = selected if everything is None else tuple(name for name in everything if name in selected)
        return Table("select", columns, tuple(_row(solution, columns) for solution in answer["bindings"]))
    return Table("graph", TRIPLE_COLUMNS, tuple(cast("Iterator[Row]", iter(answer["graph"]))))


def _row(solution: Mapping[rdflib.Variable, Term], columns: Sequence[str]) -> Row:
    return tuple(solution.get(rdflib.Variable(column)) for column in columns)


def _without_phantom(table: Table) -> Table:
    """Return the table without the row of nothing that rdflib answers where there are no groups at all."""
    phantom = len(table.rows) == 1 and not any(term is not None for term in table.rows[0])
    return Table(table.kind, table.columns) if phantom else table


def _with_prefixes(table: Table, prefixes: Mapping[str, str], *, sort: bool) -> Table:
    rows = tuple(sorted(table.rows, key=_row_key)) if sort or table.kind == "graph" else table.rows
    return Table(table.kind, table.columns, rows, table.boolean, tuple(prefixes.items()))


def _row_key(row: Row) -> tuple[tuple[int, str, str, str], ...]:
    return tuple(map(_term_key, row))


def _term_key(term: Term | None) -> tuple[int, str, str, str]:
    if term is None:
        return (0, "", "", "")
    if isinstance(term, rdflib.Literal):
        return (3, str(term), term.language or "", str(term.datatype or ""))
    return (2 if isinstance(term, rdflib.URIRef) else 1, str(term), "", "")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
