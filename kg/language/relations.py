"""Standing relations between actors, stated in a sentence by a pair of their mentions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.language.heads import sigmoid, softmax, sum_by
from kg.language.pair_scores import PairScorer, represent
from kg.language.pairs import mention_vectors, pair_vectors, place_pairs, relation_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from kg.language.encoder import Encoder
    from kg.language.heads import Floats, Heads
    from kg.language.pair_scores import WordStates
    from kg.language.pairs import MentionWords
    from kg.language.paths import Paths


@dataclass(frozen=True, slots=True)
class StatedRelation:
    """A relation of type ``type`` (a column) between two actors, stated in a sentence."""

    type: int
    source: int
    target: int
    sentence: int
    factuality: int
    probability: float


@dataclass(frozen=True, slots=True)
class StatedControl:
    """The control of a place, words ``begin`` to ``last`` (inclusive), by an actor, stated in a sentence."""

    source: int
    begin: int
    last: int
    sentence: int
    factuality: int
    probability: float


def find_controls(
    model: Encoder,
    words: WordStates,
    represented: Floats,
    mentions: Sequence[MentionWords],
    actors: Sequence[int],
    places: Sequence[MentionWords],
    paths: Paths,
    threshold: float,
) -> list[StatedControl]:
    """Return who controls which of ``places``, above ``threshold``, in text order; else as :func:`find_relations`."""
    pairs = place_pairs(mentions, places)
    if not len(pairs.mention):
        return []
    heads = model.heads
    everything = np.concatenate([represented, represent(heads, words, places, mention_vectors(places))])
    roots = [paths.root(m.begin, m.last) for m in (*mentions, *places)]
    targets = pairs.place + len(mentions)
    ends = [(roots[a], roots[b]) for a, b in zip(pairs.mention, targets, strict=True)]
    between = words.mean(pairs.begin, pairs.end)
    scorer = PairScorer(heads, "events.control", everything)
    numbers, way = model.path_index.between(paths, ends), words.mean_of([paths.words(*pair) for pair in ends])
    logits = scorer.score(pairs.mention, targets, pairs.features, between, numbers, way)
    keys = np.stack([pairs.place, np.array(actors, np.int64)[pairs.mention]], 1)
    unique, first, group = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    probable = sigmoid(sum_by(logits, group.reshape(-1), len(unique)))[:, 0]
    found = []
    for n in np.flatnonzero(probable > threshold).tolist():
        place, row = places[unique[n, 0]], first[n]
        states = np.concatenate([everything[pairs.mention[row]], everything[targets[row]]])
        factuality = int(heads.linear("events.relation_factuality", states).argmax())
        found.append(
            StatedControl(int(unique[n, 1]), place.begin, place.last, place.sentence, factuality, float(probable[n]))
        )
    return found


def find_relations(
    model: Encoder,
    words: WordStates,
    represented: Floats,
    mentions: Sequence[MentionWords],
    actors: Sequence[int],
    paths: Paths,
    threshold: float,
    exclusive: frozenset[int] = frozenset(),
) -> list[StatedRelation]:
    """Return the relations above ``threshold``, in the order of their sentences.

    ``words`` are the states of the words, ``represented`` (mentions, R) those of the mentions, ``actors`` tells the
    actor of each mention, ``paths`` are those of the document. Of the types in ``exclusive`` one sentence states at
    most one between the same two actors.
    """
    left, right = _near(mentions)
    if not len(left):
        return []
    features = pair_vectors(mentions, left, right)
    sentences = np.array([m.sentence for m in mentions], np.int64)
    rows, turned, source = relation_pairs(sentences, left, right)
    target = np.where(turned, left[rows], right[rows])
    actor = np.array(actors, np.int64)
    keep = actor[source] != actor[target]
    rows, turned, source, target = rows[keep], turned[keep], source[keep], target[keep]
    if not len(rows):
        return []
    last = np.array([m.last for m in mentions], np.int64)
    begin = np.array([m.begin for m in mentions], np.int64)
    between = words.mean(last[left[rows]] + 1, begin[right[rows]])
    table = np.concatenate([features[rows], turned[:, None].astype(np.float32)], 1)
    roots = [paths.root(m.begin, m.last) for m in mentions]
    ends = [(roots[a], roots[b]) for a, b in zip(source, target, strict=True)]
    numbers, way = model.path_index.between(paths, ends), words.mean_of([paths.words(*pair) for pair in ends])
    scorer = PairScorer(model.heads, "events.relation", represented)
    logits = scorer.score(source, target, table, between, numbers, way)
    keys = np.stack([sentences[source], actor[source], actor[target]], 1)
    unique, group = np.unique(keys, axis=0, return_inverse=True)
    group = group.reshape(-1)
    probable = sigmoid(sum_by(logits, group, len(unique)))
    found = _above(model.heads, represented, logits, probable, unique, group, source, target, threshold)
    return _consistent(list(found), exclusive)


def _near(mentions: Sequence[MentionWords]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of mentions, in text order, that stand in one sentence or in neighbouring ones."""
    left, right, first = list[int](), list[int](), 0
    for j, mention in enumerate(mentions):
        while mentions[first].sentence < mention.sentence - 1:
            first += 1
        left.extend(range(first, j))
        right.extend([j] * (j - first))
    return np.array(left, np.int64), np.array(right, np.int64)


def _above(
    heads: Heads,
    represented: Floats,
    logits: Floats,
    probable: Floats,
    unique: NDArray[np.int64],
    group: NDArray[np.int64],
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    threshold: float,
) -> Iterator[StatedRelation]:
    for n, kind in zip(*np.nonzero(probable > threshold), strict=True):
        pairs = np.flatnonzero(group == n)
        best = pairs[logits[pairs, kind].argmax()]
        states = np.concatenate([represented[source[best]], represented[target[best]]])
        factuality = softmax(heads.linear("events.relation_factuality", states)).argmax()
        sentence, a, b = unique[n].tolist()
        yield StatedRelation(int(kind), a, b, sentence, int(factuality), float(probable[n, kind]))


def _consistent(relations: Sequence[StatedRelation], exclusive: frozenset[int]) -> list[StatedRelation]:
    """Keep, of the exclusive relations of one pair in one sentence, the likeliest."""
    best: dict[tuple[int, int, int], StatedRelation] = {}
    for relation in relations:
        at = relation.sentence, relation.source, relation.target
        if relation.type in exclusive and (at not in best or relation.probability > best[at].probability):
            best[at] = relation
    return [r for r in relations if r.type not in exclusive or best[r.sentence, r.source, r.target] is r]
