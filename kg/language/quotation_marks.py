"""Stretches of a text between quotation marks: straight or curly, single or double, nested, over several paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from kg.records import Span

_MARK: Final = re.compile("``|''|[\"'“”„«»‘’]")
_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n\s*")
_LINE: Final = re.compile(r"\n\s*")
_PAIRS: Final = {"“": "”", "„": "”", "«": "»", "``": "''", "‘": "’", '"': '"', "'": "'"}
_SINGLE: Final = frozenset("‘'")
_ENDS: Final = frozenset(",.?!…")
_BEFORE_OPENING: Final = frozenset(" \t\n\r\u00a0([{—–-:;,“”\"‘'«`")


def quoted(text: str) -> tuple[tuple[Span, ...], ...]:
    """Return the stretches between quotation marks, in the order of the text; an outer one comes before those in it.

    A stretch is what stands between its marks, as one span, or as one for each paragraph where each begins with an
    opening mark and only the last ends with a closing one. Marks without a partner open and close nothing, and of
    opening marks of one kind only the last has one. A single mark closes after punctuation only, or else it could be
    an apostrophe.

    >>> text = 'He said: "We agree."'
    >>> [span.of(text) for parts in quoted(text) for span in parts]
    ['We agree.']
    """
    scan = _Scan(text)
    for begin, end in paragraphs(text):
        scan.paragraph(begin, end)
    return tuple(sorted(scan.found, key=lambda parts: (parts[0].begin, -parts[-1].end)))


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of a text: what stands between blank lines, or where it has none, between line ends."""
    breaks = list(_BLANK_LINE.finditer(text.rstrip())) or list(_LINE.finditer(text.rstrip()))
    begins = [0, *(found.end() for found in breaks)]
    ends = [*(found.start() for found in breaks), len(text)]
    return [Span(begin, end) for begin, end in zip(begins, ends, strict=True) if begin < end]


@dataclass(slots=True)
class _Open:
    mark: str
    begin: int
    parts: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class _Scan:
    text: str
    stack: list[_Open] = field(default_factory=list)
    found: list[tuple[Span, ...]] = field(default_factory=list)

    def paragraph(self, begin: int, end: int) -> None:
        begin = self._go_on(begin)
        for mark in _MARK.finditer(self.text, begin, end):
            self._take(mark[0], mark.start(), mark.end())
        del self.stack[1:]
        if self.stack:
            self._end_part(self.stack[0], end)

    def _go_on(self, begin: int) -> int:
        """Go on with what the last paragraph left open if this one begins with its mark, or else drop it."""
        if not self.stack:
            return begin
        outer = self.stack[0]
        mark = _MARK.match(self.text, begin)
        if mark is None or mark[0] != outer.mark:
            self.stack.clear()
            return begin
        outer.begin = mark.end()
        return mark.end()

    def _take(self, mark: str, start: int, end: int) -> None:
        open_now = next((level for level in reversed(range(len(self.stack))) if self._closes(mark, start, level)), None)
        if open_now is not None and self._may_close(mark, start, end):
            closed = self.stack[open_now]
            del self.stack[open_now:]
            self._end_part(closed, start)
            if closed.parts:
                self.found.append(tuple(closed.parts))
        elif mark in _PAIRS and self._may_open(start, end):
            # A mark of a kind that is open already shows that the open one has no partner.
            level = next((i for i, opened in enumerate(self.stack) if opened.mark == mark), None)
            if level is not None:
                del self.stack[level:]
            self.stack.append(_Open(mark, end))

    def _closes(self, mark: str, start: int, level: int) -> bool:
        opened = self.stack[level]
        return _PAIRS[opened.mark] == mark and start > opened.begin

    def _may_close(self, mark: str, start: int, end: int) -> bool:
        before, after = self.text[start - 1], self.text[end : end + 1]
        if mark in "'’":
            return before in _ENDS and not after.isalnum()
        return mark != '"' or not before.isspace() or not after or after.isspace()

    def _may_open(self, start: int, end: int) -> bool:
        before, after = self.text[start - 1 : start], self.text[end : end + 1]
        return (not before or before in _BEFORE_OPENING) and bool(after) and not after.isspace()

    def _end_part(self, opened: _Open, end: int) -> None:
        words = self.text[opened.begin : end].rstrip()
        begin = opened.begin + len(words) - len(words.lstrip())
        if words.strip():
            opened.parts.append(Span(begin, opened.begin + len(words)))
