"""The parts of a mention: titles around a name, articles and numbers before a noun, and the key a name is found by.

Data: ``kg/data/lexicons/titles.tsv`` and ``pronouns.tsv``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from kg.lexicon import fold, gazetteer
from kg.resolve.filing import frozen
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MentionKind = Literal["name", "nominal", "pronoun"]

_LONGEST_TITLE: Final = 3
_KEYS: Final = 1 << 16
# German Example is a man's name; German Jane Example is a woman of Germany.
_LEAST_AFTER_PEOPLE: Final = 2
_TITLES: Final = ("honorific", "office", "rank", "religious")
_POSSESSIVE: Final = re.compile(r"['’](?:s)?$")
_JOINED: Final = re.compile(r"[\s\-‐-―/]+")
_MARKS: Final = re.compile(r"[.,;:\"“”()]")
_SMALL_PARTS: Final = frozenset({"al", "el"})


class MentionText(NamedTuple):
    """One mention of an actor: its words, its kind, and the rest of its sentence on either side."""

    text: str
    kind: MentionKind
    left: str = ""
    right: str = ""


class TitledName(NamedTuple):
    """A name and the words that stood before it, as ``Foreign Minister`` and ``Philippe Douste-Blazy``."""

    title: str
    name: str


@cache
def words(kind: str) -> frozenset[str]:
    """Return the folded forms that the table of titles lists as ``kind``, or the pronouns for ``pronoun``."""
    if kind == "pronoun":
        return frozenset(fold(row["form"]) for row in read_tsv("lexicons/pronouns.tsv"))
    return frozenset(map(fold, _titles().get(kind, ())))


@cache
def _titles() -> Mapping[str, tuple[str, ...]]:
    """Return the forms in the table of titles, by kind."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in read_tsv("lexicons/titles.tsv"):
        found[row["kind"]].append(row["form"])
    return frozen(found)


@lru_cache(_KEYS)
def key(name: str) -> str:
    """Return what spellings of one name have in common: no case, accents, hyphens, points, ``the`` or ``al-``.

    >>> key("the Al-Qa’ida"), key("Bashar al-Assad"), key("U.N.")
    ("qa'ida", 'bashar assad', 'un')
    """
    if name.isascii() and name.replace(" ", "").isalnum():
        return key_of_parts(name.casefold().split())
    return key_of_parts(key_parts(without_possessive(name)))


@lru_cache(_KEYS)
def key_parts(text: str) -> tuple[str, ...]:
    """Return what words of a name, or one of its words, give to its key, but for what :func:`key_of_parts` leaves out.

    >>> key_parts("Al-Qa’ida")
    ('al', "qa'ida")
    """
    return tuple(_JOINED.sub(" ", _MARKS.sub("", fold(text))).split())


def key_of_parts(parts: Sequence[str]) -> str:
    """Return the key of a name from those of its words."""
    if parts and parts[0] == "the":
        parts = parts[1:]
    return " ".join([part for part in parts if part not in _SMALL_PARTS] or parts)


def without_possessive(text: str) -> str:
    """Return ``text`` without a final ``'s`` or ``'``."""
    return _POSSESSIVE.sub("", text.strip())


def titled(text: str) -> TitledName:
    """Split a mention of a person into what stands before the name, and the name; the last word is never a title.

    >>> titled("former Russian President Boris Yeltsin")
    TitledName(title='former Russian President', name='Boris Yeltsin')
    >>> titled("Kenyan Jane Example").name
    'Jane Example'
    """
    tokens = without_possessive(text.partition(", ")[0]).split()
    cut = _end_of_titles(tokens)
    return TitledName(" ".join(tokens[:cut]), " ".join(tokens[cut:]))


def kind_of(text: str) -> MentionKind:
    """Say whether ``text`` is a name, a description by a common noun, or a pronoun, by its words alone."""
    if fold(text) in words("pronoun") and (len(text) == 1 or not text.isupper()):
        return "pronoun"
    tokens = without_quantity(without_possessive(text)).split()
    if not tokens or not any(char.isupper() for char in tokens[-1]):
        return "nominal"
    if len(tokens) == 1 and _is_common(fold(tokens[0])):
        return "nominal"
    return "name"


