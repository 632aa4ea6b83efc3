"""What a document says around the places it names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.lexicon import fold, gazetteer
from kg.resolve.places import Context, Within, qualifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.records import Span

_REACH: Final = 80


class _Named(NamedTuple):
    """A state named at an offset, by words of which ``form`` is the folded form."""

    begin: int
    iso3: str
    form: str


@dataclass(frozen=True)
class Setting:
    """A text and its sentences, in the order of the text, as the setting of what happens in it."""

    text: str
    sentences: Sequence[Span]

    def context(self, name: str, taking_part: Iterable[str] = ()) -> Context:
        """Return what the text says around all mentions of a place.

        Args:
            name: The place's name, as the text has it but for white space.
            taking_part: Codes of the states of those who take part in what happens there.
        """
        own, near, within = fold(name), set(filter(None, taking_part)), dict[Within, None]()
        for begin, end in self._mentions(name):
            near.update(self._named_around(begin, own))
            if (found := qualifier(self.text[end : end + _REACH])) is not None:
                within[found] = None
        return Context(tuple(within), frozenset(near), self._counts(own))

    def _mentions(self, name: str) -> Iterator[tuple[int, int]]:
        """Give where the words of a name stand, whole and whatever white space there is between them."""
        text, words = self.text, name.split()
        begin = text.find(words[0]) if words else -1
        while begin >= 0:
            end = _end_of(words, text, begin)
            is_whole = end and not _is_word(text[begin - 1 : begin]) and not _is_word(text[end : end + 1])
            if is_whole:
                yield begin, end
            begin = text.find(words[0], end if is_whole else begin + 1)

    def _named_around(self, offset: int, own: str) -> Iterator[str]:
        """Give the states named in the sentence that holds ``offset``, other than by the words ``own``."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return
        sentence = self.sentences[index]
        for named in self._named[bisect_left(self._begins, sentence.begin) : bisect_left(self._begins, sentence.end)]:
            if named.form != own:
                yield named.iso3

    def _counts(self, own: str) -> tuple[tuple[str, int], ...]:
        """Return how often the text names each state, by other words than ``own``."""
        if own not in self._forms:
            return self._all_counts
        return tuple(sorted(Counter(named.iso3 for named in self._named if named.form != own).items()))

    @cached_property
    def _named(self) -> tuple[_Named, ...]:
        found = gazetteer().matches(self.text)
        return tuple(
            _Named(match.begin, match.entry.iso3, fold(self.text[match.begin : match.end]))
            for match in found
            if match.entry.iso3
        )

    @cached_property
    def _begins(self) -> list[int]:
        return [named.begin for named in self._named]

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(named.form for named in self._named)

    @cached_property
    def _all_counts(self) -> tuple[tuple[str, int], ...]:
        return tuple(sorted(Counter(named.iso3 for named in self._named).items()))

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.begin for sentence in self.sentences]


def _end_of(words: Sequence[str], text: str, begin: int) -> int:
    """Return where words end that stand at ``begin`` of a text, the first of them surely; 0 where they do not."""
    end = begin + len(words[0])
    for word in words[1:]:
        gap = end
        while text[end : end + 1].isspace():
            end += 1
        if end == gap or not text.startswith(word, end):
            return 0
        end += len(word)
    return end


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
