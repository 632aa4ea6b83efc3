"""A parsed query as SPARQL text again, for other engines than rdflib's.

Only what rdflib's parser understood is written, and every term by the rules of its own kind. So an engine that is given
this text can never see in it what the walk over the parse tree did not: no SERVICE, no FROM, no second query, whatever
escapes, comments or line ends the user's text held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

import rdflib
from pyparsing import ParseResults
from rdflib.namespace import RDF, XSD
from rdflib.plugins.sparql.parserutils import CompValue

from kg.errors import GraphError, QueryError
from kg.query.bindings import UNBOUND
from kg.rdf import syntax

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_INFIX: Final = {
    "ConditionalOrExpression": "||",
    "ConditionalAndExpression": "&&",
    "AdditiveExpression": "",
    "MultiplicativeExpression": "",
}
_SIGNS: Final = {"UnaryNot": "!", "UnaryPlus": "+", "UnaryMinus": "-"}
_AGGREGATES: Final = {
    **{f"Aggregate_{name.capitalize()}": name for name in ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE")},
    "Aggregate_GroupConcat": "GROUP_CONCAT",
}
_MODIFIERS: Final = ("?", "*", "+")
_OPERATORS: Final = ("=", "!=", "<", ">", "<=", ">=", "IN", "NOT IN", "+", "-", "*", "/")


class NotWritableError(Exception):
    """A part of SPARQL that has no place here; rdflib evaluates it itself."""


def write(parsed: ParseResults) -> str:
    """Return the text of a parsed query whose prefixed names have been put into full.

    Raises:
        NotWritableError: It holds a part of SPARQL that is not written here, such as DESCRIBE.
        QueryError: It holds a term that cannot be written.

    """
    bases = [str(declaration.iri) for declaration in parsed[0] if declaration.name == "Base"]
    try:
        return _Writer(bases[-1] if bases else "").query(parsed[1])
    except GraphError as error:
        raise QueryError(f"the query holds a term that is not valid: {error}") from error
    except RecursionError as error:
        raise QueryError("the query is nested too deeply") from error


class _Writer:
    def __init__(self, base: str) -> None:
        self.base = base

    def query(self, node: CompValue) -> str:
        if node.name == "SelectQuery":
            head = self.select(node)
        elif node.name == "AskQuery":
            head = "ASK"
        elif node.name == "ConstructQuery":
            template = node.template if node.where.name != "FakeGroupGraphPatten" else node.where.part[0].triples
            head = f"CONSTRUCT {{ {self.triples(template or ())} }}"
        else:
            raise NotWritableError(node.name)
        return f"{head} WHERE {self.group(node.where)}{self.modifiers(node)}"

    def select(self, node: CompValue) -> str:
        modifier = f"{node.modifier} " if node.modifier in ("DISTINCT", "REDUCED") else ""
        columns = "*" if node.projection is None else " ".join(map(self.column, node.projection))
        return f"SELECT {modifier}{columns}"

    def column(self, node: CompValue) -> str:
        if node.var is not None:
            return self.term(node.var)
        return f"({self.expression(node.expr)} AS {self.term(node.evar)})"

    def modifiers(self, node: CompValue) -> str:
        found = ""
        if node.groupby is not None:
            found += f" GROUP BY {' '.join(map(self.condition, node.groupby.condition))}"
        if node.having is not None:
            found += f" HAVING {' '.join(f'({self.expression(one)})' for one in node.having.condition)}"
        if node.orderby is not None:
            found += f" ORDER BY {' '.join(map(self.order, node.orderby.condition))}"
        if node.limitoffset is not None:
            for word in ("limit", "offset"):
                number = getattr(node.limitoffset, word)
                if number is not None:
                    found += f" {word.upper()} {int(number)}"
        if node.valuesClause is not None:
            found += f" {self.values(node.valuesClause)}"
        return found

    def condition(self, node: Any) -> str:
        if isinstance(node, CompValue) and node.name == "GroupAs":
            name = f" AS {self.term(node.var)}" if node.var is not None else ""
            return f"({self.expression(node.expr)}{name})"
        return self.term(node) if isinstance(node, rdflib.Variable) else f"({self.expression(node)})"

    def order(self, node: CompValue) -> str:
        return f"{'DESC' if node.order == 'DESC' else 'ASC'}({self.expression(node.expr)})"

    def group(self, node: CompValue | None) -> str:
        if node is None:
            return "{}"
        if node.name == "SubSelect":
            return f"{{ {self.select(node)} WHERE {self.group(node.where)}{self.modifiers(node)} }}"
        if node.name not in ("GroupGraphPatternSub", "FakeGroupGraphPatten"):
            raise NotWritableError(node.name)
        return f"{{ {' '.join(filter(None, map(self.part, node.part or ())))} }}"

    def part(self, node: CompValue) -> str:
        if node.name == "TriplesBlock":
            return self.triples(node.triples or ())
        if node.name == "GroupOrUnionGraphPattern":
            return " UNION ".join(map(self.group, node.graph))
        if node.name == "OptionalGraphPattern":
            return f"OPTIONAL {self.group(node.graph)}"
        if node.name == "MinusGraphPattern":
            return f"MINUS {self.group(node.graph)}"
        if node.name == "GraphGraphPattern":
            return f"GRAPH {self.term(node.term)} {self.group(node.graph)}"
        if node.name == "Filter":
            return f"FILTER ({self.expression(node.expr)})"
        if node.name == "Bind":
            return f"BIND ({self.expression(node.expr)} AS {self.term(node.var)})"
        if node.name == "InlineData":
            return self.values(node)
        raise NotWritableError(node.name)

    def values(self, node: CompValue) -> str:
        names = list(node.var or ())
        rows = node.value or ()
        if len(names) == 1 and list(rows) == UNBOUND:
            return ""  # a parameter that was not given: it restricts nothing
        given = (row if isinstance(row, list | ParseResults) else [row] for row in rows)
        lines = (f"({' '.join(map(self.value, row))})" for row in given)
        return f"VALUES ({' '.join(map(self.term, names))}) {{ {' '.join(lines)} }}"

    def value(self, node: Any) -> str:
        return "UNDEF" if isinstance(node, str) and not isinstance(node, rdflib.term.Node) else self.term(node)

    def triples(self, blocks: Sequence[Any]) -> str:
        return " ".join(f"{triple} ." for block in blocks for triple in self.block(list(block)))

    def block(self, flat: list[Any]) -> Iterator[str]:
        if len(flat) % 3:
            raise NotWritableError("a list of triples")
        for begin in range(0, len(flat), 3):
            subject, predicate, value = flat[begin : begin + 3]
            yield f"{self.term(subject)} {self.verb(predicate)} {self.term(value)}"

    def verb(self, node: Any) -> str:
        return self.path(node) if isinstance(node, CompValue) else self.term(node)

    def path(self, node: Any) -> str:
        if not isinstance(node, CompValue):
            return self.term(node)
        parts = node.part
        if node.name in ("PathAlternative", "PathSequence"):
            sign = "|" if node.name == "PathAlternative" else "/"
            return self.path(parts[0]) if len(parts) == 1 else f"({sign.join(map(self.path, parts))})"
        if node.name == "PathEltOrInverse":
            return f"^({self.path(parts)})"
        if node.name == "PathElt" and (node.mod is None or node.mod in _MODIFIERS):
            inner = self.path(parts)
            return f"({inner}){node.mod}" if node.mod else inner
        raise NotWritableError(node.name)

    def expression(self, node: Any) -> str:
        if not isinstance(node, CompValue):
            return self.term(node)
        write = _EXPRESSIONS.get(node.name)
        if write is not None:
            return write(self, node)
        if node.name.startswith("Builtin_"):
            return self.builtin(node)
        if node.name == "literal":
            return self.term(node)
        raise NotWritableError(node.name)

    def infix(self, node: CompValue) -> str:
        others, operators = node.other or (), node.op or [_INFIX[node.name]] * len(node.other or ())
        if any(operator not in (*_OPERATORS, "||", "&&") for operator in operators):
            raise NotWritableError(str(operators))
        found = self.expression(node.expr)
        for operator, other in zip(operators, others, strict=True):
            found += f" {operator} {self.expression(other)}"
        return f"({found})" if others else found

    def relation(self, node: CompValue) -> str:
        left = self.expression(node.expr)
        if node.op is None:
            return left
        operator = " ".join(str(node.op).upper().split())
        if operator not in _OPERATORS:
            raise NotWritableError(operator)
        right = self.arguments(node.other) if operator.endswith("IN") else self.expression(node.other)
        return f"({left} {operator} {right})"

    def sign(self, node: CompValue) -> str:
        return f"({_SIGNS[node.name]}({self.expression(node.expr)}))"

    def function(self, node: CompValue) -> str:
        distinct = "DISTINCT " if node.distinct else ""
        return f"{self.term(node.iri)}({distinct}{', '.join(map(self.expression, node.expr or ()))})"

    def aggregate(self, node: CompValue) -> str:
        distinct = "DISTINCT " if node.distinct else ""
        what = "*" if isinstance(node.vars, str) and node.vars == "*" else self.expression(node.vars)
        separator = "" if node.separator is None else f"; SEPARATOR = {syntax.quoted(str(node.separator))}"
        return f"{_AGGREGATES[node.name]}({distinct}{what}{separator})"

    def builtin(self, node: CompValue) -> str:
        name = node.name.removeprefix("Builtin_")
        if not name.replace("_", "").isalnum():
            raise NotWritableError(node.name)
        if name in ("EXISTS", "NOTEXISTS"):
            return f"{'NOT EXISTS' if name == 'NOTEXISTS' else 'EXISTS'} {self.group(node.graph)}"
        if name in ("CONCAT", "COALESCE"):
            return f"{name}{self.arguments(node.arg)}"
        given = (value for value in node.values() if value is not None)
        return f"{name}({', '.join(map(self.expression, given))})"

    def arguments(self, nodes: Any) -> str:
        empty = isinstance(nodes, rdflib.URIRef) and nodes == RDF.nil
        return f"({'' if empty else ', '.join(map(self.expression, nodes))})"

    def term(self, node: Any) -> str:
        if isinstance(node, rdflib.Variable):
            return f"?{node}"
        if isinstance(node, rdflib.BNode):
            return f"_:{node}"
        if isinstance(node, rdflib.URIRef):
            return syntax.iri(self.absolute(node))
        if isinstance(node, CompValue) and node.name == "literal":
            return self.literal(node)
        if isinstance(node, rdflib.Literal):
            return syntax.literal(node)
        raise NotWritableError(repr(node))

    def literal(self, node: CompValue) -> str:
        if node.lang is not None:
            return syntax.literal(rdflib.Literal(str(node.string), lang=str(node.lang)))
        text = syntax.quoted(str(node.string))
        if node.datatype is None or node.datatype == XSD.string:
            return text
        return f"{text}^^{self.term(node.datatype)}"

    def absolute(self, iri: str) -> str:
        return urljoin(self.base, iri) if self.base else iri


_EXPRESSIONS: Final[Mapping[str, Callable[[_Writer, CompValue], str]]] = {
    **dict.fromkeys(_INFIX, _Writer.infix),
    **dict.fromkeys(_SIGNS, _Writer.sign),
    **dict.fromkeys(_AGGREGATES, _Writer.aggregate),
    "RelationalExpression": _Writer.relation,
    "Function": _Writer.function,
}