def without_quantity(text: str) -> str:
    """Return a description without the article, number or quantity that opens it.

    >>> without_quantity("at least 14 other British soldiers")
    'British soldiers'
    """
    tokens = text.split()
    begin = 0
    while begin < len(tokens) - 1 and is_quantity(tokens[begin]):
        begin += 1
    return " ".join(tokens[begin:])


def without_tail(text: str) -> str:
    """Return a name without the common nouns that say what it names: ``Kommersant`` for ``Kommersant daily``."""
    tokens = text.split()
    end = len(tokens)
    while end > 1 and tokens[end - 1] in words("tail"):
        end -= 1
    return " ".join(tokens[:end])


def is_quantity(word: str) -> bool:
    """Say whether a word is an article, a number or a quantity, as ``14``, ``fifty-two``, ``others``, ``another's``."""
    folded = fold(without_possessive(word))
    counts = words("article") | words("number")
    return folded in counts or folded[:1].isdigit() or all(part in words("number") for part in folded.split("-"))


def uncapitalised(text: str) -> str:
    """Return a description that opened a sentence as it stands within one: ``Riot police`` as ``riot police``."""
    first, _, rest = text.partition(" ")
    word = fold(without_possessive(first))
    lowers = first[1:].islower() and _is_common(word) and not rest[:1].isupper() and word not in words("proper")
    return text[:1].lower() + text[1:] if lowers else text


def _is_common(word: str) -> bool:
    common = words("common")
    return word in common or word.removesuffix("s") in common or word.removesuffix("es") in common


def _end_of_titles(tokens: Sequence[str]) -> int:
    cut = position = 0
    only_titles = True
    while position < len(tokens) - 1:
        length, kind = _title_at(tokens, position)
        if length and (kind == "office" or only_titles):
            position = cut = _end_of_portfolio(tokens, position + length)
            continue
        word = fold(tokens[position])
        if tokens[position][0].islower() and word.strip(".") not in words("particle"):
            cut = position + 1
        elif word not in words("modifier") and gazetteer().place(tokens[position]) is None:
            only_titles = False
        position += 1
    named = len(tokens) > _LEAST_AFTER_PEOPLE and not is_of_office(tokens[-1])
    return cut or int(named and _is_of_people(tokens[0]))


def _end_of_portfolio(tokens: Sequence[str], begin: int) -> int:
    """Return where what an office is for, or of which state, ends, or ``begin`` where nothing says so.

    >>> titled("Deputy Assistant Secretary of State Jane Example").name
    'Jane Example'
    >>> titled("Prime Minister of New Zealand Jane Example").name
    'Jane Example'
    """
    if fold(tokens[begin]) not in words("of office") or begin + 1 == len(tokens):
        return begin
    first = begin + 1 + (tokens[begin + 1] == "the")
    for end in range(min(first + _LONGEST_TITLE, len(tokens) - 1), first, -1):
        if gazetteer().place(" ".join(tokens[first:end])) is not None:
            return end
    end = first
    while end < len(tokens) - 1 and (fold(tokens[end].strip(",")) in words("portfolio") or tokens[end] == "and"):
        end += 1
    return end if end > first else begin


def is_of_office(word: str) -> bool:
    """Say whether a word is that of an office or rank, as the last of ``Israeli Attorney General``."""
    return fold(word) in words("office") or fold(word) in words("rank")


def _is_of_people(word: str) -> bool:
    """Say whether a word says of what people somebody is: ``Briton``, ``Kenyan``."""
    place = gazetteer().place(word) if word[:1].isupper() else None
    return place is not None and place.kind in ("adjective", "demonym")


def _title_at(tokens: Sequence[str], position: int) -> tuple[int, str]:
    for length in range(min(_LONGEST_TITLE, len(tokens) - 1 - position), 0, -1):
        phrase = fold(" ".join(tokens[position : position + length]))
        for kind in _TITLES:
            if phrase in words(kind):
                return length, kind
    return 0, ""
