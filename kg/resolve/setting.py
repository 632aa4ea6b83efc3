"""What a document says around the places it names."""

from __future__ import annotations

import re
from bisect import bisect_right
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
        counts = Counter(named.iso3 for named in self._named if named.form != own)
        return Context(tuple(within), frozenset(near), tuple(sorted(counts.items())))

    def _mentions(self, name: str) -> Iterator[tuple[int, int]]:
        words = r"\s+".join(map(re.escape, name.split()))
        return (found.span() for found in re.finditer(rf"(?<!\w){words}(?!\w)", self.text)) if words else iter(())

    def _named_around(self, offset: int, own: str) -> Iterator[str]:
        """Give the states named in the sentence that holds ``offset``, other than by the words ``own``."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return
        sentence = self.sentences[index]
        for named in self._named:
            if sentence.begin <= named.begin < sentence.end and named.form != own:
                yield named.iso3

    @cached_property
    def _named(self) -> tuple[_Named, ...]:
        found = gazetteer().matches(self.text)
        return tuple(
            _Named(match.begin, match.entry.iso3, fold(self.text[match.begin : match.end]))
            for match in found
            if match.entry.iso3
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.begin for sentence in self.sentences]
