"""Dependency patterns: which words of a sentence can be which nodes of a pattern.

The operators are those of spaCy's ``DependencyMatcher`` and mean the same; a sentence ends where it ends, also where
arcs cross (spaCy may end it early there, at the edge of the root). Unlike there, the words that fit a pattern
are not tried in every combination: in a pattern, which is a tree, it is enough to strike words that nothing fits, once
from the leaves up and once from the root down (Yannakakis 1981), so that no pattern takes more than quadratic time.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence, Set

    from kg.language.pattern_file import Edge


class Tree:
    """The syntax tree of one sentence; words and ``heads`` are numbered from 0, a root is its own head."""

    def __init__(self, heads: Sequence[int]) -> None:
        self.heads = heads
        self._related: dict[tuple[str, int], frozenset[int]] = {}

    @cached_property
    def children(self) -> Sequence[tuple[int, ...]]:
        """The words that hang on each word."""
        found: list[list[int]] = [[] for _ in self.heads]
        for word, head in enumerate(self.heads):
            if head != word:
                found[head].append(word)
        return [tuple(words) for words in found]

    def parent(self, word: int) -> tuple[int, ...]:
        """Return the head of a word, or nothing for a root."""
        return () if self.heads[word] == word else (self.heads[word],)

    def above(self, word: int) -> Iterator[int]:
        """Give the words that a word lies under, from its head up."""
        while self.heads[word] != word:
            word = self.heads[word]
            yield word

    def below(self, word: int) -> Iterator[int]:
        """Give the words that lie under a word."""
        waiting = list(self.children[word])
        while waiting:
            word = waiting.pop()
            yield word
            waiting.extend(self.children[word])

    def siblings(self, word: int) -> tuple[int, ...]:
        """Return the words with the same head, or those under a root; the word itself may be one of them."""
        return self.children[self.heads[word]]

    def related(self, op: str, word: int) -> frozenset[int]:
        """Return the words to which ``word`` stands as ``op`` says."""
        key = op, word
        if key not in self._related:
            self._related[key] = frozenset(OPERATORS[op](self, word))
        return self._related[key]


OPERATORS: Final[Mapping[str, Callable[[Tree, int], Iterator[int]]]] = {
    "<": lambda tree, a: iter(tree.parent(a)),
    ">": lambda tree, a: iter(tree.children[a]),
    "<<": lambda tree, a: tree.above(a),
    ">>": lambda tree, a: tree.below(a),
    ".": lambda tree, a: iter(range(a + 1, min(a + 2, len(tree.heads)))),
    ".*": lambda tree, a: iter(range(a + 1, len(tree.heads))),
    ";": lambda tree, a: iter(range(max(a - 1, 0), a)),
    ";*": lambda tree, a: iter(range(a)),
    "$+": lambda tree, a: (b for b in tree.siblings(a) if b == a + 1),
    "$-": lambda tree, a: (b for b in tree.siblings(a) if b == a - 1),
    "$++": lambda tree, a: (b for b in tree.siblings(a) if b > a),
    "$--": lambda tree, a: (b for b in tree.siblings(a) if b < a),
    ">+": lambda tree, a: (b for b in tree.children[a] if b == a + 1),
    ">-": lambda tree, a: (b for b in tree.children[a] if b == a - 1),
    ">++": lambda tree, a: (b for b in tree.children[a] if b > a),
    ">--": lambda tree, a: (b for b in tree.children[a] if b < a),
    "<+": lambda tree, a: (b for b in tree.parent(a) if b == a + 1),
    "<-": lambda tree, a: (b for b in tree.parent(a) if b == a - 1),
    "<++": lambda tree, a: (b for b in tree.parent(a) if b > a),
    "<--": lambda tree, a: (b for b in tree.parent(a) if b < a),
}


def fitting(tree: Tree, edges: Sequence[Edge], candidates: Sequence[Set[int]]) -> list[frozenset[int]]:
    """Return, for each node of a pattern, the words that it is in some match of the whole pattern.

    Args:
        tree: The sentence.
        edges: What joins the nodes; each node but the first is once on the right, after it was on the left or first.
        candidates: The words that each node could be by itself.
    """
    words = [frozenset(own) for own in candidates]
    for left, op, right in reversed(edges):
        words[left] = frozenset(a for a in words[left] if not words[right].isdisjoint(tree.related(op, a)))
    for left, op, right in edges:
        words[right] = words[right].intersection(frozenset[int]().union(*(tree.related(op, a) for a in words[left])))
    return words
