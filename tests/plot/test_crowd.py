"""Networks of more actors than can be named."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from matplotlib.lines import Line2D

from kg.graph.model import ActorNode, DocumentNode, KnowledgeGraph, RelationEdge
from kg.plot import draw
from kg.plot.network import network_figure

from .conftest import texts, words

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

KINDS = ("meets", "supports", "disputes", "opposes", "memberOf")


def wheel(actors: int, lone_pairs: int = 4) -> KnowledgeGraph:
    """Return a graph of actors around a few hubs, and some pairs that have nothing to do with them."""
    ends = [(n, n * 7 % 5 if n % 3 else n // 2) for n in range(5, actors)] + [(0, 1), (1, 2), (2, 3), (3, 4)]
    ends += [(actors + 2 * n, actors + 2 * n + 1) for n in range(lone_pairs)]
    made = [
        RelationEdge(f"r:{a:05}-{b:05}", f"a:{a:05}", KINDS[a % 5], f"a:{b:05}", first="2015-01-01", last="2015-02-28")
        for a, b in ends
        if a != b
    ]
    return KnowledgeGraph(
        "i:",
        documents=(DocumentNode("d:0", "doc0", "0" * 64),),
        actors=tuple(
            ActorNode(f"a:{n:05}", f"Republic of the River {n}", "STATE" if n % 2 else "PERSON")
            for n in range(actors + 2 * lone_pairs)
        ),
        relations=tuple(sorted(made)),
    )


def dots(figure: Figure) -> int:
    lines = [line for line in figure.findobj(Line2D) if line.get_zorder() == 4]
    return sum(np.size(line.get_xdata()) for line in lines)


@pytest.mark.parametrize("actors", [100, 1000])
def test_every_actor_is_a_dot_and_the_most_connected_have_names(actors: int) -> None:
    figure = network_figure(wheel(actors), max_actors=actors + 8)
    figure.canvas.draw()
    names = texts(figure, "name")
    assert 10 <= len(names) <= 60
    for one, other in combinations([text.get_window_extent() for text in names], 2):
        assert not one.overlaps(other) or min(one.x1, other.x1) - max(one.x0, other.x0) < 1
    # Those of the legend are dots as well.
    assert dots(figure) >= actors + 8
    (subtitle,) = words(figure, "subtitle")
    assert subtitle.startswith(f"{actors + 8:,} of {actors + 8:,} actors shown. ")
    assert "from 1 document, January–February 2015" in subtitle
    assert "larger: more ties; named: the most connected" in words(figure, "legend")


def test_what_is_cut_is_said() -> None:
    figure = network_figure(wheel(300), max_actors=90)
    assert words(figure, "subtitle")[0].startswith("90 of 308 actors shown; the most connected of 308")


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_equal_bytes(tmp_path: Path, suffix: str) -> None:
    for name in "ab":
        draw(wheel(90), tmp_path / f"{name}.{suffix}", most=100)
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_one_actor_in_the_middle_of_many() -> None:
    figure = network_figure(wheel(900), "a:00001", max_actors=200)
    assert dots(figure) > 100
    assert "Republic of the River 1" in words(figure, "name")


def test_of_a_dense_crowd_the_strongest_ties_are_drawn_and_nobody_is_lost() -> None:
    names = [f"a:{number:03}" for number in range(100)]
    edges = tuple(
        RelationEdge(f"r:{one}{other}", one, "opposes", other, count=1 + int(one[2:]) % 7)
        for one, other in combinations(names, 2)
    )
    graph = KnowledgeGraph("i:", actors=tuple(ActorNode(iri, iri, "STATE") for iri in names), relations=edges)
    figure = network_figure(graph, max_actors=100)
    assert dots(figure) >= 100
    assert "150 of 4,950 ties between them shown" in words(figure, "subtitle")[0]
