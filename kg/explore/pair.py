"""Two actors: what passes between them, over time and one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analyse import Scope, series
from kg.plot.ties import Tie, fold

if TYPE_CHECKING:
    from kg.analyse.figures import Figures
    from kg.analyse.series import Point
    from kg.explore.index import Index
    from kg.explore.selection import Selection
    from kg.graph.model import EventNode, RelationEdge


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors (IRIs), the events in which both take part, the relations between them, and the series.

    The series counts what happened or, where the selection lets it in, is disputed; not what is merely planned.
    """

    one: str
    other: str
    events: tuple[EventNode, ...]
    relations: tuple[RelationEdge, ...]
    ties: tuple[Tie, ...]
    points: Figures[Point]


def pair(index: Index, one: str, other: str, selection: Selection, by: str = "") -> Pair:
    """Return what passes between two actors.

    Args:
        index: The graph.
        one: The one, by IRI.
        other: The other.
        selection: Which facts count.
        by: ``day``, ``week``, ``month`` or ``year``; by default what fits.

    Raises:
        ConfigError: The selection or period is none.
    """
    involved = {event.iri for event in index.events_of(other)}
    shared = [event for event in index.events_of(one) if event.iri in involved]
    direct = [relation for relation in index.relations_of(one) if other in (relation.source, relation.target)]
    part = selection.apply(index, shared, direct)
    carrying = index.part(index.carrying(part.relations), part.relations)
    return Pair(one, other, part.events, part.relations, tuple(fold(carrying)), history(index, part.events, by))


def history(index: Index, events: tuple[EventNode, ...], by: str = "") -> Figures[Point]:
    """Return a series of conflict and cooperation of events that happened, disputed ones too.

    Raises:
        ConfigError: There is no such period, or the events would need more than 10,000 of them.
    """
    scope = Scope(include=("contested",), published=True)
    return series(index.part(events), by or None, scope)
