"""Mentions of actors: scoring spans of words, and choosing those that can stand side by side or within each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

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


def find_mentions(
    heads: Heads,
    states: Floats,
    sentences: NDArray[np.int64],
    readable: NDArray[np.bool_],
    possible: Callable[[int, int, int], bool],
    threshold: float,
    known: Sequence[tuple[int, int, int]] = (),
    persons: Sequence[tuple[int, int]] = (),
    person: int = -1,
) -> list[Mention]:
    """Return the mentions among the words of ``states`` (W, H), in text order, outer before inner.

    ``sentences`` numbers the words' sentences, which no mention crosses; ``readable`` is false for words from which
    nothing is read; ``possible`` says of first word, last word and likeliest type whether they can be a mention.
    ``known`` are (first word, last word, type) of names that are mentions whatever the network says; ``persons`` are
    names of persons, of type ``person``, that are mentions where no longer mention of a person holds them (its title).
    """
    begins, lasts, scores = _candidates(heads, states, sentences, readable, threshold)
    titled = [
        (b, e)
        for b, e, row in zip(begins.tolist(), lasts.tolist(), scores, strict=True)
        if row[1:].argmax() == person and possible(b, e, person)
    ]
    bare = [(*p, person) for p in persons if not any(b <= p[0] and p[1] <= e for b, e in titled)]
    certain = [k for k in dict.fromkeys([*known, *bare]) if readable[k[0] : k[1] + 1].all()]
    begins, lasts, scores = _with_known(begins, lasts, scores, certain)
    probabilities = 1 - scores[:, 0]
    taken: list[int] = []
    by_word: dict[int, list[int]] = {}
    for i in np.lexsort((lasts, begins, -probabilities)).tolist():
        begin, last = int(begins[i]), int(lasts[i])
        if not possible(begin, last, int(scores[i, 1:].argmax())):
            continue
        near = {j for word in range(begin, last + 1) for j in by_word.get(word, ())}
        if not any(_crosses(begin, last, int(begins[j]), int(lasts[j])) for j in near):
            taken.append(i)
            for word in range(begin, last + 1):
                by_word.setdefault(word, []).append(i)
    taken.sort(key=lambda i: (begins[i], -lasts[i]))
    return [
        Mention(int(begins[i]), int(lasts[i]), scores[i, 1:] / probabilities[i], float(probabilities[i])) for i in taken
    ]


def _with_known(
    begins: NDArray[np.int64], lasts: NDArray[np.int64], scores: Floats, known: Sequence[tuple[int, int, int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Add the known names that are no candidates yet, as all but certain."""
    found = set(zip(begins.tolist(), lasts.tolist(), strict=True))
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
