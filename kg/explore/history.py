"""Conflict and cooperation over time, reckoned from the columns of events: the series of :mod:`kg.analyse`, at once."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from kg.analyse.figures import Basis, Figures
from kg.analyse.periods import check_unit, fitting_units, period_of, periods
from kg.analyse.series import FITTING, Point
from kg.analyse.tally import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.analyse.periods import By, Period
    from kg.explore.columns import Columns, Flags
    from kg.explore.ragged import Numbers


def history(columns: Columns, positions: Numbers, by: str = "") -> Figures[Point]:
    """Return a series of conflict and cooperation of the events that happened, disputed ones too.

    It is that of :func:`kg.analyse.series` where contested events count and undated ones take the day on which they
    were reported; every point and sum is the same.

    Args:
        columns: The events of a graph.
        positions: Which of them, by their places.
        by: ``day``, ``week``, ``month`` or ``year``; by default what fits.

    Raises:
        ConfigError: There is no such period, or the events would need more than 10,000 of them.
    """
    kinds = columns.factualities[positions]
    left_out = Counter(kinds[kinds != "happened"].tolist())
    happened = np.sort(positions[kinds == "happened"])
    begins, ends = (side[happened] for side in columns.spans)
    bounded = (begins > 0) & (ends > 0)
    unit = check_unit(by) if by else _fitting(begins, ends, bounded)
    placed = _placed(begins, ends, bounded, unit)
    kept, begins, ends = happened[placed], begins[placed], ends[placed]
    left_out.update(undated=len(happened) - len(kept))
    order = np.lexsort((kept, ends, begins))
    kept, begins, ends = kept[order], begins[order], ends[order]
    basis = Basis(
        since=None,
        until=None,
        first=_day(begins[0]).isoformat() if len(kept) else None,
        last=_day(ends.max()).isoformat() if len(kept) else None,
        events=len(kept),
        documents=len(np.unique(columns.documents.of(kept))),
        dated=len(kept),
        left_out=tuple(sorted((+left_out).items())),
    )
    return Figures(Point, _points(columns, kept, _covered(begins, ends, unit), begins), basis, ())


def _points(columns: Columns, kept: Numbers, covered: Sequence[Period], begins: Numbers) -> tuple[Point, ...]:
    """Return a point for each period; sums are taken in the order of the events, which their last digits rest on."""
    starts = np.array([period.begin.toordinal() for period in covered], np.int64)
    number = len(covered)
    at = np.searchsorted(starts, begins, side="right") - 1
    weights, friendly = columns.weights[kept], columns.friendly[kept]
    events = np.bincount(at, minlength=number).tolist()
    cooperative = np.bincount(at, friendly, minlength=number).tolist()
    cooperation = np.bincount(at, np.maximum(weights, 0.0), minlength=number).tolist()
    conflict = np.bincount(at, np.minimum(weights, 0.0), minlength=number).tolist()
    documents = _distinct(columns, kept, at, number)
    return tuple(
        Point(
            period=period.label,
            begin=period.begin.isoformat(),
            end=period.end.isoformat(),
            events=events[place],
            documents=documents[place],
            cooperative=int(cooperative[place]),
            conflictual=events[place] - int(cooperative[place]),
            cooperation=rounded(cooperation[place]),
            conflict=rounded(conflict[place]),
            net=rounded(cooperation[place] + conflict[place]),
        )
        for place, period in enumerate(covered)
    )


def _distinct(columns: Columns, kept: Numbers, at: Numbers, number: int) -> list[int]:
    """Return how many documents report the events of each period."""
    every = max(len(columns.document_iris), 1)
    reported = np.repeat(at, columns.documents.lengths[kept]) * every + columns.documents.of(kept)
    counted: list[int] = np.bincount(np.unique(reported) // every, minlength=number).tolist()
    return counted


def _fitting(begins: Numbers, ends: Numbers, bounded: Flags) -> By:
    """Return the shortest unit that gives few periods and leaves out the fewest events."""
    if not bounded.any():
        return "month"
    first, last = _day(begins[bounded].min()), _day(ends[bounded].max())
    units = fitting_units(first, last, FITTING) if first <= last else ("month",)
    return max(units, key=lambda unit: int(_placed(begins, ends, bounded, unit).sum()))


def _placed(begins: Numbers, ends: Numbers, bounded: Flags, unit: By) -> Flags:
    """Say which events one period holds whole."""
    days, place = np.unique(np.where(bounded, begins, 1), return_inverse=True)
    last = np.array([period_of(date.fromordinal(day), unit).end.toordinal() for day in days.tolist()], np.int64)
    found: Flags = bounded & (ends <= last[place])
    return found


def _covered(begins: Numbers, ends: Numbers, unit: By) -> tuple[Period, ...]:
    """Return the periods from the first event to the last, without gaps."""
    if not len(begins) or begins[0] > ends.max():
        return ()
    return periods(_day(begins[0]), _day(ends.max()), unit)


def _day(ordinal: np.int64) -> date:
    return date.fromordinal(int(ordinal))
