"""Who held which office on a day: the American president of 2015 and that of 2018 are two people.

Data: ``kg/data/lexicons/office_holders.tsv`` and ``offices.tsv``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.calendar.days import lies_between
from kg.resolve.filing import frozen
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class Tenure(NamedTuple):
    """Someone's time in an office of ``body``, an ISO 3166-1 alpha-3 code or the name of an organisation.

    ``since`` and ``until`` are its first and last day, month or year in ISO 8601, as exact as known, the latter empty
    where open; ``sector`` is empty where it is that of the body; ``leads`` tells whether the office leads the body.
    """

    name: str
    body: str
    office: str
    sector: str
    since: str
    until: str
    leads: bool

    def holds(self, day: date) -> bool:
        """Say whether ``day`` may lie within it."""
        return lies_between(day, self.since, self.until)


@dataclass(frozen=True, slots=True)
class Offices:
    """The terms of offices: by body and noun for the office, as ``("USA", "president")``, and by name of the holder.

    ``nouns`` are those of each office of a body, ``leading`` the offices that lead a state, ``forms`` other forms of
    the holders' names, ``women`` those who are.
    """

    seats: Mapping[tuple[str, str], tuple[Tenure, ...]]
    holders: Mapping[str, tuple[Tenure, ...]]
    nouns: Mapping[tuple[str, str], frozenset[str]]
    leading: frozenset[str]
    forms: Mapping[str, tuple[str, ...]]
    women: frozenset[str]

    def holder(self, body: str, noun: str, day: date) -> Tenure | None:
        """Return the term of whom ``noun`` means in ``body`` on ``day``, None where that is nobody or not one person.

        >>> from datetime import date
        >>> offices().holder("USA", "president", date(2015, 6, 1)).name
        'Barack Obama'
        """
        found = [tenure for tenure in self.seats.get((body, noun), ()) if tenure.holds(day)]
        return found[0] if len({tenure.name for tenure in found}) == 1 else None

    def of(self, name: str) -> tuple[Tenure, ...]:
        """Return the terms of a person."""
        return self.holders.get(name, ())

    def words(self, tenure: Tenure) -> frozenset[str]:
        """Return the nouns for the office of a term."""
        return self.nouns.get((tenure.office, tenure.body), frozenset())


@cache
def offices() -> Offices:
    """Return the terms of office that ship with kg."""
    known = {
        (row["office"], row["body"]): (frozenset(row["nouns"].split("|")), row["sector"], row["leads"] == "yes")
        for row in read_tsv("lexicons/offices.tsv")
    }
    seats: defaultdict[tuple[str, str], list[Tenure]] = defaultdict(list)
    holders: defaultdict[str, list[Tenure]] = defaultdict(list)
    nouns: dict[tuple[str, str], frozenset[str]] = {}
    forms: dict[str, tuple[str, ...]] = {}
    women: set[str] = set()
    for row in read_tsv("lexicons/office_holders.tsv"):
        at = (row["office"], row["body"])
        called, sector, leads = known.get(at) or known[row["office"], ""]
        tenure = Tenure(row["name"], row["body"], row["office"], sector, row["from"], row["until"], leads)
        nouns[at] = called
        if row["aliases"]:
            forms[tenure.name] = (*forms.get(tenure.name, ()), *row["aliases"].split("|"))
        if row["woman"] == "yes":
            women.add(tenure.name)
        holders[tenure.name].append(tenure)
        for noun in called:
            seats[tenure.body, noun].append(tenure)
    leading = frozenset(office for (office, body), (_, _, leads) in known.items() if leads and not body)
    return Offices(frozen(seats), frozen(holders), nouns, leading, forms, frozenset(women))
