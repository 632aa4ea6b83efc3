"""The orders of a graph's events, reckoned once, so that those on a page need no sorting of their rows."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from kg.explore.events import check_sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.explore.columns import Columns
    from kg.explore.ragged import Numbers
    from kg.graph.model import KnowledgeGraph


class Ranks:
    """Puts events, by their places, in the order in which :func:`kg.explore.events.ordered` puts their rows."""

    def __init__(self, graph: KnowledgeGraph, columns: Columns) -> None:
        self._events = graph.events
        self._columns = columns
        self._values: dict[str, NDArray[np.float64]] = {}

    def ordered(self, positions: Numbers, by: str = "date", *, descending: bool = False) -> Numbers:
        """Return events in order of ``by``, one of :data:`kg.explore.events.SORTS`; equals by date and label.

        Raises:
            ConfigError: There is no such order.
        """
        check_sort(by)
        plain = positions[np.argsort(self._plain[positions])]
        if by == "date":
            known = self._times[plain] >= 0
            dated = plain[known]
            return np.concatenate([dated[::-1] if descending else dated, plain[~known]])
        values = self._of(by)[plain]
        found: Numbers = plain[np.argsort(-values if descending else values, kind="stable")]
        return found

    @cached_property
    def _times(self) -> Numbers:
        """The first day that is known of each event, else the last, as numbers in order; -1 where there is neither."""
        days = self._columns.days
        return np.where(days.first >= 0, days.first, days.last)

    @cached_property
    def _plain(self) -> Numbers:
        """The place of each event in the order of time, label and IRI, those of no time last."""
        times = np.where(self._times >= 0, self._times, len(self._columns.days.known)).tolist()
        order = sorted(range(len(times)), key=lambda place: (times[place], self._events[place].label, place))
        found = np.empty(len(times), np.int64)
        found[order] = np.arange(len(times))
        return found

    def _of(self, by: str) -> NDArray[np.float64]:
        """Return numbers that stand in the order of a column's values."""
        if by not in self._values:
            self._values[by] = self._made(by)
        return self._values[by]

    def _made(self, by: str) -> NDArray[np.float64]:
        columns = self._columns
        if by == "what":
            return _dense([event.label for event in self._events])
        if by in ("type", "standing"):
            return _dense((columns.types if by == "type" else columns.factualities).tolist())
        numbers = {"intensity": columns.weights, "confidence": columns.confidence, "reports": columns.documents.lengths}
        return numbers[by].astype(np.float64)


def _dense(texts: Sequence[str]) -> NDArray[np.float64]:
    place = {text: number for number, text in enumerate(sorted(set(texts)))}
    return np.array([place[text] for text in texts], np.float64)
