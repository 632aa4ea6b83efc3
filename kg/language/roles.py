"""The words around a trigger, and where the mentions stand to it: shared by training and reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

ROLE_FEATURES: Final = 16
CONTEXT_SENTENCES: Final = 1
CONTEXT_WORDS: Final = 96
_DISTANCES: Final = (3, 6, 11, 21)


class Context(NamedTuple):
    """Words ``begin`` up to and without ``end`` of a window."""

    begin: int
    end: int


def context_of(trigger: int, sentences: NDArray[np.int64]) -> Context:
    """Return the trigger's sentence with the one before it, cut to :data:`CONTEXT_WORDS` around the trigger.

    ``sentences`` is int64 (words,), the number of each word's sentence.
    """
    own = sentences[trigger]
    inside = np.flatnonzero((sentences >= own - CONTEXT_SENTENCES) & (sentences <= own))
    begin, end = int(inside[0]), int(inside[-1]) + 1
    if end - begin > CONTEXT_WORDS:
        begin = max(begin, min(trigger - CONTEXT_WORDS * 2 // 3, end - CONTEXT_WORDS))
        end = min(end, begin + CONTEXT_WORDS)
    return Context(begin, end)


def role_vectors(
    trigger: int, mentions: Sequence[tuple[int, int]], sentences: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return float32 (mentions, :data:`ROLE_FEATURES`): where each (first, last) word span stands to the trigger."""
    out = np.zeros((len(mentions), ROLE_FEATURES), np.float32)
    if not mentions:
        return out
    spans = np.array(mentions, np.int64)
    begin, last = spans[:, 0], spans[:, 1]
    out[:, 0] = sentences[begin] == sentences[trigger]
    out[:, 1] = sentences[begin] < sentences[trigger]
    out[:, 2] = (begin <= trigger) & (trigger <= last)
    before, after = last < trigger, begin > trigger
    gap = np.where(before, trigger - last, begin - trigger)
    bucket = np.digitize(gap, _DISTANCES)
    rows = np.arange(len(spans))
    out[rows[before], 3 + bucket[before]] = 1
    out[rows[after], 8 + bucket[after]] = 1
    if before.any():
        out[:, 13] = before & (last == last[before].max())
    if after.any():
        out[:, 14] = after & (begin == begin[after].min())
    covers = (begin[None] <= begin[:, None]) & (last[:, None] <= last[None])
    out[:, 15] = covers.sum(1) > 1
    return out
