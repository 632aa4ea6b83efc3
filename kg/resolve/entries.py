"""Entries of a user's lexicon: what an actor is called, and what it is, from one day to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from kg.records import ActorType


class Term(NamedTuple):
    """State (ISO 3166-1 alpha-3) and sector of an actor from one day to another, both inclusive, None where open."""

    country: str = ""
    sector: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def dated(self) -> bool:
        """Whether it holds for a time only."""
        return self.since is not None or self.until is not None

    def holds(self, day: date) -> bool:
        """Say whether ``day`` lies within it."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor: its canonical name, all forms of it (the name among them), and its terms in order of precedence.

    ``type`` is what the lexicon says that it is. Where it does not say, ``likely`` is the type that its codes suggest,
    which a person may have too: a spokesman is coded as the army that he speaks for. ``cased`` tells that the capitals
    of the forms are those of running text.
    """

    name: str
    forms: tuple[str, ...]
    terms: tuple[Term, ...]
    type: ActorType | None = None
    likely: ActorType | None = None
    same_as: tuple[str, ...] = ()
    cased: bool = True

    @property
    def is_state(self) -> bool:
        """Whether it stands for a state, or a place in one, and for nobody in particular there."""
        return (self.type or self.likely) == "STATE"

    def on(self, day: date | None) -> Term | None:
        """Return what the actor is on ``day``, None where no term holds.

        Dated terms go before those without dates. What several terms without dates, or all terms where there is no
        ``day``, do not agree upon is left empty.
        """
        if day is None:
            return agreed(self.terms)
        found = next((term for term in self.terms if term.dated and term.holds(day)), None)
        return found or agreed([term for term in self.terms if not term.dated])


@dataclass(frozen=True, slots=True)
class Agent:
    """Common nouns for people of one sector, as ``soldier`` and ``soldiers``, in lower case."""

    forms: tuple[str, ...]
    sector: str


class SkippedLine(NamedTuple):
    """A line of a dictionary, or a part of it, that could not be used, and why; lines count from 1."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}; skipped"


class Dictionary(NamedTuple):
    """What a file holds. ``silent`` counts the actors and agents whose codes name neither a state nor a sector."""

    entries: tuple[Entry, ...]
    agents: tuple[Agent, ...] = ()
    skipped: tuple[SkippedLine, ...] = ()
    silent: int = 0


def agreed(terms: Sequence[Term]) -> Term | None:
    """Return the state and sector that all ``terms`` have in common, each empty where they differ; None of none."""
    if not terms:
        return None
    return Term(_common(term.country for term in terms), _common(term.sector for term in terms))


def _common(values: Iterable[str]) -> str:
    found = set(values)
    return found.pop() if len(found) == 1 else ""
