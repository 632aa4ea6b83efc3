"""Organisations and people that the lexicons know, found word for word: names that training may never have shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.resolve.dictionaries import LexiconOfDay, no_lexicon, type_in_text
from kg.resolve.names import key
from kg.resolve.organisations import organisations
from kg.resolve.people import people

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

_LONGEST: Final = 8


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
    shouted = _shouted(words, sentences)
    begin = 0
    while begin < len(words):
        step = 1
        own, ours = lexicon.reach(words[begin]), _LONGEST if any(c.isupper() for c in words[begin]) else 0
        if (own or ours) and sentences[begin] not in shouted:
            for last in range(min(begin + max(own, ours), len(words)) - 1, begin - 1, -1):
                if sentences[last] != sentences[begin] or not words[last][-1].isalnum():
                    continue
                form = words[begin : last + 1]
                found = _of_user(form, lexicon) if len(form) <= own else None
                if found is None and len(form) <= ours:
                    found = _of_ours(form)
                if found is not None:
                    yield KnownName(begin, last, *found)
                    step = last + 1 - begin
                    break
        begin += step


def _shouted(words: Sequence[str], sentences: NDArray[np.int64]) -> frozenset[int]:
    numbers = [int(n) for n in sentences]
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


def _of_ours(words: Sequence[str]) -> tuple[str, str, bool] | None:
    """Return the same of the lexicons that ship with kg."""
    form = " ".join(words)
    organisation = organisations().find(form)
    if organisation is not None:
        return organisation.type, organisation.name, True
    if len(words) == 1:
        return None
    names = {person.name for person in people().full.get(key(form), ())}
    return ("PERSON", names.pop(), True) if len(names) == 1 else None
