"""Heat map, series and ego network: legible at any size, and saying what, when and from how many documents."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.text import Text

from kg.analyse import Scope
from kg.errors import ConfigError
from kg.graph.model import ActorNode, DocumentNode, EventNode, KnowledgeGraph, MentionNode, RelationEdge
from kg.plot import draw
from kg.plot.ego import ego_figure
from kg.plot.heatmap import heatmap_figure
from kg.plot.series import series_figure

from .conftest import assert_legible, words

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import EventType

ROLES = ("title", "subtitle", "legend", "credit", "name", "figure", "tick", "date", "count", "verb")
KINDS_OF_EVENT: tuple[EventType, ...] = ("AID", "ASSAULT", "CONSULT", "REJECT", "REQUEST")


def dealings(actors: int, events: int) -> KnowledgeGraph:
    """Return a graph in which every actor has dealings with some that follow it, over the months of 2015 and 2016."""
    made = []
    for number in range(events):
        one, other = number % actors, (number * 7 + number // actors + 1) % actors
        if one != other:
            mention = MentionNode(f"m:{number:05}", f"d:{number % 3}", 0, 1, "w", "w")
            day = f"{2015 + number % 2}-{1 + number % 12:02}-{1 + number % 28:02}"
            pair = (f"a:{one:04}", f"a:{other:04}")
            kind = KINDS_OF_EVENT[number % 5]
            made.append(
                EventNode(
                    f"e:{number:05}", kind, "x", "happened", "", pair[:1], pair[1:], date=day, mentions=(mention,)
                )
            )
    ties = {(event.sources[0], event.targets[0]): event for event in made}
    return KnowledgeGraph(
        base="i:",
        documents=tuple(DocumentNode(f"d:{number}", f"doc{number}", "0" * 64) for number in range(3)),
        actors=tuple(ActorNode(f"a:{n:04}", f"Republic of the River {n}", "STATE") for n in range(actors)),
        events=tuple(made),
        relations=tuple(
            sorted(RelationEdge(f"r:{a}{b}", a, "opposes", b, (event.iri,)) for (a, b), event in ties.items())
        ),
    )


def test_a_heat_map_says_what_it_rests_on(strait: KnowledgeGraph) -> None:
    figure = heatmap_figure(strait)
    assert_legible(figure, *ROLES)
    (subtitle,) = words(figure, "subtitle")
    assert subtitle.startswith("9 of 9 actors with dealings shown.")
    assert (
        "Here, of 12 events: 6 events from 1 document, 4–9 March 2024 (date known of 4); 2 contested, 1 negated, "
        "1 planned, 1 possible and 1 without a second actor left out." in subtitle
    )
    assert "no events" in words(figure, "legend")
    assert sorted(words(figure, "figure")) == sorted(["2.5", "−5", "0", "0", "10", "−5"])
    assert len(words(figure, "name")) == 9


def test_cells_are_coloured_by_what_they_say(strait: KnowledgeGraph) -> None:
    figure = heatmap_figure(strait, scope=Scope(include=("contested",)))
    filled = {patch.get_facecolor()[:3] for patch in figure.findobj(Rectangle) if patch.get_zorder() == 1.5}
    assert len(filled) >= 4


@pytest.mark.parametrize(("actors", "events"), [(10, 60), (100, 700), (1000, 2000)])
def test_heat_maps_of_any_size(actors: int, events: int) -> None:
    figure = heatmap_figure(dealings(actors, events), max_actors=16)
    assert_legible(figure, *ROLES)
    assert len(words(figure, "name")) == min(actors, 16)
    assert f"{min(actors, 16)} of {actors:,} actors with dealings shown" in words(figure, "subtitle")[0]


def test_a_heat_map_of_one_actor(strait: KnowledgeGraph) -> None:
    figure = heatmap_figure(strait, actor="Varland")
    assert words(figure, "title") == ["How Varland and those it deals with get on"]
    assert set(words(figure, "name")) == {"Varland", "Osmia", "League of Northern Nations"}
    assert "3 events from 1 document, 6–9 March 2024; 3 between others, " in words(figure, "subtitle")[0]
    assert "no events" not in words(figure, "legend")


def test_a_series_of_a_pair() -> None:
    graph = dealings(4, 60)
    figure = series_figure(graph, "a:0000", "a:0001", "month")
    assert_legible(figure, *ROLES)
    assert words(figure, "title") == ["Republic of the River 0 and Republic of the River 1"]
    (subtitle,) = words(figure, "subtitle")
    assert subtitle.startswith("Conflict and cooperation by month. ")
    assert "from 3 documents" in subtitle
    assert "cooperation" in words(figure, "legend")


@pytest.mark.parametrize("by", ["day", "week", "month", "year"])
def test_series_of_any_length(by: str) -> None:
    scope = Scope(since="2015-06", until="2016-05") if by == "day" else None
    assert_legible(series_figure(dealings(9, 300), "a:0003", by=by, scope=scope), *ROLES)


def test_a_series_says_that_its_period_was_chosen_and_is_drawn_by_month_rather_than_in_a_few_years() -> None:
    day = "20{:02}-{:02}-05"
    events = tuple(
        EventNode(f"e:{n:03}", "AID", "x", "happened", "", ("a:0",), date=day.format(10 + n // 12, 1 + n % 12))
        for n in range(66)
    )
    graph = KnowledgeGraph("i:", events=events)
    (subtitle,) = words(series_figure(graph), "subtitle")
    assert subtitle.startswith("Conflict and cooperation by month, chosen to suit its length. 66 events")
    yearly = EventNode("e:x", "AID", "x", "happened", "", ("a:0",), earliest="2012-01-01", latest="2012-12-31")
    for longer, by in (((*events, yearly), None), (events, "year")):
        (subtitle,) = words(series_figure(replace(graph, events=longer), by=by), "subtitle")
        assert subtitle.startswith("Conflict and cooperation by year")
        assert ("chosen" in subtitle) is (by is None)


def test_a_net_near_nought_stands_out_from_the_line() -> None:
    outlines = series_figure(dealings(4, 60), by="month").findobj(PathPatch)
    assert {patch.get_linewidth() for patch in outlines if patch.get_zorder() > 1.5} == {2.0, 3.6}


def test_a_sudden_change_is_marked_and_explained() -> None:
    counts = (1, 0, 1, 1, 0, 1, 12, 1)
    months = [month for month, count in enumerate(counts, start=1) for _ in range(count)]
    events = tuple(
        EventNode(f"e:{n:03}", "ASSAULT", "x", "happened", "", ("a:0000",), ("a:0001",), date=f"2015-{month:02}-05")
        for n, month in enumerate(months)
    )
    graph = replace(dealings(2, 0), events=events)
    assert "more events than before" in words(series_figure(graph, "a:0000", "a:0001", "month"), "legend")
    assert "more events than before" not in words(series_figure(graph, "a:0000", by="month"), "legend")


def test_an_ego_network_reaches_as_far_as_asked(strait: KnowledgeGraph) -> None:
    near = ego_figure(strait, "Irina Orlova")
    assert words(near, "title") == ["Around Irina Orlova"]
    assert words(near, "subtitle")[0].startswith("4 of 4 actors within one tie of Irina Orlova shown; the graph has")
    far = ego_figure(strait, "Irina Orlova", hops=2)
    assert len(words(far, "name")) > len(words(near, "name"))
    assert_legible(far, *ROLES)


def test_of_a_thousand_actors_the_nearest_are_drawn() -> None:
    figure = ego_figure(dealings(1000, 3000), "a:0005", hops=3, max_actors=20)
    assert_legible(figure, *ROLES)
    assert len(words(figure, "name")) <= 20
    assert "the nearest and most connected" in words(figure, "subtitle")[0]


def test_the_ties_of_a_busy_actor_are_cut_and_not_those_it_deals_with() -> None:
    graph = dealings(40, 1500)
    figure = ego_figure(graph, "a:0005")
    assert_legible(figure, *ROLES)
    near = {
        end for edge in graph.relations for end in (edge.source, edge.target) if "a:0005" in (edge.source, edge.target)
    }
    assert len(words(figure, "name")) == len(near) > 20
    said = "ties between them shown, those that lead to Republic of the River 5, then those with the most reports, from"
    assert said in words(figure, "subtitle")[0]


def test_nothing_to_draw_is_said() -> None:
    empty = KnowledgeGraph("i:")
    for figure, said in ((heatmap_figure(empty), "No events between"), (series_figure(empty), "No events with a date")):
        assert any(said in text.get_text() for text in figure.findobj(Text))


def test_names_of_any_script_and_hostile_ones() -> None:
    names = ["US $\\frac deal$", "محمود عباس", "北京市人民政府", "a\x00\nb\ud800", "", "x" * 300, "🚢", "<&>"]
    graph = dealings(len(names), 20)
    actors = tuple(ActorNode(actor.iri, name, "OTHER") for actor, name in zip(graph.actors, names, strict=True))
    graph = replace(graph, actors=actors)
    assert_legible(heatmap_figure(graph), *ROLES)
    assert_legible(series_figure(graph, "a:0005", "a:0000"), *ROLES)
    assert_legible(ego_figure(graph, "a:0005"), *ROLES)


WRONG = [
    ({"kind": "pie"}, "no plot 'pie'; there are network, timeline, ego, heatmap, series"),
    ({"kind": "network", "by": "month"}, "a network plot takes no by; it takes actor"),
    ({"kind": "ego"}, "an ego network is that of an actor"),
    ({"kind": "ego", "actor": "Varland", "hops": 0}, "hops is 0"),
    ({"kind": "series", "partner": "Osmia"}, "name one"),
    ({"kind": "series", "actor": "Osmia", "partner": "osmia"}, "'Osmia' and 'osmia' are one"),
    ({"kind": "series", "by": "day", "scope": Scope(since="2001", until="2024")}, "periods do not fit into a picture"),
    ({"kind": "heatmap", "actor": "Osmya"}, "did you mean Osmia"),
]


@pytest.mark.parametrize(("options", "message"), WRONG)
def test_what_cannot_be_drawn_is_refused(
    strait: KnowledgeGraph, tmp_path: Path, options: dict[str, object], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        draw(strait, tmp_path / "a.svg", **options)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("kind", "suffix"), [("ego", "svg"), ("heatmap", "png"), ("series", "pdf"), ("series", "svg")])
def test_equal_bytes(strait: KnowledgeGraph, tmp_path: Path, kind: str, suffix: str) -> None:
    for name in "ab":
        draw(strait, tmp_path / f"{name}.{suffix}", kind, actor="Sund")
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_importing_the_package_costs_nothing(repository: Path) -> None:
    code = "import sys, kg.plot; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=repository).split()
    assert not {"matplotlib", "networkx", "numpy", "kg.analyse"} & set(loaded)
