"""What syntax and names say of a span of words: whether it can be one noun phrase that names one actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.parts_of_speech import IDS as PARTS_OF_SPEECH  # type: ignore[import-not-found]

from kg.language.parse import root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc, Token

_INSIDE, _BEGINS = 1, 3
"""spaCy's numbers for words within a name and at its beginning."""

_VERBAL: Final = [PARTS_OF_SPEECH["VERB"], PARTS_OF_SPEECH["AUX"]]
_HYPHENS: Final = frozenset("-‐‑")
_PARTS_OF_NAMES: Final = frozenset({"flat", "goeswith"})
_PERSONS: Final = frozenset({"PERSON", "PER"})
_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True, eq=False)
class Constituents:
    """A parse by word. ``heads`` int64 (W,), a root its own head; the others bool (W,).

    ``verbal`` are verbs and auxiliaries, ``coordinated`` the later parts of a coordination; ``persons`` int64 (W,)
    counts the names of persons that begin up to each word, ``person_names`` are their first and last words,
    ``place_names`` those of places, ``finite`` tells finite verbs. ``relations`` are the dependency labels,
    ``hyphenated`` the words that a hyphen joins to the rest of their name, as ``Ki`` to ``moon``.
    """

    heads: NDArray[np.int64]
    verbal: NDArray[np.bool_]
    coordinated: NDArray[np.bool_]
    persons: NDArray[np.int64]
    finite: NDArray[np.bool_]
    person_names: tuple[tuple[int, int], ...]
    place_names: tuple[tuple[int, int], ...]
    relations: tuple[str, ...]
    hyphenated: frozenset[int] = frozenset()

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> Constituents:
        """Take over the parse of ``tokens``, a Doc's words; where there is none, everything can be a noun phrase."""
        if not tokens:
            none = np.empty(0, np.bool_)
            return cls(np.empty(0, np.int64), none, none, np.empty(0, np.int64), none, (), (), ())
        doc, index = tokens[0].doc, np.array([token.i for token in tokens])
        columns = doc.to_array(["HEAD", "POS", "DEP", "ENT_IOB", "ENT_TYPE", "MORPH"])[index]
        offset, pos, dep, iob, entity, morph = columns.T
        row, rows = np.full(len(doc), -1), np.arange(len(tokens))
        row[index] = rows
        heads = row[index + offset.astype(np.int64)]
        relations, features = _strings(doc, dep), _strings(doc, morph)
        begins = (iob == _BEGINS).tolist()
        last = _lasts(iob)
        types = _strings(doc, entity)
        persons = [n for n, kind in enumerate(types) if begins[n] and kind in _PERSONS]
        places = [n for n, kind in enumerate(types) if begins[n] and kind in _PLACES]
        hyphenated = frozenset(n for n in range(len(tokens) - 2) if _is_hyphenated(*tokens[n : n + 3]))
        return cls(
            np.where(heads < 0, rows, heads),
            np.isin(pos, _VERBAL),
            np.array([relation == "conj" for relation in relations], np.bool_),
            np.isin(rows, persons).cumsum(),
            np.array(["VerbForm=Fin" in told for told in features], np.bool_),
            tuple((n, last[n] + 2 * (last[n] in hyphenated)) for n in persons),
            tuple((n, last[n]) for n in places),
            relations,
            hyphenated,
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
        head = self.heads[last]
        if self.relations[last] in _PARTS_OF_NAMES and head > last and not self.verbal[last:head].any():
            return True
        following = last + 1
        if last in self.hyphenated:
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

    def joins(self, span: tuple[int, int], part: tuple[int, int]) -> bool:
        """Say whether ``part`` is one of the things that ``span`` joins, as ``France`` in ``France and Germany``."""
        if span == part or part[0] < span[0] or span[1] < part[1] or not self.is_coordination(*span):
            return False
        head, own = self.root(*span), self.root(*part)
        return own == head or bool(self.coordinated[own] and self.heads[own] == head)


def _is_hyphenated(before: Token, hyphen: Token, token: Token) -> bool:
    """Say whether a hyphen joins the parts of a name, as it does not in ``Putin-led``."""
    if hyphen.text not in _HYPHENS or before.whitespace_ or hyphen.whitespace_:
        return False
    return token.dep_ in _PARTS_OF_NAMES or (token.is_lower and token.pos_ == "PROPN")


def _strings(doc: Doc, column: NDArray[np.uint64]) -> tuple[str, ...]:
    """Return the strings of a column of hashes."""
    known = {number: doc.vocab.strings[number] for number in set(column.tolist())}
    return tuple(known[number] for number in column.tolist())


def _lasts(iob: NDArray[np.uint64]) -> list[int]:
    """Return, for each word, the last of those that go on with a name after it, or itself."""
    lasts = list(range(len(iob)))
    for n in reversed(np.flatnonzero(iob[1:] == _INSIDE).tolist()):
        lasts[n] = lasts[n + 1]
    return lasts
