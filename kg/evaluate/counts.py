"""Counts that figures are made from. They add up, so figures over many documents are micro-averages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet


@dataclass(frozen=True, slots=True)
class Count:
    """How many items gold and prediction have, and how many they share."""

    shared: int = 0
    gold: int = 0
    predicted: int = 0

    @classmethod
    def of(cls, gold: AbstractSet[object], predicted: AbstractSet[object]) -> Count:
        """Count two sets of items in the same terms."""
        return cls(len(gold & predicted), len(gold), len(predicted))

    def __add__(self, other: Count) -> Count:
        return Count(self.shared + other.shared, self.gold + other.gold, self.predicted + other.predicted)

    @property
    def precision(self) -> float:
        """The share of the predicted items that are gold, 0 to 1; 0 where nothing is predicted."""
        return self.shared / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold items that are predicted, 0 to 1; 0 where there is no gold."""
        return self.shared / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 1."""
        return 2 * self.shared / (self.gold + self.predicted) if self.shared else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some items are right."""

    right: int = 0
    of: int = 0

    @classmethod
    def one(cls, right: bool) -> Share:
        """Count a single item."""
        return cls(int(right), 1)

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    @property
    def accuracy(self) -> float | None:
        """The share that is right, 0 to 1; None where there was nothing to judge."""
        return self.right / self.of if self.of else None
