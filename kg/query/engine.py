"""SPARQL over a graph: reads only, and only that graph.

A graph in Oxigraph, or behind an endpoint, is asked by the engine there; any other, and what
:mod:`kg.query.sparql` does not write, by rdflib's.

What would reach beyond it (SERVICE, FROM, FROM NAMED) or change it (updates) is refused before anything runs, by
walking the very algebra that is evaluated: the keywords can be spelt in ways that no search for them finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

import rdflib
from rdflib.plugins.sparql import CUSTOM_EVALS
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.evaluate import evalQuery

from kg.errors import EndpointError, QueryError
from kg.query.bindings import bind, nodes, set_limit, variables
from kg.query.filled import filled
from kg.query.plain import is_ordered, is_plain
from kg.query.plan import plan
from kg.query.prefixes import expand, prefixes_of
from kg.query.solutions import row_key, table_of
from kg.query.sparql import NotWritableError, write
from kg.query.syntax import parse
from kg.query.table import TRIPLE_COLUMNS, Row, Table, Term
from kg.query.timeout import check, within
from kg.rdf.oxigraph import store_of
from kg.store.database import reopened
from kg.store.endpoint import EndpointStore

if TYPE_CHECKING:
    import pyoxigraph
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.plugins.sparql.sparql import Query, QueryContext

    from kg.store.endpoint import Endpoint

Bindings: TypeAlias = Mapping[str, Term | Sequence[Term]]

_REFUSED: Final = {
    "ServiceGraphPattern": "SERVICE is refused: it sends the query to another host; ask about the graph alone",
    "DatasetClause": "FROM is refused: it loads other graphs; ask about the graph that was given",
}
_NAMELESS: Final = "GRAPH is refused: it asks about named graphs, and there are none here; leave GRAPH out"
_running: ContextVar[bool] = ContextVar("kg_query_running", default=False)


def run(
    graph: rdflib.Graph,
    sparql: str,
    bindings: Bindings | None = None,
    *,
    limit: int | None = None,
    timeout: float | None = None,
) -> Table:
    """Answer a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT or DESCRIBE) about ``graph``.

    Our prefixes and those of the graph need no PREFIX. Rows of a query without ORDER BY are sorted, so the same
    graph and query give the same table.

    Args:
        graph: what is asked; never changed.
        sparql: the query.
        bindings: for variables of the query, without the question mark, a term or several to choose from. They
            enter as terms, so text from anywhere is safe.
        limit: the most rows to answer with, in place of the query's LIMIT.
        timeout: the most seconds to take; the query is then stopped, wherever it is.

    Raises:
        QueryError: a syntax error or an unknown prefix (with line and column), an update, SERVICE or FROM, GRAPH
            where there are no named graphs, a binding for no variable, an error in evaluation, or no answer in time.
        EndpointError: the graph's endpoint cannot be reached in time, or refuses the query.
        ConfigError: the time is not positive.

    """
    if store_of(graph) is not None and not bindings and limit is None and is_plain(sparql):
        sort = not is_ordered(sparql)
        table = within(timeout, lambda: _answer_plain(_mine(graph, timeout), sparql, sort=sort))
        if table is not None:
            return table
    question = prepare(graph, sparql, bindings, limit=limit)
    if isinstance(graph.store, EndpointStore):
        if timeout is not None:
            check(timeout)
        return answer(graph, question, timeout)
    return within(timeout, lambda: answer(_mine(graph, timeout), question))


def run_ours(
    graph: rdflib.Graph,
    sparql: str,
    terms: Mapping[str, Sequence[Term]],
    *,
    limit: int | None = None,
    timeout: float | None = None,
) -> Table:
    """Answer a query that ships with kg; arguments and errors as for :func:`run`.

    Oxigraph is given its own words, since such a query orders its rows and asks for nothing that is refused.
    """
    text = in_its_own_words(graph, sparql, terms, limit)
    if text is not None:
        table = within(timeout, lambda: _answer_plain(_mine(graph, timeout), text, sort=False))
        if table is not None:
            return table
    return run(graph, sparql, terms, limit=limit, timeout=timeout)


def in_its_own_words(
    graph: rdflib.Graph, sparql: str, terms: Mapping[str, Sequence[Term]], limit: int | None
) -> str | None:
    """Return the text that Oxigraph is given of a query that ships with kg, None where another engine answers."""
    return filled(sparql, terms, limit) if store_of(graph) is not None else None


@dataclass(frozen=True, slots=True)
class Question:
    """A query that has been read, checked and given its parameters.

    ``text`` is SPARQL for another engine than rdflib's, None where there is none or it cannot be given the query;
    ``query`` is rdflib's own form, None where another engine answers. ``everything`` are the columns of a SELECT * in
    the order of the text. ``shown`` is SPARQL for people, whatever engine answers, None where the query is not to be
    explained or cannot be written.
    """

    query: Query | None
    text: str | None
    everything: tuple[str, ...] | None
    sort: bool
    grouped: bool
    prefixes: Mapping[str, str]
    shown: str | None = None


def prepare(
    graph: rdflib.Graph,
    sparql: str,
    bindings: Bindings | None = None,
    *,
    limit: int | None = None,
    planned: bool = False,
) -> Question:
    """Read and check a query, and put its parameters in; arguments and errors as for :func:`run`.

    With ``planned``, rdflib's form of it and SPARQL for people are made in any case.
    """
    parsed = parse(sparql)
    bind(parsed, {name: _several(terms) for name, terms in (bindings or {}).items()})
    if limit is not None:
        set_limit(parsed, limit)
    prefixes = prefixes_of(graph)
    expand(parsed, prefixes, sparql)
    _refuse(parsed)
    written = _text(parsed) if planned or is_elsewhere(graph) else None
    text = written if is_elsewhere(graph) else None
    return Question(
        everything=None if parsed[1].projection else variables(parsed),
        sort=parsed[1].orderby is None,
        grouped=parsed[1].groupby is not None,
        text=text,
        query=_translate(parsed) if text is None or planned else None,  # last, since it takes the parse tree apart
        prefixes=prefixes,
        shown=written if planned else None,
    )


def answer(graph: rdflib.Graph, question: Question, timeout: float | None = None) -> Table:
    """Answer a question, by the engine that is closest to the graph; ``timeout`` is for endpoints alone."""
    store = store_of(graph)
    if question.text is None:
        assert question.query is not None
        table = _evaluate(graph, question.query, question.everything)
        table = _without_phantom(table) if question.grouped else table
        return _with_prefixes(table, question.prefixes, sort=question.sort)
    if isinstance(graph.store, EndpointStore):
        return _ask_endpoint(graph.store.endpoint, question, timeout)
    assert store is not None
    return _ask_oxigraph(store, question)


def is_elsewhere(graph: rdflib.Graph) -> bool:
    """Say whether another engine than rdflib's answers most questions to a graph."""
    return store_of(graph) is not None or isinstance(graph.store, EndpointStore)


