"""The kinds of pictures by name, and what can be asked of each."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.analyse.scope import Scope
    from kg.graph.model import KnowledgeGraph

# Each kind is drawn by the function of its name in the module of its name, if not said below, with these options.
_TAKES: Final[Mapping[str, frozenset[str]]] = {
    "network": frozenset({"actor", "most"}),
    "timeline": frozenset({"actor", "most"}),
    "ego": frozenset({"actor", "hops", "most"}),
    "heatmap": frozenset({"actor", "most", "scope"}),
    "series": frozenset({"actor", "by", "partner", "scope"}),
    "map": frozenset({"actor", "most", "scope"}),
}
# What ``most`` is called where it is not a number of actors.
_MOST: Final[Mapping[str, str]] = {"timeline": "max_events", "map": "max_spots"}
# A module and a function by the name of a builtin would hide it.
_DRAWN_BY: Final[Mapping[str, str]] = {"map": "event_map"}
KINDS: Final = tuple(_TAKES)


def draw(
    graph: KnowledgeGraph,
    path: Path,
    kind: str = "network",
    *,
    actor: str | None = None,
    partner: str | None = None,
    hops: int | None = None,
    by: str | None = None,
    scope: Scope | None = None,
    most: int | None = None,
) -> None:
    """Draw ``graph`` to ``path``: PNG, SVG or PDF by its suffix.

    Args:
        graph: What to draw.
        path: The file to write.
        kind: ``network`` (who does what to whom), ``timeline`` (what happened when), ``ego`` (what surrounds an
            actor), ``heatmap`` (how every two actors get on), ``series`` (conflict and cooperation over time) or
            ``map`` (where it happened).
        actor: A name or IRI: only what concerns this actor.
        partner: Of a series, another actor: only what passes between the two.
        hops: Of an ego network, how many steps from the actor it reaches; 1 by default.
        by: Of a series, its period: ``day``, ``week``, ``month`` or ``year``.
        scope: Of heat map, series and map, which events count.
        most: How many actors (of network, ego and heat map), events (of a timeline) or spots (of a map) are drawn at
            most.

    Raises:
        ConfigError: The kind, suffix, actor or an option is not known, or the kind takes no such option.
        InputError: The file cannot be written.
    """
    if kind not in _TAKES:
        raise ConfigError(f"no plot {kind!r}; there are {', '.join(KINDS)}")
    options = {"actor": actor, "partner": partner, "hops": hops, "by": by, "scope": scope, "most": most}
    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    stray = sorted(given.keys() - _TAKES[kind])
    if stray:
        raise ConfigError(f"a {kind} plot takes no {stray[0]}; it takes {', '.join(sorted(_TAKES[kind]))}")
    if "most" in given:
        given[_MOST.get(kind, "max_actors")] = given.pop("most")
    name = _DRAWN_BY.get(kind, kind)
    getattr(import_module(f"kg.plot.{name}"), name)(graph, path, **given)
