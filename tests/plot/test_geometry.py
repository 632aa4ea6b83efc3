from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.plot.geometry import Box, Curve, Point

COORDINATE = st.floats(-500, 500)
POINT = st.builds(Point, COORDINATE, COORDINATE)
OVERLAPS = [
    (Box(0, 0, 2, 2), Box(1, 1, 3, 3), 1.0),
    (Box(0, 0, 2, 2), Box(2, 0, 4, 2), 0.0),
    (Box(0, 0, 4, 4), Box(1, 1, 2, 3), 2.0),
    (Box(0, 0, 1, 1), Box(5, 5, 6, 6), 0.0),
]


@pytest.mark.parametrize(("one", "other", "area"), OVERLAPS)
def test_overlap(one: Box, other: Box, area: float) -> None:
    assert one.overlap(other) == other.overlap(one) == area


def test_boxes() -> None:
    box = Box.around(Point(10, 20), 4, 6)
    assert box == Box(8, 17, 12, 23)
    assert (box.width, box.height, box.centre) == (4, 6, Point(10, 20))
    assert box.padded(1).holds(box)
    assert not box.holds(box.moved(0.5, 0))
    assert box.joined(Box(0, 0, 1, 1)) == Box(0, 0, 12, 23)
    assert box.nearest(Point(0, 20)) == Point(8, 20)


@given(POINT, POINT, st.floats(-80, 80))
def test_bend_is_how_far_the_middle_stands_off(start: Point, end: Point, bend: float) -> None:
    curve = Curve.bent(start, end, bend)
    assert curve.at(0) == start
    assert curve.at(1) == pytest.approx(end)
    if start.distance(end) > 1e-3:
        middle = Point((start.x + end.x) / 2, (start.y + end.y) / 2)
        assert curve.at(0.5).distance(middle) == pytest.approx(abs(bend), abs=1e-6)


@given(POINT, POINT, st.floats(-80, 80), st.floats(0, 0.4), st.floats(0.6, 1))
def test_a_stretch_runs_along_the_whole(start: Point, end: Point, bend: float, begin: float, stop: float) -> None:
    whole = Curve.bent(start, end, bend)
    part = whole.between(begin, stop)
    for share in (0.0, 0.3, 0.5, 1.0):
        assert part.at(share) == pytest.approx(whole.at(begin + share * (stop - begin)), abs=1e-6)


def test_clipped_ends_where_the_nodes_begin() -> None:
    start, end = Point(0, 0), Point(100, 0)
    curve = Curve.bent(start, end, 0)
    clipped = curve.clipped(lambda point: start.distance(point) < 10, lambda point: end.distance(point) < 20)
    assert clipped.start.x == pytest.approx(10, abs=0.01)
    assert clipped.end.x == pytest.approx(80, abs=0.01)


def test_clipped_leaves_a_stub_of_what_lies_within_both() -> None:
    clipped = Curve.bent(Point(0, 0), Point(10, 0), 0).clipped(lambda _: True, lambda _: True)
    assert 0 < clipped.start.distance(clipped.end) < 1


def test_without_leaves_a_gap() -> None:
    before, after = Curve.bent(Point(0, 0), Point(100, 0), 0).without(Box(40, -5, 60, 5))
    assert before.end.x == pytest.approx(40, abs=1)
    assert after.start.x == pytest.approx(60, abs=1)
    whole = Curve.bent(Point(0, 0), Point(100, 0), 0)
    assert whole.without(Box(0, 50, 10, 60)) == (whole,)


@given(POINT, POINT)
def test_direction_is_a_unit(start: Point, end: Point) -> None:
    direction = Curve.bent(start, end, 10).direction(0.3)
    if start.distance(end) > 1e-3:
        assert math.hypot(*direction) == pytest.approx(1)
