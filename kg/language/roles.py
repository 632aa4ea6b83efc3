"""The words around a trigger, and where the mentions stand to it: shared by training and reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
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

    ``sentences`` is int64 (words,), the number of each word's sentence, ascending.
    """
    own = sentences[trigger]
    begin = int(np.searchsorted(sentences, own - CONTEXT_SENTENCES))
    end = int(np.searchsorted(sentences, own, side="right"))
    if end - begin > CONTEXT_WORDS:
        begin = max(begin, min(trigger - CONTEXT_WORDS * 2 // 3, end - CONTEXT_WORDS))
        end = min(end, begin + CONTEXT_WORDS)
    return Context(begin, end)


def role_vectors(
    triggers: NDArray[np.int64], begin: NDArray[np.int64], last: NDArray[np.int64], sentences: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Say where each of M mentions stands to each of N triggers.

    ``triggers`` are the triggers' first words, ``begin`` and ``last`` (M,) bound the mentions. Returns float32
    (N * M, :data:`ROLE_FEATURES`), the mentions of the first trigger first.
    """
    out = np.zeros((len(triggers), len(begin), ROLE_FEATURES), np.float32)
    if not out.size:
        return out.reshape(-1, ROLE_FEATURES)
    at, own = triggers[:, None], sentences[triggers][:, None]
    out[..., 0] = sentences[begin] == own
    out[..., 1] = sentences[begin] < own
    out[..., 2] = (begin <= at) & (at <= last)
    before, after = last < at, begin > at
    bucket = np.digitize(np.where(before, at - last, begin - at), _DISTANCES)
    for sign, first in ((before, 3), (after, 8)):
        trigger, mention = np.nonzero(sign)
        out[trigger, mention, first + bucket[trigger, mention]] = 1
    out[..., 13] = before & (last == np.where(before, last, -1).max(1, keepdims=True))
    out[..., 14] = after & (begin == np.where(after, begin, np.iinfo(np.int64).max).min(1, keepdims=True))
    covers = (begin[None] <= begin[:, None]) & (last[:, None] <= last[None])
    out[..., 15] = covers.sum(1) > 1
    return out.reshape(-1, ROLE_FEATURES)
