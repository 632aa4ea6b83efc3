from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.plot.geometry import Box, Curve, Point
from kg.plot.labels import Ground, beside, place_names, place_verbs

PAGE = Box(0, 0, 400, 400)
SPOTS = st.integers(-50, 450).map(float)
BOXES = st.builds(
    Box.around, st.builds(Point, SPOTS, SPOTS), st.sampled_from([0.0, 8.0, 90.0]), st.sampled_from([0.0, 8.0, 500.0])
)


def _across(y: float) -> Curve:
    return Curve.bent(Point(50, y), Point(350, y), 0)


def test_a_name_goes_below_its_marker_unless_a_line_runs_there() -> None:
    at = Point(200, 200)
    candidates = {"a": beside(at, 6, (40, 10))}
    assert place_names(candidates, [], Ground(PAGE))["a"].centre.y < at.y
    down = Curve.bent(at, Point(200, 20), 0)
    assert place_names(candidates, [down], Ground(PAGE))["a"].centre.y >= at.y


def test_verbs_sit_on_their_line_and_clear_of_each_other() -> None:
    requests = {key: (_across(200 + 5 * key), (60.0, 9.0)) for key in range(4)}
    placed = place_verbs(requests, Ground(PAGE), leaders=False)
    assert len(placed) == 4
    assert not any(one.box.overlap(other.box) for one, other in combinations(placed.values(), 2))
    assert all(placement.anchor is None for placement in placed.values())


def test_verbs_without_room_on_the_line_get_a_leader_or_none() -> None:
    wall = Ground(PAGE, [Box(40, 195, 360, 205)])
    requests = {0: (_across(200), (60.0, 9.0))}
    assert place_verbs(requests, wall, leaders=False) == {}
    wall = Ground(PAGE, [Box(40, 195, 180, 205), Box(220, 195, 360, 205)])
    placement = place_verbs(requests, wall, leaders=True)[0]
    assert placement.anchor is not None
    assert 180 <= placement.anchor.x <= 220
    assert not any(placement.box.overlap(box) for box in wall.taken[:2])


def test_nothing_leaves_the_page() -> None:
    small = Ground(Box(0, 0, 50, 50))
    assert place_verbs({0: (_across(200), (60.0, 9.0))}, small, leaders=True) == {}


@settings(max_examples=60, deadline=None, database=None)
@given(before=st.lists(BOXES, max_size=6), after=st.lists(BOXES, max_size=6), wanted=BOXES)
def test_what_is_free_overlaps_nothing_that_is_taken(before: list[Box], after: list[Box], wanted: Box) -> None:
    ground = Ground(PAGE, list(before))
    for box in after:
        ground.take(box)
    clear = not any(wanted.padded(2.0).overlap(box) for box in (*before, *after))
    assert ground.is_free(wanted) == (PAGE.holds(wanted) and clear)
