from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import matplotlib as mpl
import pytest
from matplotlib._pylab_helpers import Gcf
from matplotlib.text import Text

from kg.errors import ConfigError, InputError
from kg.graph.model import ActorNode, DocumentNode, KnowledgeGraph, MentionNode, RelationEdge
from kg.plot.network import network, network_figure

from .conftest import assert_legible, texts
from .conftest import words as words_of

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

PROPERTIES = ("meets", "attacks", "aids", "leads", "rejects")


def words(figure: Figure, *roles: str) -> str:
    return " | ".join(words_of(figure, *roles))


@pytest.fixture(scope="module")
def drawn(strait: KnowledgeGraph) -> Figure:
    """The strait, with one more who deals with nobody."""
    alone = ActorNode("z:alone", "Nobody", "OTHER")
    return network_figure(replace(strait, actors=(*strait.actors, alone)))


def ring(count: int, *, chords: int = 0) -> KnowledgeGraph:
    """Return a graph of ``count`` actors in a ring, every one with some across."""
    actors = [ActorNode(f"i:{place:04}", f"Actor {place} of the Ring", "STATE") for place in range(count)]
    pairs = [(place, (place + 1) % count) for place in range(count)]
    pairs += [(place, (place * 7 + 3) % count) for place in range(chords)]
    edges = [
        RelationEdge(f"r:{key:05}", f"i:{one:04}", PROPERTIES[key % 5], f"i:{other:04}", count=1 + key % 4)
        for key, (one, other) in enumerate(pairs)
        if one != other
    ]
    return KnowledgeGraph("i:", actors=tuple(actors), relations=tuple(edges))


def test_names_and_verbs_are_all_there_and_none_overlaps(drawn: Figure) -> None:
    assert_legible(drawn, "name", "verb", "title", "subtitle", "legend", "credit")
    assert len(texts(drawn, "name")) == 25
    assert len(texts(drawn, "verb")) == 40
    assert "Yaşar Demirtaş" in words(drawn, "name")
    assert "Morning" in words(drawn, "credit")


def test_what_is_shown_and_left_out_is_said(drawn: Figure) -> None:
    said = words(drawn, "subtitle")
    assert "24 of 26 actors shown" in said
    assert "2 without ties left out" in said
    assert "40 ties from 2 documents" in said
    assert "4–9 March 2024" in said
    assert "Nobody" not in words(drawn, "name")


def test_disputes_and_plans_are_marked(drawn: Figure) -> None:
    marks = [text for text in texts(drawn, "dispute") if text.get_text() == "?"]
    assert len(marks) == 5 + 1  # and one in the legend
    assert words(drawn, "verb").count("(planned)") == 2
    assert "account disputed" in words(drawn, "legend")


def test_the_legend_has_only_what_is_drawn() -> None:
    actors = (ActorNode("i:a", "Ada", "PERSON"), ActorNode("i:b", "Bo", "PERSON"))
    graph = KnowledgeGraph("i:", actors=actors, relations=(RelationEdge("r", "i:a", "meets", "i:b"),))
    assert words(network_figure(graph), "legend") == "TIES | meets, talks | ACTORS | person"


def test_around_one_actor(strait: KnowledgeGraph) -> None:
    figure = network_figure(strait, actor="irina orlova")
    assert words(figure, "title") == "The ties of Irina Orlova"
    assert len(texts(figure, "name")) == 5
    with pytest.raises(ConfigError, match="did you mean Irina Orlova"):
        network_figure(strait, actor="Irina Orlowa")


@pytest.mark.parametrize(
    "graph", [KnowledgeGraph("i:"), KnowledgeGraph("i:", actors=(ActorNode("i:a", "A", "STATE"),))]
)
def test_nothing_to_draw_is_said(graph: KnowledgeGraph) -> None:
    figure = network_figure(graph)
    assert "No ties between actors." in [text.get_text() for text in figure.findobj(Text)]


def test_a_dense_graph_stays_legible() -> None:
    figure = network_figure(ring(24, chords=24))
    assert_legible(figure, "name", "verb", "title", "subtitle", "legend")
    assert len(texts(figure, "name")) == 24


def test_of_a_thousand_actors_the_most_connected_are_drawn() -> None:
    figure = network_figure(ring(1000, chords=600), max_actors=30)
    assert 20 <= len(texts(figure, "name")) <= 30
    assert "the most connected of 1,000" in words(figure, "subtitle")
    assert_legible(figure, "name", "verb")


def test_too_few_actors_are_refused(strait: KnowledgeGraph) -> None:
    with pytest.raises(ConfigError, match="max_actors is 1"):
        network_figure(strait, max_actors=1)


