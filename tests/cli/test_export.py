"""``kg export`` and ``kg slice``: parts of a graph, and graphs for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from .conftest import Kg, files

if TYPE_CHECKING:
    from pathlib import Path

FILES = [
    ("graph.graphml", [], b"<?xml"),
    ("graph.gexf", [], b"<?xml"),
    ("graph.cyjs", [], b"{"),
    ("events.txt", ["--format", "polecat"], b"Event ID\tEvent Date"),
]


@pytest.mark.parametrize(("name", "more", "beginning"), FILES)
def test_export_to_a_file(kg: Kg, graph: Path, name: str, more: list[str], beginning: bytes) -> None:
    result = kg("export", graph.name, "-o", name, *more)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", f"written to {name}\n")
    assert (graph.parent / name).read_bytes().startswith(beginning)


def test_export_to_folders_and_again(kg: Kg, graph: Path) -> None:
    for _ in range(2):
        assert kg("export", graph.name, "-o", "tables/", "--format", "csv").returncode == 0
    assert "Katla Jónsdóttir" in (graph.parent / "tables" / "actors.csv").read_text(encoding="utf-8")
    assert kg("export", graph.name, "-o", "neo4j", "--format", "neo4j").returncode == 0
    assert "links.csv" in files(graph.parent / "neo4j")
    assert files(graph.parent) == {"records.jsonl", "graph.ttl", "tables", "neo4j"}


def test_export_to_standard_output(kg: Kg, graph: Path) -> None:
    result = kg("export", graph.name, "--format", "cytoscape")
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout)["elements"]["edges"]


EXPORTS = [
    (["graph.ttl"], "say which --format to export"),
    (["graph.ttl", "-o", "graph.xyz"], "graph.xyz: say which format to export, one of graphml"),
    (["graph.ttl", "-o", "a.jsonld"], "a.jsonld: a graph is written as RDF by kg merge GRAPH -o a.jsonld"),
    (["graph.ttl", "--format", "csv"], "--format csv makes several files: give -o a folder"),
    (["graph.ttl", "--format", "csv", "-o", "graph.ttl"], "--format csv makes several files: give -o a folder"),
    (["graph.ttl", "--format", "gexf", "-o", "."], "--format gexf makes one file, and . is a folder"),
    (["graph.ttl", "-o", "none/graph.gexf"], "the folder none does not exist"),
    (
        ["graph.ttl", "--format", "csv", "-o", "."],
        "cannot write .: the folder holds graph.ttl; give a new or empty folder",
    ),
    (["none.ttl", "-o", "graph.gexf"], "none.ttl"),
]


@pytest.mark.parametrize(("arguments", "message"), EXPORTS)
def test_what_cannot_be_exported(kg: Kg, graph: Path, arguments: list[str], message: str) -> None:
    before = files(graph.parent)
    result = kg("export", *arguments)
    assert result.returncode == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert files(graph.parent) == before


@pytest.mark.parametrize("name", ["part.ttl", "part.trig", "part.nq", "part.nt", "part.jsonld"])
def test_slice_in_every_format(kg: Kg, graph: Path, name: str) -> None:
    result = kg("slice", graph.name, "--actor", "solberg", "--type", "CONSULT", "-o", name)
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr.splitlines()[0] == "1 document, 2 actors, 1 event, 1 edge"
    assert result.stderr.splitlines()[-1] == "kg: 'solberg' is taken for Henrik Solberg"
    assert kg("validate", name).returncode == 0
    met = kg("query", name, "SELECT ?name { ?a kg:meets ?b . ?a rdfs:label ?name } ORDER BY ?name", "--format", "csv")
    assert met.stdout.splitlines() == ["name", "Henrik Solberg", "Katla Jónsdóttir"]


def test_slice_to_standard_output(kg: Kg, graph: Path) -> None:
    result = kg("slice", graph.name, "--exclude-contested", "--factuality", "happened", "--min-confidence", "0.9")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("@prefix ")
    assert "kg:contested" not in result.stdout


def test_a_slice_of_everything_is_the_graph(kg: Kg, graph: Path) -> None:
    assert kg("slice", graph.name).stdout == graph.read_text(encoding="utf-8")


SLICES = [
    (["--actor", "Solbergs"], "no actor is named 'Solbergs' in the graph; did you mean"),
    (["--since", "then"], "since: 'then' is no date"),
    (["--type", "MEETING"], "no type 'MEETING'; known: AGREE"),
    (["--min-confidence", "2"], "2"),
    (["-o", "part.doc"], "part.doc: no graph format for the suffix '.doc'"),
]


@pytest.mark.parametrize(("arguments", "message"), SLICES)
def test_what_cannot_be_sliced(kg: Kg, graph: Path, arguments: list[str], message: str) -> None:
    result = kg("slice", graph.name, *arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_build_leaves_out_what_is_less_sure(kg: Kg, folder: Path) -> None:
    result = kg("build", "records.jsonl", "--min-confidence", "0.9", "-o", "sure.ttl")
    assert result.returncode == 0
    assert kg("slice", "sure.ttl", "--min-confidence", "0.9").stdout == (folder / "sure.ttl").read_text(
        encoding="utf-8"
    )
    assert "0.72" not in (folder / "sure.ttl").read_text(encoding="utf-8")
    assert kg("build", "records.jsonl", "--min-confidence", "1", "-o", "none.ttl").returncode == 0
