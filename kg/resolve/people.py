"""The people of the lexicon, found by full name, or by surname or office where title, country and date leave no doubt.

Data: ``kg/data/lexicons/leaders.tsv`` and ``office_holders.tsv``. No link is better than a wrong one: a name that fits
two people fits none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.lexicon import fold
from kg.records import Link
from kg.resolve.filing import file, frozen
from kg.resolve.links import FAIR, LIKELY, SURE
from kg.resolve.names import key, words
from kg.resolve.offices import offices
from kg.resolve.organisations import organisations
from kg.resolve.spelling import Spellings
from kg.resolve.states import states
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from kg.resolve.names import TitledName
    from kg.resolve.offices import Tenure

_YEARS_IN_THE_NEWS: Final = 25
_YEARS_AROUND_OFFICE: Final = 2
_CODE: Final = 3
_FAMILY_FIRST: Final = frozenset({"CHN", "TWN", "KOR", "PRK", "SGP", "KHM", "HKG", "MAC"})


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the lexicon; ``since`` and ``until`` are the years of prominence, None where open.

    ``states`` are those that the person has acted for, empty where one acts for an organisation too.
    """

    name: str
    iso3: str
    office: str
    sector: str
    since: int | None
    until: int | None
    surname_suffices: bool
    woman: bool
    tenures: tuple[Tenure, ...] = ()
    states: frozenset[str] = frozenset()

    def active(self, published: date | None, margin: int) -> bool:
        """Say whether the years, widened by ``margin``, hold the year of ``published`` (yes without a date)."""
        if published is None:
            return True
        begins = self.since is None or published.year >= self.since - margin
        return begins and (self.until is None or published.year <= self.until + margin)

    def role(self, day: date | None) -> tuple[str, str]:
        """Return the state and sector that the person acts for on a day: those of an office held then, or the usual."""
        held = next((tenure for tenure in self.tenures if day and tenure.holds(day)), None)
        return _role_in(held) if held else (self.iso3, self.sector)

    def leads(self, body: str, day: date | None) -> bool | None:
        """Say whether the person leads ``body``, a state's code or an organisation's name; None where that is unknown.

        What counts are the offices there on ``day``, and where there is none, or no day, those of all times.
        """
        terms = [tenure for tenure in self.tenures if tenure.body == body]
        held = [tenure for tenure in terms if day and tenure.holds(day)]
        if terms:
            ranks = {tenure.leads for tenure in held or terms}
            return ranks.pop() if len(ranks) == 1 else None
        return self.office in offices().leading if body and body == self.iso3 else None

    def may_act_for(self, iso3: str) -> bool:
        """Say whether the person may act for a state: has done so, or not all that he or she has acted for is known."""
        if not self.states or not iso3:
            return True
        # A state that is no more had others before or after it.
        past = any(code in states() and states()[code].until for code in (iso3, *self.states))
        return past or iso3 in self.states

    def is_called(self, titles: frozenset[str]) -> bool:
        """Say whether one of the words of ``titles`` speaks of an office of the person's."""
        return bool(titles & set(self.office.split())) or any(titles & _words_of(tenure) for tenure in self.tenures)

    def holds(self, titles: frozenset[str], day: date | None) -> bool:
        """Say whether the person has an office on ``day`` that one of the words of ``titles`` speaks of."""
        return any(day and tenure.holds(day) and titles & _words_of(tenure) for tenure in self.tenures)


class FoundPerson(NamedTuple):
    """A person, and why."""

    person: Person
    link: Link


