"""What is known of persons and their offices, against what was read of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kg.language.encoder import Encoder
from kg.language.office_ties import settle_offices
from kg.language.reading import ReadActor, Reading, ReadMention
from kg.language.relations import StatedRelation
from kg.records import Link
from kg.resolve.actors import Description

if TYPE_CHECKING:
    from kg.language.inventory import EventInventory

NAMED = Link("name", "", 1.0)


class Someone(NamedTuple):
    """An actor: its type, who it is, and the words that the text calls it by."""

    type: str
    name: str
    country: str
    called: str = ""
    link: Link | None = NAMED


OBAMA = Someone("PERSON", "Barack Obama", "USA", "president barack obama")
KERRY = Someone("PERSON", "John Kerry", "USA", "john kerry")
MERKEL = Someone("PERSON", "Angela Merkel", "DEU", "chancellor angela merkel")
STRANGER = Someone("PERSON", "Adela Brandt", "DEU", "adela brandt", None)
GORBACHEV = Someone("PERSON", "Mikhail Gorbachev", "SUN", "mikhail gorbachev")
RUSSIA = Someone("STATE", "Russia", "RUS")
AMERICA = Someone("STATE", "United States", "USA")
GERMANY = Someone("STATE", "Germany", "DEU")
FRANCE = Someone("STATE", "France", "FRA")
NATO = Someone("IGO", "NATO", "")


class Tie(NamedTuple):
    type: str
    source: int
    target: int
    probability: float = 0.8


@pytest.fixture(scope="module")
def inventory() -> EventInventory:
    return Encoder.load().events


def settled(
    inventory: EventInventory,
    who: list[Someone],
    ties: list[Tie],
    faint: list[Tie] | None = None,
    day: date | None = date(2015, 6, 1),
) -> list[Tie]:
    def stated(tie: Tie) -> StatedRelation:
        return StatedRelation(inventory.relations.index(tie.type), tie.source, tie.target, 0, 0, tie.probability)

    actors = tuple(
        ReadActor(inventory.actors.index(w.type), 0, (ReadMention(n, n, "name"),)) for n, w in enumerate(who)
    )
    reading = Reading(actors, (), tuple(map(stated, ties)), faint=tuple(map(stated, faint or [])))
    described = [Description(w.name, w.country, "GOV", link=w.link) for w in who]
    found = settle_offices(reading, inventory, described, [frozenset(w.called.split()) for w in who], day)
    assert (found.actors, found.events, found.faint) == (actors, (), ())
    return [Tie(inventory.relations[r.type], r.source, r.target, r.probability) for r in found.relations]


@pytest.mark.parametrize(
    ("who", "read", "settled_as"),
    [
        pytest.param([OBAMA, AMERICA], Tie("represents", 0, 1), Tie("leads", 0, 1), id="a president leads"),
        pytest.param([KERRY, AMERICA], Tie("leads", 0, 1), Tie("represents", 0, 1), id="a minister represents"),
        pytest.param([OBAMA, GERMANY, AMERICA], Tie("leads", 0, 1), Tie("leads", 0, 2), id="the own state"),
        pytest.param([MERKEL, FRANCE], Tie("leads", 0, 1), None, id="the own state is not in the text"),
        pytest.param(
            [GORBACHEV, RUSSIA], Tie("represents", 0, 1), Tie("represents", 0, 1), id="of a state that is no more"
        ),
        pytest.param([STRANGER, FRANCE], Tie("leads", 0, 1), Tie("leads", 0, 1), id="nothing is known"),
        pytest.param([OBAMA, NATO], Tie("represents", 0, 1), Tie("represents", 0, 1), id="no office there is known"),
        pytest.param([OBAMA, GERMANY], Tie("supports", 0, 1), Tie("supports", 0, 1), id="no relation of office"),
        pytest.param([GERMANY, NATO], Tie("member_of", 0, 1), Tie("member_of", 0, 1), id="no person"),
        pytest.param(
            [OBAMA._replace(link=Link("lexicon", "", 1.0)), FRANCE],
            Tie("leads", 0, 1),
            Tie("leads", 0, 1),
            id="the user's own lexicon knows better",
        ),
    ],
)
def test_offices_of_known_persons(
    inventory: EventInventory, who: list[Someone], read: Tie, settled_as: Tie | None
) -> None:
    assert settled(inventory, who, [read]) == ([settled_as] if settled_as else [])


def test_who_has_had_several_offices_is_taken_as_read_without_a_day(inventory: EventInventory) -> None:
    steinmeier = Someone("PERSON", "Frank-Walter Steinmeier", "DEU", "frank-walter steinmeier")
    who = [steinmeier, GERMANY]
    for kind in ("leads", "represents"):
        assert settled(inventory, who, [Tie(kind, 0, 1)], day=None) == [Tie(kind, 0, 1)]
    assert settled(inventory, who, [Tie("leads", 0, 1)], day=date(2007, 5, 1)) == [Tie("represents", 0, 1)]
    assert settled(inventory, who, [Tie("represents", 0, 1)], day=date(2019, 5, 1)) == [Tie("leads", 0, 1)]


def test_faint_relations_need_a_known_person_whose_office_is_named(inventory: EventInventory) -> None:
    faint = [Tie("represents", 0, 1, 0.2)]
    assert settled(inventory, [MERKEL, GERMANY], [], faint) == [Tie("leads", 0, 1, 0.2)]
    assert settled(inventory, [MERKEL, FRANCE], [], faint) == []
    assert settled(inventory, [MERKEL._replace(called="mrs. merkel"), GERMANY], [], faint) == []
    assert settled(inventory, [STRANGER, GERMANY], [], faint) == []


def test_nobody_leads_two_states(inventory: EventInventory) -> None:
    who = [STRANGER, GERMANY, FRANCE]
    ties = [Tie("leads", 0, 1, 0.5), Tie("leads", 0, 2, 0.7), Tie("opposes", 0, 2, 0.6)]
    assert settled(inventory, who, ties) == [ties[1], ties[2]]


def test_what_becomes_one_relation_is_told_once(inventory: EventInventory) -> None:
    ties = [Tie("leads", 0, 1, 0.5), Tie("represents", 0, 1, 0.7)]
    assert settled(inventory, [OBAMA, AMERICA], ties) == [Tie("leads", 0, 1, 0.7)]
