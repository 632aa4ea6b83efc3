"""The single words of states, which can change places with those of others."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from kg.resources import read_tsv


class StateWords(NamedTuple):
    """The single words of one state; a demonym has a plural in -s where its adjective is the same word."""

    name: str
    adjective: str
    capital: str

    def forms(self) -> tuple[str, ...]:
        """Return the words that change places with those of another state, in one order for all states."""
        return self.name, self.adjective, f"{self.adjective}s", self.capital


def state_words() -> tuple[StateWords, ...]:
    """Return the states whose name, adjective and capital are one word each, none of which means another place."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in read_tsv("lexicons/countries.tsv"):
        found.setdefault(row["iso3"], {}).setdefault(row["kind"], []).append(row["form"])
    states = [
        StateWords(kinds["name"][0], (kinds.get("adjective") or kinds["demonym"])[0], kinds["capital"][0])
        for kinds in found.values()
        if "name" in kinds and "capital" in kinds and ("adjective" in kinds or "demonym" in kinds)
    ]
    single = [
        state
        for state in states
        if all(word.isalpha() and word[0].isupper() for word in state) and state.adjective[-1] in "ni"
    ]
    uses = Counter(word for state in single for word in set(state))
    return tuple(state for state in single if all(uses[word] == 1 for word in state))