@dataclass(frozen=True, slots=True)
class People:
    """The people by their titles in the lexicon, by the key of their full names, and by that of short forms.

    ``family`` has surnames that are theirs beside their office only. ``spellings`` finds full names that are spelt
    otherwise.
    """

    by_name: Mapping[str, Person]
    full: Mapping[str, tuple[Person, ...]]
    short: Mapping[str, tuple[Person, ...]]
    family: Mapping[str, tuple[Person, ...]]
    spellings: Spellings

    def find(
        self,
        names: Sequence[TitledName],
        countries: Sequence[str],
        published: date | None,
        *,
        within: Sequence[str] = (),
        near: Sequence[str] = (),
    ) -> FoundPerson | None:
        """Return the person whom all of ``names`` may mean, or None where none fits or several do.

        ``countries`` are the codes that the text ties the person to, ``within`` those that the names themselves hold; a
        person of another state does not fit, unless a full name has the office of that day, and no state within.
        ``near`` are codes that the text has elsewhere, which speak for a name that is spelt otherwise.
        """
        longest = max((len(key(name.name).split()) for name in names), default=0)
        if found := self._by_full_name(names, countries, published, within):
            return found
        for name in names:
            if len(key(name.name).split()) == longest and (found := self._by_short(name, names, countries, published)):
                return found
        for name in names:
            if found := self._by_spelling(name, names, countries or near, published):
                return found
        return None

    def _by_full_name(
        self, names: Sequence[TitledName], countries: Sequence[str], published: date | None, within: Sequence[str]
    ) -> FoundPerson | None:
        titles = _offices(names)
        for name in names:
            named = self.full.get(key(name.name), ())
            in_office = [] if within else [one for one in named if _has_office(one, titles, published)]
            fitting = _of_countries(named, countries) or in_office
            fitting = [person for person in fitting if person.active(published, _YEARS_IN_THE_NEWS)]
            if found := _only(fitting, published, names):
                return FoundPerson(found, Link("name", name.name, SURE if len(named) == 1 else LIKELY))
        return None

    def _by_short(
        self, name: TitledName, names: Sequence[TitledName], countries: Sequence[str], published: date | None
    ) -> FoundPerson | None:
        at = key(name.name)
        if found := _by_surname(_of_countries(self.short.get(at, ()), countries), countries, published, names):
            return FoundPerson(found, Link("surname", name.name, LIKELY if countries and published else FAIR))
        titles = _offices(names)
        held = [one for one in _of_countries(self.family.get(at, ()), countries) if one.holds(titles, published)]
        if countries and len(held) == 1:
            return FoundPerson(held[0], Link("surname", name.name, LIKELY))
        return None

    def _by_spelling(
        self, name: TitledName, names: Sequence[TitledName], countries: Sequence[str], published: date | None
    ) -> FoundPerson | None:
        titles = _offices(names)
        near = (person for at in self.spellings.near(key(name.name)) for person in self.full[at])
        fitting = [
            person
            for person in _of_countries(dict.fromkeys(near), countries)
            if person.active(published, _YEARS_AROUND_OFFICE)
            and (countries or published)
            and (person.is_called(titles) or (countries and person.states.intersection(countries)))
        ]
        return FoundPerson(fitting[0], Link("spelling", name.name, FAIR)) if len(fitting) == 1 else None

    def in_office(self, body: str, noun: str, day: date) -> Person | None:
        """Return who alone has the office that ``noun`` means in ``body`` on ``day``, or None."""
        found = offices().holder(body, noun, day)
        return self.by_name[found.name] if found else None


@cache
def people() -> People:
    """Return the people that ship with kg."""
    full: defaultdict[str, list[Person]] = defaultdict(list)
    short: defaultdict[str, list[Person]] = defaultdict(list)
    family: defaultdict[str, list[Person]] = defaultdict(list)
    by_name: dict[str, Person] = {}
    for person, forms in _everybody():
        by_name[person.name] = person
        whole = key(person.name)
        aliases = [key(form) for form in forms]
        file(full, whole, person)
        for alias in aliases:
            file(short if _is_short(alias, [whole, *aliases]) else full, alias, person)
        if person.surname_suffices:
            file(short, whole.split()[-1], person)
        elif person.tenures and " " in whole:
            parts = whole.split()
            file(family, parts[0] if person.states & _FAMILY_FIRST else parts[-1], person)
    return People(by_name, frozen(full), frozen(short), frozen(family), Spellings.of(full))


def may_act_for(name: str, iso3: str) -> bool:
    """Say whether somebody, by the title in the lexicon, may act for a state: has done so, or is not known well enough.

    >>> may_act_for("Emmanuel Macron", "FRA"), may_act_for("Emmanuel Macron", "KEN"), may_act_for("Jane Example", "KEN")
    (True, False, True)
    """
    person = people().by_name.get(name)
    return person is None or person.may_act_for(iso3)


