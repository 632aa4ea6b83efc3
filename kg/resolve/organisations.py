"""The organisations of the lexicon, found by any of their names.

Data: ``kg/data/lexicons/organisations.tsv``, and ``memberships.tsv`` for who belongs to which.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from kg.calendar.days import lies_between
from kg.lexicon import gazetteer
from kg.records import Link
from kg.resolve.filing import file, frozen
from kg.resolve.links import FAIR, LIKELY, SURE
from kg.resolve.names import key
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from kg.records import ActorType

_YEARS_REMEMBERED: Final = 25
_SHORT: Final = 5
_LONGEST_BEFORE_NOUN: Final = 4


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the lexicon; ``iso3`` is empty for one that belongs to no single state.

    ``since`` and ``until`` are the years between which it exists, None where unknown, or open.
    """

    name: str
    type: ActorType
    iso3: str
    sector: str
    since: int | None = None
    until: int | None = None

    def known(self, day: date | None) -> bool:
        """Say whether it exists on a day, or did within the last 25 years, so that the news may speak of it."""
        if day is None:
            return True
        founded = self.since is None or self.since <= day.year
        return founded and (self.until is None or day.year <= self.until + _YEARS_REMEMBERED)


class FoundOrganisation(NamedTuple):
    """An organisation, and why."""

    organisation: Organisation
    link: Link


class DescribedOrganisation(NamedTuple):
    """An organisation that a description begins with, and the rest of the description: ``officials`` of Hamas."""

    organisation: Organisation
    rest: str


@dataclass(frozen=True, slots=True)
class Organisations:
    """Organisations by the key of a name, by an abbreviation, and by names that need their country beside them.

    ``articled`` are names that are no more than one word after an article: ``The Economist``.
    """

    by_name: Mapping[str, Organisation]
    anywhere: Mapping[str, tuple[Organisation, ...]]
    abbreviations: Mapping[str, tuple[Organisation, ...]]
    local: Mapping[str, tuple[Organisation, ...]]
    articled: Mapping[str, Organisation]

    def find(self, form: str, countries: Collection[str] = (), day: date | None = None) -> Organisation | None:
        """Return the organisation that the whole of ``form`` names, or None.

        ``countries`` are the codes of the states at hand: ``Congress`` is that of the United States only there.
        A form needs a capital, and one that is an abbreviation must be written as such (``WHO``, never ``Who``).
        Of several of one name, those that the news may speak of on ``day``, and then those of ``countries``, are meant.
        """
        found = self.match(form, countries, day)
        return found.organisation if found else None

    def match(self, form: str, countries: Collection[str] = (), day: date | None = None) -> FoundOrganisation | None:
        """Return the same, and the rule by which it was found."""
        if not any(map(str.isupper, form)):
            return None
        if found := _meant(self.abbreviations.get(abbreviation(form), ()), countries, day):
            return FoundOrganisation(found, Link("abbreviation", form, LIKELY))
        if found := _meant(self.anywhere.get(key(form), ()), countries, day):
            return FoundOrganisation(found, Link("name", form, SURE))
        near = [one for one in self.local.get(key(form), ()) if one.iso3 in countries and one.known(day)]
        return FoundOrganisation(near[0], Link("local name", form, FAIR)) if near else None

    def in_description(self, phrase: str) -> DescribedOrganisation | None:
        """Return the organisation that a description begins with, but for small words and states: ``two Hamas men``.

        ``National Security Council spokesman`` names no Security Council, since ``National`` is part of the name.
        """
        tokens = phrase.split()
        for begin in range(len(tokens) - 1):
            if not any(map(str.isupper, tokens[begin])):
                continue
            for end in range(min(len(tokens) - 1, begin + _LONGEST_BEFORE_NOUN), begin, -1):
                if one := self.find(" ".join(tokens[begin:end])):
                    return DescribedOrganisation(one, " ".join(tokens[end:]))
            if gazetteer().place(tokens[begin]) is None:
                return None
        return None

    def named(self, name: str) -> Organisation | None:
        """Return the organisation with this canonical name, or None."""
        return self.by_name.get(name)


def _meant(ones: Sequence[Organisation], countries: Collection[str], day: date | None) -> Organisation | None:
    known = [one for one in ones if one.known(day)]
    if len(known) > 1:
        known = [one for one in known if one.iso3 in countries]
    return known[0] if len(known) == 1 else None


@cache
def organisations() -> Organisations:
    """Return the organisations that ship with kg."""
    by_name: dict[str, Organisation] = {}
    anywhere: defaultdict[str, list[Organisation]] = defaultdict(list)
    abbreviations: defaultdict[str, list[Organisation]] = defaultdict(list)
    local: defaultdict[str, list[Organisation]] = defaultdict(list)
    articled: dict[str, Organisation] = {}
    for row in read_tsv("lexicons/organisations.tsv"):
        one = Organisation(
            row["name"],
            cast("ActorType", row["type"]),
            row["iso3"],
            row["sector"],
            int(row["from"][:4]) if row["from"] else None,
            int(row["until"][:4]) if row["until"] else None,
        )
        by_name[one.name] = one
        for alias in _forms(row["name"], row["aliases"]):
            if is_abbreviation(alias):
                file(abbreviations, abbreviation(alias), one)
            elif alias.startswith("The ") and alias.count(" ") == 1:
                articled[key(alias)] = one
            else:
                file(anywhere, key(alias), one)
        for alias in _forms(row["local_aliases"]):
            file(local, key(alias), one)
    return Organisations(by_name, frozen(anywhere), frozen(abbreviations), frozen(local), articled)


class Membership(NamedTuple):
    """A state's time in an organisation, from a day, month or year in ISO 8601 to another, empty where open."""

    iso3: str
    since: str
    until: str

    def holds(self, day: date) -> bool:
        """Say whether ``day`` may lie within it."""
        return lies_between(day, self.since, self.until)


@cache
def memberships() -> Mapping[str, tuple[Membership, ...]]:
    """Return who belongs to which organisation, by its name."""
    found: defaultdict[str, list[Membership]] = defaultdict(list)
    for row in read_tsv("lexicons/memberships.tsv"):
        for iso3 in row["members"].split("|"):
            found[row["organisation"]].append(Membership(iso3, row["from"], row["until"]))
    return frozen(found)


def members(organisation: str, day: date) -> frozenset[str]:
    """Return the codes of the states that belong to ``organisation`` on a day; none where it is not known.

    >>> from datetime import date
    >>> sorted(members("Mercosur", date(2000, 1, 1)))
    ['ARG', 'BRA', 'PRY', 'URY']
    """
    return frozenset(one.iso3 for one in memberships().get(organisation, ()) if one.holds(day))


def _forms(*cells: str) -> Iterable[str]:
    return [form for cell in cells for form in cell.split("|") if form]


def is_abbreviation(form: str) -> bool:
    """Say whether a name is a word in capitals, or a short one with some within, to be written so: ``WHO``, ``LeT``."""
    mixed = len(form) <= _SHORT and form[1:] != form[1:].lower()
    return " " not in form and (form.upper() == form or mixed)


def abbreviation(form: str) -> str:
    """Return an abbreviation without article and points."""
    return form.strip().removeprefix("the ").removeprefix("The ").replace(".", "")
