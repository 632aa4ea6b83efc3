"""Adding to a graph, and merging graphs, from the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.jsonl import write_records

from .conftest import Kg, files

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import DocumentRecord


@pytest.fixture
def more(folder: Path, record: DocumentRecord) -> Path:
    """The records of another paper's report of what the article says, in ``more.jsonl``."""
    other = replace(record.document, id="other", publisher="The Southern Courier", text=f"{record.document.text} ")
    write_records([replace(record, document=other)], folder / "more.jsonl")
    return folder / "more.jsonl"


def test_merge_and_into_give_what_one_build_gives(kg: Kg, folder: Path, graph: Path, more: Path) -> None:
    assert kg("build", "records.jsonl", "more.jsonl", "-o", "both.ttl").returncode == 0
    assert kg("build", "more.jsonl", "-o", "more.nq").returncode == 0
    merged = kg("merge", "more.nq", "graph.ttl", "-o", "merged.ttl")
    assert (merged.returncode, merged.stdout) == (0, "")
    assert merged.stderr.splitlines()[0].startswith("2 documents, ")
    assert merged.stderr.splitlines()[-1] == "written to merged.ttl"
    assert kg("build", "more.jsonl", "--into", "graph.ttl").returncode == 0
    expected = (folder / "both.ttl").read_bytes()
    assert (folder / "merged.ttl").read_bytes() == (folder / "graph.ttl").read_bytes() == expected
    assert b"kg:copyOf" in expected
    assert kg("validate", "graph.ttl").returncode == 0


def test_into_adds_nothing_twice(kg: Kg, graph: Path) -> None:
    before = graph.read_bytes()
    assert kg("build", "records.jsonl", "--into", graph.name).returncode == 0
    assert graph.read_bytes() == before


def test_into_leaves_the_graph_where_the_output_goes_elsewhere(kg: Kg, folder: Path, graph: Path, more: Path) -> None:
    before = graph.read_bytes()
    assert kg("build", "more.jsonl", "--into", "graph.ttl", "-o", "new.ttl").returncode == 0
    assert graph.read_bytes() == before
    assert b"kg:account " in (folder / "new.ttl").read_bytes()


def test_into_keeps_the_base(kg: Kg, folder: Path, more: Path) -> None:
    assert kg("build", "records.jsonl", "-o", "own.ttl", "--base", "https://own.example/").returncode == 0
    assert kg("build", "more.jsonl", "--into", "own.ttl").returncode == 0
    assert "w3id.org/geopolitical-kg/id/" not in (folder / "own.ttl").read_text(encoding="utf-8")
    failed = kg("build", "more.jsonl", "--into", "own.ttl", "--base", "https://other.example/")
    assert failed.returncode == 2
    assert "different bases" in failed.stderr


def test_what_is_removed_leaves_the_bytes_of_the_rest(kg: Kg, folder: Path, graph: Path, more: Path) -> None:
    before = graph.read_bytes()
    assert kg("build", "more.jsonl", "--into", "graph.ttl").returncode == 0
    removed = kg("remove", "graph.ttl", "other", "-o", "graph.ttl")
    assert (removed.returncode, removed.stdout) == (0, "")
    assert removed.stderr.splitlines()[0].startswith("1 document, ")
    assert graph.read_bytes() == before
    failed = kg("remove", "graph.ttl", "north", "-o", "graph.ttl")
    assert failed.returncode == 2
    assert failed.stderr == "kg: error: no document 'north' in the graph; did you mean north-sea?\n"
    assert graph.read_bytes() == before


def test_why_actors_and_events_are_one(kg: Kg, graph: Path, more: Path) -> None:
    assert kg("build", "more.jsonl", "--into", "graph.ttl").returncode == 0
    actor = kg("why", graph.name, "Solberg")
    assert (actor.returncode, actor.stderr) == (0, "")
    assert (
        actor.stdout.splitlines()[0]
        == "Henrik Solberg (actor, PERSON, NOR, GOV, Foreign Minister Henrik Solberg, Solberg)"
    )
    assert "rule: named, the same name, type and country" in actor.stdout
    assert "copy of north-sea" in actor.stdout
    event = kg("why", graph.name, "Iceland and Norway reached an agreement", "--format", "json")
    (found,) = json.loads(event.stdout)
    assert (found["kind"], found["documents"], found["independent"]) == ("event", 2, 1)
    (joined,) = [part for part in found["parts"] if part["joined_to"]]
    assert (joined["rule"], joined["joined_to"]) == ("copy", "north-sea")
    failed = kg("why", graph.name, "Nobody")
    assert (failed.returncode, failed.stdout) == (2, "")
    assert failed.stderr.startswith("kg: error: no actor is named 'Nobody' in the graph")


def test_merge_to_standard_output(kg: Kg, graph: Path) -> None:
    merged = kg("merge", graph.name)
    assert (merged.returncode, merged.stderr) == (0, "")
    assert merged.stdout.encode() == graph.read_bytes()


@pytest.mark.parametrize(
    "arguments", [("merge", "graph.ttl", "none.ttl"), ("build", "more.jsonl", "--into", "none.ttl")]
)
def test_a_graph_that_is_not_there(kg: Kg, folder: Path, graph: Path, more: Path, arguments: tuple[str, ...]) -> None:
    before = files(folder)
    failed = kg(*arguments)
    assert failed.returncode == 2
    assert failed.stderr == "kg: error: cannot read graph none.ttl: No such file or directory\n"
    assert files(folder) == before
