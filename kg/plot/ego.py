"""The ego network of an actor: all that lies within so many ties of it, and the ties among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError
from kg.graph.names import find_actor
from kg.plot import page, spoken
from kg.plot.canvas import check_suffix, save
from kg.plot.network import MAX_ACTORS, drawn, legend, origin
from kg.plot.page import Frame
from kg.plot.ties import select_within

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

    from kg.graph.model import ActorNode, KnowledgeGraph
    from kg.plot.ties import Selection

_WORDS: Final = {1: "one tie", 2: "two ties", 3: "three ties"}


def ego(
    graph: KnowledgeGraph, path: Path, actor: str | None = None, hops: int = 1, max_actors: int = MAX_ACTORS
) -> None:
    """Draw what surrounds an actor to ``path``: PNG, SVG or PDF by its suffix.

    Args:
        graph: What to draw. Ties that are denied or merely possible are left out.
        path: The file to write.
        actor: The name or IRI of the actor in the middle.
        hops: How many ties away from it the picture reaches.
        max_actors: How many actors are drawn at most, the nearest and most connected first.

    Raises:
        ConfigError: Another suffix, no actor or one that the graph does not have, ``hops`` under 1, or ``max_actors``
            under 2.
        InputError: The file cannot be written.
    """
    check_suffix(path)
    save(ego_figure(graph, actor, hops, max_actors), path)


def ego_figure(graph: KnowledgeGraph, actor: str | None = None, hops: int = 1, max_actors: int = MAX_ACTORS) -> Figure:
    """Return the picture that :func:`ego` writes, as a matplotlib figure at 72 dots an inch.

    Raises:
        ConfigError: No actor or one that the graph does not have, ``hops`` under 1, or ``max_actors`` under 2.
    """
    if actor is None:
        raise ConfigError("an ego network is that of an actor: name one")
    if hops < 1:
        raise ConfigError(f"an ego network reaches 1 tie at least: hops is {hops}")
    if max_actors < 2:
        raise ConfigError(f"a network needs room for 2 actors at least: max_actors is {max_actors}")
    centre = find_actor(graph, actor)
    selection = select_within(graph, centre, hops, max_actors)
    return drawn(graph, selection, _frame(graph, selection, centre, hops), centre)


def _frame(graph: KnowledgeGraph, selection: Selection, centre: ActorNode, hops: int) -> Frame:
    actors = {actor.iri for actor in graph.actors}
    shown = sum(iri in actors for iri in selection.nodes) - 1
    within = selection.connected - 1
    reach = _WORDS.get(hops, f"{hops} ties")
    said = f"{shown:,} of {spoken.count(within, 'actor')} within {reach} of {centre.name} shown"
    if shown < within:
        said += ", the nearest and most connected"
    subtitle = f"{said}; the graph has {spoken.count(selection.known, 'actor')}. {origin(graph, selection, centre)}."
    return Frame(f"Around {centre.name}", subtitle, legend(graph, selection), page.credit(graph))
