"""BIO tags: decoding spans of text that carry a label, one ``B-`` and one ``I-`` tag for each, and ``O`` outside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray


class LabelledSpan(NamedTuple):
    """Words ``begin`` to ``end``, exclusive, that carry ``label``."""

    begin: int
    end: int
    label: str


@dataclass(frozen=True)
class Scheme:
    """A BIO tag inventory, in the order of the score columns.

    Raises ModelError for a tag that is not ``O``, ``B-x`` or ``I-x``, or an ``I-x`` without its ``B-x``.
    """

    tags: tuple[str, ...]

    def __post_init__(self) -> None:
        for tag in self.tags:
            if tag != "O" and (tag[:2] not in {"B-", "I-"} or len(tag) == 2):
                raise ModelError(f"BIO tag {tag!r}: expected O, B-label or I-label")
            if tag.startswith("I-") and f"B-{tag[2:]}" not in self.tags:
                raise ModelError(f"BIO tag {tag!r}: there is no B-{tag[2:]} that it could follow")
        if "O" not in self.tags:
            raise ModelError("BIO tags: there is no O")

    @cached_property
    def outside(self) -> int:
        """The column of ``O``."""
        return self.tags.index("O")

    @cached_property
    def inside(self) -> NDArray[np.int64]:
        """The columns of the ``I-`` tags, ascending."""
        return np.array([i for i, tag in enumerate(self.tags) if tag.startswith("I-")], np.int64)

    @cached_property
    def begin(self) -> NDArray[np.int64]:
        """The column of each tag's ``B-`` tag, (tags,); that of ``O`` itself for ``O``."""
        return np.array([self.tags.index("B" + t[1:]) if t != "O" else i for i, t in enumerate(self.tags)], np.int64)


def decode(
    scores: NDArray[np.float32],
    scheme: Scheme,
    *,
    starts: NDArray[np.bool_] | None = None,
    threshold: float = 0.5,
) -> NDArray[np.int64]:
    """Return the best tags, (T,) columns, under logits ``scores`` (T, tags): an ``I-x`` only ever continues an x.

    ``starts`` (T,) marks words before which no span may continue (first words of sentences). ``threshold`` is the
    probability that a label needs against ``O``: below .5 more spans are found, above fewer.
    """
    if not len(scores):
        return np.empty(0, np.int64)
    first = np.zeros(len(scores), np.bool_) if starts is None else starts.astype(np.bool_, copy=True)
    first[0] = True
    biased = _biased(scores, scheme, threshold)
    tags: NDArray[np.int64] = biased.argmax(axis=1).astype(np.int64)
    sequence = np.cumsum(first) - 1
    broken = np.zeros(sequence[-1] + 1, np.bool_)
    broken[sequence[_breaks(tags, first, scheme)]] = True
    again = broken[sequence]
    if again.any():
        tags[again] = _viterbi(biased[again], first[again], scheme)
    return tags


def spans(tags: NDArray[np.int64], scheme: Scheme) -> list[LabelledSpan]:
    """Return the spans of ``tags`` (T,) as :func:`decode` gives them, in order; they never overlap."""
    found: list[LabelledSpan] = []
    inside = np.isin(tags, scheme.inside)
    begins = np.flatnonzero((tags != scheme.outside) & ~inside)
    stops = np.append(np.flatnonzero(~inside), len(tags))
    ends = stops[np.searchsorted(stops, begins, side="right")]
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        found.append(LabelledSpan(begin, end, scheme.tags[tags[begin]][2:]))
    return found


def probabilities(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the softmax of logits ``scores`` over the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    share: NDArray[np.float32] = shifted / shifted.sum(axis=-1, keepdims=True)
    return share


def labelled(
    scores: NDArray[np.float32], scheme: Scheme, threshold: float = 0.5
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Return the words that carry a label, whatever their neighbours carry.

    Three arrays of one length: their indices, ascending, the best ``B-`` or ``I-`` column of each, and the probability
    that it is not ``O``, at least ``threshold``.
    """
    share = probabilities(scores)
    inside = 1 - share[:, scheme.outside]
    rows = np.flatnonzero(inside >= threshold)
    rest = share[rows]
    rest[:, scheme.outside] = -1
    return rows, rest.argmax(axis=1).astype(np.int64), inside[rows]


def _biased(scores: NDArray[np.float32], scheme: Scheme, threshold: float) -> NDArray[np.float64]:
    if not 0 < threshold < 1:
        raise ValueError(f"threshold {threshold}: expected a probability between 0 and 1, both excluded")
    biased = np.nan_to_num(scores.astype(np.float64), nan=-1e6, posinf=1e6, neginf=-1e6).clip(-1e6, 1e6)
    biased[:, scheme.outside] += np.log(threshold / (1 - threshold))
    return np.asarray(biased)


def _breaks(tags: NDArray[np.int64], first: NDArray[np.bool_], scheme: Scheme) -> NDArray[np.int64]:
    """Return the words whose ``I-`` tag continues nothing of its label."""
    kind = scheme.begin[tags]
    follows = np.zeros(len(tags), np.bool_)
    follows[1:] = (kind[1:] == kind[:-1]) & ~first[1:]
    return np.flatnonzero(np.isin(tags, scheme.inside) & ~follows)


def _viterbi(scores: NDArray[np.float64], first: NDArray[np.bool_], scheme: Scheme) -> NDArray[np.int64]:
    """Return the best valid tags, (T,). Tags other than ``I-`` may follow any, so one step costs O(tags)."""
    inside, begin = scheme.inside, scheme.begin[scheme.inside]
    origin = np.empty(scores.shape, np.int32)
    total = scores[0].copy()
    total[inside] = -np.inf
    for i in range(1, len(scores)):
        best = int(total.argmax())
        origin[i] = best
        step = scores[i] + total[best]
        if first[i]:
            step[inside] = -np.inf
        else:
            continued = total[inside] >= total[begin]
            origin[i, inside] = np.where(continued, inside, begin)
            step[inside] = scores[i, inside] + np.where(continued, total[inside], total[begin])
        total = step - step.max()
    tags = np.empty(len(scores), np.int64)
    tags[-1] = total.argmax()
    for i in range(len(scores) - 1, 0, -1):
        tags[i - 1] = origin[i, tags[i]]
    return tags
