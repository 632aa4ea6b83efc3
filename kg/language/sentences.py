"""Sentence boundaries: what the network thinks of each word, within what the layout and punctuation of the text allow.

A blank line ends a sentence, and so does a line that was broken on purpose (a heading, a list item): one whose next
word would still have fitted on it. Opening quotes and brackets go with what follows them, closing ones with what they
close.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc, Token

    Words = NDArray[np.int64]
    Starts = NDArray[np.bool_]

LONGEST: Final = 400
"""Words in the longest sentence; parsing takes time and memory that grow with its square."""

_NARROW: Final = 60
"""Nobody wraps lines shorter than this, in code points: a text of short lines alone has them broken on purpose."""

_LINE_END: Final = re.compile(r"\r\n?|[\n\f\u2028\u2029]")
_BLANK_LINE: Final = re.compile(r"(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)|[\f\u2029]")
_OPENING: Final = frozenset({"Ps", "Pi"})
_CLOSING: Final = frozenset({"Pe", "Pf"})
_STRAIGHT: Final = frozenset({'"', "'"})


def sentence_starts(doc: Doc, words: Words, scores: NDArray[np.float32], longest: int = LONGEST) -> Starts:
    """Say of each of ``words`` (T,), token indices, whether a sentence starts there.

    ``scores`` (T, 2) are logits, no before yes. The first word always starts one, and none has over ``longest`` words.
    """
    if not len(words):
        return np.zeros(0, np.bool_)
    margins = np.nan_to_num(scores[:, 1].astype(np.float64) - scores[:, 0], nan=0.0)
    starts = margins > 0
    starts[0] = True
    _move_to_quotes(doc, words, starts)
    starts |= layout_starts(doc, words)
    return _cut(starts, margins, longest)


def layout_starts(doc: Doc, words: Words) -> Starts:
    """Say of each of ``words`` (T,) whether the layout alone makes it the first of a sentence."""
    starts = np.zeros(len(words), np.bool_)
    starts[:1] = True
    text = doc.text
    gaps = [
        (row, doc[int(before)].idx + len(doc[int(before)]), doc[int(after)].idx)
        for row, before, after in zip(*_apart(words), strict=True)
    ]
    breaks = [(row, begin, end) for row, begin, end in gaps if _LINE_END.search(text, begin, end)]
    if not breaks:
        return starts
    lines = _Lines.of(text)
    for row, begin, end in breaks:
        if _BLANK_LINE.search(text, begin, end) or lines.broken_on_purpose(begin, doc[int(words[row])]):
            starts[row] = True
    return starts


def _apart(words: Words) -> tuple[list[int], list[int], list[int]]:
    """Return the rows before which whitespace tokens stand, with the words before and after those."""
    rows = np.flatnonzero(np.diff(words) > 1) + 1
    return rows.tolist(), words[rows - 1].tolist(), words[rows].tolist()


class _Lines(NamedTuple):
    """Where the lines of a text begin, and the length of its longest, both in code points."""

    begins: list[int]
    width: int

    @classmethod
    def of(cls, text: str) -> _Lines:
        lengths = (len(line) for line in _LINE_END.split(text) if " " in line.strip())
        return cls([0, *(end.end() for end in _LINE_END.finditer(text))], max(lengths, default=0))

    def broken_on_purpose(self, end: int, following: Token) -> bool:
        """Say whether the line whose words stop at ``end`` was broken though ``following`` would have fitted on it."""
        length = end - self.begins[bisect_right(self.begins, end) - 1]
        return length + 1 + len(following) <= max(self.width, _NARROW) and not following.is_lower


def _move_to_quotes(doc: Doc, words: Words, starts: Starts) -> None:
    """Move each start off the words that it would part from their quote or bracket, in place."""
    for row in np.flatnonzero(starts[1:]) + 1:
        target = int(row)
        while target < len(words) and _is_closing(doc, int(words[target])):
            target += 1
        if target == row:
            while target > 1 and _is_opening(doc, int(words[target - 1])):
                target -= 1
        if target != row:
            starts[row] = False
            starts[target : target + 1] = True


def _is_opening(doc: Doc, index: int) -> bool:
    token = doc[index]
    if unicodedata.category(token.text[0]) in _OPENING:
        return len(token) == 1
    return token.text in _STRAIGHT and not token.whitespace_ and _is_after_space(doc, index)


def _is_closing(doc: Doc, index: int) -> bool:
    token = doc[index]
    if unicodedata.category(token.text[0]) in _CLOSING:
        return len(token) == 1
    return token.text in _STRAIGHT and not _is_after_space(doc, index)


def _is_after_space(doc: Doc, index: int) -> bool:
    return index == 0 or bool(doc[index - 1].whitespace_) or doc[index - 1].is_space


def _cut(starts: Starts, margins: NDArray[np.float64], longest: int) -> Starts:
    """Cut sentences of over ``longest`` words where a start is likeliest, in the second half of what one may hold."""
    cut = starts.copy()
    for begin, end in pairwise([*np.flatnonzero(starts).tolist(), len(starts)]):
        while end - begin > longest:
            first = begin + longest // 2 + 1
            begin = first + int(margins[first : begin + longest + 1].argmax())
            cut[begin] = True
    return cut
