"""Events added up: how many, how friendly, how hostile, from how many documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from kg.analyse.scope import Counted

PLACES = 4


@dataclass(slots=True)
class Tally:
    """A running sum over events."""

    events: int = 0
    cooperative: int = 0
    conflictual: int = 0
    cooperation: float = 0.0
    conflict: float = 0.0
    documents: set[str] = field(default_factory=set)
    first: date | None = None
    last: date | None = None

    def add(self, counted: Counted) -> None:
        """Take in one event: by its quad class to a count, by the sign of its intensity to a sum."""
        self.events += 1
        self.cooperative += counted.friendly
        self.conflictual += not counted.friendly
        self.cooperation += max(counted.weight, 0.0)
        self.conflict += min(counted.weight, 0.0)
        self.documents |= counted.documents
        self.first = min(filter(None, (self.first, counted.begin)), default=None)
        self.last = max(filter(None, (self.last, counted.end)), default=None)

    @property
    def net(self) -> float:
        """The sum of all intensities."""
        return rounded(self.cooperation + self.conflict)

    @property
    def mean(self) -> float:
        """The mean intensity, -10 to 10; 0 where there are no events."""
        return rounded((self.cooperation + self.conflict) / self.events) if self.events else 0.0

    @property
    def since(self) -> str | None:
        """The first day, ISO 8601."""
        return self.first.isoformat() if self.first else None

    @property
    def until(self) -> str | None:
        """The last day, ISO 8601."""
        return self.last.isoformat() if self.last else None


def rounded(value: float) -> float:
    """Return ``value`` to four places, so that equal graphs give equal bytes wherever they are reckoned."""
    return round(value, PLACES) + 0.0
