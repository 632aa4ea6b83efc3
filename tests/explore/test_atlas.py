"""The map: places where they belong, coasts and borders under them, names that do not cover each other."""

from __future__ import annotations

import re

import pytest

from kg.explore.atlas import Map, chart_map
from kg.explore.page import short
from kg.explore.places import Spot

EUROPE = {"Lisbon": (38.7, -9.1), "Oslo": (59.9, 10.8), "Kyiv": (50.5, 30.5)}
WORLD = {**EUROPE, "Suva": (-18.1, 178.4), "Lima": (-12.0, -77.0)}


def spots(places: dict[str, tuple[float, float]], events: int = 4) -> list[Spot]:
    return [Spot(f"place/{name}", name, "", *point, "city", events, events // 4) for name, point in places.items()]


def extent(drawn: Map) -> tuple[list[int], list[int]]:
    """Return the x and y of where each ring of land begins, in pixels."""
    found = re.findall(r"M(-?\d+) (-?\d+)l", drawn.outlines.land)
    return [int(x) // drawn.scale for x, _ in found], [int(y) // drawn.scale for _, y in found]


@pytest.mark.parametrize("places", [EUROPE, WORLD, {"Kyiv": EUROPE["Kyiv"]}])
def test_coasts_and_borders_lie_under_the_places(places: dict[str, tuple[float, float]]) -> None:
    drawn = chart_map(spots(places))
    across, down = extent(drawn)
    assert across
    assert all(-30 <= x <= drawn.width + 30 for x in across)
    assert all(-30 <= y <= drawn.height + 30 for y in down)
    assert drawn.outlines.borders.startswith("M")
    assert len(drawn.outlines.land) + len(drawn.outlines.borders) < 130_000
    assert all(0 <= one.x <= drawn.width and 0 <= one.y <= drawn.height for one in drawn.spots)


def test_north_is_up_and_east_is_right() -> None:
    places = {one.spot.name: one for one in chart_map(spots(EUROPE)).spots}
    assert places["Oslo"].y < places["Kyiv"].y < places["Lisbon"].y
    assert places["Lisbon"].x < places["Oslo"].x < places["Kyiv"].x


def test_a_view_is_drawn_once() -> None:
    assert chart_map(spots(EUROPE)).outlines is chart_map(spots(EUROPE, 9)).outlines


def test_a_part_of_the_world_tells_its_degrees() -> None:
    said = [words for _, _, words in chart_map(spots(EUROPE)).outlines.labels]
    assert {"20°E", "50°N", "0°"} <= set(said)
    assert chart_map(spots(WORLD)).outlines.labels == ()


def test_names_do_not_cover_each_other() -> None:
    crowd = {f"Market town number {n} of the long valley": (50 + n / 50, 10 + n / 50) for n in range(60)}
    drawn = chart_map([*spots(crowd), *spots({"Lisbon": EUROPE["Lisbon"]})])
    shown = [(one.label, short(one.spot.name, 24)) for one in drawn.spots if one.label is not None]
    assert 1 < len(shown) < len(drawn.spots)
    for place, (one, words) in enumerate(shown):
        for other, others in shown[place + 1 :]:
            apart = abs(one[1] - other[1]) >= 12 or abs(one[0] - other[0]) >= 3 * (len(words) + len(others))
            assert apart, f"{words} covers {others}"


def test_without_places_there_is_no_map() -> None:
    assert chart_map(()).spots == ()
    assert chart_map(()).outlines.land == ""
