"""The gazetteer of states and regions: which country a word such as ``Moscow``, ``Iraqi`` or ``U.S.`` stands for.

Data: ``kg/data/lexicons/countries.tsv``. Codes are ISO 3166-1 alpha-3, with ``XKX`` for Kosovo and the withdrawn
codes of states that are no more (``SUN``, ``YUG``, ``SCG``, ``CSK``, ``DDR``, ``VDR``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast

from kg.errors import KgError
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PlaceKind = Literal["name", "alias", "demonym", "adjective", "capital", "seat", "abbreviation", "region"]

_TABLE: Final = "lexicons/countries.tsv"
_OWN_NAMES: Final[frozenset[PlaceKind]] = frozenset({"name", "alias", "abbreviation"})
_FOLDED: Final = 1 << 16
_TOKEN: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_](?!\w)\.?|[^\W_]+")
_GAP: Final = re.compile(r"[\s.,'()\u2010-\u2015-]{1,3}")
_ARTICLE: Final = re.compile(r"the\s+", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"'s?$", re.IGNORECASE)
_UNDECOMPOSED: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "’": "'", "‘": "'", "ʻ": "'"}
)


class GazetteerEntry(NamedTuple):
    """What a form stands for: a state, or a region of one (``name`` is then the region's).

    ``iso3`` is empty for what lies in no one state (Africa, Kurdistan, the Black Sea).
    """

    iso3: str
    name: str
    kind: PlaceKind

    @property
    def is_own_name(self) -> bool:
        """Whether the form names the state itself, and not its people, a town or a region."""
        return self.kind in _OWN_NAMES


class GazetteerMatch(NamedTuple):
    """An entry found in a text, at ``text[begin:end]`` (code points)."""

    begin: int
    end: int
    entry: GazetteerEntry


@lru_cache(_FOLDED)
def fold(text: str) -> str:
    """Return ``text`` without case and accents, with straight apostrophes and single spaces.

    >>> fold("  Côte   d’Ivoire ")
    "cote d'ivoire"
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_UNDECOMPOSED)
    decomposed = unicodedata.normalize("NFKD", plain)
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Forms of states and regions, for look-up of a whole phrase or of the places within one.

    ``forms`` has folded forms, ``abbreviations`` unfolded ones, ``names`` the title of each state by code,
    ``adjectives`` the word that goes before a noun (``Iraqi``), the title where a state has none.
    ``tokens`` has every form as folded words (abbreviations also unfolded), for search within a text, and ``longest``
    the number of words of the longest form that begins with a word.
    """

    forms: Mapping[str, GazetteerEntry]
    abbreviations: Mapping[str, GazetteerEntry]
    names: Mapping[str, str]
    adjectives: Mapping[str, str]
    tokens: Mapping[tuple[str, ...], GazetteerEntry]
    longest: Mapping[str, int]

    def place(self, form: str) -> GazetteerEntry | None:
        """Return what the whole of ``form`` stands for, or None.

        Case, accents, a leading article and a final possessive do not matter, save that an abbreviation must be
        written as one (``US``, never ``us``).
        """
        bare = _bare(form)
        return self.abbreviations.get(bare) or self.forms.get(fold(bare))

    def matches(self, text: str) -> Iterator[GazetteerMatch]:
        """Yield the places named within ``text``, left to right, the longest form first and none overlapping.

        A form must begin with a capital there, so that ``turkey`` and ``polish`` are no places.
        """
        if not any(map(str.isupper, text)):
            return
        words = [(token.start(), token.end(), token.group()) for token in _TOKEN.finditer(text)]
        position = 0
        while position < len(words):
            found = self._longest_at(text, words, position) if self._begins(words[position][2]) else None
            if found is None:
                position += 1
                continue
            count, entry = found
            yield GazetteerMatch(words[position][0], words[position + count - 1][1], entry)
            position += count

    def countries_in(self, text: str) -> tuple[str, ...]:
        """Return the codes of the states whose words ``text`` holds, each once, in order of appearance.

        >>> gazetteer().countries_in("U.S.-brokered talks of Pakistani and Afghan soldiers in South America")
        ('USA', 'PAK', 'AFG')
        """
        return tuple(dict.fromkeys(match.entry.iso3 for match in self.matches(text) if match.entry.iso3))

    def is_capital_or_seat(self, form: str) -> bool:
        """Say whether ``form`` is a capital or a seat of government, which may stand for its state."""
        found = self.place(form)
        return found is not None and found.kind in ("capital", "seat")

    def country_name(self, iso3: str) -> str | None:
        """Return the title of the state with the code ``iso3``, or None for an unknown code."""
        return self.names.get(iso3)

    def adjective(self, iso3: str) -> str | None:
        """Return the word for what belongs to the state (``Iraqi``, ``Hong Kong``), or None for an unknown code."""
        return self.adjectives.get(iso3) or self.names.get(iso3)

    def extended(self, added: Iterable[tuple[str, GazetteerEntry]]) -> Gazetteer:
        """Return a gazetteer that knows forms besides, or otherwise; of one form the last entry stands."""
        forms, abbreviations, tokens = dict(self.forms), dict(self.abbreviations), dict(self.tokens)
        for form, entry in added:
            if entry.kind == "abbreviation":
                abbreviations[form] = entry
            else:
                forms[fold(form)] = entry
                tokens[tuple(fold(word) for word in _TOKEN.findall(form))] = entry
        return Gazetteer(forms, abbreviations, self.names, self.adjectives, tokens, _longest(tokens))

    def _begins(self, word: str) -> bool:
        """Say whether a form begins with ``word``, and as such in a text."""
        return word[0].isupper() and (fold(word) in self.longest or word in self.abbreviations)

    def _longest_at(
        self, text: str, words: list[tuple[int, int, str]], position: int
    ) -> tuple[int, GazetteerEntry] | None:
        reach, longest = 1, self.longest.get(fold(words[position][2]), 1)
        while reach < longest and position + reach < len(words):
            gap = text[words[position + reach - 1][1] : words[position + reach][0]]
            if gap and not _GAP.fullmatch(gap):
                break
            reach += 1
        for count in range(reach, 0, -1):
            entry = self._entry([word for _, _, word in words[position : position + count]])
            if entry is not None:
                return count, entry
        return None

    def _entry(self, words: list[str]) -> GazetteerEntry | None:
        if len(words) == 1 and (found := self.abbreviations.get(words[0])):
            return found
        return self.tokens.get(tuple(fold(word) for word in words))


@lru_cache(_FOLDED)
def _bare(form: str) -> str:
    """Return a form without a leading article and a final possessive."""
    return _POSSESSIVE.sub("", _ARTICLE.sub("", form.strip().translate(_UNDECOMPOSED), count=1))


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer that ships with kg.

    Raises:
        KgError: the table is missing, or two states lay claim to one form.
    """
    return _build(read_tsv(_TABLE))


