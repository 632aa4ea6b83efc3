"""A graph without some of its documents, as if they had never been read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError, GraphError
from kg.graph.merge import Union
from kg.graph.relations import Relations
from kg.identifiers import Identifiers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.graph.model import DocumentNode, KnowledgeGraph

_SHOWN: Final = 5


def remove(graph: KnowledgeGraph, documents: Iterable[str]) -> KnowledgeGraph:
    """Return ``graph`` without ``documents``, given by IRI: equal to that of the others read alone.

    The reports, claims and names that stand in them go; what is left is joined anew, and what is left with nothing to
    rest on goes too.

    Raises:
        GraphError: If an actor or place does not tell which documents name it, as in graphs of earlier versions.
    """
    gone = frozenset(documents)
    for node in graph.named:
        if not node.appearances:
            raise GraphError(f"<{node.iri}> does not tell which documents name it; build the graph anew to remove one")
    rest = Union(Relations(Identifiers(graph.base)))
    rest.add(graph, without=gone)
    return rest.graph()


def documents_named(graph: KnowledgeGraph, wanted: Collection[str]) -> frozenset[str]:
    """Return the IRIs of the documents that ``wanted`` gives, by id or IRI; of one id, all documents that bear it.

    Raises:
        ConfigError: If the graph has no such document.
    """
    found = {key: {node.iri for node in graph.documents if _is(node, key)} for key in wanted}
    for key, iris in found.items():
        if not iris:
            raise ConfigError(f"no document {key!r} in the graph; {_hint(graph, key)}")
    return frozenset(iri for iris in found.values() for iri in iris)


def _is(node: DocumentNode, key: str) -> bool:
    return key == node.id or key.strip().strip("<>") == node.iri


def _hint(graph: KnowledgeGraph, key: str) -> str:
    near = sorted({node.id for node in graph.documents if key and (key in node.id or node.id in key)})[:_SHOWN]
    return f"did you mean {' or '.join(near)}?" if near else "the query 'documents' lists them all"
