from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.plot.geometry import Box, Point
from kg.plot.layout import Footprint, arrange

ROOM = Footprint(-40, -20, 40, 8)
EDGES = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=24)


def _arranged(edges: list[tuple[int, int]], room: Footprint = ROOM) -> dict[str, Point]:
    pairs = [(f"n{one:02}", f"n{other:02}") for one, other in edges]
    nodes = sorted({end for pair in pairs for end in pair})
    return arrange(dict.fromkeys(nodes, room), pairs, length=100, aspect=1.4, gap=10)


def _boxes(positions: dict[str, Point]) -> list[Box]:
    return [Box(at.x + ROOM.left, at.y + ROOM.bottom, at.x + ROOM.right, at.y + ROOM.top) for at in positions.values()]


@settings(max_examples=12, deadline=None)
@given(EDGES)
def test_no_two_nodes_overlap(edges: list[tuple[int, int]]) -> None:
    positions = _arranged(edges)
    assert not any(one.overlap(other) for one, other in combinations(_boxes(positions), 2))


def test_is_deterministic_and_ignores_direction_and_order() -> None:
    edges = [(0, 1), (1, 2), (2, 3), (3, 0), (0, 4), (5, 6)]
    assert _arranged(edges) == _arranged([(b, a) for a, b in reversed(edges)])


def test_a_star_has_its_hub_in_the_middle() -> None:
    positions = _arranged([(0, leaf) for leaf in range(1, 9)])
    hub = positions.pop("n00")
    xs, ys = [at.x for at in positions.values()], [at.y for at in positions.values()]
    assert min(xs) < hub.x < max(xs)
    assert min(ys) < hub.y < max(ys)


def test_a_pair_with_more_lines_has_more_room() -> None:
    single = _arranged([(0, 1), (1, 2)])
    many = _arranged([(0, 1), (0, 1), (0, 1), (0, 1), (0, 1), (1, 2)])
    assert many["n00"].distance(many["n01"]) > single["n00"].distance(single["n01"]) + 20


@pytest.mark.parametrize("edges", [[], [(0, 1)], [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9)]])
def test_small_and_scattered_graphs(edges: list[tuple[int, int]]) -> None:
    positions = _arranged(edges)
    assert len(positions) == len({end for pair in edges for end in pair})


def test_many_nodes_are_placed_without_refinement() -> None:
    nodes = [f"n{place:03}" for place in range(120)]
    pairs = [(nodes[place // 2], nodes[place]) for place in range(1, 120)]
    positions = arrange(dict.fromkeys(nodes, ROOM), pairs, length=100, aspect=1.4, gap=10)
    assert not any(one.overlap(other) for one, other in combinations(_boxes(positions), 2))