def _build(rows: Iterable[Mapping[str, str]]) -> Gazetteer:
    forms: dict[str, GazetteerEntry] = {}
    abbreviations: dict[str, GazetteerEntry] = {}
    names: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    tokens: dict[tuple[str, ...], GazetteerEntry] = {}
    for row in rows:
        entry = GazetteerEntry(row["iso3"], row["name"], cast("PlaceKind", row["kind"]))
        form = row["form"]
        if entry.kind == "abbreviation":
            _claim(abbreviations, form, entry)
            continue
        if entry.kind == "name":
            names[entry.iso3] = entry.name
        if entry.kind == "adjective":
            adjectives.setdefault(entry.iso3, form)
        _claim(forms, fold(form), entry)
        tokens.setdefault(tuple(fold(word) for word in _TOKEN.findall(form)), entry)
    return Gazetteer(forms, abbreviations, names, adjectives, tokens, _longest(tokens))


def _longest(forms: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """Return the number of words of the longest form that begins with each word."""
    found: dict[str, int] = {}
    for words in filter(None, forms):
        found[words[0]] = max(len(words), found.get(words[0], 0))
    return found


def _claim(table: dict[str, GazetteerEntry], form: str, entry: GazetteerEntry) -> None:
    other = table.setdefault(form, entry)
    if other.iso3 != entry.iso3:
        raise KgError(f"{_TABLE}: {form!r} stands for both {other.iso3} and {entry.iso3}: keep one")
