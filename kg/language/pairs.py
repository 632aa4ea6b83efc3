"""What two mentions have in common: string, agreement and distance features for coreference and relations.

Training and reading use the same functions, so that a score means the same in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import numpy as np

from kg.lexicon import gazetteer
from kg.resources import read_tsv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

PRONOUN_CLASSES: Final = (
    *("masculine", "feminine", "neuter", "plural"),
    *("first", "first-plural", "second", "relative", "demonstrative"),
)
_PREPOSITIONS: Final = frozenset(("of", "in", "for", "from", "at", "on", "to", "with", "by", "who", "that", ","))
_DEFINITE: Final = frozenset(("the", "this", "that", "these", "those"))
_INDEFINITE: Final = frozenset(("a", "an", "another", "some", "several", "two", "three"))
_DISTANCES: Final = (1, 2, 3, 6, 11)
_SENTENCES: Final = (1, 2, 3, 6)


@lru_cache(maxsize=1)
def pronoun_class() -> Mapping[str, int]:
    """Return the index in :data:`PRONOUN_CLASSES` of every pronoun."""
    return {row["form"]: PRONOUN_CLASSES.index(row["class"]) for row in read_tsv("lexicons/pronouns.tsv")}


@lru_cache(maxsize=50_000)
def _places(form: str) -> tuple[str, tuple[str, ...]]:
    """Return the country that a form names as a whole, and those whose names it contains."""
    entry = gazetteer().place(form)
    return (entry.iso3 if entry else ""), tuple(gazetteer().countries_in(form))


@dataclass(frozen=True, slots=True)
class MentionWords:
    """One mention as the pair features see it. ``begin`` and ``last`` are word indices, both inclusive.

    ``known`` is the canonical name where the lexicon knows the words as one; no feature rests on it.
    """

    begin: int
    last: int
    sentence: int
    text: str
    head: str
    pronoun: int
    capitalised: frozenset[str]
    lowered: frozenset[str]
    initials: str
    country: str
    countries: frozenset[str]
    before: str
    known: str = ""

    @classmethod
    def of(cls, words: Sequence[str], begin: int, last: int, sentence: int) -> MentionWords:
        """Describe ``words[begin : last + 1]``."""
        span = [w for w in words[begin : last + 1] if w not in ("'s", "’s")] or [words[begin]]
        lowered = [w.lower() for w in span]
        stop = next((i for i, w in enumerate(lowered) if i and w in _PREPOSITIONS), len(span))
        country, countries = _places(" ".join(span))
        return cls(
            begin=begin,
            last=last,
            sentence=sentence,
            text=" ".join(lowered),
            head=lowered[stop - 1],
            pronoun=pronoun_class().get(lowered[0], -1) if len(span) == 1 else -1,
            capitalised=frozenset(w.lower() for w in span if w[0].isupper() and len(w) > 1),
            lowered=frozenset(lowered),
            initials="".join(w[0].lower() for w in span if w[0].isupper()),
            country=country,
            countries=frozenset(countries),
            before=words[begin - 1].lower() if begin else "",
        )

    @property
    def kind(self) -> Literal["name", "nominal", "pronoun"]:
        """Say whether the mention is a name, a nominal or a pronoun."""
        if self.pronoun >= 0:
            return "pronoun"
        return "name" if self.head in self.capitalised or self.country or self.known else "nominal"


def _buckets(values: NDArray[np.int64], bounds: Sequence[int]) -> NDArray[np.float32]:
    """Return one-hot buckets (..., len(bounds) + 1) of non-negative ``values``."""
    index = np.digitize(values, bounds)
    return np.eye(len(bounds) + 1, dtype=np.float32)[index]


def mention_vectors(mentions: Sequence[MentionWords]) -> NDArray[np.float32]:
    """Return float32 (mentions, F): pronoun class, name or nominal, definiteness, country, length."""
    rows = np.zeros((len(mentions), len(PRONOUN_CLASSES) + 8), np.float32)
    for row, m in zip(rows, mentions, strict=True):
        if m.pronoun >= 0:
            row[m.pronoun] = 1
        n = len(PRONOUN_CLASSES)
        row[n] = m.pronoun < 0 and m.head in m.capitalised
        row[n + 1] = m.pronoun < 0 and not m.capitalised
        row[n + 2] = m.before in _DEFINITE
        row[n + 3] = m.before in _INDEFINITE
        row[n + 4] = bool(m.country)
        row[n + 5] = bool(m.countries) and not m.country
        row[n + 6] = m.head.endswith("s")
        row[n + 7] = min(m.last - m.begin, 5) / 5
    return rows


MENTION_WIDTH: Final = len(PRONOUN_CLASSES) + 8
PAIR_WIDTH: Final = 26 + len(_DISTANCES) + 1 + len(_SENTENCES) + 1


def pair_vectors(
    mentions: Sequence[MentionWords], left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return float32 (pairs, :data:`PAIR_WIDTH`) for the mention pairs ``(left[i], right[i])``, in text order."""
    out = np.zeros((len(left), PAIR_WIDTH), np.float32)
    if not len(left):
        return out
    for row, i, j in zip(out, left.tolist(), right.tolist(), strict=True):
        _compare(row, mentions[i], mentions[j])
    order = np.arange(len(mentions), dtype=np.int64)
    sentence = np.array([m.sentence for m in mentions], np.int64)
    out[:, 26 : 26 + len(_DISTANCES) + 1] = _buckets(np.abs(order[right] - order[left]), _DISTANCES)
    out[:, 26 + len(_DISTANCES) + 1 :] = _buckets(np.abs(sentence[right] - sentence[left]), _SENTENCES)
    return out


