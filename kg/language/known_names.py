"""Organisations and people that the lexicons know, found word for word: names that training may never have shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kg.resolve.names import key
from kg.resolve.organisations import organisations
from kg.resolve.people import people

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

_LONGEST: Final = 8


class KnownName(NamedTuple):
    """Words ``begin`` to ``last``, inclusive, that name an actor of ``type``, by its canonical ``name``."""

    begin: int
    last: int
    type: str
    name: str


def known_names(words: Sequence[str], sentences: NDArray[np.int64]) -> Iterator[KnownName]:
    """Yield the longest names of known actors; none overlaps another, none crosses a sentence. People need a full name.

    In a sentence all in capitals nothing tells an abbreviation from a word, so nothing is found there.
    """
    shouted = _shouted(words, sentences)
    begin = 0
    while begin < len(words):
        step = 1
        if any(c.isupper() for c in words[begin]) and sentences[begin] not in shouted:
            for last in range(min(begin + _LONGEST, len(words)) - 1, begin - 1, -1):
                if sentences[last] != sentences[begin] or not words[last][-1].isalnum():
                    continue
                if (found := _known(words[begin : last + 1])) is not None:
                    yield KnownName(begin, last, *found)
                    step = last + 1 - begin
                    break
        begin += step


def _shouted(words: Sequence[str], sentences: NDArray[np.int64]) -> frozenset[int]:
    numbers = [int(n) for n in sentences]
    quiet = {n for n, word in zip(numbers, words, strict=True) if word.islower()}
    return frozenset(numbers) - quiet


def _known(words: Sequence[str]) -> tuple[str, str] | None:
    """Return type and canonical name of the actor that ``words`` name in full, None where none or several do."""
    form = " ".join(words)
    organisation = organisations().find(form)
    if organisation is not None:
        return organisation.type, organisation.name
    if len(words) == 1:
        return None
    names = {person.name for person in people().full.get(key(form), ())}
    return ("PERSON", names.pop()) if len(names) == 1 else None
