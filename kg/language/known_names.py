"""Organisations and people that the lexicons know, found word for word: names that training may never have shown."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.resolve.dictionaries import LexiconOfDay, no_lexicon, type_in_text
from kg.resolve.names import key, key_of_parts, key_parts
from kg.resolve.organisations import organisations
from kg.resolve.people import people

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

_LONGEST: Final = 8
_REMEMBERED: Final = 1 << 14
_ARTICLES: Final = frozenset({"the", "The"})
POSSESSIVES: Final = ("'s", "’s")
_JOINED: Final = frozenset({"al", "el"})
_MORE: Final = "\0"


class KnownName(NamedTuple):
    """Words ``begin`` to ``last``, inclusive, that name an actor of ``type``, by its canonical ``name``.

    ``sure`` tells that they are a mention wherever they stand, and of that type; otherwise the reader finds one or the
    other: whether a state is an actor there or a place, or of which type somebody from a dictionary of codes is.
    """

    begin: int
    last: int
    type: str
    name: str
    sure: bool = True


def known_names(
    words: Sequence[str], sentences: NDArray[np.int64], lexicon: LexiconOfDay | None = None
) -> Iterator[KnownName]:
    """Yield the longest names of known actors; none overlaps another, none crosses a sentence. People need a full name.

    ``lexicon``, the user's own, goes before ours: its people need no full name, its phrases no capitals.
    In a sentence all in capitals nothing tells an abbreviation from a word, so nothing is found there.
    """
    lexicon = LexiconOfDay(no_lexicon()) if lexicon is None else lexicon
    numbers: list[int] = sentences.tolist()
    shouted = _shouted(words, numbers)
    begin = 0
    while begin < len(words):
        step = 1
        own, ours = lexicon.reach(words[begin]), _LONGEST if _may_begin(words, begin) else 0
        if (own or ours) and numbers[begin] not in shouted:
            known = _may_end(words, begin, min(begin + ours, len(words)))
            for last in sorted({*range(begin, min(begin + own, len(words))), *known}, reverse=True):
                if numbers[last] != numbers[begin] or not _may_close(words, begin, last):
                    continue
                form = words[begin : last + 1]
                found = _of_user(form, lexicon) if len(form) <= own else None
                if found is None and last in known and words[begin] not in _ARTICLES:
                    found = _of_ours(" ".join(form))
                if found is not None:
                    yield KnownName(begin, last, *found)
                    step = last + 1 - begin
                    break
        begin += step


def _may_begin(words: Sequence[str], begin: int) -> bool:
    """Say whether a name of ours can begin with a word: a capital, or the ``al`` of ``al-Qaida``."""
    joined = words[begin].lower() in _JOINED and words[begin + 1 : begin + 2] == ["-"]
    return joined or any(map(str.isupper, words[begin]))


def _may_close(words: Sequence[str], begin: int, last: int) -> bool:
    """Say whether a name can close with a word: no mark, nor the ``'s`` of a possessor."""
    return words[last][-1].isalnum() and (last == begin or words[last] not in POSSESSIVES)


def _shouted(words: Sequence[str], numbers: Sequence[int]) -> frozenset[int]:
    quiet = {n for n, word in zip(numbers, words, strict=True) if word.islower()}
    return frozenset(numbers) - quiet


def actor_named(words: Sequence[str], lexicon: LexiconOfDay) -> str | None:
    """Return the canonical name of what ``words`` name in the user's lexicon or among our organisations, or None."""
    form = " ".join(words)
    if found := lexicon.find(form):
        return found.entry.name
    organisation = organisations().find(form)
    return organisation.name if organisation else None


def _of_user(words: Sequence[str], lexicon: LexiconOfDay) -> tuple[str, str, bool] | None:
    """Return type, canonical name and whether the type is sure, None where nobody is named or several are."""
    form = " ".join(words)
    found = lexicon.find(form)
    kind = type_in_text(found.entry, form) if found else None
    if found is None or kind is None:
        return None
    return kind, found.entry.name, found.entry.type is not None and kind != "STATE"


@lru_cache(_REMEMBERED)
def _of_ours(form: str) -> tuple[str, str, bool] | None:
    """Return the same of the lexicons that ship with kg."""
    organisation = organisations().find(form)
    if organisation is not None:
        return organisation.type, organisation.name, True
    if " " not in form:
        return None
    names = {person.name for person in people().full.get(key(form), ())}
    return ("PERSON", names.pop(), True) if len(names) == 1 else None


def _may_end(words: Sequence[str], begin: int, end: int) -> set[int]:
    """Return the words up to ``end``, exclusive, with which a name of ours that begins at ``begin`` can end.

    Keys of names grow word by word, but for a possessive at their end, and for abbreviations, which are one word.
    """
    found, parts, ours = set[int](), list[str](), _keys()
    for last in range(begin, end):
        parts += key_parts(words[last])
        bare = all(word in _ARTICLES for word in words[begin:last])
        if bare or key_of_parts(parts) in ours.keys or words[last].endswith(POSSESSIVES):
            found.add(last)
        first = key_of_parts([*parts, _MORE]).partition(" ")[0]
        if first != _MORE and first not in ours.first:
            break
    return found


class _Keys(NamedTuple):
    """The keys of the names of organisations, and of the full names of people, and the first words of these."""

    keys: frozenset[str]
    first: frozenset[str]


@cache
def _keys() -> _Keys:
    keys = frozenset({*organisations().anywhere, *people().full})
    return _Keys(keys, frozenset(key.partition(" ")[0] for key in keys))
