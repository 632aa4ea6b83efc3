"""Databases, endpoints, time-outs and explanations on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .conftest import Kg, files

if TYPE_CHECKING:
    from pathlib import Path

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_database_is_a_graph_for_every_command(kg: Kg, graph: Path, folder: Path) -> None:
    assert kg("build", "records.jsonl", "-o", "news.oxigraph").returncode == 0
    asked = ("--name", "actors", "--format", "csv")
    assert kg("query", "news.oxigraph", *asked).stdout == kg("query", graph, *asked).stdout
    assert kg("merge", "news.oxigraph", "-o", "again.ttl").returncode == 0
    assert (folder / "again.ttl").read_bytes() == graph.read_bytes()
    assert kg("validate", "news.oxigraph").returncode == 0
    assert kg("slice", "news.oxigraph", "--actor", "Iceland", "-o", "iceland.oxigraph").returncode == 0
    timed = kg("query", "iceland.oxigraph", "ASK { ?a kg:meets ?b }", "--format", "csv", "--timeout", "300")
    assert timed.stdout.strip() in ("true", "false")
    assert files(folder) == {"records.jsonl", "graph.ttl", "again.ttl", "news.oxigraph", "iceland.oxigraph"}


def test_a_graph_is_piped_to_every_command(kg: Kg, graph: Path, folder: Path) -> None:
    piped = kg("slice", graph, "--actor", "Iceland").stdout
    (folder / "iceland.ttl").write_text(piped, encoding="utf-8")
    commands: list[tuple[str, ...]] = [
        ("query", "-", "SELECT ?what { ?e rdfs:label ?what }", "--timeout", "300"),
        ("stats", "-"),
        ("export", "-", "--format", "graphml"),
        ("merge", "-", "graph.ttl"),
        ("why", "-", "Iceland"),
    ]
    for arguments in commands:
        there, here = kg(*arguments, stdin=piped), kg(*("iceland.ttl" if one == "-" else one for one in arguments))
        assert (there.returncode, there.stdout) == (0, here.stdout), arguments
    assert kg("validate", "-", stdin=piped).stderr == "stdin is valid\n"
    assert kg("plot", "-", "-o", "iceland.png", stdin=piped).returncode == 0
    refusals: list[tuple[tuple[str, ...], str]] = [
        (("query", "-", "ASK {}"), "kg: error: cannot read graph stdin: it is empty\n"),
        (("explore", "-"), "give a file, not standard input"),
        (("build", "records.jsonl", "--into", "-"), "--into takes a graph that can be written again"),
    ]
    for arguments, message in refusals:
        refused = kg(*arguments)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert message in refused.stderr


def test_a_database_has_no_format(kg: Kg) -> None:
    result = kg("build", "records.jsonl", "-o", "news.oxigraph", "--format", "turtle")
    assert result.returncode == 2
    assert "which has no --format" in result.stderr


def test_a_query_that_takes_too_long_is_stopped(kg: Kg, graph: Path) -> None:
    result = kg("query", graph, ENDLESS, "--timeout", "0.5")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "kg: error: no answer within 0.5 s; give more time, or ask for less\n"
    assert kg("query", graph, "ASK { }", "--timeout", "0").returncode == 2


def test_a_query_is_explained_and_described(kg: Kg, graph: Path) -> None:
    explained = kg("query", graph, "--name", "timeline", "--param", "actor=Iceland", "--explain")
    assert explained.returncode == 0
    assert explained.stdout.startswith("engine: Oxigraph\ntriples: ")
    described = kg("query", "--help-on", "timeline")
    assert described.stdout.startswith("timeline: What happened")
    assert kg("query", "--help-on", "timelin").returncode == 2
    assert "Missing argument 'GRAPH'" in kg("query").stderr


def test_a_file_is_answered_as_a_database_is(kg: Kg, graph: Path, folder: Path) -> None:
    assert kg("merge", graph, "-o", "news.oxigraph").returncode == 0
    (folder / "marked.ttl").write_bytes(b"\xef\xbb\xbf" + graph.read_bytes())
    for sparql in (
        "SELECT ?n (GROUP_CONCAT(DISTINCT ?l; SEPARATOR = '; ') AS ?all) "
        "{ ?a a kg:Actor ; skos:prefLabel ?n OPTIONAL { ?a skos:altLabel ?l } } GROUP BY ?n",
        "SELECT ?a (SUM(?l) AS ?sum) { ?a a kg:Actor OPTIONAL { ?a kg:intensity ?l } } GROUP BY ?a",
    ):
        answers = [kg("query", place, sparql, "--format", "tsv") for place in (graph, "marked.ttl", "news.oxigraph")]
        assert [answer.returncode for answer in answers] == [0, 0, 0]
        assert len({answer.stdout for answer in answers}) == 1


def test_an_actor_is_named_in_any_of_its_forms(kg: Kg, graph: Path) -> None:
    sparql = "SELECT ?name { ?who skos:prefLabel ?name }"
    result = kg("query", graph, sparql, "--actor", "who=ICELANDIC", "--format", "json")
    rows = json.loads(result.stdout)["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == ["Iceland"]
    for arguments, message in [
        ((sparql, "--actor", "Iceland"), "--actor takes VARIABLE=NAME"),
        ((sparql, "--actor", "who=Icelnd"), "did you mean Iceland"),
        (("--name", "actors", "--actor", "who=Iceland"), "--actor goes with SPARQL"),
    ]:
        refused = kg("query", graph, *arguments)
        assert refused.returncode == 2
        assert message in refused.stderr


def test_a_server_that_is_not_there_is_an_error(kg: Kg, graph: Path, folder: Path) -> None:
    pushed = kg("push", graph, "--endpoint", "http://127.0.0.1:1/store", "--tries", "1")
    assert pushed.returncode == 2
    assert "http://127.0.0.1:1/store?default cannot be reached" in pushed.stderr
    assert "times" not in pushed.stderr
    assert not (folder / "graph.ttl.push").exists()
    asked = kg("query", "http://127.0.0.1:1/query", "ASK { }")
    assert asked.returncode == 2
    assert "http://127.0.0.1:1/query cannot be reached" in asked.stderr
