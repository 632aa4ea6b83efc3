from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.analyse import triads
from kg.graph.names import find_actor

from .conftest import graph_of, happening

if TYPE_CHECKING:
    from kg.graph.model import EventNode, KnowledgeGraph
    from kg.records import EventType


def trio(signs: str) -> list[EventNode]:
    kinds: dict[str, EventType] = {"+": "AID", "-": "ASSAULT"}
    pairs = ("ab", "ac", "bc")
    return [happening(number, kinds[sign], *pairs[number]) for number, sign in enumerate(signs)]


CASES = [("+++", 0), ("+--", 0), ("-+-", 0), ("++-", 1), ("+-+", 1), ("-++", 1), ("---", 1)]


@pytest.mark.parametrize(("signs", "found"), CASES)
def test_balance_after_cartwright_and_harary(signs: str, found: int) -> None:
    figures = triads(graph_of(*trio(signs)))
    assert len(figures) == found
    assert figures.notes[-1] == f"{1 - found} of 1 triads are balanced ({1 - found:.0%})."


def test_the_common_friend_of_two_enemies(quarrel: KnowledgeGraph) -> None:
    (row,) = triads(quarrel)
    assert (row.kind, row.one, row.two, row.three) == ("common friend of two enemies", "Corland", "Arland", "Borland")
    assert (row.one_two, row.one_three, row.two_three) == (10.0, 2.5, -14.0)
    assert (row.events, row.documents) == (5, 2)


def test_three_enemies() -> None:
    (row,) = triads(graph_of(*trio("---")))
    assert (row.kind, row.one_two) == ("three enemies", -9.0)


def test_weak_ties_can_be_passed_over(quarrel: KnowledgeGraph) -> None:
    assert triads(quarrel, least=5).rows == ()
    assert triads(quarrel, least=5).notes[-1].startswith("There is no triad")


def test_triads_of_one_actor(quarrel: KnowledgeGraph) -> None:
    assert len(triads(quarrel, actor=find_actor(quarrel, "Arland"))) == 1
    assert triads(quarrel, actor=find_actor(quarrel, "Dorland")).rows == ()


def test_even_dealings_are_neither_friendly_nor_hostile() -> None:
    assert triads(graph_of(*trio("++-")[:2], happening(9, "REQUEST", "b", "c"))).rows == ()
