"""The map of events: legible for few and many, saying what is left out, and the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from matplotlib.lines import Line2D
from matplotlib.text import Text

from kg.analyse import Scope
from kg.errors import ConfigError
from kg.graph.model import ActorNode, DocumentNode, EventNode, KnowledgeGraph, MentionNode, PlaceNode
from kg.plot import draw
from kg.plot.event_map import event_map_figure
from kg.plot.families import Family
from kg.plot.style import EVENT_SIGNS, STROKES

from .conftest import assert_legible, texts, words

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import EventType

TYPES: tuple[EventType, ...] = ("CONSULT", "AID", "REJECT", "ASSAULT")
ROLES = ("title", "subtitle", "legend", "credit", "place")


def located(events: int, places: int, *, names: str = "Port {}") -> KnowledgeGraph:
    """Return a graph of events at towns that lie scattered over a part of the world, at countries, and nowhere."""
    towns = [
        PlaceNode(
            f"p:{n:04}",
            names.format(n),
            latitude=30 + (n * 37 % 101) / 8,
            longitude=25 + (n * 53 % 97) / 5,
            precision=("city", "region", "country", "")[n % 4],
        )
        for n in range(places)
    ]
    nowhere = PlaceNode("p:none", "Elsewhere")
    made = tuple(
        EventNode(
            f"e:{n:05}",
            TYPES[n % 4],
            "x",
            "happened",
            sources=(f"a:{n % 2}",),
            targets=(f"a:{1 - n % 2}",),
            places=() if n % 10 == 9 else ("p:none",) if n % 10 == 8 else (towns[n % places].iri, "p:none"),
            date=f"2015-{1 + n % 12:02}-01",
            contested=n % 10 == 7,
            mentions=(MentionNode(f"m:{n:05}", "d:0", 0, 1, "w", "w"),),
        )
        for n in range(events)
    )
    return KnowledgeGraph(
        "i:",
        documents=(DocumentNode("d:0", "doc0", "0" * 64, publisher="The Herald"),),
        actors=(ActorNode("a:0", "Arland", "STATE"), ActorNode("a:1", "Borland", "STATE")),
        places=(*towns, nowhere),
        events=made,
    )


@pytest.mark.parametrize("events", [10, 100, 1000])
def test_maps_of_any_size(events: int) -> None:
    figure = event_map_figure(located(events, events // 2))
    assert_legible(figure, *ROLES)
    (subtitle,) = words(figure, "subtitle")
    counted = events * 9 // 10
    assert subtitle.startswith(f"{events * 7 // 10:,} of {counted:,} events shown, at ")
    assert (
        f"{events // 10:,} without a place and {events // 10:,} at places whose position is not known left" in subtitle
    )
    assert "from 1 document, 1 January – 1 " in subtitle
    assert f"; {events // 10:,} contested left out." in subtitle
    assert words(figure, "title") == ["Where it happened"]
    assert words(figure, "credit") == ["Source: The Herald (1 document). Coasts and borders: Natural Earth"]
    assert words(figure, "place")


def test_families_differ_in_shape_and_colour() -> None:
    figure = event_map_figure(located(40, 4))
    drawn = {
        (line.get_marker(), line.get_markerfacecolor()) for line in figure.findobj(Line2D) if line.get_zorder() == 4
    }
    for family in (Family.MEETS, Family.SUPPORTS, Family.DISPUTES, Family.OPPOSES):
        assert {marker for marker, _ in drawn} >= {EVENT_SIGNS[family].shape}
    assert (EVENT_SIGNS[Family.MEETS].shape, STROKES[Family.MEETS].colour) in drawn
    assert {"meeting", "coercion, force", "place known", "region known", "country known"} <= set(
        words(figure, "legend")
    )


def test_disputed_events_are_marked_where_they_count() -> None:
    graph = located(40, 4)
    assert "account disputed among them" not in words(event_map_figure(graph), "legend")
    figure = event_map_figure(graph, scope=Scope(include=("contested",)))
    assert "account disputed among them" in words(figure, "legend")
    assert words(figure, "dispute")


def test_places_too_close_are_joined_and_named_together() -> None:
    graph = located(60, 30)
    figure = event_map_figure(graph, max_spots=3)
    assert_legible(figure, *ROLES)
    assert ": what lies close together is joined" in words(figure, "subtitle")[0]
    assert any("more" in name for name in words(figure, "place"))


@pytest.mark.parametrize("names", ["Port {}", "Bay of the {} Lamps", "Harbour of the Northern Islands {}"])
def test_the_number_of_events_never_stands_on_a_line_of_its_own(names: str) -> None:
    figure = event_map_figure(located(400, 30, names=names), max_spots=9)
    lines = [line for text in texts(figure, "place") for line in text.get_text().split("\n")]
    assert any("·" in line for line in lines)
    assert not [
        line for line in lines if line.startswith("·") or line.endswith("·") or line.strip(" ·0123456789") == ""
    ]


def test_a_map_of_one_actor(strait: KnowledgeGraph) -> None:
    assert words(event_map_figure(located(20, 5), "Arland"), "title") == ["Where Arland acts and is acted upon"]
    empty = event_map_figure(strait, "Sund")
    assert any("No events at places" in text.get_text() for text in empty.findobj(Text))


def test_hostile_names() -> None:
    for names in ("US $\\frac deal$ {}", "محمود {}", "a\x00\nb\ud800 {}", "x" * 300 + "{}", "<&>{}"):
        assert_legible(event_map_figure(located(6, 3, names=names)), *ROLES)


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_equal_bytes(tmp_path: Path, suffix: str) -> None:
    graph = located(12, 6)
    for name in "ab":
        draw(graph, tmp_path / f"{name}.{suffix}", "map", most=5)
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_what_cannot_be_drawn_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="max_spots is 0"):
        draw(located(3, 1), tmp_path / "a.svg", "map", most=0)
    with pytest.raises(ConfigError, match="a map plot takes no hops; it takes actor, most, scope"):
        draw(located(3, 1), tmp_path / "a.svg", "map", hops=2)
    with pytest.raises(ConfigError, match="a series plot takes no most"):
        draw(located(3, 1), tmp_path / "a.svg", "series", most=2)
    assert not list(tmp_path.iterdir())
