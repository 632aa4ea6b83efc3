"""States by their codes, and when they were.

Data: ``kg/data/lexicons/states.tsv``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.calendar.days import lies_between
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class State(NamedTuple):
    """A state or territory: its codes of ISO 3166-1 and of the Correlates of War, the latter empty where it has none.

    ``since`` and ``until`` are its first and last day in ISO 8601, empty where they lie before 1945, or ahead.
    """

    iso3: str
    iso2: str
    numeric: str
    cow: str
    cow_number: str
    since: str
    until: str

    def exists(self, day: date) -> bool:
        """Say whether it does on ``day``."""
        return lies_between(day, self.since, self.until)


@cache
def states() -> Mapping[str, State]:
    """Return the states by ISO 3166-1 alpha-3 code.

    >>> states()["GBR"].cow, states()["GBR"].iso2
    ('UKG', 'GB')
    """
    columns = ("iso3", "iso2", "numeric", "cow", "cow_number", "from", "until")
    return {row["iso3"]: State(*(row[column] for column in columns)) for row in read_tsv("lexicons/states.tsv")}
