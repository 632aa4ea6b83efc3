from __future__ import annotations

import pytest

from kg.errors import OntologyError
from kg.ontology import local_name, relation_properties
from kg.plot.families import Family, family_of, family_of_event, is_symmetric, lies_under, verb
from kg.plot.style import MARKERS, STROKES, width_of
from kg.records import ACTOR_TYPES, EVENT_TYPES

FAMILIES = [
    ("meets", Family.MEETS),
    ("supports", Family.SUPPORTS),
    ("alliedWith", Family.SUPPORTS),
    ("rejects", Family.DISPUTES),
    ("demandsOf", Family.DISPUTES),
    ("opposes", Family.OPPOSES),
    ("atWarWith", Family.OPPOSES),
    ("memberOf", Family.STANDING),
    ("controls", Family.STANDING),
]


@pytest.mark.parametrize(("name", "family"), FAMILIES)
def test_family(name: str, family: Family) -> None:
    assert family_of(name) is family


def test_every_property_and_event_type_has_a_family_and_every_actor_type_a_marker() -> None:
    assert {family_of(local_name(term)) for term in relation_properties()} == set(Family)
    assert all(family_of_event(kind) in STROKES for kind in EVENT_TYPES)
    assert set(MARKERS) == set(ACTOR_TYPES)


def test_friend_and_foe_differ_in_colour_and_in_line() -> None:
    looks = {family: (stroke.colour, stroke.dashes) for family, stroke in STROKES.items()}
    for friendly in (Family.MEETS, Family.SUPPORTS):
        for hostile in (Family.DISPUTES, Family.OPPOSES):
            assert looks[friendly][0] != looks[hostile][0]
            assert looks[friendly][1] != looks[hostile][1]


def test_markers_differ() -> None:
    looks = {(marker.shape, marker.fill) for marker in MARKERS.values()}
    assert len(looks) == len(MARKERS)


def test_an_unknown_property_is_refused() -> None:
    with pytest.raises(OntologyError, match="meet"):
        family_of("meet")


def test_verbs_and_order() -> None:
    assert verb("alliedWith") == "allied with"
    assert verb("meets") == "meets"
    assert is_symmetric("meets")
    assert not is_symmetric("leads")
    assert lies_under("rejects", "opposes")
    assert not lies_under("opposes", "rejects")


def test_width_grows_with_reports_up_to_a_limit() -> None:
    widths = [width_of(Family.OPPOSES, count) for count in (1, 2, 5, 1000)]
    assert widths == sorted(widths)
    assert widths[-1] <= 4
    assert width_of(Family.STANDING, 1) == width_of(Family.STANDING, 9)
