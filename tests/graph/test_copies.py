"""Copies: the same text in several papers is one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.copies import originals
from kg.graph.model import DocumentNode, MentionNode

if TYPE_CHECKING:
    import random

WIRE = (
    "The ministry said late on Monday that two ferries had been turned back at the mouth of the fjord.",
    "Officials of both countries are to meet again next week to settle who may fish east of the islands.",
)
DESK = (
    "Two ferries were sent home from the fjord on Monday, according to a statement of the ministry.",
    "A further round of talks over the fishing grounds is set for the coming week, diplomats say.",
)


def a_document(id: str, published: str | None = "2024-03-12", sha256: str = "") -> DocumentNode:  # noqa: A002
    return DocumentNode(f"https://example.org/{id}", id, sha256 or id, published=published)


def mentions(node: DocumentNode, *sentences: str) -> list[MentionNode]:
    return [
        MentionNode(f"{node.iri}/{number}", node.iri, 0, 3, "the", sentence)
        for number, sentence in enumerate(sentences)
    ]


def found(*texts: tuple[DocumentNode, tuple[str, ...]]) -> dict[str, str]:
    nodes = [node for node, _ in texts]
    copies = originals(nodes, [mention for node, text in texts for mention in mentions(node, *text)])
    ids = {node.iri: node.id for node in nodes}
    return {ids[copy]: ids[original] for copy, original in copies.items()}


def edited(text: tuple[str, ...]) -> tuple[str, ...]:
    return (text[0].replace("late on Monday", "on Monday evening"), *text[1:])


def test_the_first_to_appear_is_the_original() -> None:
    assert found(
        (a_document("c", "2024-03-13"), WIRE),
        (a_document("b", "2024-03-12T09:00:00Z"), WIRE),
        (a_document("a", None), edited(WIRE)),
        (a_document("d"), DESK),
    ) == {"c": "b", "a": "b"}


@pytest.mark.parametrize(
    ("other", "is_copy"),
    [
        (WIRE, True),
        (WIRE[::-1], True),
        (edited(WIRE), True),
        ((*WIRE, "The weather was fine."), True),
        (tuple(text.upper() for text in WIRE), True),
        (DESK, False),
        ((WIRE[0], *DESK), False),
        ((), False),
    ],
)
def test_what_is_a_copy(other: tuple[str, ...], is_copy: bool) -> None:
    assert bool(found((a_document("a"), WIRE), (a_document("b"), other))) == is_copy


def test_a_short_sentence_shows_nothing() -> None:
    short = ("The two met on Monday.",)
    assert found((a_document("a"), short), (a_document("b"), short)) == {}
    assert found((a_document("a", sha256="x"), short), (a_document("b", sha256="x"), short)) == {"b": "a"}


@pytest.mark.parametrize(("published", "is_copy"), [("2024-03-19", True), ("2024-03-20", False), (None, True)])
def test_what_is_printed_weeks_later_is_written_by_form(published: str | None, is_copy: bool) -> None:
    assert bool(found((a_document("a"), WIRE), (a_document("b", published), WIRE))) == is_copy


def test_a_copy_of_a_copy_is_one_of_the_original() -> None:
    twice = tuple(text.replace("next week", "within a week") for text in edited(WIRE))
    documents = [(a_document(name), text) for name, text in zip("abc", (WIRE, edited(WIRE), twice), strict=True)]
    assert found(*documents) == {"b": "a", "c": "a"}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([WIRE, edited(WIRE), DESK, (WIRE[0], *DESK)]), max_size=8), st.randoms())
def test_order_does_not_matter(texts: list[tuple[str, ...]], chance: random.Random) -> None:
    documents = [(a_document(f"{number}"), text) for number, text in enumerate(texts)]
    shuffled = list(documents)
    chance.shuffle(shuffled)
    assert found(*shuffled) == found(*documents)
