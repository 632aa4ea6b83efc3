"""SHACL shapes as SPARQL queries, each of which selects what breaks one rule.

A query answers for all nodes at once, so that a graph of a million triples is checked in seconds; validators that
visit each node in Python take minutes. What is understood is the part of SHACL that our shapes use: targets by
class, the constraints in ``_VIOLATED``, ``sh:minCount`` and ``sh:maxCount`` of 1, and SPARQL constraints. A SPARQL
constraint is put to a class as a whole and selects the member at fault as ``?value``; it may add the ``?path`` and
the ``?other`` value at fault. One about all classes or properties in use has the subquery ``_IN_USE``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias
from typing import Literal as OneOf

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH

from kg.errors import OntologyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rdflib.term import Node

ScreenKind: TypeAlias = OneOf["some", "single", "class", "value", "outline"]
_IN_USE: Final = "WHERE { ?any a ?class ; ?path ?whatever }"
_SAID: Final = {RDF.type, SH.message, SH.path, SH.property, SH.sparql, SH.targetClass, SH.targetNode}


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """A query for what breaks one constraint.

    Attributes:
        name: The shape, and for SHACL's own constraints the kind (``Event/MinCount``).
        path: The property path that is constrained, as IRI or SHACL writes it in SPARQL; "" for the node itself.
        message: What is promised.
        query: Selects the nodes at fault, and the values where they are at fault.
        node: The variable of ``query`` that holds the node.
        value: The variable that holds the value, if any.
        screen: What can tell without the query that nothing breaks the rule, None where nothing can.

    """

    name: str
    path: str
    message: str
    query: str
    node: str = "node"
    value: str = "value"
    screen: Screen | None = None


@dataclass(frozen=True, slots=True, order=True)
class Screen:
    """A look at one predicate that is much quicker than a query about every node, and says whether that is needed.

    Attributes:
        kind: What the rule asks of the nodes of class ``target``: ``some`` value, a ``single`` one, values of the class
            ``needed``, or values of which none meets ``violated``, a condition on ``?value`` in SPARQL. An ``outline``
            is asked with the rule's own query: it says which classes there are, and their members' properties.
        predicate: The IRI of the property, "" for an outline.
        target: The IRI of the class, "" for an outline.
        needed: The IRI of the values' class.
        violated: The condition.

    """

    kind: ScreenKind
    predicate: str = ""
    target: str = ""
    needed: str = ""
    violated: str = ""


def rules(shapes: Graph) -> tuple[Rule, ...]:
    """Return the rules of all shapes, sorted by name.

    Raises:
        OntologyError: a shape uses a part of SHACL that is not understood here.

    """
    return tuple(
        sorted(rule for shape in set(shapes.subjects(RDF.type, SH.NodeShape)) for rule in _rules(shapes, shape))
    )


def any_of(conditions: Iterable[str]) -> str:
    """Return the condition that one of several is met."""
    return " || ".join(f"({condition})" for condition in conditions)


def _rules(shapes: Graph, shape: Node) -> Iterator[Rule]:
    name = str(shape).rsplit("#", maxsplit=1)[-1]
    for constraint in shapes.objects(shape, SH.sparql):
        query = _prefixes(shapes, constraint) + str(shapes.value(constraint, SH.select))
        screen = Screen("outline") if _IN_USE in query else None
        yield Rule(name, "", str(shapes.value(constraint, SH.message)), query, "value", "other", screen)
    for target in shapes.objects(shape, SH.targetClass):
        for kind, violated in _violations(shapes, shape):
            query = f"SELECT (?value AS ?node) {{ ?value a {_n3(target)} . FILTER ({violated}) }}"
            yield Rule(f"{name}/{kind}", "", str(shapes.value(shape, SH.message)), query, value="")
        for constrained in shapes.objects(shape, SH.property):
            yield from _property_rules(shapes, name, target, constrained)


def _property_rules(shapes: Graph, name: str, target: Node, constrained: Node) -> Iterator[Rule]:
    step = shapes.value(constrained, SH.path)
    path, message = _path(shapes, step), str(shapes.value(constrained, SH.message))
    node = f"?node a {_n3(target)} ."

    def screen(kind: ScreenKind, **what: str) -> Screen | None:
        return Screen(kind, str(step), str(target), **what) if isinstance(step, URIRef) else None

    if _is_one(shapes, constrained, SH.minCount):
        query = f"SELECT ?node {{ {node} FILTER NOT EXISTS {{ ?node {path} ?value }} }}"
        yield Rule(f"{name}/MinCount", path, message, query, value="", screen=screen("some"))
    if _is_one(shapes, constrained, SH.maxCount):
        query = f"SELECT DISTINCT ?node {{ {node} ?node {path} ?value, ?other . FILTER (!SAMETERM(?value, ?other)) }}"
        yield Rule(f"{name}/MaxCount", path, message, query, value="", screen=screen("single"))
    for kind, violated in _violations(shapes, constrained):
        query = f"SELECT DISTINCT ?node ?value {{ {node} ?node {path} ?value . FILTER ({violated}) }}"
        quick = None
        if kind == "Class":
            quick = screen("class", needed=str(shapes.value(constrained, SH["class"])))
        elif not kind.startswith("LessThan"):
            quick = screen("value", violated=violated)
        yield Rule(f"{name}/{kind}", path, message, query, screen=quick)


def _violations(shapes: Graph, shape: Node) -> Iterator[tuple[str, str]]:
    """Give the constraints on each value: their kind, and the condition under which ``?value`` breaks them."""
    for predicate, parameter in shapes.predicate_objects(shape):
        if predicate in _VIOLATED:
            local = str(predicate).removeprefix(str(SH))
            yield f"{local[0].upper()}{local[1:]}", _VIOLATED[predicate](shapes, parameter)
        elif predicate not in _SAID | {SH.minCount, SH.maxCount}:
            raise OntologyError(f"ontologies/shapes.ttl uses <{predicate}>, which validation does not understand")


def _node_kind(_: Graph, kind: Node) -> str:
    tests = {SH.IRI: "ISIRI", SH.Literal: "ISLITERAL", SH.BlankNode: "ISBLANK"}
    return f"!{tests[URIRef(str(kind))]}(?value)"


def _datatype(_: Graph, datatype: Node) -> str:
    cast = f"{_n3(datatype)}(STR(?value))"
    return f"COALESCE(DATATYPE(?value) != {_n3(datatype)}, true) || !COALESCE({cast} = {cast}, false)"


def _in(shapes: Graph, members: Node) -> str:
    return f"?value NOT IN ({', '.join(_n3(member) for member in shapes.items(members))})"


def _or(shapes: Graph, alternatives: Node) -> str:
    each = (any_of(violated for _, violated in _violations(shapes, one)) for one in shapes.items(alternatives))
    return " && ".join(f"({violated})" for violated in each)


def _unless(condition: str) -> Callable[[Graph, Node], str]:
    """Return a constraint that is broken unless ``condition``, with its parameter put in, can be seen to hold."""
    return lambda _, parameter: f"!COALESCE({condition.format(_n3(parameter))}, false)"


def _compared(operator: str) -> Callable[[Graph, Node], str]:
    """Return a constraint that compares the value with all values of another property of the node."""
    broken = f"FILTER (!COALESCE(?value {operator} ?limit, false))"
    return lambda _, other: f"EXISTS {{ ?node {_n3(other)} ?limit {broken} }}"


_VIOLATED: Final[dict[Node, Callable[[Graph, Node], str]]] = {
    SH["class"]: lambda _, kind: f"NOT EXISTS {{ ?value a {_n3(kind)} }}",
    SH.datatype: _datatype,
    SH["in"]: _in,
    SH.lessThan: _compared("<"),
    SH.lessThanOrEquals: _compared("<="),
    SH.maxInclusive: _unless("?value <= {}"),
    SH.minInclusive: _unless("?value >= {}"),
    SH.minLength: _unless("STRLEN(STR(?value)) >= {}"),
    SH.nodeKind: _node_kind,
    SH["or"]: _or,
    SH.pattern: _unless("REGEX(STR(?value), {})"),
}


def _is_one(shapes: Graph, constrained: Node, count: URIRef) -> bool:
    found = shapes.value(constrained, count)
    if found is not None and found != Literal(1):
        raise OntologyError(f"ontologies/shapes.ttl uses <{count}> with {found}; validation understands 1 alone")
    return found is not None


def _path(shapes: Graph, path: Node | None) -> str:
    if isinstance(path, URIRef):
        return _n3(path)
    for inverse in shapes.objects(path, SH.inversePath):
        return f"^{_path(shapes, inverse)}"
    (alternatives,) = shapes.objects(path, SH.alternativePath)
    return f"({'|'.join(_path(shapes, part) for part in shapes.items(alternatives))})"


def _prefixes(shapes: Graph, constraint: Node) -> str:
    return "".join(
        f"PREFIX {shapes.value(item, SH.prefix)}: <{shapes.value(item, SH.namespace)}>\n"
        for source in shapes.objects(constraint, SH.prefixes)
        for item in shapes.objects(source, SH.declare)
    )


def _n3(term: Node) -> str:
    return term.n3()
