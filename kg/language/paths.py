"""Dependency paths: how the words of a trigger and of a mention, or of two mentions, hang together.

A path climbs from the first word to the lowest word above both and descends to the second; it is written as the
relations on its way, ``-conj +nsubj`` for the subject of the verb to which the trigger is joined. Relation extraction
has long rested on such paths (Bunescu & Mooney 2005, "A shortest path dependency kernel for relation extraction"); here
they are embedded beside the encoder's states.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kg.language.parse import root

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

LONGEST: Final = 4
FAR, APART = "far", "apart"
_CLIMB: Final = 8
_KEPT_SUBTYPES: Final = frozenset({"nsubj:pass", "obl:agent", "nmod:poss", "acl:relcl"})


class Paths:
    """The paths of one document; ``heads`` are the rows of the words' heads, a root its own."""

    def __init__(self, heads: NDArray[np.int64], relations: Sequence[str], words: Sequence[str]) -> None:
        self._heads: list[int] = heads.tolist()
        kept = [r if r in _KEPT_SUBTYPES else r.partition(":")[0] for r in relations]
        self._up, self._down = [f"-{relation}" for relation in kept], [f"+{relation}" for relation in kept]
        self._cases: dict[int, str] = {}
        for word, (head, relation) in enumerate(zip(self._heads, kept, strict=True)):
            if relation == "case":
                self._cases.setdefault(head, words[word].lower())
        self._above: dict[int, dict[int, int]] = {}
        self._known: dict[tuple[int, int], str] = {}
        self._ways: dict[tuple[int, int], tuple[int, ...]] = {}

    def root(self, begin: int, last: int) -> int:
        """Return the first word of ``begin`` to ``last`` (inclusive) whose head lies outside, or is itself."""
        return root(self._heads, begin, last)

    def first_joined(self, word: int) -> int:
        """Return the first word of the coordination that a word belongs to, or the word itself."""
        seen = {word}
        while self._up[word] == "-conj" and self._heads[word] not in seen:
            word = self._heads[word]
            seen.add(word)
        return word

    def between(self, source: int, target: int) -> str:
        """Return the path from one word to another, :data:`APART` or :data:`FAR`, where there is none or a long one."""
        at = source, target
        if at not in self._known:
            self._known[at] = self._path(source, target)
        return self._known[at]

    def case(self, word: int) -> str:
        """Return the preposition or other case marker of a word, lower-cased; empty where it has none."""
        return self._cases.get(word, "")

    def _path(self, source: int, target: int) -> str:
        up, down = self._climb(source), self._climb(target)
        for word, steps in down.items():
            if word in up:
                if up[word] + steps > LONGEST:
                    return FAR
                climbed = [self._up[w] for w, step in up.items() if step < up[word]]
                return " ".join([*climbed, *reversed([self._down[w] for w, step in down.items() if step < steps])])
        return FAR if max(len(up), len(down)) > _CLIMB else APART

    def words(self, one: int, other: int) -> tuple[int, ...]:
        """Return the words on the path between two words, without these, in text order; none where there is no path."""
        at = (one, other) if one < other else (other, one)
        if at not in self._ways:
            self._ways[at] = self._way(*at)
        return self._ways[at]

    def _way(self, one: int, other: int) -> tuple[int, ...]:
        up, down = self._climb(one), self._climb(other)
        top = next((word for word in down if word in up), None)
        if top is None:
            return ()
        climbed = {w for above in (up, down) for w, step in above.items() if step <= above[top]}
        return tuple(sorted(climbed - {one, other}))

    def _climb(self, word: int) -> dict[int, int]:
        """Return a word and those above it, at most :data:`_CLIMB` of them, from below, with the steps to each."""
        found = self._above.get(word)
        if found is None:
            found, at = {word: 0}, word
            while len(found) <= _CLIMB and self._heads[at] not in found:
                at = self._heads[at]
                found[at] = len(found)
            self._above[word] = found
        return found


class PathIndex:
    """Numbers paths and case markers for the network; 0 stands for those that it was not trained on."""

    def __init__(self, paths: Sequence[str], cases: Sequence[str]) -> None:
        self._paths = {path: n for n, path in enumerate(paths, 1)}
        self._cases = {case: n for n, case in enumerate(cases, 1)}

    def between(self, paths: Paths, pairs: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
        """Return the numbers, int64 (pairs,), of the paths from the first to the second word of each pair."""
        return np.array([self._paths.get(paths.between(*pair), 0) for pair in pairs], np.int64)

    def cases(self, paths: Paths, words: Iterable[int]) -> NDArray[np.int64]:
        """Return the numbers, int64 (words,), of the words' case markers."""
        return np.array([self._cases.get(paths.case(word), 0) for word in words], np.int64)
