"""Terms put into a parsed query: values for its variables, and its LIMIT. Never text pasted into text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import rdflib
from pyparsing import ParseResults
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.query.table import Term

UNBOUND = ["UNDEF"]


def bind(parsed: ParseResults, bindings: Mapping[str, Sequence[Term]]) -> None:
    """Restrict the variables named in ``bindings`` to the terms given for each, in place.

    Every ``VALUES ?name { UNDEF }`` of the query takes the terms. Where it has none, one is added at the head of
    the outermost pattern.

    Raises:
        QueryError: the query has no such variable.

    """
    known = variables(parsed)
    for name, terms in bindings.items():
        if name not in known:
            raise QueryError(f"the query has no variable ?{name} to bind; it has {_listed(known)}")
        open_blocks = [block for block in nodes(parsed, "InlineData") if _is_open(block, name)]
        for block in open_blocks or [_added_block(parsed, name)]:
            block["value"] = list(terms)


def set_limit(parsed: ParseResults, limit: int) -> None:
    """Let the query answer with at most ``limit`` rows, in place of the number in its LIMIT clause."""
    clause = parsed[1].limitoffset
    if clause is None:
        clause = parsed[1]["limitoffset"] = CompValue("LimitOffsetClauses")
    clause["limit"] = rdflib.Literal(limit)


def variables(parsed: ParseResults) -> tuple[str, ...]:
    """Return the names of the query's variables, in the order in which they first stand in it."""
    return tuple(dict.fromkeys(str(node) for node in walk(parsed) if isinstance(node, rdflib.Variable)))


def nodes(tree: object, name: str) -> Iterator[CompValue]:
    """Yield the nodes of that name anywhere in a parse tree or algebra."""
    return (node for node in walk(tree) if isinstance(node, CompValue) and node.name == name)


def walk(tree: object) -> Iterator[Any]:
    """Yield every node and leaf of a parse tree or algebra, in the order of the text."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, list | tuple | ParseResults):  # first, since ParseResults pass for a mapping too
            waiting.extend(reversed(list(node)))
        elif isinstance(node, Mapping):
            waiting.extend(reversed(list(node.values())))


def _is_open(block: CompValue, name: str) -> bool:
    return [str(variable) for variable in block["var"]] == [name] and block["value"] == UNBOUND


def _added_block(parsed: ParseResults, name: str) -> CompValue:
    where = parsed[1].where
    if where is None or where.name == "SubSelect":
        raise QueryError(f"?{name} cannot be bound: give the query a WHERE pattern of its own")
    block = CompValue("InlineData", var=[rdflib.Variable(name)], value=UNBOUND)
    where["part"] = [block, *(where.part or ())]
    return block


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"?{name}" for name in names) or "none"
