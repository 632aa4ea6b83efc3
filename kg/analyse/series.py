"""A series of conflict and cooperation: of the whole graph, an actor, or a pair, period by period without gaps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analyse.figures import Figures
from kg.analyse.periods import check_unit, fitting_units, period_of, periods
from kg.analyse.scope import Scope, Selection, select, window
from kg.analyse.tally import Tally, rounded

if TYPE_CHECKING:
    from datetime import date

    from kg.analyse.periods import By, Period
    from kg.analyse.scope import Counted
    from kg.graph.model import ActorNode, KnowledgeGraph

FITTING = 60
_NOTE = "Events are weighed by the PLOVER conflict-cooperation scale, -10 to 10; an event counts in its period once."


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series: its label and days, and the events in it.

    ``cooperative`` and ``conflictual`` count events by quad class; ``cooperation`` sums the positive intensities,
    ``conflict`` the negative ones, ``net`` both.
    """

    period: str
    begin: str
    end: str
    events: int
    documents: int
    cooperative: int
    conflictual: int
    cooperation: float
    conflict: float
    net: float


def series(
    graph: KnowledgeGraph,
    by: str | None = None,
    scope: Scope | None = None,
    actor: ActorNode | None = None,
    other: ActorNode | None = None,
) -> Figures[Point]:
    """Return every period from the first with an event to the last, or of the whole window where it is bounded.

    Args:
        graph: Whose events are counted.
        by: ``day``, ``week``, ``month`` or ``year``; by default the shortest that gives 60 periods or fewer and leaves
            out the fewest events. An event that no single period holds is left out and counted as undated.
        scope: Which events count.
        actor: Only events in which this actor takes part.
        other: Only those between ``actor`` and this one.

    Raises:
        ConfigError: There is no such period, there would be more than 10,000 periods, or the scope is none.
    """
    scope = scope or Scope()
    selection = select(graph, scope, *(node.iri for node in (actor, other) if node))
    unit = check_unit(by) if by else _fitting(selection)
    kept, spread = placed(selection, unit)
    tallies: defaultdict[Period, Tally] = defaultdict(Tally)
    for counted, period in spread:
        tallies[period].add(counted)
    rows = [_point(period, tallies[period]) for period in _covered(kept, unit)]
    undated = len(selection.events) - len(kept.events)
    return Figures(Point, tuple(rows), kept.basis(undated), (_NOTE,))


def placed(selection: Selection, by: By) -> tuple[Selection, list[tuple[Counted, Period]]]:
    """Return the events that one period holds whole, and each with its period."""
    spread = []
    for counted in selection.events:
        if counted.begin and counted.end:
            period = period_of(counted.begin, by)
            if counted.end <= period.end:
                spread.append((counted, period))
    return Selection(selection.scope, tuple(counted for counted, _ in spread), selection.left_out), spread


def span(selection: Selection) -> tuple[date | None, date | None]:
    """Return the first and last day of a series: those of the window where it is bounded, else of the events."""
    first, last = window(selection.scope)
    known = [(counted.begin, counted.end) for counted in selection.events if counted.begin and counted.end]
    first = first or min((begin for begin, _ in known), default=None)
    last = last or max((end for _, end in known), default=None)
    return (first, last) if first and last and first <= last else (None, None)


def _fitting(selection: Selection) -> By:
    first, last = span(selection)
    units: tuple[By, ...] = fitting_units(first, last, FITTING) if first and last else ("month",)
    return max(units, key=lambda unit: len(placed(selection, unit)[1]))


def _covered(selection: Selection, by: By) -> tuple[Period, ...]:
    first, last = span(selection)
    return periods(first, last, by) if first and last else ()


def _point(period: Period, tally: Tally) -> Point:
    return Point(
        period=period.label,
        begin=period.begin.isoformat(),
        end=period.end.isoformat(),
        events=tally.events,
        documents=len(tally.documents),
        cooperative=tally.cooperative,
        conflictual=tally.conflictual,
        cooperation=rounded(tally.cooperation),
        conflict=rounded(tally.conflict),
        net=tally.net,
    )