def _compare(row: NDArray[np.float32], a: MentionWords, b: MentionWords) -> None:
    names = bool(a.capitalised) and bool(b.capitalised)
    shared = a.capitalised & b.capitalised
    pronouns = (a.pronoun >= 0) + (b.pronoun >= 0)
    gap = b.begin - a.last - 1
    row[0] = a.text == b.text and not pronouns
    row[1] = a.head == b.head and not pronouns
    row[2] = not pronouns and a.head in b.lowered
    row[3] = not pronouns and b.head in a.lowered
    row[4] = bool(shared)
    row[5] = names and not shared
    row[6] = names and (a.capitalised <= b.capitalised or b.capitalised <= a.capitalised)
    row[7] = not pronouns and (a.text in b.text or b.text in a.text)
    row[8] = bool(a.country) and a.country == b.country
    row[9] = bool(a.country) and bool(b.country) and a.country != b.country
    row[10] = bool(a.countries & b.countries) and not (a.country and b.country)
    row[11] = bool(a.countries) and bool(b.countries) and not (a.countries & b.countries)
    row[12] = bool(a.country) != bool(b.country)
    row[13] = len(a.initials) > 1 and a.initials == b.text.replace(".", "")
    row[14] = len(b.initials) > 1 and b.initials == a.text.replace(".", "")
    row[15] = pronouns == 2 and a.pronoun == b.pronoun
    row[16] = pronouns == 2 and a.pronoun != b.pronoun
    row[17] = a.pronoun >= 0 and b.pronoun < 0
    row[18] = a.pronoun < 0 and b.pronoun >= 0
    row[19] = pronouns == 0
    row[20] = a.begin <= b.begin and b.last <= a.last
    row[21] = b.begin <= a.begin and a.last <= b.last
    row[22] = gap == 0
    row[23] = gap == 1
    row[24] = 0 <= gap < 5
    row[25] = gap >= 12


def relation_pairs(
    sentences: NDArray[np.int64], left: NDArray[np.int64], right: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int64]]:
    """Return rows of a table of pairs, whether they are turned round, and their sources.

    They are the pairs that can stand in a relation. The source stands in the sentence that states the relation, the
    target there or in the sentence before.
    ``sentences`` is int64 (mentions,).
    """
    distance = sentences[right] - sentences[left]
    forward = np.flatnonzero(distance == 0)
    backward = np.flatnonzero((distance == 0) | (distance == 1))
    rows = np.concatenate([forward, backward])
    turned = np.concatenate([np.zeros(len(forward), np.bool_), np.ones(len(backward), np.bool_)])
    source = np.where(turned, right[rows], left[rows])
    return rows, turned, source


class PlacePairs(NamedTuple):
    """Pairs of a mention and a place in one sentence, by index; arrays have one row a pair.

    ``features`` is float32 (pairs, PAIR_WIDTH + 1); ``begin`` and ``end`` bound the words between the two.
    """

    mention: NDArray[np.int64]
    place: NDArray[np.int64]
    features: NDArray[np.float32]
    begin: NDArray[np.int64]
    end: NDArray[np.int64]


def place_pairs(mentions: Sequence[MentionWords], places: Sequence[MentionWords]) -> PlacePairs:
    """Pair every mention with the places of its sentence, unless one holds the other."""
    both = [*mentions, *places]
    order = sorted(range(len(both)), key=lambda i: (both[i].begin, -both[i].last))
    at = {i: position for position, i in enumerate(order)}
    rows = [
        (k, p)
        for p, place in enumerate(places)
        for k, mention in enumerate(mentions)
        if mention.sentence == place.sentence and (mention.last < place.begin or place.last < mention.begin)
    ]
    ends = [sorted((at[k], at[len(mentions) + p])) for k, p in rows]
    left, right = np.array(ends, np.int64).reshape(-1, 2).T
    in_order = [both[i] for i in order]
    turned = np.array([at[k] > at[len(mentions) + p] for k, p in rows], np.float32)
    mention, place = np.array(rows, np.int64).reshape(-1, 2).T
    return PlacePairs(
        mention,
        place,
        np.concatenate([pair_vectors(in_order, left, right), turned[:, None]], 1),
        np.array([in_order[i].last + 1 for i in left], np.int64),
        np.array([in_order[i].begin for i in right], np.int64),
    )
