"""How a query is going to be answered: by which engine, as what text, and how much of the graph each pattern fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import rdflib
from rdflib.paths import Path

from kg.query.bindings import nodes
from kg.query.engine import engine_of, prepare
from kg.query.format import display, printable
from kg.store.endpoint import EndpointStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rdflib.plugins.sparql.parserutils import CompValue

    from kg.query.engine import Bindings, Question

_INDENT: Final = "  "
_SHOWN: Final = {
    "LeftJoin": "optional",
    "Join": "join",
    "Union": "union",
    "Minus": "minus",
    "Filter": "filter",
    "Extend": "bind",
    "ToMultiSet": "values",
    "Group": "group",
    "OrderBy": "sort",
    "Distinct": "distinct",
    "Slice": "limit",
}


def explain(graph: rdflib.Graph, sparql: str, bindings: Bindings | None = None, *, limit: int | None = None) -> str:
    """Return in words how :func:`kg.query.run` would answer, without answering.

    The plan is in the order of the query's algebra; an engine may take patterns of one block in another order, best
    the rarest first, which is why each stands with the number of triples that fit it.

    Raises:
        QueryError: as :func:`kg.query.run`.

    """
    question = prepare(graph, sparql, bindings, limit=limit, planned=True)
    lines = [f"engine: {printable(engine_of(graph, question))}"]
    if not isinstance(graph.store, EndpointStore):
        lines.append(f"triples: {len(graph)}")
    if question.shown is not None:
        lines.append(f"query: {printable(question.shown)}")
    assert question.query is not None
    lines.append("plan:")
    lines += [f"{_INDENT}{line}" for line in _plan(graph, question.query.algebra, question)]
    return "".join(f"{line}\n" for line in lines)


def _plan(graph: rdflib.Graph, node: CompValue, question: Question) -> Iterator[str]:
    if node.name == "BGP" and node.triples:
        yield "match"
        for triple in node.triples:
            fit = _fitting(graph, triple)
            yield f"{_INDENT}{_pattern(triple, question)}{'' if fit is None else f'   {fit}'}"
    shown = _SHOWN.get(node.name)
    depth = "" if shown is None else _INDENT
    if shown is not None:
        yield shown
    for key in ("p", "p1", "p2"):
        below = getattr(node, key)
        if getattr(below, "name", None):
            yield from (f"{depth}{line}" for line in _plan(graph, below, question))
    for exists in _exists(node):
        yield f"{depth}exists"
        yield from (f"{depth}{_INDENT}{line}" for line in _plan(graph, exists.graph, question))


def _exists(node: CompValue) -> Iterator[CompValue]:
    expression = node.expr if node.name in ("Filter", "LeftJoin", "Extend") else None
    for name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
        yield from nodes(expression, name)


def _pattern(triple: Sequence[object], question: Question) -> str:
    return " ".join(_shown(term, question) for term in triple)


def _shown(term: object, question: Question) -> str:
    if isinstance(term, rdflib.Variable):
        return f"?{term}"
    if isinstance(term, Path):
        return printable(str(term.n3()))
    return display(term, tuple(question.prefixes.items()))  # type: ignore[arg-type]


def _fitting(graph: rdflib.Graph, triple: Sequence[object]) -> int | None:
    """Count the triples that fit a pattern; None where that is not to be had at once: of paths, and of endpoints."""
    if isinstance(graph.store, EndpointStore) or any(isinstance(term, Path) for term in triple):
        return None
    terms = tuple(None if isinstance(term, rdflib.Variable | rdflib.BNode) else term for term in triple)
    return sum(1 for _ in graph.triples(cast("Any", terms)))
