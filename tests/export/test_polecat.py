"""The events in POLECAT's columns."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.export.delimited import delimited
from kg.export.polecat import polecat

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph

# The columns of POLECAT's files, in the order by which some readers go.
ORDER = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|"
    "Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|"
    "Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|"
    "Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|"
    "Feature Type|Source|Publication Date|Story People|Story Organizations|Story Locations|Language|Version"
)


def lines(graph: KnowledgeGraph) -> dict[str, dict[str, str]]:
    reader = csv.DictReader(io.StringIO(delimited(polecat(graph), "\t"), newline=""), delimiter="\t")
    return {line["Event Type"] + line["Event Mode"]: line for line in reader}


def test_columns_stand_in_their_order(graph: KnowledgeGraph) -> None:
    names = [column.name for column in polecat(graph).columns]
    assert "|".join(names[:40]) == ORDER
    assert len(names) == len(set(names))
    assert names[40:] == [
        *("Document IDs", "Last Date", "Event Label", "Factuality", "Contested", "Confidence", "CAMEO", "Reports")
    ]


def test_an_event_is_a_row(graph: KnowledgeGraph) -> None:
    found = lines(graph)
    assert len(found) == len(graph.events)
    beat = found["ASSAULTbeat"]
    assert (beat["Quad Code"], beat["Intensity"], beat["CAMEO"]) == ("MATERIAL CONFLICT", "-7.5", "")
    assert (beat["Actor Name"], beat["Actor Country"], beat["Primary Actor Sector"]) == (
        *("Norwegian Police Service", "NOR", "COP"),
    )
    assert (beat["Recipient Name"], beat["Recipient Sectors"], beat["Contested"]) == ("demonstrators", "CVL", "true")
    assert (beat["Source"], beat["Publication Date"], beat["Document IDs"]) == (
        *("The Northern Courier", "2024-03-13", "north-sea"),
    )


def test_all_who_meet_are_actors(graph: KnowledgeGraph) -> None:
    met = lines(graph)["CONSULTvisit"]
    assert (met["Actor Name"], met["Actor Country"]) == ("Henrik Solberg; Katla Jónsdóttir", "NOR; ISL")
    assert (met["Recipient Name"], met["Placename"], met["Event Date"]) == ("", "Reykjavik", "2024-03-12")


def test_a_story_has_its_own_names(graph: KnowledgeGraph) -> None:
    """What the documents call an actor, and whom and what else they name."""
    beat = lines(graph)["ASSAULTbeat"]
    assert (beat["Actor Name Raw"], beat["Recipient Name Raw"]) == ("Norwegian Police Service", "demonstrators")
    assert beat["Story People"] == "Henrik Solberg; Katla Jónsdóttir; Russian ambassador"
    assert {"Iceland", "NATO", "Norway", "Sea Watchers"} <= set(beat["Story Organizations"].split("; "))
    assert {"Reykjavik", "Oslo"} <= set(beat["Story Locations"].split("; "))


def test_a_period_has_two_ends(graph: KnowledgeGraph) -> None:
    aid = lines(graph)["AID"]
    assert (aid["Event Date"], aid["Last Date"], aid["Factuality"]) == ("2024-04-01", "2024-04-30", "planned")
    assert aid["CAMEO"] == "07"


def test_what_is_missing_among_others_keeps_its_place(hostile: KnowledgeGraph) -> None:
    (event,) = hostile.events
    both = replace(hostile, events=(replace(event, sources=(*event.sources, *event.targets), targets=()),))
    (line,) = lines(both).values()
    assert (line["Actor Country"], line["Actor Sectors"]) == ("ISL; None", "GOV; None")
    assert line["Actor Name"].startswith("'=cmd")
    assert line["Actor Name"].count(";") == 1
    assert (line["Latitude"], line["Longitude"]) == ("-54.25", "-36.5")
    assert line["Wikipedia Actor ID"] == "https://www.wikidata.org/entity/Q1"
