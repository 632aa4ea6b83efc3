from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.pairs import (
    MENTION_WIDTH,
    PAIR_WIDTH,
    MentionWords,
    mention_vectors,
    pair_vectors,
    place_pairs,
    relation_pairs,
)

WORDS = [
    "Norwegian",
    "Foreign",
    "Minister",
    "Henrik",
    "Solberg",
    "met",
    "Norway",
    "'s",
    "allies",
    ".",
    "He",
    "said",
    "NATO",
    "and",
    "Mr.",
    "Solberg",
    "agreed",
    ".",
]
SENTENCE = [0] * 10 + [1] * 8


def mention(begin: int, last: int) -> MentionWords:
    return MentionWords.of(WORDS, begin, last, SENTENCE[begin])


@pytest.mark.parametrize(
    ("begin", "last", "kind", "head", "country"),
    [
        (0, 0, "name", "norwegian", "NOR"),
        (1, 4, "name", "solberg", ""),
        (6, 7, "name", "norway", "NOR"),
        (8, 8, "nominal", "allies", ""),
        (10, 10, "pronoun", "he", ""),
    ],
)
def test_mention_words(begin: int, last: int, kind: str, head: str, country: str) -> None:
    found = mention(begin, last)
    assert (found.kind, found.head, found.country) == (kind, head, country)


@pytest.mark.parametrize(
    ("text", "kind"), [("General Han Sang - ook", "name"), ("al - Qaida", "name"), ("cease - fire", "nominal")]
)
def test_a_hyphen_joins_what_follows_to_a_name(text: str, kind: str) -> None:
    words = text.split()
    assert MentionWords.of(words, 0, len(words) - 1, 0).kind == kind


def test_pair_vectors() -> None:
    mentions = [mention(0, 0), mention(1, 4), mention(6, 7), mention(10, 10), mention(14, 15)]
    left, right = np.array([0, 1, 1, 0]), np.array([2, 4, 3, 1])
    features = pair_vectors(mentions, left, right)
    assert features.shape == (4, PAIR_WIDTH)
    same_state, same_surname, pronoun, adjacent = features
    assert same_state[8] == 1
    assert same_state[0] == 0
    assert same_surname[1] == same_surname[4] == 1
    assert pronoun[18] == 1
    assert adjacent[22] == 1
    assert pair_vectors([], np.empty(0, np.int64), np.empty(0, np.int64)).shape == (0, PAIR_WIDTH)


def compared(a: MentionWords, b: MentionWords) -> list[bool]:
    """The first columns for a pair, one pair at a time."""
    nouns = a.pronoun < 0 and b.pronoun < 0
    names = bool(a.capitalised) and bool(b.capitalised)
    shared = a.capitalised & b.capitalised
    both = bool(a.country) and bool(b.country)
    return [
        nouns and a.text == b.text,
        nouns and a.head == b.head,
        nouns and a.head in b.lowered,
        nouns and b.head in a.lowered,
        bool(shared),
        names and not shared,
        names and (a.capitalised <= b.capitalised or b.capitalised <= a.capitalised),
        nouns and (a.text in b.text or b.text in a.text),
        both and a.country == b.country,
        both and a.country != b.country,
        bool(a.countries & b.countries) and not both,
        bool(a.countries) and bool(b.countries) and not a.countries & b.countries,
        bool(a.country) != bool(b.country),
        len(a.initials) > 1 and a.initials == b.text.replace(".", ""),
        len(b.initials) > 1 and b.initials == a.text.replace(".", ""),
    ]


SPOKEN = ["Norway", "Norwegian", "United", "Nations", "U.N.", "UN", "he", "ally", "royally", "'s", "of", "France", "é"]


@given(st.lists(st.lists(st.sampled_from(SPOKEN), min_size=1, max_size=4), min_size=2, max_size=6))
def test_many_pairs_are_compared_at_once(spans: list[list[str]]) -> None:
    mentions = [MentionWords.of(span, 0, len(span) - 1, 0) for span in spans]
    left, right = np.triu_indices(len(mentions), 1)
    features = pair_vectors(mentions, left, right)
    expected = [compared(mentions[i], mentions[j]) for i, j in zip(left, right, strict=True)]
    np.testing.assert_array_equal(features[:, :15], np.array(expected, np.float32))


def test_mention_vectors() -> None:
    rows = mention_vectors([mention(10, 10), mention(12, 12)])
    assert rows.shape == (2, MENTION_WIDTH)
    assert rows[0, 0] == 1
    assert rows[1].any()


def test_relations_stand_in_the_sentence_of_their_source() -> None:
    rows, turned, source = relation_pairs(np.array([0, 0, 1]), np.array([0, 0, 1]), np.array([1, 2, 2]))
    found = {(int(r), bool(t), int(s)) for r, t, s in zip(rows, turned, source, strict=True)}
    assert found == {(0, False, 0), (0, True, 1), (1, True, 2), (2, True, 2)}


def test_places_are_paired_with_the_mentions_of_their_sentence() -> None:
    words = ["Rebels", "hold", "Arkady", ",", "which", "Ruritanian", "troops", "shelled", ".", "They", "fled"]
    sentences = [0] * 9 + [1, 1]

    def at(begin: int, last: int) -> MentionWords:
        return MentionWords.of(words, begin, last, sentences[begin])

    mentions = [at(0, 0), at(5, 6), at(5, 5), at(9, 9)]
    pairs = place_pairs(mentions, [at(2, 2), at(5, 5)])
    assert list(zip(pairs.mention, pairs.place, strict=True)) == [(0, 0), (1, 0), (2, 0), (0, 1)]
    assert pairs.features.shape == (4, PAIR_WIDTH + 1)
    assert pairs.features[:, -1].tolist() == [0, 1, 1, 0], "told where the place comes first"
    assert list(zip(pairs.begin, pairs.end, strict=True)) == [(1, 2), (3, 5), (3, 5), (1, 5)]


def test_no_places_make_no_pairs() -> None:
    assert not len(place_pairs([MentionWords.of(["Rebels"], 0, 0, 0)], []).mention)
