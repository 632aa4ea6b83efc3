"""The people of the lexicon, found by full name, or by surname where title, country and date leave no doubt.

Data: ``kg/data/lexicons/leaders.tsv``. No link is better than a wrong one: a name that fits two people fits none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from kg.lexicon import fold
from kg.resolve.names import key, words
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kg.resolve.names import TitledName

_YEARS_IN_THE_NEWS: Final = 25
_YEARS_AROUND_OFFICE: Final = 2


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the lexicon; ``since`` and ``until`` are the years of the office, None where open."""

    name: str
    iso3: str
    office: str
    sector: str
    since: int | None
    until: int | None
    surname_suffices: bool
    woman: bool

    def active(self, published: date | None, margin: int) -> bool:
        """Say whether the term, widened by ``margin`` years, holds the year of ``published`` (yes without a date)."""
        if published is None:
            return True
        begins = self.since is None or published.year >= self.since - margin
        return begins and (self.until is None or published.year <= self.until + margin)


@dataclass(frozen=True, slots=True)
class People:
    """The people by the key of their full names, and by that of their surnames and other short forms."""

    full: Mapping[str, tuple[Person, ...]]
    short: Mapping[str, tuple[Person, ...]]

    def find(self, names: Sequence[TitledName], countries: Sequence[str], published: date | None) -> Person | None:
        """Return the person whom all of ``names`` may mean, or None where none fits or several do.

        ``countries`` are the codes that the text ties the person to; a person of another state does not fit.
        """
        longest = max((len(key(name.name).split()) for name in names), default=0)
        for name in names:
            fitting = _of_countries(self.full.get(key(name.name), ()), countries)
            fitting = [person for person in fitting if person.active(published, _YEARS_IN_THE_NEWS)]
            if found := _only(fitting, published, names):
                return found
        for name in names:
            if len(key(name.name).split()) == longest:
                candidates = _of_countries(self.short.get(key(name.name), ()), countries)
                if found := _by_surname(candidates, countries, published, names):
                    return found
        return None


@cache
def people() -> People:
    """Return the people that ship with kg."""
    full: defaultdict[str, list[Person]] = defaultdict(list)
    short: defaultdict[str, list[Person]] = defaultdict(list)
    for row in read_tsv("lexicons/leaders.tsv"):
        person = _person(row)
        aliases = [key(alias) for alias in row["aliases"].split("|") if alias]
        _file(full, key(person.name), person)
        for alias in aliases:
            _file(short if _is_short(alias, [key(person.name), *aliases]) else full, alias, person)
        if person.surname_suffices:
            _file(short, key(person.name).split()[-1], person)
    return People(_frozen(full), _frozen(short))


def _person(row: Mapping[str, str]) -> Person:
    since, until = (int(row[column]) if row[column] else None for column in ("from", "to"))
    suffices = row["surname_suffices"] == "yes"
    return Person(row["name"], row["iso3"], row["office"], row["sector"], since, until, suffices, row["woman"] == "yes")


def _is_short(alias: str, others: Iterable[str]) -> bool:
    return " " not in alias or any(other.endswith(" " + alias) for other in others)


def _file(table: defaultdict[str, list[Person]], at: str, person: Person) -> None:
    if person not in table[at]:
        table[at].append(person)


def _frozen(table: Mapping[str, list[Person]]) -> dict[str, tuple[Person, ...]]:
    return {at: tuple(persons) for at, persons in table.items()}


def _of_countries(persons: Iterable[Person], countries: Sequence[str]) -> list[Person]:
    return [person for person in persons if not countries or not person.iso3 or person.iso3 in countries]


def _by_surname(
    candidates: Sequence[Person], countries: Sequence[str], published: date | None, names: Sequence[TitledName]
) -> Person | None:
    titles = _offices(names)
    of_woman = any(fold(word) in words("feminine") for name in names for word in name.title.split())
    fitting = [
        person
        for person in candidates
        if (person.woman or not of_woman)
        and person.active(published, _YEARS_AROUND_OFFICE)
        and (_shares_office(person, titles) if titles else person.surname_suffices or person.iso3 in countries)
        and (person.surname_suffices or person.iso3 in countries or published is not None)
    ]
    return _only(fitting, published, names)


def _only(fitting: Sequence[Person], published: date | None, names: Sequence[TitledName]) -> Person | None:
    titles = _offices(names)
    for chosen in (
        fitting,
        [person for person in fitting if published and person.active(published, 0)],
        [person for person in fitting if _shares_office(person, titles)],
        [person for person in fitting if person.surname_suffices],
    ):
        if len(chosen) == 1:
            return chosen[0]
    return None


def _offices(names: Iterable[TitledName]) -> frozenset[str]:
    """Return the words of office in the titles, the last word of each: ``minister`` of ``Foreign Minister``."""
    found = {fold(word).strip(".") for name in names for word in name.title.split()}
    return frozenset(found & (words("office") | words("rank") | words("royal")))


def _shares_office(person: Person, titles: frozenset[str]) -> bool:
    return bool(titles & set(person.office.split()))