def _everybody() -> Iterator[tuple[Person, list[str]]]:
    """Give the people with the other forms of their names: those of the table of leaders, then all with an office."""
    known = offices()
    named: set[str] = set()
    for row in read_tsv("lexicons/leaders.tsv"):
        person = _person(row)
        named.add(person.name)
        forms = [form for form in row["aliases"].split("|") if form]
        yield person, list(dict.fromkeys([*forms, *known.forms.get(person.name, ())]))
    for name in known.holders:
        if name not in named:
            yield _holder(name, woman=name in known.women), list(known.forms.get(name, ()))


def _holder(name: str, *, woman: bool) -> Person:
    """Return someone of whom no more is known than the offices."""
    tenures = offices().of(name)
    first = tenures[0]
    ends = [tenure.until for tenure in tenures]
    iso3, sector = _role_in(first)
    return Person(
        name=name,
        iso3=iso3,
        office=first.office,
        sector=sector,
        since=min(_year(tenure.since) for tenure in tenures),
        until=max(map(_year, ends)) if all(ends) else None,
        surname_suffices=False,
        woman=woman,
        tenures=tenures,
        states=_states(iso3, tenures),
    )


def _role_in(tenure: Tenure) -> tuple[str, str]:
    if _is_state(tenure.body):
        return tenure.body, tenure.sector or "GOV"
    organisation = organisations().named(tenure.body)
    return organisation.iso3 if organisation else "", tenure.sector or (organisation.sector if organisation else "")


def _year(day: str) -> int:
    return int(day[:4])


def _states(iso3: str, tenures: Sequence[Tenure]) -> frozenset[str]:
    bodies = {*([iso3] if iso3 else []), *(tenure.body for tenure in tenures)}
    return frozenset(bodies) if all(map(_is_state, bodies)) else frozenset()


def _is_state(body: str) -> bool:
    return len(body) == _CODE and body.isupper()


def _words_of(tenure: Tenure) -> frozenset[str]:
    return frozenset(word for noun in offices().words(tenure) for word in noun.split())


def _person(row: Mapping[str, str]) -> Person:
    since, until = (int(row[column]) if row[column] else None for column in ("from", "to"))
    name, iso3 = row["name"], row["iso3"]
    tenures = offices().of(name)
    return Person(
        name=name,
        iso3=iso3,
        office=row["office"],
        sector=row["sector"],
        since=since,
        until=until,
        surname_suffices=row["surname_suffices"] == "yes",
        woman=row["woman"] == "yes",
        tenures=tenures,
        states=_states(iso3, tenures) if iso3 else frozenset(),
    )


def _is_short(alias: str, others: Iterable[str]) -> bool:
    return " " not in alias or any(other.endswith(" " + alias) for other in others)


def _of_countries(persons: Iterable[Person], countries: Sequence[str]) -> list[Person]:
    return [one for one in persons if not countries or not one.states or one.states.intersection(countries)]


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
        and (person.is_called(titles) if titles else person.surname_suffices or _is_of(person, countries))
        and (person.surname_suffices or _is_of(person, countries) or published is not None)
    ]
    return _only(fitting, published, names)


def _only(fitting: Sequence[Person], published: date | None, names: Sequence[TitledName]) -> Person | None:
    titles = _offices(names)
    for chosen in (
        fitting,
        [person for person in fitting if person.holds(titles, published)],
        [person for person in fitting if published and person.active(published, 0)],
        [person for person in fitting if person.is_called(titles)],
        [person for person in fitting if person.surname_suffices],
    ):
        if len(chosen) == 1:
            return chosen[0]
    return None


def _offices(names: Iterable[TitledName]) -> frozenset[str]:
    """Return the words of office in the titles, the last word of each: ``minister`` of ``Foreign Minister``."""
    found = {fold(word).strip(".") for name in names for word in name.title.split()}
    return frozenset(found & (words("office") | words("rank") | words("royal")))


def _has_office(person: Person, titles: frozenset[str], published: date | None) -> bool:
    """Say whether the person has an office of ``titles`` on the day, or at all where that is not known."""
    return person.holds(titles, published) if published else bool(person.tenures) and person.is_called(titles)


def _is_of(person: Person, countries: Sequence[str]) -> bool:
    return person.iso3 in countries or bool(person.states.intersection(countries))
