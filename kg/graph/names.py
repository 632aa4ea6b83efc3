"""Who bears a name in a graph: all of them, by any of their forms, or the actor that is most likely meant."""

from __future__ import annotations

import shlex
from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError
from kg.identifiers import Identifiers, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.graph.model import ActorNode, KnowledgeGraph, PlaceNode

_NEAR: Final = 5


def bearers(graph: KnowledgeGraph, name: str) -> tuple[str, ...]:
    """Return the IRIs of the actors that bear ``name``, sorted; where there are none, publishers or else places.

    A name is any form of the actor's, whatever its case, accents and punctuation. ``name`` may also be an IRI, with
    or without angle brackets.

    Raises:
        ConfigError: Nobody in the graph bears the name; the message gives names that come near.
    """
    for _, labels in _kinds(graph):
        if found := _bearing(labels, name):
            return found
    raise _unknown(graph, name)


def taken_for(graph: KnowledgeGraph, name: str) -> str:
    """Say whom :func:`bearers` takes a name for; "" where it is an IRI, or what one actor is mainly called."""
    called = {node.iri: node.name for node in graph.named}
    for kind, labels in _kinds(graph):
        if found := _bearing(labels, name):
            is_iri = name.strip().strip("<>") in found
            return "" if is_iri else told(name, kind, [called.get(iri, name) for iri in found])
    return ""


def taken_for_one(graph: KnowledgeGraph, name: str) -> str:
    """Say whom :func:`find_actor` takes a name for; "" where it is an IRI, or what that actor is mainly called."""
    actor = find_actor(graph, name)
    return "" if actor.iri == name.strip().strip("<>") else told(name, "actor", [actor.name])


def told(name: str, kind: str, taken: Sequence[str]) -> str:
    """Say whom a name was taken for; "" where it is what one actor is mainly called.

    Args:
        name: The name.
        kind: ``actor``, ``publisher`` or ``place``.
        taken: What those are mainly called that bear it.

    >>> told("Solberg", "actor", ["Henrik Solberg"])
    "'Solberg' is taken for Henrik Solberg"
    """
    if kind == "actor" and [fold(one) for one in taken] == [fold(name)]:
        return ""
    said = " and ".join(sorted(taken))
    return f"{name!r} is taken for {said if kind == 'actor' else f'the {kind} {said}, as no actor has the name'}"


def _kinds(graph: KnowledgeGraph) -> Iterator[tuple[str, Iterator[tuple[str, str]]]]:
    yield "actor", _labels(graph.actors)
    yield "publisher", _publishers(graph)
    yield "place", _labels(graph.places)


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
    if not found and _bearing(_labels(graph.places), wanted):
        raise ConfigError(
            f"no actor is named {wanted!r} in the graph, but a place is: "
            f"take what happens there with kg slice --actor {shlex.quote(wanted)}, and ask that"
        )
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