def engine_of(graph: rdflib.Graph, question: Question) -> str:
    """Return what answers a question: ``Oxigraph``, ``rdflib``, or the URL of an endpoint."""
    if question.text is None:
        return "rdflib"
    return graph.store.endpoint.url if isinstance(graph.store, EndpointStore) else "Oxigraph"


def _mine(graph: rdflib.Graph, timeout: float | None) -> rdflib.Graph:
    """Return the graph as the process has it that answers, which is a child where there is a time to keep."""
    return graph if timeout is None else reopened(graph)


def _text(parsed: ParseResults) -> str | None:
    try:
        return write(parsed)
    except NotWritableError:
        return None


def _answer_plain(graph: rdflib.Graph, sparql: str, *, sort: bool) -> Table | None:
    """Answer a query in its own words; None where Oxigraph does not understand them, so that rdflib can say why."""
    store, prefixes = store_of(graph), prefixes_of(graph)
    assert store is not None
    try:
        results = store.query(sparql, prefixes=prefixes)
    except (SyntaxError, ValueError, OSError, RuntimeError):
        return None
    try:
        return table_of(results, prefixes, sort=sort)
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be evaluated: {_one_line(error)}") from error


def _ask_oxigraph(store: pyoxigraph.Store, question: Question) -> Table:
    assert question.text is not None
    try:
        return table_of(store.query(question.text), question.prefixes, question.everything, sort=question.sort)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be evaluated: {_one_line(error)}") from error


def _ask_endpoint(endpoint: Endpoint, question: Question, timeout: float | None) -> Table:
    assert question.text is not None
    try:
        results = endpoint.ask(question.text, timeout)
        return table_of(results, question.prefixes, question.everything, sort=question.sort)
    except (SyntaxError, ValueError) as error:
        raise EndpointError(f"{endpoint.url} sent no valid answer: {_one_line(error)}") from error


def _several(terms: Term | Sequence[Term]) -> Sequence[Term]:
    return (terms,) if isinstance(terms, rdflib.term.Identifier) else terms


def _translate(parsed: ParseResults) -> Query:
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
    # Within EXISTS a part keeps its name of the grammar until it is evaluated.
    named = (part for name in ("Graph", "GraphGraphPattern") for part in nodes(query.algebra, name))
    if not isinstance(graph, rdflib.ConjunctiveGraph) and next(named, None) is not None:
        raise QueryError(_NAMELESS)
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
    rows = tuple(sorted(table.rows, key=row_key)) if sort or table.kind == "graph" else table.rows
    return Table(table.kind, table.columns, rows, table.boolean, tuple(prefixes.items()))


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
