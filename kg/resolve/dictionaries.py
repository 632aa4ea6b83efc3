"""A user's lexicon: the actors of tables and dictionaries, found by any of their names, on a day.

What it knows goes before what the lexicons that ship with kg know. It is handed down from who loads the pipeline to who
asks; an empty one stands where there is none.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from kg.errors import LexiconError
from kg.lexicon import GazetteerEntry, fold, gazetteer
from kg.resolve import entry_table, petrarch
from kg.resolve.entries import Dictionary
from kg.resolve.names import key, without_possessive
from kg.resolve.organisations import abbreviation, is_abbreviation
from kg.resolve.readings import places_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from kg.lexicon import Gazetteer
    from kg.records import ActorType
    from kg.resolve.entries import Agent, Entry, SkippedLine, Term

LexiconSource: TypeAlias = "Lexicon | str | os.PathLike[str] | Iterable[str | os.PathLike[str]]"
"""A lexicon, or the file or files of one."""

_TABLE_SUFFIX: Final = ".tsv"
_LARGEST: Final = 256 * 1024 * 1024
_SHORT: Final = 3
_LONGEST: Final = 24
_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_CAPITALS, _PHRASES, _NAMES = range(3)
_SMALL_BEGINNINGS: Final = ("al", "el")


class KnownActor(NamedTuple):
    """An entry, and its term on the day asked for, None where none holds."""

    entry: Entry
    term: Term | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The actors and common nouns of a user's files.

    Names lead to the actors that bear them: ``names`` by the key of the name, ``capitals`` by a name that must be
    written in capitals, ``phrases`` by the key of one without any. ``reaches`` and ``phrase_reaches`` have, by the
    first word of a key, the most tokens that a name of such a beginning has, of those that are found in a text.
    ``sectors`` has the sector of common nouns, ``places`` is the gazetteer with what the files know of states.
    """

    dictionaries: tuple[Dictionary, ...]
    places: Gazetteer
    names: Mapping[str, tuple[Entry, ...]]
    capitals: Mapping[str, tuple[Entry, ...]]
    phrases: Mapping[str, tuple[Entry, ...]]
    sectors: Mapping[str, str]
    reaches: Mapping[str, int]
    phrase_reaches: Mapping[str, int]

    @classmethod
    def read(cls, source: LexiconSource) -> Lexicon:
        """Read the files of a lexicon: ``.tsv`` is our own table, anything else a PETRARCH dictionary.

        Of two files that know one name or noun, the later decides.

        Raises:
            LexiconError: a file cannot be read, a line of a table cannot be used, or a dictionary has no entry.
        """
        if isinstance(source, Lexicon):
            return source
        paths = [source] if isinstance(source, str | os.PathLike) else list(source)
        return cls.of([_read(Path(path)) for path in paths])

    @classmethod
    def of(cls, dictionaries: Iterable[Dictionary]) -> Lexicon:
        """Make a lexicon of dictionaries, the later of which decide where two know one name."""
        dictionaries = tuple(dictionaries)
        index = _Index()
        for dictionary in dictionaries:
            index.add(dictionary)
        return cls(
            dictionaries=dictionaries,
            places=gazetteer().extended(index.places.items()) if index.places else gazetteer(),
            names=index.names,
            capitals=index.capitals,
            phrases=index.phrases,
            sectors=index.sectors,
            reaches=index.reaches,
            phrase_reaches=index.phrase_reaches,
        )

    def on(self, day: date | None) -> LexiconOfDay:
        """Return the lexicon as it is on ``day``, None for a day that is not known."""
        return LexiconOfDay(self, day)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The actors, file by file."""
        return tuple(entry for dictionary in self.dictionaries for entry in dictionary.entries)

    @property
    def agents(self) -> tuple[Agent, ...]:
        """The common nouns, file by file."""
        return tuple(agent for dictionary in self.dictionaries for agent in dictionary.agents)

    @property
    def skipped(self) -> tuple[SkippedLine, ...]:
        """The lines of dictionaries that could not be used."""
        return tuple(skipped for dictionary in self.dictionaries for skipped in dictionary.skipped)

    @property
    def silent(self) -> int:
        """How many actors and nouns were left out because their codes name neither a state nor a sector."""
        return sum(dictionary.silent for dictionary in self.dictionaries)

    def __repr__(self) -> str:
        return f"Lexicon(entries={len(self.entries)}, agents={len(self.agents)}, skipped={len(self.skipped)})"


@cache
def no_lexicon() -> Lexicon:
    """Return the lexicon of who has none."""
    return Lexicon.of(())


@dataclass(frozen=True, slots=True)
class LexiconOfDay:
    """A lexicon on one day."""

    lexicon: Lexicon
    day: date | None = None

    @property
    def places(self) -> Gazetteer:
        """The states and regions."""
        return self.lexicon.places

    def of_text(self, text: str) -> LexiconOfDay:
        """Return the lexicon with its places as ``text`` means them (see :mod:`kg.resolve.readings`)."""
        places = places_in(text, self.day, self.places)
        return self if places is self.places else LexiconOfDay(replace(self.lexicon, places=places), self.day)

    def find(self, form: str, countries: Collection[str] = ()) -> KnownActor | None:
        """Return the actor that the whole of ``form`` names, None where none does or several do.

        Of several, those of which a term holds on the day, and of these those of ``countries``, are preferred.
        """
        known = [KnownActor(entry, entry.on(self.day)) for entry in self._named(form)]
        if len(known) > 1:
            known = [one for one in known if one.term is not None]
        if len({(one.entry.name, one.term) for one in known}) > 1:
            known = [one for one in known if one.term is not None and one.term.country in countries]
        return known[0] if len({(one.entry.name, one.term) for one in known}) == 1 else None

    def sector(self, phrase: str) -> str:
        """Return the sector of whom a common noun speaks, by the longest known end of the phrase, or nothing."""
        parts = fold(phrase).split() if self.lexicon.sectors else []
        ends = (" ".join(parts[begin:]) for begin in range(len(parts)))
        return next((sector for end in ends if (sector := self.lexicon.sectors.get(end))), "")

    def reach(self, word: str) -> int:
        """Return how many tokens a name that begins with ``word`` may have, 0 where there is no such name."""
        names, phrases = self.lexicon.reaches, self.lexicon.phrase_reaches
        if not (names or phrases):
            return 0
        at = word.casefold() if word.isascii() and word.isalnum() else key(word).partition(" ")[0]
        reach = phrases.get(at, 0)
        return max(reach, names.get(at, 0)) if any(map(str.isupper, word)) else reach

    def __bool__(self) -> bool:
        return bool(self.lexicon.names or self.lexicon.capitals or self.lexicon.phrases)

    def _named(self, form: str) -> tuple[Entry, ...]:
        lexicon = self.lexicon
        if not self:
            return ()
        if found := lexicon.capitals.get(abbreviation(without_possessive(form))):
            return found
        at = key(form)
        if any(map(str.isupper, form)) and (found := lexicon.names.get(at)):
            return found
        return lexicon.phrases.get(at, ())


@dataclass(slots=True)
class _Index:
    """A lexicon in the making: see :class:`Lexicon`."""

    places: dict[str, GazetteerEntry] = field(default_factory=dict)
    names: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    capitals: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    phrases: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    sectors: dict[str, str] = field(default_factory=dict)
    reaches: dict[str, int] = field(default_factory=dict)
    phrase_reaches: dict[str, int] = field(default_factory=dict)

    def add(self, dictionary: Dictionary) -> None:
        """Add what a dictionary knows, which goes before what is known already."""
        self._add_places(entry for entry in dictionary.entries if entry.is_state)
        self._add_names(entry for entry in dictionary.entries if not _is_place(entry))
        nouns: dict[str, set[str]] = {}
        for agent in dictionary.agents:
            for form in agent.forms:
                nouns.setdefault(fold(form), set()).add(agent.sector)
        self.sectors |= {noun: next(iter(found)) for noun, found in nouns.items() if len(found) == 1}

    def _add_places(self, entries: Iterable[Entry]) -> None:
        found: dict[str, set[GazetteerEntry]] = {}
        for entry in entries:
            for place in {_place(entry, term) for term in entry.terms if not term.dated}:
                for form in entry.forms:
                    found.setdefault(form, set()).add(place)
        shipped = gazetteer()
        for form, places in found.items():
            place = next(iter(places))
            known = shipped.place(form)
            if len(places) == 1 and (known is None or place.kind == "region" or known.iso3 != place.iso3):
                self.places[form] = place._replace(kind="abbreviation") if _is_short(form) else place

    def _add_names(self, entries: Iterable[Entry]) -> None:
        found: tuple[dict[str, list[Entry]], ...] = ({}, {}, {})
        for entry in entries:
            for form in entry.forms:
                capital = is_abbreviation(form) if entry.cased else _is_short(form)
                table = _CAPITALS if capital else _PHRASES if form.lower() == form else _NAMES
                ones = found[table].setdefault(abbreviation(form) if capital else key(form), [])
                if not any(one is entry for one in ones):
                    ones.append(entry)
                if type_in_text(entry, form):
                    self._reach(form, self.phrase_reaches if table == _PHRASES else self.reaches)
        for known, named in zip((self.capitals, self.phrases, self.names), found, strict=True):
            known.update((at, tuple(ones)) for at, ones in named.items())

    def _reach(self, form: str, reaches: dict[str, int]) -> None:
        tokens = len(_TOKEN.findall(form))
        first = key(form).partition(" ")[0]
        for word in (first, *_SMALL_BEGINNINGS):
            reaches[word] = max(reaches.get(word, 0), min(tokens, _LONGEST))


def type_in_text(entry: Entry, form: str) -> ActorType | None:
    """Return the type of what ``form`` names wherever it stands in a text, None where only a reader can tell.

    That is so of names from a dictionary whose codes do not tell a group from a person, or a state from a place in it,
    and of single words from one that does not tell a name from a noun.
    """
    if entry.type is None and (entry.is_state or " " not in form):
        return None
    return entry.type or entry.likely


def _is_place(entry: Entry) -> bool:
    """Say whether an entry is no more than a place of a state: it is then in the gazetteer, and there alone."""
    return entry.is_state and entry.type is None and not any(term.dated for term in entry.terms)


def _place(entry: Entry, term: Term) -> GazetteerEntry:
    title = gazetteer().country_name(term.country)
    if entry.type is None or entry.name == title:
        return GazetteerEntry(term.country, title or entry.name, "alias")
    return GazetteerEntry(term.country, entry.name, "region")


def _is_short(form: str) -> bool:
    """Say whether a word in capitals is short enough to be read as an abbreviation only."""
    letters = form.replace(".", "")
    return letters.isupper() and letters.isalnum() and len(letters) <= _SHORT


def _read(path: Path) -> Dictionary:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise LexiconError(f"cannot read {path}: {error.strerror or error}") from error
    if len(data) > _LARGEST:
        raise LexiconError(f"{path}: larger than {_LARGEST // 1024**2} MB; is this a lexicon?")
    if path.suffix.lower() == _TABLE_SUFFIX:
        return Dictionary(entry_table.read(data, str(path)))
    found = petrarch.read(data, str(path))
    if not (found.entries or found.agents):
        first = f"; {found.skipped[0]}" if found.skipped else ""
        raise LexiconError(f"{path}: no PETRARCH dictionary, and no .tsv table{first}")
    return found
