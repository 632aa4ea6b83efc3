"""Files as neo4j-admin reads them: every end is a node, and every value of its type."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest

from kg.export import export
from kg.export.neo4j import neo4j

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph.model import KnowledgeGraph

HEADING = re.compile(r"iri:ID|:LABEL|:START_ID|:END_ID|:TYPE|[a-z_0-9]+(:string\[\]|:long|:double|:boolean|:date)?")


@pytest.fixture(params=["graph", "hostile", "full"])
def any_graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    found: KnowledgeGraph = request.getfixturevalue(request.param)
    return found


def test_headings_are_of_the_importer(any_graph: KnowledgeGraph) -> None:
    for sheet in neo4j(any_graph):
        assert all(HEADING.fullmatch(name) for name in sheet.heading), sheet.heading
        assert len(sheet.heading) == len(set(sheet.heading))
        assert all(len(line) == len(sheet.heading) for line in sheet.lines)


def test_every_end_is_a_node_and_no_node_is_there_twice(any_graph: KnowledgeGraph) -> None:
    sheets = neo4j(any_graph)
    nodes = [line[0] for sheet in sheets if sheet.name.startswith("nodes-") for line in sheet.lines]
    assert len(nodes) == len(set(nodes))
    ends = {
        end
        for sheet in sheets
        if not sheet.name.startswith("nodes-")
        for line in sheet.lines
        for end in (line[0], line[2])
    }
    assert ends
    assert ends <= set(nodes)


def test_relations_that_hold_are_relationships(graph: KnowledgeGraph, hostile: KnowledgeGraph) -> None:
    types = {line[1] for sheet in neo4j(graph) if sheet.name == "relations" for line in sheet.lines}
    assert types >= {"MEETS", "MEMBER_OF", "ALLIED_WITH", "CONTROLS"}
    (relations,) = (sheet for sheet in neo4j(hostile) if sheet.name == "relations")
    assert [line[1] for line in relations.lines] == ["REJECTS", "CONTROLS"]


def test_labels(graph: KnowledgeGraph) -> None:
    labels = {line[1]: line[-1] for sheet in neo4j(graph) if sheet.name == "nodes-actors" for line in sheet.lines}
    assert (labels["Norway"], labels["NATO"]) == ("Actor|State", "Actor|IntergovernmentalOrganization")


def test_links_lead_from_claims_to_documents(graph: KnowledgeGraph) -> None:
    (links,) = (sheet for sheet in neo4j(graph) if sheet.name == "links")
    assert {line[1] for line in links.lines} == {
        *("SOURCE", "TARGET", "PARTICIPANT", "HAPPENED_IN", "SUBJECT", "OBJECT", "FROM_EVENT"),
        *("DENOTES", "IN_DOCUMENT", "ABOUT", "CLAIMED_BY", "CONTRADICTS", "PUBLISHED_BY"),
        *("APPEARANCE_OF", "NAMING_IN", "READ_IN"),
    }


def test_links_lead_from_what_documents_say_to_what_it_was_taken_for(full: KnowledgeGraph) -> None:
    (links,) = (sheet for sheet in neo4j(full) if sheet.name == "links")
    assert {line[1] for line in links.lines} >= {
        *("ACCOUNT_OF", "JOINED_TO", "APPEARANCE_OF", "NAMING_IN", "QUOTED_IN", "READ_IN", "OF_TYPE"),
    }


def test_values_are_written_as_they_are_on_one_line_each(hostile: KnowledgeGraph, tmp_path: Path) -> None:
    export(hostile, tmp_path / "neo4j", "neo4j")
    for path in (tmp_path / "neo4j").iterdir():
        text = path.read_text(encoding="utf-8")
        heading, *lines = csv.reader(text.splitlines())
        assert all(len(line) == len(heading) for line in lines)
    with (tmp_path / "neo4j" / "nodes-actors.csv").open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert first["name"].startswith("=cmd")
    assert "\n" not in first["name"]
    assert first["alt_names:string[]"].endswith("|a¦b")
    assert second["name"] == "-1.5"
