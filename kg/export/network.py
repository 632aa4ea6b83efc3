"""The network for other programs: actors and relations with attributes that every network file can hold."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import networkx

from kg import ontology
from kg.export.table import joined
from kg.graph.legible import legible
from kg.graph.networkx import to_networkx

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.graph.model import KnowledgeGraph

_CAPITAL: Final = re.compile("(?<=[a-z])(?=[A-Z])")


def network(graph: KnowledgeGraph) -> networkx.MultiDiGraph[str]:
    """Return the network: actors (and places that somebody controls) by IRI, and an edge for each relation that holds.

    Attributes are texts, numbers and flags, and lists of texts; what is empty is left out. Edges are keyed by the IRI
    of the relation, so that no two in the network are called the same. To the attributes of
    :mod:`kg.graph.networkx` come of nodes ``events``, in how many they take part; of edges a ``label``, the ``weight``
    (count), whether they are ``symmetric``, and the ``sentences`` and ``documents`` (ids) that they rest on.
    """
    full = to_networkx(graph)
    events: Counter[str] = Counter(
        iri for event in graph.events for iri in {*event.sources, *event.targets, *event.participants}
    )
    result: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(base=graph.base)
    for iri, data in full.nodes(data=True):
        result.add_node(iri, **_legal({**data, "label": data.get("label") or iri, "events": events[iri]}))
    for source, target, data in full.edges(data=True):
        result.add_edge(source, target, key=data["iri"], **_legal(_edge(full, data)))
    return result


def flat(graph: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """Return a network of :func:`network` with its lists as texts, parts with ``|`` between them."""
    result: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(**graph.graph)
    for iri, data in graph.nodes(data=True):
        result.add_node(iri, **_flat(data))
    for source, target, key, data in graph.edges(keys=True, data=True):
        result.add_edge(source, target, key=key, **_flat(data))
    return result


def _edge(full: networkx.MultiDiGraph[str], data: Mapping[str, Any]) -> dict[str, Any]:
    name = data["property"]
    mentions = list(_evidence(full, data))
    documents = full.graph["documents"]
    return {
        **data,
        "label": _CAPITAL.sub(" ", name).lower(),
        "weight": float(data["count"]),
        "symmetric": ontology.KG[name] in ontology.symmetric_properties(),
        "sentences": _distinct(mention["sentence"] for mention in mentions),
        "documents": _distinct(
            documents[mention["document"]]["id"] for mention in mentions if mention["document"] in documents
        ),
    }


def _evidence(full: networkx.MultiDiGraph[str], data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    events = full.graph["events"]
    yield from data["mentions"]
    for iri in data["events"]:
        yield from events[iri]["mentions"] if iri in events else ()


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _legal(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes that files can hold: no nested records, nothing empty, no character that XML lacks."""
    found = {}
    for name, value in data.items():
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            value = [legible(item) for item in value]
        elif isinstance(value, str):
            value = legible(value)
        elif not isinstance(value, int | float):
            continue
        if value not in ("", []):
            found[name] = value
    return found


def _flat(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: joined(value) if isinstance(value, list) else value for name, value in data.items()}
