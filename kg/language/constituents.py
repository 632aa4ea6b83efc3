"""What syntax and names say of a span of words: whether it can be one noun phrase that names one actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.language.parse import root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Token

_PARTS_OF_NAMES: Final = frozenset({"flat", "goeswith"})
_PERSONS: Final = frozenset({"PERSON", "PER"})
_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True, eq=False)
class Constituents:
    """A parse by word. ``heads`` int64 (W,), a root its own head; the others bool (W,).

    ``verbal`` are verbs and auxiliaries, ``coordinated`` the later parts of a coordination; ``persons`` int64 (W,)
    counts the names of persons that begin up to each word, ``person_names`` are their first and last words,
    ``place_names`` those of places, ``finite`` tells finite verbs. ``relations`` are the dependency labels.
    """

    heads: NDArray[np.int64]
    verbal: NDArray[np.bool_]
    coordinated: NDArray[np.bool_]
    persons: NDArray[np.int64]
    finite: NDArray[np.bool_]
    person_names: tuple[tuple[int, int], ...]
    place_names: tuple[tuple[int, int], ...]
    relations: tuple[str, ...]

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> Constituents:
        """Take over the parse of ``tokens``, a Doc's words; where there is none, everything can be a noun phrase."""
        at = {token.i: row for row, token in enumerate(tokens)}
        heads = np.array([at.get(t.head.i, row) for row, t in enumerate(tokens)], np.int64)
        verbal = np.array([t.pos_ in {"VERB", "AUX"} for t in tokens], np.bool_)
        coordinated = np.array([t.dep_ == "conj" for t in tokens], np.bool_)
        begins = [t.ent_iob_ == "B" and t.ent_type_ in _PERSONS for t in tokens]
        places = [row for row, t in enumerate(tokens) if t.ent_iob_ == "B" and t.ent_type_ in _PLACES]
        relations = tuple(t.dep_ for t in tokens)
        return cls(
            heads,
            verbal,
            coordinated,
            np.array(begins, np.int64).cumsum(),
            np.array(["VerbForm=Fin" in str(t.morph) for t in tokens], np.bool_),
            tuple((row, _last_of_name(tokens, row)) for row, is_first in enumerate(begins) if is_first),
            tuple((row, _last_of_name(tokens, row)) for row in places),
            relations,
        )

    def root(self, begin: int, last: int) -> int:
        """Return the first word of ``begin`` to ``last`` (inclusive) whose head lies outside, or is itself."""
        return root(self.heads, begin, last)

    def is_clause(self, begin: int, last: int) -> bool:
        """Say whether a span of several words is headed by a verb, or holds a finite one."""
        if last == begin:
            return False
        return bool(self.finite[begin : last + 1].any() or self.verbal[self.root(begin, last)])

    def goes_on(self, last: int) -> bool:
        """Say whether a name that ends at ``last`` has more parts after it, as ``Bashar`` has before ``al-Assad``."""
        following = last + 1
        if self.relations[last] in _PARTS_OF_NAMES and self.heads[last] > last:
            return True
        return following < len(self.relations) and self.relations[following] in _PARTS_OF_NAMES

    def names_several(self, begin: int, last: int) -> bool:
        """Say whether the names of several persons stand in a span."""
        before = self.persons[begin - 1] if begin else 0
        return bool(self.persons[last] - before > 1)

    def is_coordination(self, begin: int, last: int) -> bool:
        """Say whether a span joins several things, as ``France and Germany``."""
        root = self.root(begin, last)
        inside = np.arange(begin, last + 1)
        return bool((self.coordinated[inside] & (self.heads[inside] == root)).any())


def _last_of_name(tokens: Sequence[Token], first: int) -> int:
    last = first
    while last + 1 < len(tokens) and tokens[last + 1].ent_iob_ == "I":
        last += 1
    return last
