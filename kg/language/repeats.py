"""When two triggers of one type report the same happening: the features of the scorer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from numpy.typing import NDArray

REPEAT_WIDTH: Final = 8


def repeat_vector(
    same_word: bool, sentences_apart: int, left: AbstractSet[int], right: AbstractSet[int]
) -> NDArray[np.float32]:
    """Return float32 (:data:`REPEAT_WIDTH`,); ``left`` and ``right`` are the two events' participants."""
    out = np.zeros(REPEAT_WIDTH, np.float32)
    out[0] = same_word
    out[1 + min(sentences_apart, 3)] = 1
    out[5] = bool(left & right)
    out[6] = bool(left) and bool(right) and not left & right
    out[7] = bool(left) and left == right
    return out
