"""Who bears a name in a graph: all of them, by any of their forms, or the actor that is most likely meant."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError
from kg.identifiers import Identifiers, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.graph.model import ActorNode, KnowledgeGraph, PlaceNode

_NEAR: Final = 5


def bearers(graph: KnowledgeGraph, name: str) -> tuple[str, ...]:
    """Return the IRIs of the actors that bear ``name``, sorted; where there are none, publishers or else places.

    A name is any form of the actor's, whatever its case, accents and punctuation. ``name`` may also be an IRI, with
    or without angle brackets.

    Raises:
        ConfigError: Nobody in the graph bears the name; the message gives names that come near.
    """
    for labels in (_labels(graph.actors), _publishers(graph), _labels(graph.places)):
        if found := _bearing(labels, name):
            return found
    raise _unknown(graph, name)


def _unknown(graph: KnowledgeGraph, name: str) -> ConfigError:
    hint = _hint((label for _, label in _labels(graph.actors)), fold(name))
    return ConfigError(f"no actor is named {name!r} in the graph; {hint}")


def find_actor(graph: KnowledgeGraph, wanted: str) -> ActorNode:
    """Return the actor that ``wanted`` names, as for :func:`bearers`.

    Of several, one whose own name it is goes before one that is also called so, then the one with most ties.

    Raises:
        ConfigError: The graph has no such actor; the message gives names that come near.
    """
    known = {actor.iri: actor for actor in graph.actors}
    found = [known[iri] for iri in _bearing(_labels(graph.actors), wanted)]
    if not found:
        raise _unknown(graph, wanted)
    ties = Counter(end for edge in graph.relations for end in (edge.source, edge.target))
    own = fold(wanted)
    return min(found, key=lambda actor: (fold(actor.name) != own, -ties[actor.iri], actor.iri))


def _bearing(labels: Iterable[tuple[str, str]], name: str) -> tuple[str, ...]:
    """Return the IRIs, sorted, of those of ``labels``, (IRI, name), that ``name`` names or is the IRI of."""
    known = list(labels)
    iri, wanted = name.strip().strip("<>"), fold(name)
    if any(iri == one for one, _ in known):
        return (iri,)
    return tuple(sorted({one for one, label in known if wanted and fold(label) == wanted}))


def _labels(nodes: Iterable[ActorNode | PlaceNode]) -> Iterator[tuple[str, str]]:
    return ((node.iri, label) for node in nodes for label in (node.name, *node.alt_names))


def _publishers(graph: KnowledgeGraph) -> Iterator[tuple[str, str]]:
    identifiers = Identifiers(graph.base)
    names = sorted({document.publisher for document in graph.documents if document.publisher})
    return ((identifiers.publisher(name), name) for name in names)


def _hint(labels: Iterable[str], wanted: str) -> str:
    by_fold = {fold(label): label for label in sorted(labels, reverse=True)}
    words = set(wanted.split())
    containing = [name for name in by_fold if words and words <= set(name.split())]
    near = sorted({*containing, *get_close_matches(wanted, by_fold, n=_NEAR)})[:_NEAR]
    if near:
        return f"did you mean {' or '.join(by_fold[name] for name in near)}?"
    return "the query 'actors' lists everybody"
