"""The order of work in a translated query: joins that carry bindings from left to right.

rdflib does so only for a join without a join below it. For any other it computes the right side as if it stood
alone, then compares every row with every row: minutes for a graph of a thousand events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib.plugins.sparql.algebra import Values

from kg.query.bindings import nodes, walk

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

# Right sides made of nothing else mean the same whether or not the left side's bindings are known to them.
_CARRIES: Final = frozenset({"BGP", "Join", "Filter", "Union", "LeftJoin", "ToMultiSet", "values", "Graph", "Extend"})
_OPERATORS: Final = _CARRIES | frozenset(
    {"Minus", "Slice", "Distinct", "Reduced", "Project", "OrderBy", "Group", "AggregateJoin", "SelectQuery"}
)


def plan(algebra: CompValue) -> None:
    """Let every join of ``algebra`` carry bindings where that changes no answer, in place."""
    for block in nodes(algebra, "ToMultiSet"):
        if block.p == []:  # VALUES without a value, which rdflib translates to what it cannot evaluate
            block["p"] = Values([])
    for join in nodes(algebra, "Join"):
        join["lazy"] = bool(join.lazy) or _carries(join.p1, join.p2)


def _carries(left: CompValue, right: CompValue) -> bool:
    below = {node.name for node in walk(right) if getattr(node, "name", None) in _OPERATORS}
    assigned = {extend.var for extend in nodes(right, "Extend")}
    return below <= _CARRIES and not assigned & set(left._vars or ())
