"""Scores of pairs of mentions, shared by coreference and relations."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Protocol

import numpy as np

from kg.language.heads import gelu

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.language.heads import Floats, Heads


class Spanning(Protocol):
    """Words ``begin`` to ``last``, both inclusive."""

    @property
    def begin(self) -> int:
        """The first word."""

    @property
    def last(self) -> int:
        """The last word."""


@dataclass(frozen=True, slots=True, eq=False)
class WordStates:
    """The states (W, H) of a document's words, and float64 (W + 1, H), the sum of those before each."""

    states: Floats
    sums: NDArray[np.float64]

    @classmethod
    def of(cls, states: Floats) -> WordStates:
        """Sum up ``states`` (W, H)."""
        sums = np.zeros((len(states) + 1, states.shape[1]))
        np.cumsum(states, axis=0, dtype=np.float64, out=sums[1:])
        return cls(states, sums)

    def mean(self, begin: NDArray[np.int64], end: NDArray[np.int64]) -> Floats:
        """Return the mean states (N, H) of words ``begin`` to ``end``, exclusive, zero where there are none."""
        mean = self.sums[np.maximum(begin, end)]
        mean -= self.sums[begin]
        mean /= np.maximum(end - begin, 1)[:, None]
        out: Floats = mean.astype(np.float32)
        return out

    def mean_of(self, groups: Sequence[Sequence[int]]) -> Floats:
        """Return the mean states (N, H) of the words of each group, zero where it is empty."""
        out = np.zeros((len(groups), self.states.shape[1]), np.float32)
        lengths = np.array([len(group) for group in groups], np.int64)
        full = np.flatnonzero(lengths)
        if len(full):
            words = np.fromiter(chain.from_iterable(groups), np.int64, int(lengths.sum()))
            starts = np.cumsum(lengths[full]) - lengths[full]
            out[full] = np.add.reduceat(self.states[words], starts, axis=0) / lengths[full, None]
        return out


def represent(heads: Heads, words: WordStates, mentions: Sequence[Spanning], vectors: Floats) -> Floats:
    """Return the representations (mentions, R) of spans of words."""
    begin = np.array([m.begin for m in mentions], np.int64)
    last = np.array([m.last for m in mentions], np.int64)
    spans = [words.states[begin], words.states[last], words.mean(begin, last + 1), vectors]
    return heads.hidden("events.representation", np.concatenate(spans, -1))


class PairScorer:
    """One pair head over the representations of a document's mentions; what depends on one mention is computed once."""

    def __init__(self, heads: Heads, name: str, represented: Floats) -> None:
        self._heads, self._name, self._represented = heads, name, represented
        self._left = heads.linear(f"{name}.left", represented)
        self._right = heads.linear(f"{name}.right", represented)

    def score(
        self,
        left: NDArray[np.int64],
        right: NDArray[np.int64],
        features: Floats,
        between: Floats | None = None,
        paths: NDArray[np.int64] | None = None,
        way: Floats | None = None,
    ) -> Floats:
        """Return logits (pairs, outputs) of the pairs ``(left[i], right[i])``.

        ``paths`` are the numbers of theirs, ``way`` (pairs, H) the mean states of the words on them.
        """
        product = self._represented[left] * self._represented[right]
        hidden = self._left[left] + self._right[right]
        hidden += self._heads.linear(f"{self._name}.product", product)
        hidden += self._heads.linear(f"{self._name}.features", features)
        if between is not None:
            hidden += self._heads.linear(f"{self._name}.between", between)
        if paths is not None:
            hidden += self._heads[f"{self._name}.path.weight"][paths]
        if way is not None:
            hidden += self._heads.linear(f"{self._name}.way", way)
        return self._heads.linear(f"{self._name}.out", gelu(hidden))
