from __future__ import annotations

from dataclasses import replace

import numpy as np

from kg.language.coreference import NEAR, clusters
from kg.language.heads import Heads
from kg.language.pair_scores import PairScorer
from kg.language.pairs import PAIR_WIDTH, MentionWords


def scorer(count: int, always: float) -> PairScorer:
    """Return a scorer that gives every pair the same score."""
    weights = {
        "c.left.weight": np.zeros((1, 1), np.float32),
        "c.right.weight": np.zeros((1, 1), np.float32),
        "c.product.weight": np.zeros((1, 1), np.float32),
        "c.features.weight": np.zeros((1, PAIR_WIDTH), np.float32),
        "c.out.weight": np.zeros((1, 1), np.float32),
        "c.out.bias": np.array([always], np.float32),
    }
    return PairScorer(Heads(weights), "c", np.zeros((count, 1), np.float32))


def mentions(words: list[str]) -> list[MentionWords]:
    return [MentionWords.of(words, i, i, 0) for i in range(len(words))]


def link(words: list[str], always: float, persons: bool = False, states: bool = False) -> list[int]:
    found = mentions(words)
    count = len(words)
    return clusters(scorer(count, always), found, [persons] * count, [states] * count, 0.0)


def test_no_link_below_the_threshold() -> None:
    assert link(["rebels", "they", "soldiers"], always=-1) == [0, 1, 2]
    assert link([], always=-1) == []


def test_links_above_it() -> None:
    assert link(["rebels", "they", "them"], always=1) == [0, 0, 0]


def test_two_states_are_never_one() -> None:
    assert link(["Norway", "Iceland", "Oslo"], always=1, states=True) == [0, 1, 0]


def test_names_of_a_state_go_together_whatever_the_score() -> None:
    assert link(["Norway", "Iceland", "Norwegian", "Oslo"], always=-1, states=True) == [0, 1, 0, 0]


def test_regions_of_a_state_are_neither_one_nor_the_state() -> None:
    assert link(["Texas", "California", "U.S.", "Texas"], always=1, states=True) == [0, 1, 2, 0]
    words = ["Catalan", "government", "Scottish", "government", "Spain"]
    found = [MentionWords.of(words, *span, 0) for span in ((0, 1), (2, 3), (4, 4))]
    assert clusters(scorer(3, 1), found, [False] * 3, [True] * 3, 0.0) == [0, 1, 2]


def test_us_in_capitals_is_no_pronoun() -> None:
    assert [mention.kind for mention in mentions(["US", "us", "I"])] == ["name", "pronoun", "pronoun"]


def test_persons_without_a_name_in_common_are_never_one() -> None:
    assert link(["Solberg", "Jónsdóttir", "he"], always=1, persons=True) == [0, 1, 1]


def test_an_office_is_no_other_name() -> None:
    words = ["Solberg", "spoke", ".", "The", "Prime", "Minister", "left", "with", "Jónsdóttir", "."]
    found = [MentionWords.of(words, *span, 0) for span in ((0, 0), (3, 5), (8, 8))]
    assert clusters(scorer(3, 1), found, [True] * 3, [False] * 3, 0.0) == [0, 0, 1]


def test_a_surname_goes_with_the_full_name_whatever_the_score() -> None:
    words = ["Henrik", "Solberg", "saw", "Katla", "Solberg", "and", "Solberg", "."]
    found = [MentionWords.of(words, *span, 0) for span in ((0, 1), (3, 4), (6, 6))]
    assert clusters(scorer(3, -1), found, [True] * 3, [False] * 3, 0.0) == [0, 1, 1]


def test_equal_names_go_together() -> None:
    assert link(["NATO", "rebels", "NATO"], always=-1) == [0, 1, 0]


def test_mentions_are_recalled_from_afar() -> None:
    words = ["Rebels", *["they"] * (NEAR + 10), "Rebels"]
    found = mentions(words)
    count = len(words)
    table = np.zeros((1, PAIR_WIDTH), np.float32)
    table[0, 0] = 10
    weights = {
        "c.left.weight": np.zeros((1, 1), np.float32),
        "c.right.weight": np.zeros((1, 1), np.float32),
        "c.product.weight": np.zeros((1, 1), np.float32),
        "c.features.weight": table,
        "c.out.weight": np.ones((1, 1), np.float32),
        "c.out.bias": np.array([-5], np.float32),
    }
    same_words = PairScorer(Heads(weights), "c", np.zeros((count, 1), np.float32))
    cluster = clusters(same_words, found, [False] * count, [False] * count, 0.0)
    assert cluster[0] == cluster[-1]
    assert len(set(cluster)) == count - 1


def test_a_pronoun_that_begins_a_sentence_is_no_other_name() -> None:
    words = ["Amina Example", "fled", "She", "returned"]
    found = [MentionWords.of(words, 0, 0, 0), MentionWords.of(words, 2, 2, 1)]
    assert clusters(scorer(2, 1), found, [True] * 2, [False] * 2, 0.0) == [0, 0]


def test_a_description_with_a_capital_is_no_other_name() -> None:
    words = ["Kenyan", "man", "Jane", "Example", "Trade", "Representative"]
    found = [MentionWords.of(words, *span, 0) for span in ((0, 1), (2, 3), (4, 5))]
    assert clusters(scorer(3, 1), found, [True] * 3, [False] * 3, 0.0) == [0, 0, 0]


def test_he_is_never_she() -> None:
    assert link(["he", "she", "his"], always=1, persons=True) == [0, 1, 0]


def test_a_known_organisation_is_no_other_name() -> None:
    words = ["Example", "Foundation", "said", "NATO", "North", "Atlantic", "Treaty", "Organization", "it"]
    spans = ((0, 1), (3, 3), (4, 7), (8, 8))
    found = [MentionWords.of(words, *span, 0) for span in spans]
    found[1] = replace(found[1], known="NATO")
    assert clusters(scorer(4, 1), found, [False] * 4, [False] * 4, 0.0) == [0, 1, 1, 1]


def test_an_abbreviation_in_brackets_is_the_name_before_it() -> None:
    def bracketed(words: list[str]) -> list[int]:
        found = [MentionWords.of(words, 0, 2, 0), MentionWords.of(words, 4, 4, 0)]
        return clusters(scorer(2, -1), found, [False] * 2, [False] * 2, 0.0)

    assert bracketed(["Popular", "Coast", "Front", "(", "FPC", ")"]) == [0, 0]
    assert bracketed(["Popular", "Coast", "Front", "(", "Hanlo", ")"]) == [0, 1]
    assert bracketed(["Popular", "Coast", "Front", ",", "FPC", ","]) == [0, 1]
    assert bracketed(["Popular", "Coast", "Front", "(", "AFP", ")"]) == [0, 1]
