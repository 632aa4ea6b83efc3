"""Rows of whole numbers, each of a length of its own, in two arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]


class Ragged(NamedTuple):
    """Row ``i`` is ``values[offsets[i]:offsets[i + 1]]``."""

    offsets: Numbers
    values: Numbers

    @classmethod
    def of_rows(cls, rows: Iterable[Iterable[int]]) -> Ragged:
        """Return rows as they are given.

        >>> Ragged.of_rows([[4, 2], [], [7]]).of(np.array([2, 0])).tolist()
        [7, 4, 2]
        """
        values: list[int] = []
        offsets = [0]
        for row in rows:
            values.extend(row)
            offsets.append(len(values))
        return cls(np.array(offsets, np.int64), np.array(values, np.int64))

    @property
    def lengths(self) -> Numbers:
        """How long each row is."""
        return np.diff(self.offsets)

    def of(self, rows: Numbers) -> Numbers:
        """Return the values of these rows, one row after the other."""
        lengths = self.lengths[rows]
        before = np.cumsum(lengths) - lengths
        places = np.repeat(self.offsets[rows] - before, lengths) + np.arange(lengths.sum())
        found: Numbers = self.values[places]
        return found