def test_names_of_any_script_and_hostile_ones() -> None:
    names = [
        "US $\\frac deal$",
        "محمود عباس",
        "北京市人民政府",
        "Владимир Путин",
        "a\x00\nb\ud800",
        "",
        "x" * 300,
        "🚢",
        "<&>",
    ]
    actors = tuple(ActorNode(f"i:{place}", name, "OTHER") for place, name in enumerate(names))
    edges = tuple(RelationEdge(f"r:{place}", "i:0", "attacks", f"i:{place}") for place in range(1, len(names)))
    figure = network_figure(KnowledgeGraph("i:", actors=actors, relations=edges), title="$\\alpha$ \U00013000")
    assert_legible(figure, "name", "verb")


def test_a_name_that_can_be_drawn_is_preferred() -> None:
    actors = (
        ActorNode("i:a", "\U00013000\U00013001", "PERSON", alt_names=("Ramses",)),
        ActorNode("i:b", "Bo", "STATE"),
    )
    graph = KnowledgeGraph("i:", actors=actors, relations=(RelationEdge("r", "i:a", "leads", "i:b"),))
    assert "Ramses" in words(network_figure(graph), "name")


@pytest.mark.parametrize(
    ("suffix", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF"), ("PNG", b"\x89PNG")]
)
def test_formats_and_equal_bytes(strait: KnowledgeGraph, tmp_path: Path, suffix: str, magic: bytes) -> None:
    first, second = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
    network(strait, first, actor="Irina Orlova")
    network(strait, second, actor="Irina Orlova")
    assert first.read_bytes().startswith(magic)
    assert first.read_bytes() == second.read_bytes()


def test_settings_are_left_alone_and_have_no_say(strait: KnowledgeGraph, tmp_path: Path) -> None:
    network(strait, tmp_path / "a.svg", actor="Sund")
    with mpl.rc_context({"font.size": 30, "text.parse_math": True, "lines.linewidth": 9, "svg.hashsalt": "mine"}):
        before = dict(mpl.rcParams)
        network(strait, tmp_path / "b.svg", actor="Sund")
        assert dict(mpl.rcParams) == before
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert not Gcf.get_all_fig_managers()


@pytest.mark.parametrize("name", ["a.jpg", "a", "a.ttl"])
def test_another_suffix_is_refused(strait: KnowledgeGraph, tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=r"\.png, \.svg, \.pdf"):
        network(strait, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_an_input_error(strait: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        network(strait, tmp_path / "none" / "a.png", actor="Sund")


def web(actors: int, reports: int = 3) -> KnowledgeGraph:
    """Return a graph in which every two actors attack each other, each time by a document of its own day."""
    names = [f"i:{number:04}" for number in range(actors)]
    edges, documents = [], []
    for key, (one, other) in enumerate(combinations(names, 2)):
        day = f"{2001 + key % 20}-05-06"
        mentions = tuple(
            MentionNode(f"m:{key:05}.{n}", f"d:{key:05}", n, 1, "w", "w") for n in range(1 + key % reports)
        )
        edges.append(RelationEdge(f"r:{key:05}", one, "attacks", other, (), mentions, day, day, len(mentions)))
        documents.append(DocumentNode(f"d:{key:05}", f"d{key}", "0" * 64))
    people = tuple(ActorNode(iri, f"Actor {place} of the Web", "STATE") for place, iri in enumerate(names))
    return KnowledgeGraph("i:", documents=tuple(documents), actors=people, relations=tuple(edges))


@pytest.mark.parametrize(("actors", "ties"), [(20, 190), (60, 780)])
def test_of_a_dense_graph_no_more_ties_are_drawn_than_can_be_told_apart(actors: int, ties: int) -> None:
    figure = network_figure(web(actors))
    assert_legible(figure, "name", "verb", "title", "subtitle", "legend")
    assert len(texts(figure, "name")) == min(actors, 40)
    assert len(texts(figure, "verb")) <= 64
    (subtitle,) = words_of(figure, "subtitle")
    assert f"64 of {ties} ties between them shown, each actor's strongest, then those with the most reports" in subtitle
    assert f"from 64 of {actors * (actors - 1) // 2:,} documents" in subtitle


def test_documents_and_dates_are_those_of_the_ties_drawn() -> None:
    graph = web(5, reports=1)
    late = RelationEdge("r:z", "i:0000", "attacks", "i:none", first="2024-01-01", last="2024-01-01")
    (subtitle,) = words_of(network_figure(replace(graph, relations=(*graph.relations, late)), max_actors=2), "subtitle")
    assert subtitle.endswith(". 1 tie from 1 of 10 documents, 6 May 2001.")


def test_more_ties_than_words_have_room_for_bear_none() -> None:
    figure = network_figure(ring(80, chords=80), max_actors=80)
    assert len(texts(figure, "name")) == 80
    assert not texts(figure, "verb")
    assert "120 of 1" in words(figure, "subtitle")
