"""Words to word pieces: the encoder's input.

A word is one non-space spaCy token. The vocabulary is uncased; the casing it loses comes back as a
word-shape class, which the encoder embeds beside each piece.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from tokenizers import Tokenizer

from kg.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

MAX_PIECES_PER_WORD: Final = 8
SHAPES: Final = ("piece", "lower", "title", "upper", "letter", "mixed", "digit", "number", "punct", "other")
CLS, SEP, UNK, MASK = "[CLS]", "[SEP]", "[UNK]", "[MASK]"


def word_shape(word: str) -> int:
    """Return the index in :data:`SHAPES` of a whole word's shape."""
    if word.isalpha() or "'" in word or "-" in word or "." in word:
        letters = [c for c in word if c.isalpha()]
        if letters and not any(c.isdigit() for c in word):
            if len(letters) == 1:
                return SHAPES.index("letter") if letters[0].isupper() else SHAPES.index("lower")
            upper = sum(c.isupper() for c in letters)
            if upper == 0:
                return SHAPES.index("lower")
            if upper == len(letters):
                return SHAPES.index("upper")
            return SHAPES.index("title") if letters[0].isupper() and upper == 1 else SHAPES.index("mixed")
    if any(c.isdigit() for c in word):
        return SHAPES.index("number") if any(c.isalpha() for c in word) else SHAPES.index("digit")
    return SHAPES.index("other") if any(c.isalnum() for c in word) else SHAPES.index("punct")


class Pieces(NamedTuple):
    """Word pieces of one window, ``[CLS]`` and ``[SEP]`` included.

    ``ids`` and ``shapes`` are int64 of shape (pieces,); ``first`` is int64 of shape (words,), the position of
    each word's first piece.
    """

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    first: NDArray[np.int64]


class PieceEncoder:
    """Splits words into the pieces of a fixed vocabulary."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._cls, self._sep, self._unk = (_known(tokenizer, token) for token in (CLS, SEP, UNK))
        self.mask = _known(tokenizer, MASK)
        self._word = lru_cache(maxsize=100_000)(self._split)

    @classmethod
    def load(cls, path: Path) -> PieceEncoder:
        """Read a ``tokenizer.json``."""
        return cls(Tokenizer.from_file(str(path)))

    def _split(self, word: str) -> tuple[tuple[int, ...], int]:
        ids: list[int] = self._tokenizer.encode(word[:200], add_special_tokens=False).ids
        return tuple(ids[:MAX_PIECES_PER_WORD]) or (self._unk,), word_shape(word)

    def count(self, word: str) -> int:
        """Return the number of pieces of ``word``."""
        return len(self._word(word)[0])

    def is_word(self, text: str) -> bool:
        """Say whether ``text``, in lower case, is a whole word of the vocabulary."""
        return self._tokenizer.token_to_id(text) is not None

    def encode(self, words: Sequence[str]) -> Pieces:
        """Return the pieces of a window of words."""
        ids, shapes, first = [self._cls], [0], []
        for word in words:
            pieces, shape = self._word(word)
            first.append(len(ids))
            ids.extend(pieces)
            shapes.append(shape)
            shapes.extend([0] * (len(pieces) - 1))
        ids.append(self._sep)
        shapes.append(0)
        return Pieces(np.array(ids, np.int64), np.array(shapes, np.int64), np.array(first, np.int64))


def _known(tokenizer: Tokenizer, token: str) -> int:
    found: int | None = tokenizer.token_to_id(token)
    if found is None:
        raise ModelError(f"the model's tokenizer.json lacks {token}: it does not fit this version of kg")
    return found
