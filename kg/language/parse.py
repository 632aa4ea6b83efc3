"""Dependency trees of a document's words, decoded from the network's scores."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.language.trees import heads as tree_heads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.language.scores import Labels, SyntaxScores

    Integers = NDArray[np.int64]

ROOT: Final = "ROOT"
"""spaCy's name of the root relation, which is ``root`` in Universal Dependencies."""

SPACE_RELATION: Final = "dep"
"""spaCy's relation of a token that stands for no word."""


def root(heads: Sequence[int] | Integers, begin: int, last: int) -> int:
    """Return the first word of ``begin`` to ``last`` (inclusive) whose head lies outside, or is itself."""
    for word in range(begin, last + 1):
        head = int(heads[word])
        if head == word or not begin <= head <= last:
            return word
    return begin


def heads(scores: SyntaxScores, starts: NDArray[np.bool_]) -> Integers:
    """Return the row of each word's head, (T,): its own where it is the root of its sentence.

    ``starts`` (T,) tells the first words of sentences.
    """
    weighted, found = scores.weighted_arcs(), np.empty(len(scores), np.int64)
    for begin, end in pairwise([*np.flatnonzero(starts).tolist(), len(scores)]):
        found[begin:end] = begin + tree_heads(weighted[begin:end] @ scores.arc_head[begin:end].T)
    return found


def relations(scores: SyntaxScores, heads: Integers, labels: Labels) -> list[str]:
    """Return each word's relation to its head; the roots' is :data:`ROOT` and theirs alone."""
    logits = np.nan_to_num(scores.relations(heads))
    if "root" in labels.relations:
        logits[:, labels.relations.index("root")] = -np.inf
    names = [SPACE_RELATION if label == "root" else label for label in labels.relations]
    roots = heads == np.arange(len(heads))
    return [ROOT if root else names[i] for root, i in zip(roots.tolist(), logits.argmax(axis=1).tolist(), strict=True)]
