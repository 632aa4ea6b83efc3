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

# Each kind is drawn by the function of its name in the module of its name, and takes these options.
_TAKES: Final[Mapping[str, frozenset[str]]] = {
    "network": frozenset({"actor"}),
    "timeline": frozenset({"actor"}),
    "ego": frozenset({"actor", "hops"}),
    "heatmap": frozenset({"actor", "scope"}),
    "series": frozenset({"actor", "partner", "by", "scope"}),
}
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
) -> None:
    """Draw ``graph`` to ``path``: PNG, SVG or PDF by its suffix.

    Args:
        graph: What to draw.
        path: The file to write.
        kind: ``network`` (who does what to whom), ``timeline`` (what happened when), ``ego`` (what surrounds an
            actor), ``heatmap`` (how every two actors get on) or ``series`` (conflict and cooperation over time).
        actor: A name or IRI: only what concerns this actor.
        partner: Of a series, another actor: only what passes between the two.
        hops: Of an ego network, how many steps from the actor it reaches; 1 by default.
        by: Of a series, its period: ``day``, ``week``, ``month`` or ``year``.
        scope: Of heat map and series, which events count.

    Raises:
        ConfigError: The kind, suffix, actor or an option is not known, or the kind takes no such option.
        InputError: The file cannot be written.
    """
    if kind not in _TAKES:
        raise ConfigError(f"no plot {kind!r}; there are {', '.join(KINDS)}")
    options: dict[str, Any] = {"actor": actor, "partner": partner, "hops": hops, "by": by, "scope": scope}
    given = {name: value for name, value in options.items() if value is not None}
    stray = sorted(given.keys() - _TAKES[kind])
    if stray:
        raise ConfigError(f"a {kind} plot takes no {stray[0]}; it takes {', '.join(sorted(_TAKES[kind]))}")
    getattr(import_module(f"kg.plot.{kind}"), kind)(graph, path, **given)
