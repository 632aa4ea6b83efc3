"""Two actors: what passes between them, over time and one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.explore.history import history
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
    columns = index.columns
    shared = np.intersect1d(columns.involving(one), columns.involving(other), assume_unique=True)
    direct = index.bonds.between(one, other) if one != other else index.relations_of(one)
    part = selection.apply(index, columns.at(selection.meets(index, shared)), direct)
    carrying = index.part(index.carrying(part.relations), part.relations)
    points = history(columns, columns.positions(part.events), by)
    return Pair(one, other, part.events, part.relations, tuple(fold(carrying)), points)
