"""Mentions of actors: scoring spans of words, and choosing those that can stand side by side or within each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kg.language.heads import softmax, with_one

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from kg.language.heads import Floats, Heads

_CHUNK: Final = 2048
_UNSURE: Final = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """Words ``begin`` to ``last``, both inclusive, that speak of an actor.

    ``types`` are the probabilities of the actor types, given that it is a mention; ``probability`` that it is one.
    """

    begin: int
    last: int
    types: Floats
    probability: float


class GivenNames(NamedTuple):
    """Names that something beside the network knows, as (first word, last word, type), the type by column.

    ``certain`` ones are mentions of their type; ``likely`` ones too, but of the network's type where it finds them;
    ``typed`` ones are of their type where the network finds them, and no mentions otherwise. ``persons`` (first word,
    last word) are of the type ``person``, and mentions where no longer mention of a person holds them, its title.
    """

    certain: Sequence[tuple[int, int, int]]
    likely: Sequence[tuple[int, int, int]]
    typed: Sequence[tuple[int, int, int]]
    persons: Sequence[tuple[int, int]]
    person: int


def find_mentions(
    heads: Heads,
    states: Floats,
    sentences: NDArray[np.int64],
    readable: NDArray[np.bool_],
    possible: Callable[[int, int, int], bool],
    double: Callable[[tuple[int, int, int], tuple[int, int, int]], bool],
    threshold: float,
    names: GivenNames,
) -> list[Mention]:
    """Return the mentions among the words of ``states`` (W, H), in text order, outer before inner.

    ``sentences`` numbers the words' sentences, which no mention crosses; ``readable`` is false for words from which
    nothing is read; ``possible`` says of first word, last word and likeliest type whether they can be a mention;
    ``double`` says of two of these whether they would be one mention twice, of which the likelier stands.
    """
    begins, lasts, scores = _candidates(heads, states, sentences, readable, threshold)
    titled = [
        (b, e)
        for b, e, row in zip(begins.tolist(), lasts.tolist(), scores, strict=True)
        if row[1:].argmax() == names.person and possible(b, e, names.person)
    ]
    bare = [(*p, names.person) for p in names.persons if not any(b <= p[0] and p[1] <= e for b, e in titled)]
    certain = [k for k in dict.fromkeys([*names.certain, *bare]) if readable[k[0] : k[1] + 1].all()]
    found = set(zip(begins.tolist(), lasts.tolist(), strict=True))
    certain += [k for k in names.likely if k[:2] not in found and readable[k[0] : k[1] + 1].all()]
    certain += [k for k in names.typed if k[:2] in found]
    begins, lasts, scores = _with_known(begins, lasts, scores, certain)
    probabilities, kinds = 1 - scores[:, 0], scores[:, 1:].argmax(axis=1).tolist()
    taken: list[int] = []

    spans = list(zip(begins.tolist(), lasts.tolist(), kinds, strict=True))

    def excludes(i: int, j: int) -> bool:
        a, b = spans[i], spans[j]
        return _crosses(*a[:2], *b[:2]) or double(a, b)

    by_word: dict[int, list[int]] = {}
    for i in np.lexsort((lasts, begins, -probabilities)).tolist():
        begin, last, _ = spans[i]
        if not possible(*spans[i]):
            continue
        near = {j for word in range(begin, last + 1) for j in by_word.get(word, ())}
        if not any(excludes(i, j) for j in near):
            taken.append(i)
            for word in range(begin, last + 1):
                by_word.setdefault(word, []).append(i)
    taken.sort(key=lambda i: (spans[i][0], -spans[i][1]))
    return [Mention(*spans[i][:2], scores[i, 1:] / probabilities[i], float(probabilities[i])) for i in taken]


def _with_known(
    begins: NDArray[np.int64], lasts: NDArray[np.int64], scores: Floats, known: Sequence[tuple[int, int, int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Add the known names that are no candidates yet, as all but certain."""
    found = {span: row for row, span in enumerate(zip(begins.tolist(), lasts.tolist(), strict=True))}
    for begin, last, kind in known:
        if (row := found.get((begin, last))) is not None:
            scores[row, 1:] = 0
            scores[row, kind + 1] = 1 - scores[row, 0]
    added = [k for k in known if k[:2] not in found]
    rows = np.full((len(added), scores.shape[1]), _UNSURE / (scores.shape[1] - 1), np.float32)
    rows[np.arange(len(added)), [kind + 1 for *_, kind in added]] = 1 - _UNSURE
    return (
        np.concatenate([begins, np.array([b for b, *_ in added], np.int64)]),
        np.concatenate([lasts, np.array([e for _, e, _ in added], np.int64)]),
        np.concatenate([scores, rows]),
    )


def _crosses(a: int, b: int, c: int, d: int) -> bool:
    return a < c <= b < d or c < a <= d < b


def _candidates(
    heads: Heads, states: Floats, sentences: NDArray[np.int64], readable: NDArray[np.bool_], threshold: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Return begins, lasts and class probabilities (N, 1 + types) of the spans above ``threshold``."""
    weight, length = heads["events.mentions.weight"], heads["events.mentions.length"]
    types, longest = len(weight), len(length)
    inner = heads.hidden("events.mentions.inner", states) @ heads["events.mentions.mean"]
    sums = np.concatenate([np.zeros((1, types)), np.cumsum(inner, axis=0, dtype=np.float64)])
    table = np.ascontiguousarray(weight.transpose(1, 0, 2)).reshape(weight.shape[1], -1)
    begins, lasts, found = [], [], []
    for start in range(0, len(states), _CHUNK):
        stop = min(start + _CHUNK, len(states))
        reach = min(stop + longest - 1, len(states))
        begin = with_one(heads.hidden("events.mentions.begin", states[start:stop]))
        last = with_one(heads.hidden("events.mentions.last", states[start:reach]))
        last = np.concatenate([last, np.zeros((stop - start + longest - 1 - len(last), last.shape[1]), np.float32)])
        ends = np.lib.stride_tricks.sliding_window_view(last, longest, axis=0)
        projected = (begin @ table).reshape(stop - start, types, -1)
        logits = np.matmul(projected, ends).transpose(0, 2, 1) + length
        index = np.arange(start, stop)[:, None] + np.arange(longest)
        inside = index < len(states)
        index = np.minimum(index, len(states) - 1)
        logits += (sums[index + 1] - sums[start:stop, None]) / np.arange(1, longest + 1)[:, None]
        ok = inside & (sentences[index] == sentences[start:stop, None])
        ok &= np.logical_and.accumulate(readable[index], axis=1)
        probable = softmax(np.concatenate([np.zeros((*logits.shape[:2], 1), np.float32), logits], -1))
        rows, lengths = np.nonzero(ok & (1 - probable[..., 0] > threshold))
        begins.append(rows + start)
        lasts.append(rows + start + lengths)
        found.append(probable[rows, lengths])
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, types + 1), np.float32)
    return np.concatenate(begins), np.concatenate(lasts), np.concatenate(found)
