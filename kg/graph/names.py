"""All that bear a name in a graph: actors by any of their forms, or else publishers or places."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError
from kg.identifiers import Identifiers, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.graph.model import KnowledgeGraph

_NEAR: Final = 5


def bearers(graph: KnowledgeGraph, name: str) -> tuple[str, ...]:
    """Return the IRIs of the actors that bear ``name``, sorted; where there are none, publishers or else places.

    A name is any form of the actor's, whatever its case, accents and punctuation. ``name`` may also be an IRI, with
    or without angle brackets.

    Raises:
        ConfigError: Nobody in the graph bears the name; the message gives names that come near.
    """
    kinds = (list(_actors(graph)), list(_publishers(graph)), list(_places(graph)))
    iri = name.strip().strip("<>")
    if any(iri == known for kind in kinds for known, _ in kind):
        return (iri,)
    wanted = fold(name)
    for kind in kinds:
        found = {known for known, label in kind if fold(label) == wanted}
        if wanted and found:
            return tuple(sorted(found))
    raise ConfigError(f"no actor is named {name!r} in the graph; {_hint((label for _, label in kinds[0]), wanted)}")


def _actors(graph: KnowledgeGraph) -> Iterator[tuple[str, str]]:
    return ((actor.iri, label) for actor in graph.actors for label in (actor.name, *actor.alt_names))


def _publishers(graph: KnowledgeGraph) -> Iterator[tuple[str, str]]:
    identifiers = Identifiers(graph.base)
    names = sorted({document.publisher for document in graph.documents if document.publisher})
    return ((identifiers.publisher(name), name) for name in names)


def _places(graph: KnowledgeGraph) -> Iterator[tuple[str, str]]:
    return ((place.iri, label) for place in graph.places for label in (place.name, *place.alt_names))


def _hint(labels: Iterable[str], wanted: str) -> str:
    by_fold = {fold(label): label for label in sorted(labels, reverse=True)}
    words = set(wanted.split())
    containing = [name for name in by_fold if words and words <= set(name.split())]
    near = sorted({*containing, *get_close_matches(wanted, by_fold, n=_NEAR)})[:_NEAR]
    if near:
        return f"did you mean {' or '.join(by_fold[name] for name in near)}?"
    return "the query 'actors' lists everybody"
