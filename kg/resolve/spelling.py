"""Names that are spelt otherwise: ``Qadhafi`` for ``Gaddafi``, ``Yushenko`` for ``Yushchenko``.

Candidates share the skeleton of every word, what is left of it without vowels, doubled letters and what transcriptions
differ in; of these, those that are alike enough letter by letter (the ratio of :mod:`difflib`) are near.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LEAST_LETTERS: Final = 9
_LEAST_WORDS: Final = 2
_LEAST_RATIO: Final = 0.82
_ALIKE: Final = (
    (re.compile("shch|sch|tsch|ch|sh|zh|cz|sz"), "s"),
    (re.compile("kh|gh|q|ck|x|k|g"), "k"),
    (re.compile("ph|v|w|ff"), "f"),
    (re.compile("dh|th|d|tt"), "t"),
    (re.compile("dj|j|z|ts|c"), "s"),
)
_VOWELS: Final = re.compile("(?<!^)[aeiouyh']")
_FIRST_VOWEL: Final = re.compile("^[aeiouyh']+")
_DOUBLED: Final = re.compile(r"(.)\1+")
_INITIALS: Final = str.maketrans("qgxceiouyhvwzj", "kkkkaaaaaaffss")


@dataclass(frozen=True, slots=True)
class Spellings:
    """Keys of names by the initials of their words, of letters that transcriptions do not tell apart one."""

    initials: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, keys: Iterable[str]) -> Spellings:
        """Make it of the keys of names; those of one word, or of few letters, are left out."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key in keys:
            if _is_long(key):
                found[_initials(key)].append(key)
        return cls({at: tuple(sorted(ones)) for at, ones in found.items()})

    def near(self, key: str) -> tuple[str, ...]:
        """Return the keys that differ from ``key``, though not by much."""
        if not _is_long(key):
            return ()
        others = (other for other in self.initials.get(_initials(key), ()) if other != key)
        alike = [other for other in others if skeleton(other) == skeleton(key)]
        return tuple(
            other for other in alike if SequenceMatcher(None, key, other, autojunk=False).ratio() >= _LEAST_RATIO
        )


@lru_cache(maxsize=8192)
def skeleton(key: str) -> str:
    """Return what spellings of a name have in common.

    >>> skeleton("muammar qadhafi") == skeleton("moammar gaddafi")
    True
    """
    return " ".join(map(_of_word, key.split()))


def _of_word(word: str) -> str:
    for pattern, letter in _ALIKE:
        word = pattern.sub(letter, word)
    word = _FIRST_VOWEL.sub("a", word)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


def _initials(key: str) -> str:
    return "".join(word[0] for word in key.split()).translate(_INITIALS)


def _is_long(key: str) -> bool:
    return key.count(" ") >= _LEAST_WORDS - 1 and len(key) >= _LEAST_LETTERS
