"""Views of the world: everything asked for lies within, coasts lie where they are, and the date line cuts nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.plot.geometry import Box
from kg.plot.projection import View, outlines, view_of

PLACES = st.lists(st.tuples(st.floats(-180, 180), st.floats(-55, 80)), max_size=6)
CASES = [
    ([(31.2, 30.0), (44.4, 33.3)], False),
    ([(178.4, -18.1), (-171.8, -13.8)], False),
    ([(2.35, 48.85)], False),
    ([(-74.0, 40.7), (37.6, 55.7), (116.4, 39.9)], True),
    ([(18.4, -33.9), (25.0, 60.2)], True),
    ([], True),
]


def frame_of(view: View) -> Box:
    return Box(10.0, 20.0, 710.0, 20.0 + 700.0 / view.aspect)


@pytest.mark.parametrize(("places", "whole"), CASES)
def test_the_world_is_shown_where_a_part_is_not_enough(places: list[tuple[float, float]], whole: bool) -> None:
    assert view_of(places).whole is whole


@settings(deadline=None, max_examples=60)
@given(PLACES)
def test_all_places_lie_within(places: list[tuple[float, float]]) -> None:
    view = view_of(places)
    frame = frame_of(view)
    assert 0.5 < view.aspect < 3
    for longitude, latitude in places:
        assert frame.padded(1e-2).contains(view.place(longitude, latitude, frame)), (longitude, latitude)


def test_neighbours_across_the_date_line_are_near() -> None:
    view = view_of([(178.4, -18.1), (-171.8, -13.8)])
    frame = frame_of(view)
    assert view.place(179.9, -16, frame).distance(view.place(-179.9, -16, frame)) < 15
    assert view.land(frame)


def test_outlines_are_those_of_the_world() -> None:
    land, borders = outlines()
    assert len(land) > 1000
    assert len(borders) > 300
    assert all(len(ring) > 3 and np.allclose(ring[0], ring[-1]) for ring in land)
    every = np.concatenate(land)
    assert (np.abs(every[:, 0]) < 540).all()
    assert max(float(np.abs(np.diff(line[:, 0])).max()) for line in (*land, *borders)) < 180
    assert every[:, 1].min() > -90


def test_land_is_cut_at_the_frame() -> None:
    view = view_of([(31.2, 30.0), (44.4, 33.3)])
    frame = frame_of(view)
    around = frame.padded(4.01)
    rings = view.land(frame)
    assert rings
    assert all(
        around.left <= x <= around.right and around.bottom <= y <= around.top
        for ring in rings
        for x, y in ring.tolist()
    )
    assert sum(map(len, rings)) < 5000
    assert view.borders(frame)


def test_distances_are_true_along_the_middle() -> None:
    view = view_of([(10.0, 50.0), (20.0, 50.0)])
    frame = frame_of(view)
    across = view.place(10, 50, frame).distance(view.place(11, 50, frame))
    up = view.place(10, 50, frame).distance(view.place(10, 51, frame))
    assert across / up == pytest.approx(np.cos(np.radians(50)), rel=0.02)
