"""Base noun phrases under Universal Dependencies, for ``doc.noun_chunks``.

spaCy's own iterators expect other labels. A chunk is a nominal with its determiners and modifiers to the left, and the
rest of its name to the right; prepositions, copulas and clauses that hang on it are left out. Chunks do not nest: of
two that do, the outer one stays ("the New York-based group").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spacy.errors import Errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON"})
_PART_OF_ANOTHER: Final = frozenset(
    {"compound", "flat", "fixed", "goeswith", "nmod:poss", "nmod:desc", "reparandum", "det", "det:predet", "discourse"}
    | {"expl", "case", "mark", "cc", "advmod"}
)
"""Relations in which a nominal is no phrase of its own, but a part of its head's, or no more than a function word."""

_LEFT: Final = frozenset(
    {"det", "det:predet", "amod", "nummod", "compound", "nmod", "nmod:poss", "nmod:desc", "nmod:unmarked", "goeswith"}
    | {"reparandum", "flat", "acl"}
)
_BETWEEN: Final = frozenset({"advmod", "cc", "punct", "dep"})
"""Relations that may stand among those to the left, but do not begin a chunk."""

_RIGHT: Final = frozenset({"flat", "fixed", "goeswith", "nmod:desc", "nummod", "compound"})


def noun_chunks(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """Yield the first token, the end and the label of each base noun phrase, in order, none overlapping.

    Raises ValueError where the dependency parse or the parts of speech are missing.
    """
    doc = doclike.doc
    if not doc.has_annotation("DEP"):
        raise ValueError(Errors.E029)
    if not doc.has_annotation("POS"):
        raise ValueError(Errors.E1019)
    label = doc.vocab.strings.add("NP")
    chunks = sorted((_chunk(token) for token in doclike if _heads_phrase(token)), key=lambda c: (c[0], -c[1]))
    done = 0
    for begin, end in chunks:
        if begin >= done:
            done = end
            yield begin, end, label


def _heads_phrase(token: Token) -> bool:
    if token.pos_ not in _NOMINAL:
        return False
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    return token.dep_ not in _PART_OF_ANOTHER


def _chunk(token: Token) -> tuple[int, int]:
    begin, end = token.i, token.i + 1
    for child in reversed(list(token.lefts)):
        if child.dep_ in _LEFT:
            begin = child.left_edge.i
        elif child.dep_ not in _BETWEEN:
            break
    for child in token.rights:
        numeral = child.dep_ == "nmod:unmarked" and child.pos_ == "NUM"
        if not (numeral or child.dep_ in _RIGHT) or child.left_edge.i != end:
            break
        end = child.right_edge.i + 1
    return begin, end
