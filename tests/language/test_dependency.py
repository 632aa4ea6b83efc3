"""Dependency patterns match what spaCy's own matcher matches, in time that no pattern can stretch."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING, Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from spacy.matcher import DependencyMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.language.dependency import OPERATORS, Tree, fitting
from kg.language.pattern_file import Edge

if TYPE_CHECKING:
    from collections.abc import Sequence

VOCAB = Vocab()
WORDS = ("arms", "deal", "talks")


@st.composite
def sentences(draw: st.DrawFn) -> tuple[list[str], list[int]]:
    """Words and a tree over them."""
    size = draw(st.integers(1, 7))
    words = draw(st.lists(st.sampled_from(WORDS), min_size=size, max_size=size))
    order = draw(st.permutations(range(size)))
    heads = [0] * size
    for position, word in enumerate(order):
        heads[word] = order[draw(st.integers(0, position - 1))] if position else word
    return words, heads


@st.composite
def patterns(draw: st.DrawFn) -> tuple[list[str], list[Edge]]:
    """The words of nodes and what joins them."""
    nodes = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
    operators = st.sampled_from(sorted(OPERATORS))
    return nodes, [Edge(draw(st.integers(0, n - 1)), draw(operators), n) for n in range(1, len(nodes))]


def parsed(words: list[str], heads: list[int]) -> Doc:
    deps = ["ROOT" if head == word else "dep" for word, head in enumerate(heads)]
    return Doc(VOCAB, words, heads=heads, deps=deps)


def is_whole(doc: Doc) -> bool:
    """Say whether the root's edges are the sentence's; spaCy's matcher ends it there, even where arcs cross."""
    root = next(doc.sents).root
    return (root.left_edge.i, root.right_edge.i) == (0, len(doc) - 1)


def by_trying(heads: list[int], edges: Sequence[Edge], candidates: Sequence[set[int]]) -> list[set[int]]:
    """Return the words that each node is in some match, by trying every combination of words."""
    tree = Tree(heads)
    matches = [
        match
        for match in itertools.product(*candidates)
        if all(match[right] in tree.related(op, match[left]) for left, op, right in edges)
    ]
    return [{match[node] for match in matches} for node in range(len(candidates))]


def by_spacy(words: list[str], heads: list[int], nodes: list[str], edges: Sequence[Edge]) -> list[set[int]]:
    """Return the words that each node is in some match that spaCy finds."""
    specs: list[dict[str, Any]] = [{"RIGHT_ID": "0", "RIGHT_ATTRS": {"ORTH": nodes[0]}}]
    specs += [
        {"LEFT_ID": str(e.left), "REL_OP": e.op, "RIGHT_ID": str(e.right), "RIGHT_ATTRS": {"ORTH": nodes[e.right]}}
        for e in edges
    ]
    matcher = DependencyMatcher(VOCAB)
    matcher.add("pattern", [specs])
    found: list[set[int]] = [set() for _ in nodes]
    for _, match in matcher(parsed(words, heads)):
        for node, word in enumerate(match):
            found[node].add(word)
    return found


def candidates(words: list[str], nodes: list[str]) -> list[set[int]]:
    return [{at for at, word in enumerate(words) if word == node} for node in nodes]


@settings(max_examples=300, deadline=None)
@given(sentences(), patterns())
def test_the_same_as_spacy(sentence: tuple[list[str], list[int]], pattern: tuple[list[str], list[Edge]]) -> None:
    (words, heads), (nodes, edges) = sentence, pattern
    assume(is_whole(parsed(words, heads)))
    assert fitting(Tree(heads), edges, candidates(words, nodes)) == by_spacy(words, heads, nodes, edges)


@settings(max_examples=300, deadline=None)
@given(sentences(), patterns())
@example((["arms"] * 6 + ["deal"], [0, 2, 0, 0, 0, 0, 1]), (["arms", "deal"], [Edge(0, ".*", 1)]))
def test_the_same_as_trying_every_combination(
    sentence: tuple[list[str], list[int]], pattern: tuple[list[str], list[Edge]]
) -> None:
    (words, heads), (nodes, edges) = sentence, pattern
    given_words = candidates(words, nodes)
    assert fitting(Tree(heads), edges, given_words) == by_trying(heads, edges, given_words)


def test_every_operator_of_spacy_is_known() -> None:
    assert sorted(OPERATORS) == sorted(DependencyMatcher(VOCAB)._ops)


def test_a_pattern_that_fits_everywhere_is_quick() -> None:
    size, nodes = 200, 12
    edges = [Edge(n - 1, ".*", n) for n in range(1, nodes)]
    begin = time.process_time()
    found = fitting(Tree([max(word - 1, 0) for word in range(size)]), edges, [set(range(size))] * nodes)
    assert found[0] == set(range(size - nodes + 1))
    assert time.process_time() - begin < 2
