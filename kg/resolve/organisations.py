"""The organisations of the lexicon, found by any of their names.

Data: ``kg/data/lexicons/organisations.tsv``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from kg.resolve.names import key
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kg.records import ActorType


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the lexicon; ``iso3`` is empty for one that belongs to no single state."""

    name: str
    type: ActorType
    iso3: str
    sector: str


@dataclass(frozen=True, slots=True)
class Organisations:
    """Organisations by the key of a name, by an abbreviation, and by names that need their country beside them."""

    anywhere: Mapping[str, Organisation]
    abbreviations: Mapping[str, Organisation]
    local: Mapping[str, tuple[Organisation, ...]]

    def find(self, form: str, countries: Collection[str] = ()) -> Organisation | None:
        """Return the organisation that the whole of ``form`` names, or None.

        ``countries`` are the codes of the states at hand: ``Congress`` is that of the United States only there.
        A form needs a capital, and one that is an abbreviation must be written as such (``WHO``, never ``Who``).
        """
        if not any(char.isupper() for char in form):
            return None
        found = self.abbreviations.get(abbreviation(form)) or self.anywhere.get(key(form))
        return found or next((one for one in self.local.get(key(form), ()) if one.iso3 in countries), None)


@cache
def organisations() -> Organisations:
    """Return the organisations that ship with kg."""
    anywhere: dict[str, Organisation] = {}
    abbreviations: dict[str, Organisation] = {}
    local: defaultdict[str, list[Organisation]] = defaultdict(list)
    for row in read_tsv("lexicons/organisations.tsv"):
        one = Organisation(row["name"], cast("ActorType", row["type"]), row["iso3"], row["sector"])
        for alias in _forms(row["name"], row["aliases"]):
            if is_abbreviation(alias):
                abbreviations.setdefault(abbreviation(alias), one)
            else:
                anywhere.setdefault(key(alias), one)
        for alias in _forms(row["local_aliases"]):
            local[key(alias)].append(one)
    return Organisations(anywhere, abbreviations, {at: tuple(ones) for at, ones in local.items()})


def _forms(*cells: str) -> Iterable[str]:
    return [form for cell in cells for form in cell.split("|") if form]


def is_abbreviation(form: str) -> bool:
    """Say whether a name is a word in capitals, to be written so: ``WHO``."""
    return " " not in form and form.upper() == form


def abbreviation(form: str) -> str:
    """Return an abbreviation without article and points."""
    return form.strip().removeprefix("the ").removeprefix("The ").replace(".", "")
