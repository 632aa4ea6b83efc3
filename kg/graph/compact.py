"""A knowledge graph as lines of JSON that are read back many times as fast as RDF: for copies, not for exchange.

Each line is a kind and up to a thousand nodes of it, each a list of the values of its fields in their order. The first
line tells the fields, so that what another version of the records wrote is known and left alone.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kg.errors import GraphError
from kg.graph import model
from kg.graph.model import KnowledgeGraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_A_LINE: Final = 1_000
_TUPLE: Final = re.compile(r"tuple\[(\w+), \.\.\.\]")
_COLLECTIONS: Final = tuple(one.name for one in fields(KnowledgeGraph) if one.name != "base")


def compact(graph: KnowledgeGraph) -> Iterator[str]:
    """Give the lines of a graph, without their ends; a lone surrogate of a text stands in them as it is."""
    yield json.dumps({"base": graph.base, "fields": _schema()}, ensure_ascii=False)
    for name in _COLLECTIONS:
        nodes = getattr(graph, name)
        for begin in range(0, len(nodes), _A_LINE):
            part = [_plain(node) for node in nodes[begin : begin + _A_LINE]]
            yield json.dumps([name, part], ensure_ascii=False, separators=(",", ":"))


def expanded(lines: Iterable[str]) -> KnowledgeGraph:
    """Return the graph that :func:`compact` gave the lines of.

    Raises:
        GraphError: The lines are none of those, or of another version of the records.
    """
    found: dict[str, list[Any]] = {name: [] for name in _COLLECTIONS}
    try:
        reading = iter(lines)
        head = json.loads(next(reading))
        if head["fields"] != _schema():
            raise GraphError("the graph was kept by another version of kg")
        makers = {name: _maker(_element(KnowledgeGraph, name)) for name in _COLLECTIONS}
        for line in reading:
            name, nodes = json.loads(line)
            found[name] += map(makers[name], nodes)
        return KnowledgeGraph(head["base"], **{name: tuple(nodes) for name, nodes in found.items()})
    except (StopIteration, ValueError, LookupError, TypeError) as error:
        raise GraphError("these are no lines of a graph") from error


def _plain(node: Any) -> list[Any]:
    kind: Any = type(node)
    return [_value(getattr(node, name)) for name in _names(kind)]


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) if is_dataclass(one) else one for one in value]
    return value


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


@cache
def _element(kind: Any, name: str) -> Any:
    """Return of what records a field is a tuple, ``str`` for one of texts, and None for a field that is no tuple."""
    annotation = next(str(one.type) for one in fields(kind) if one.name == name)
    found = _TUPLE.fullmatch(annotation)
    if found is None:
        return None
    return getattr(model, found[1], str)


@cache
def _maker(kind: Any) -> Callable[[list[Any]], Any]:
    """Return what makes a record of the values of its fields."""
    convert = [(at, _converter(element)) for at, name in enumerate(_names(kind)) if (element := _element(kind, name))]

    def make(values: list[Any]) -> Any:
        for at, one in convert:
            values[at] = one(values[at])
        return kind(*values)

    return make


def _converter(element: Any) -> Callable[[list[Any]], tuple[Any, ...]]:
    if element is str:
        return tuple
    make = _maker(element)
    return lambda values: tuple(map(make, values)) if values else ()


def _schema() -> dict[str, list[str]]:
    """Return the names of the fields of every record."""
    kinds = sorted((one for one in vars(model).values() if is_dataclass(one) and isinstance(one, type)), key=str)
    return {kind.__name__: list(_names(kind)) for kind in kinds}
