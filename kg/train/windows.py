"""Training windows: numbers only, ready to be padded into batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray
    from torch import Tensor

    from kg.language.pieces import Pieces


@dataclass(frozen=True, slots=True)
class SyntaxTargets:
    """Gold of a treebank window, each int64 (words,). ``sentences`` numbers the words' sentences."""

    tags: NDArray[np.int64]
    morphs: NDArray[np.int64]
    lemmas: NDArray[np.int64]
    heads: NDArray[np.int64]
    relations: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """Words that the encoder sees at once. ``sentences`` int64 (words,); ``names`` bool (words, BIO tags allowed)."""

    pieces: Pieces
    sentences: NDArray[np.int64]
    syntax: SyntaxTargets | None = None
    names: NDArray[np.bool_] | None = None


def pad(rows: Sequence[NDArray[np.int64]], value: int) -> Tensor:
    """Stack rows of unequal length into int64 (rows, longest), filled up with ``value``."""
    out = np.full((len(rows), max(len(r) for r in rows)), value, np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return torch.from_numpy(out)


@dataclass(frozen=True, slots=True)
class EncoderBatch:
    """Padded encoder input: ``ids``, ``shapes``, ``mask`` (B, P); ``first`` (B, W); ``words`` bool (B, W)."""

    ids: Tensor
    shapes: Tensor
    mask: Tensor
    first: Tensor
    words: Tensor


def encoder_batch(pieces: Sequence[Pieces]) -> EncoderBatch:
    """Pad windows into one batch."""
    return EncoderBatch(
        ids=pad([p.ids for p in pieces], 0),
        shapes=pad([p.shapes for p in pieces], 0),
        mask=pad([np.ones_like(p.ids) for p in pieces], 0),
        first=pad([p.first for p in pieces], 0),
        words=pad([np.ones_like(p.first) for p in pieces], 0).bool(),
    )


def batches(windows: Iterable[Window], pieces: int, rng: Generator) -> Iterator[list[Window]]:
    """Group windows of like length into batches of about ``pieces`` word pieces, in random order."""
    order = sorted(windows, key=lambda w: (len(w.pieces.ids), rng.random()))
    groups, group = list[list[Window]](), list[Window]()
    for window in order:
        if group and len(window.pieces.ids) * (len(group) + 1) > pieces:
            groups.append(group)
            group = []
        group.append(window)
    groups.append(group)
    for i in rng.permutation(len(groups)):
        yield groups[i]


def runs(lengths: Sequence[int], documents: Sequence[str], limit: int, rng: Generator) -> Iterator[range]:
    """Split consecutive sentences into windows that stay in one document and below a random number of words."""
    start, words, bound = 0, 0, int(rng.integers(limit // 4, limit + 1))
    for i, length in enumerate(lengths):
        if i > start and (documents[i] != documents[start] or words + length > bound):
            yield range(start, i)
            start, words, bound = i, 0, int(rng.integers(limit // 4, limit + 1))
        words += length
    if start < len(lengths):
        yield range(start, len(lengths))
