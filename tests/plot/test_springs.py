"""The layout of large networks: near what is joined, apart what is not, fast, and the same every time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import networkx
import numpy as np

from kg.plot.springs import settled

if TYPE_CHECKING:
    from numpy.typing import NDArray


def pairs_of(graph: networkx.Graph[int]) -> NDArray[np.intp]:
    return np.array(sorted(graph.edges), dtype=np.intp).reshape(-1, 2)


def test_joined_nodes_are_nearer_than_others() -> None:
    graph = networkx.connected_caveman_graph(6, 8)
    positions = settled(len(graph), pairs_of(graph))
    apart = np.linalg.norm(positions[:, None] - positions[None], axis=2)
    inside = np.array([[one // 8 == other // 8 for other in graph] for one in graph])
    assert apart[inside].mean() < apart[~inside].mean() / 2


def test_no_two_nodes_stand_on_each_other() -> None:
    graph = networkx.star_graph(120)
    positions = settled(len(graph), pairs_of(graph))
    apart = np.linalg.norm(positions[:, None] - positions[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    assert np.isfinite(positions).all()
    assert np.median(apart.min(axis=1)) > 0.1


def test_it_is_the_same_every_time() -> None:
    pairs = pairs_of(networkx.barabasi_albert_graph(90, 2, seed=1))
    assert (settled(90, pairs) == settled(90, pairs)).all()


def test_small_parts() -> None:
    assert settled(1, np.zeros((0, 2), dtype=np.intp)).shape == (1, 2)
    assert settled(2, np.array([[0, 1]])).tolist() == [[0.0, 0.0], [1.0, 0.0]]
    assert np.isfinite(settled(3, np.array([[0, 1], [1, 2]]))).all()


def test_cost_grows_with_nodes_not_with_pairs() -> None:
    pairs = pairs_of(networkx.barabasi_albert_graph(2_000, 3, seed=1))
    begin = time.process_time()
    assert np.isfinite(settled(2_000, pairs)).all()
    assert time.process_time() - begin < 15
