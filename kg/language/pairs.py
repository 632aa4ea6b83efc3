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
    from collections.abc import Iterator, Mapping, Sequence

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
_AT_ONCE: Final = 2048


@lru_cache(maxsize=1)
def pronoun_class() -> Mapping[str, int]:
    """Return the index in :data:`PRONOUN_CLASSES` of every pronoun."""
    return {row["form"]: PRONOUN_CLASSES.index(row["class"]) for row in read_tsv("lexicons/pronouns.tsv")}


@lru_cache(maxsize=50_000)
def _places(form: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the country that a form names as a whole, the one region that it names, and the countries within it."""
    entry = gazetteer().place(form)
    regions = {match.entry.name for match in gazetteer().matches(form) if match.entry.kind == "region"}
    region = regions.pop() if len(regions) == 1 else ""
    return (entry.iso3 if entry else ""), region, tuple(gazetteer().countries_in(form))


@dataclass(frozen=True, slots=True)
class MentionWords:
    """One mention as the pair features see it. ``begin`` and ``last`` are word indices, both inclusive.

    ``region`` is the part of a country that the words name, ``known`` the canonical name where the lexicon knows them
    as one, and ``capitals`` tells one word of capitals; no feature rests on these.
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
    region: str = ""
    known: str = ""
    capitals: bool = False

    @classmethod
    def of(cls, words: Sequence[str], begin: int, last: int, sentence: int) -> MentionWords:
        """Describe ``words[begin : last + 1]``."""
        span = [w for w in words[begin : last + 1] if w not in ("'s", "’s")] or [words[begin]]
        lowered = [w.lower() for w in span]
        stop = next((i for i, w in enumerate(lowered) if i and w in _PREPOSITIONS), len(span))
        country, region, countries = _places(" ".join(span))
        spelt_out = len(span) == 1 and (len(span[0]) == 1 or not span[0].isupper())
        return cls(
            begin=begin,
            last=last,
            sentence=sentence,
            text=" ".join(lowered),
            head=lowered[stop - 1],
            pronoun=pronoun_class().get(lowered[0], -1) if spelt_out else -1,
            capitalised=frozenset(_capitalised(span)),
            lowered=frozenset(lowered),
            initials="".join(w[0].lower() for w in span if w[0].isupper()),
            country=country,
            countries=frozenset(countries),
            before=words[begin - 1].lower() if begin else "",
            region=region,
            capitals=len(span) == 1 and not spelt_out,
        )

    @property
    def kind(self) -> Literal["name", "nominal", "pronoun"]:
        """Say whether the mention is a name, a nominal or a pronoun."""
        if self.pronoun >= 0:
            return "pronoun"
        return "name" if self.head in self.capitalised or self.country or self.known else "nominal"


def _capitalised(span: Sequence[str]) -> Iterator[str]:
    """Yield the words with a capital, in small letters, with what a hyphen joins to one: ``seok`` in ``Min-seok``."""
    begins = False
    for n, word in enumerate(span):
        begins = word[0].isupper() or (begins and "-" in (word, span[n - 1]))
        if begins and len(word) > 1:
            yield word.lower()


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
    columns = _Columns.of(mentions)
    for start in range(0, len(left), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        _compare(out[part], columns, left[part], right[part])
    order = np.arange(len(mentions), dtype=np.int64)
    sentence = np.array([m.sentence for m in mentions], np.int64)
    out[:, 26 : 26 + len(_DISTANCES) + 1] = _buckets(np.abs(order[right] - order[left]), _DISTANCES)
    out[:, 26 + len(_DISTANCES) + 1 :] = _buckets(np.abs(sentence[right] - sentence[left]), _SENTENCES)
    return out


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    """Mentions by column, int64 (N,), with numbers for strings, 0 for the empty one.

    ``initials`` are -1 where they are but one letter, ``bare`` is the text without points, ``letters`` a bit for each
    kind of letter in the text.
    """

    mentions: Sequence[MentionWords]
    begin: NDArray[np.int64]
    last: NDArray[np.int64]
    pronoun: NDArray[np.int64]
    text: NDArray[np.int64]
    head: NDArray[np.int64]
    country: NDArray[np.int64]
    initials: NDArray[np.int64]
    bare: NDArray[np.int64]
    letters: NDArray[np.int64]

    @classmethod
    def of(cls, mentions: Sequence[MentionWords]) -> _Columns:
        numbers = {"": 0}

        def number(form: str) -> int:
            return numbers.setdefault(form, len(numbers))

        rows = [
            (
                *(m.begin, m.last, m.pronoun, number(m.text), number(m.head), number(m.country)),
                number(m.initials) if len(m.initials) > 1 else -1,
                number(m.text.replace(".", "")),
                _letters(m.text),
            )
            for m in mentions
        ]
        return cls(mentions, *np.array(rows, np.int64).reshape(-1, 9).T)


@lru_cache(maxsize=50_000)
def _letters(text: str) -> int:
    """Return a bit for each kind of letter in a text, of 61 kinds."""
    return sum(1 << kind for kind in {ord(char) % 61 for char in text})


def _compare(out: NDArray[np.float32], columns: _Columns, left: NDArray[np.int64], right: NDArray[np.int64]) -> None:
    """Fill the columns of ``out`` that tell what the words of each pair have in common, and how they lie."""
    near, at = np.unique(np.concatenate([left, right]), return_inverse=True)
    a, b = at.reshape(-1)[: len(left)], at.reshape(-1)[len(left) :]
    mentions = [columns.mentions[i] for i in near.tolist()]
    capitals, countries = _common([m.capitalised for m in mentions]), _common([m.countries for m in mentions])
    heads = _holds([m.lowered for m in mentions], [m.head for m in mentions])
    shared, size_a, size_b = capitals[a, b], capitals[a, a], capitals[b, b]
    names = (size_a > 0) & (size_b > 0)
    pronoun_a, pronoun_b = columns.pronoun[left], columns.pronoun[right]
    nouns = (pronoun_a < 0) & (pronoun_b < 0)
    pronouns = (pronoun_a >= 0) & (pronoun_b >= 0)
    text_a, text_b = columns.text[left], columns.text[right]
    state_a, state_b = columns.country[left], columns.country[right]
    whole = (state_a > 0) & (state_b > 0)
    begin_a, last_a = columns.begin[left], columns.last[left]
    begin_b, last_b = columns.begin[right], columns.last[right]
    gap = begin_b - last_a - 1
    out[:, 0] = nouns & (text_a == text_b)
    out[:, 1] = nouns & (columns.head[left] == columns.head[right])
    out[:, 2] = nouns & heads[b, a]
    out[:, 3] = nouns & heads[a, b]
    out[:, 4] = shared > 0
    out[:, 5] = names & (shared == 0)
    out[:, 6] = names & ((shared == size_a) | (shared == size_b))
    out[:, 7] = nouns & _within(columns, left, right, nouns)
    out[:, 8] = (state_a > 0) & (state_a == state_b)
    out[:, 9] = whole & (state_a != state_b)
    out[:, 10] = (countries[a, b] > 0) & ~whole
    out[:, 11] = (countries[a, a] > 0) & (countries[b, b] > 0) & (countries[a, b] == 0)
    out[:, 12] = (state_a > 0) != (state_b > 0)
    out[:, 13] = columns.initials[left] == columns.bare[right]
    out[:, 14] = columns.initials[right] == columns.bare[left]
    out[:, 15] = pronouns & (pronoun_a == pronoun_b)
    out[:, 16] = pronouns & (pronoun_a != pronoun_b)
    out[:, 17] = (pronoun_a >= 0) & (pronoun_b < 0)
    out[:, 18] = (pronoun_a < 0) & (pronoun_b >= 0)
    out[:, 19] = nouns
    out[:, 20] = (begin_a <= begin_b) & (last_b <= last_a)
    out[:, 21] = (begin_b <= begin_a) & (last_a <= last_b)
    out[:, 22] = gap == 0
    out[:, 23] = gap == 1
    out[:, 24] = (gap >= 0) & (gap < 5)
    out[:, 25] = gap >= 12


def _table(sets: Sequence[frozenset[str]]) -> tuple[NDArray[np.float32], dict[str, int]]:
    """Return which of the strings each set holds, 0 or 1 (sets, strings), and the column of each string."""
    column: dict[str, int] = {}
    held = [[column.setdefault(word, len(column)) for word in words] for words in sets]
    table = np.zeros((len(sets), len(column)), np.float32)
    table[np.repeat(np.arange(len(sets)), [len(h) for h in held]), [c for h in held for c in h]] = 1
    return table, column


def _common(sets: Sequence[frozenset[str]]) -> NDArray[np.float32]:
    """Return how many strings each two of the sets have in common, (sets, sets)."""
    table, _ = _table(sets)
    common: NDArray[np.float32] = table @ table.T
    return common


def _holds(sets: Sequence[frozenset[str]], words: Sequence[str]) -> NDArray[np.bool_]:
    """Say of each set whether it holds each of ``words``, (sets, words), all of which are in some set."""
    table, column = _table(sets)
    held: NDArray[np.bool_] = table[:, [column[word] for word in words]] > 0
    return held


def _within(
    columns: _Columns, left: NDArray[np.int64], right: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Say of the wanted pairs whether the text of one is part of the other's, as ``ally`` is of ``royally``."""
    a, b = columns.letters[left], columns.letters[right]
    found: NDArray[np.bool_] = wanted & (((a & ~b) == 0) | ((b & ~a) == 0))
    open_ = np.flatnonzero(found & (columns.text[left] != columns.text[right]))
    for row, i, j in zip(open_.tolist(), left[open_].tolist(), right[open_].tolist(), strict=True):
        one, other = columns.mentions[i].text, columns.mentions[j].text
        found[row] = one in other or other in one
    return found


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
    begin, last, sentence = np.array([(m.begin, m.last, m.sentence) for m in both], np.int64).reshape(-1, 3).T
    order = np.lexsort((-last, begin))
    at = np.empty(len(both), np.int64)
    at[order] = np.arange(len(both))
    count = len(mentions)
    found = [np.empty((0, 2), np.int64)]
    for p in range(count, len(both)):
        near = sentence[:count] == sentence[p]
        near &= (last[:count] < begin[p]) | (last[p] < begin[:count])
        beside = np.flatnonzero(near)
        found.append(np.stack([beside, np.full(len(beside), p - count)], 1))
    mention, place = np.concatenate(found).T
    left, right = np.minimum(at[mention], at[count + place]), np.maximum(at[mention], at[count + place])
    turned = (at[mention] > at[count + place]).astype(np.float32)
    features = pair_vectors([both[i] for i in order.tolist()], left, right)
    return PlacePairs(
        mention,
        place,
        np.concatenate([features, turned[:, None]], 1),
        last[order[left]] + 1,
        begin[order[right]],
    )
