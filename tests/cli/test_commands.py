"""The commands do what they say; data on standard output, the rest on standard error."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from kg.errors import KgError
from kg.jsonl import read_records

from .conftest import COMMAND, Kg, environment, files

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import DocumentRecord


def test_build_writes_turtle_to_standard_output(kg: Kg) -> None:
    result = kg("build", "records.jsonl")
    assert result.returncode == 0
    assert result.stderr == ""
    assert result.stdout.startswith("@prefix ")
    assert "kg:meets" in result.stdout
    assert "Jónsdóttir" in result.stdout


def test_build_says_what_it_found_and_where_it_is(kg: Kg, folder: Path) -> None:
    result = kg("build", "records.jsonl", "-o", "graph.ttl", "--plot", "graph.svg", "--records", "again.jsonl")
    assert (result.returncode, result.stdout) == (0, "")
    lines = result.stderr.splitlines()
    assert lines[0].startswith("1 document, ")
    assert any("Katla Jónsdóttir" in line and "Henrik Solberg" in line for line in lines)
    assert lines[-3:] == ["written to graph.ttl", "written to graph.svg", "written to again.jsonl"]
    assert len(lines) < 24
    assert files(folder) == {"records.jsonl", "graph.ttl", "graph.svg", "again.jsonl"}
    assert "<svg" in (folder / "graph.svg").read_text(encoding="utf-8")


def test_build_twice_gives_the_same_bytes(kg: Kg, folder: Path) -> None:
    for name in ("one.ttl", "two.ttl"):
        assert kg("build", "records.jsonl", "-o", name).returncode == 0
    assert (folder / "one.ttl").read_bytes() == (folder / "two.ttl").read_bytes()


def test_build_reads_records_from_standard_input(kg: Kg, folder: Path) -> None:
    records = (folder / "records.jsonl").read_bytes()
    assert kg("build", "-", stdin=records).stdout == kg("build", "records.jsonl").stdout


FORMATS = [
    ("graph.trig", "{"),
    ("graph.nq", "<"),
    ("graph.nt", "<"),
    ("graph.jsonld", '"@context"'),
    ("graph.ttl", "@prefix"),
]


@pytest.mark.parametrize(("name", "content"), FORMATS)
def test_build_takes_the_format_from_the_suffix(kg: Kg, folder: Path, name: str, content: str) -> None:
    assert kg("build", "records.jsonl", "-o", name).returncode == 0
    assert content in (folder / name).read_text(encoding="utf-8")
    assert kg("query", name, "ASK { ?a kg:meets ?b }", "--format", "csv").stdout.strip() == "true"


def test_build_format_goes_before_the_suffix(kg: Kg, folder: Path) -> None:
    assert kg("build", "records.jsonl", "-o", "graph.txt", "--format", "ntriples").returncode == 0
    assert (folder / "graph.txt").read_text(encoding="utf-8").startswith("<")


def test_build_names_things_under_the_base(kg: Kg) -> None:
    assert "https://data.example/id/" in kg("build", "records.jsonl", "--base", "https://data.example/id/").stdout


def test_build_keeps_the_records(kg: Kg, folder: Path, record: DocumentRecord) -> None:
    assert kg("build", "records.jsonl", "-o", "graph.ttl", "--records", "again.jsonl").returncode == 0
    assert list(read_records(folder / "again.jsonl")) == [record]


def test_build_goes_on_after_a_failure(kg: Kg, folder: Path) -> None:
    result = kg("build", "none.txt", "records.jsonl", "-o", "graph.ttl")
    assert result.returncode == 1
    assert result.stderr.splitlines()[0] == "kg: error: cannot read none.txt: no such file or folder"
    assert (folder / "graph.ttl").exists()


def test_query_answers_in_every_format(kg: Kg, graph: Path) -> None:
    sparql = "SELECT ?name { ?a a kg:Person ; rdfs:label ?name } ORDER BY ?name LIMIT 1"
    assert "Henrik Solberg" in kg("query", graph.name, sparql).stdout
    assert kg("query", graph.name, sparql, "--format", "csv").stdout.split() == ["name", "Henrik", "Solberg"]
    assert kg("query", graph.name, sparql, "--format", "tsv").stdout.startswith("?name\n")
    (binding,) = json.loads(kg("query", graph.name, sparql, "--format", "json").stdout)["results"]["bindings"]
    assert binding["name"]["value"] == "Henrik Solberg"


def test_query_tells_of_terms_that_nobody_defined(kg: Kg, graph: Path) -> None:
    result = kg("query", graph.name, "ASK { ?a kg:meet ?b }")
    assert (result.returncode, result.stdout) == (0, "no\n")
    assert result.stderr == "kg: kg:meet is not defined in ontologies/kg.ttl: did you mean kg:meets?\n"


def test_query_by_name_and_from_a_file(kg: Kg, graph: Path) -> None:
    met = kg("query", graph.name, "--name", "who-met-whom", "--param", "actor=Solberg")
    assert "Katla Jónsdóttir" in met.stdout
    assert met.stderr == "kg: 'Solberg' is taken for Henrik Solberg\n"
    (graph.parent / "question.rq").write_text("ASK { ?a kg:meets ?b }", encoding="utf-8")
    assert kg("query", graph.name, "--file", "question.rq", "--format", "csv").stdout.strip() == "true"


@pytest.mark.parametrize("kind", ["network", "timeline", "ego", "heatmap", "series", "map"])
@pytest.mark.parametrize(("name", "beginning"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a.pdf", b"%PDF")])
def test_plot(kg: Kg, graph: Path, kind: str, name: str, beginning: bytes) -> None:
    result = kg("plot", graph.name, "-o", name, "--kind", kind, "--actor", "Norway")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", f"written to {name}\n")
    assert (graph.parent / name).read_bytes().startswith(beginning)


def test_query_says_whom_a_name_was_taken_for(kg: Kg, graph: Path) -> None:
    question = "SELECT ?what { ?event kg:participant ?who ; rdfs:label ?what }"
    oslo = kg("query", graph.name, question, "--actor", "?who=Oslo", "--timeout", "60")
    assert (oslo.returncode, oslo.stdout) == (0, "what\n")
    assert oslo.stderr == "kg: 'Oslo' is taken for the place Oslo, as no actor has the name\n"
    assert kg("query", graph.name, question, "--actor", "who=norway").stderr == ""


@pytest.mark.parametrize("kind", ["network", "timeline", "ego"])
def test_plot_of_a_window_is_that_of_the_slice(kg: Kg, graph: Path, kind: str) -> None:
    window, actor = ("--since", "2024-03", "--until", "2024-03-31"), ("--kind", kind, "--actor", "Solberg")
    assert kg("slice", graph.name, *window, "-o", "march.ttl").returncode == 0
    drawn = kg("plot", graph.name, "-o", "a.svg", *window, *actor)
    assert (drawn.returncode, drawn.stderr) == (0, "kg: 'Solberg' is taken for Henrik Solberg\nwritten to a.svg\n")
    assert kg("plot", "march.ttl", "-o", "b.svg", *actor).returncode == 0
    assert (graph.parent / "a.svg").read_bytes() == (graph.parent / "b.svg").read_bytes()


WINDOWS = [
    (["--since", "2025", "--actor", "Norway"], "nothing with Norway lies in the window; with --published, events"),
    (["--since", "then"], "since: 'then' is no date"),
    (["--include", "planned"], "--include goes with --kind heatmap, series, map; others draw it in any case"),
    (["--published"], "--published goes with --since or --until"),
    (
        ["--actor", "Oslo"],
        "no actor is named 'Oslo' in the graph, but a place is: take what happens there with kg slice",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), WINDOWS)
def test_what_cannot_be_drawn(kg: Kg, graph: Path, arguments: list[str], message: str) -> None:
    result = kg("plot", graph.name, "-o", "a.svg", *arguments)
    assert (result.returncode, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert message in result.stderr
    assert not (graph.parent / "a.svg").exists()


def test_validate(kg: Kg, graph: Path) -> None:
    valid = kg("validate", graph.name)
    assert (valid.returncode, valid.stdout, valid.stderr) == (0, "", "graph.ttl is valid\n")
    text = graph.read_text(encoding="utf-8")
    graph.write_text(text.replace("kg:confidence 0.", "kg:confidence 7."), encoding="utf-8")
    invalid = kg("validate", graph.name)
    assert invalid.returncode == 1
    assert "confidence" in invalid.stdout
    assert invalid.stderr == f"graph.ttl: {_findings(invalid.stdout)}\n"


def _findings(listed: str) -> str:
    count = len(listed.splitlines())
    return f"{count} finding{'' if count == 1 else 's'}"


def test_evaluate(kg: Kg, folder: Path) -> None:
    result = kg("evaluate", "records.jsonl", "records.jsonl", "--format", "json")
    assert json.loads(result.stdout)["edges"]["f1"] == 1.0
    assert "actors" in kg("evaluate", "records.jsonl", "records.jsonl", "--errors").stdout


def test_evaluate_says_more_where_asked(kg: Kg) -> None:
    asked = ("evaluate", "records.jsonl", "records.jsonl", "--by-document", "--confusions", "--losses", "--errors")
    found = json.loads(kg(*asked, "--format", "json").stdout)
    assert all(figures["edges"]["f1"] == 1.0 for figures in found["by document"].values())
    assert all(pair["gold"] == pair["predicted"] for kind in found["confusions"].values() for pair in kind)
    assert found["losses"] == found["errors"] == []
    text = kg(*asked).stdout
    assert text.index("F1 by document") < text.index("types of events") < text.index("where they are lost")


def test_info(kg: Kg) -> None:
    result = kg("info")
    assert result.returncode == 0
    for words in ("versions", "rdflib", "language model", "CONSULT", "kg:meets", "who-met-whom"):
        assert words in result.stdout


COMMANDS = [
    *(
        "build",
        "merge",
        "remove",
        "extract",
        "slice",
        "query",
        "why",
        "stats",
        "plot",
        "explore",
        "report",
        "export",
        "push",
    ),
    *("validate", "evaluate", "info", "train"),
]


@pytest.mark.parametrize("command", [[], *[[name] for name in COMMANDS]])
def test_help_shows_examples(kg: Kg, command: list[str]) -> None:
    result = kg(*command, "--help")
    assert result.returncode == 0
    assert "Examples:\n  kg " in result.stdout or "Examples:\n    kg " in result.stdout


def test_help_lists_the_commands_whole(kg: Kg) -> None:
    listed = kg("--help").stdout
    assert [line.split()[0] for line in listed.split("Commands:\n")[1].splitlines()[: len(COMMANDS)]] == COMMANDS
    assert "..." not in listed.split("Commands:\n")[1]


def test_without_a_command_there_is_help(kg: Kg) -> None:
    assert kg().stdout == kg("--help").stdout


def test_version(kg: Kg) -> None:
    assert kg("--version").stdout.startswith("kg ")


HEAVY = {
    "spacy",
    "rdflib",
    "matplotlib",
    "onnxruntime",
    "numpy",
    "networkx",
    "trafilatura",
    "pyoxigraph",
    "rich",
    "torch",
}


def test_help_loads_nothing_heavy(repository: Path) -> None:
    code = "import sys, kg, kg.cli, kg.api; print(*sys.modules)"
    loaded = subprocess.check_output([COMMAND[0], "-c", code], text=True, env=environment(repository)).split()
    assert not HEAVY.intersection(loaded)


def test_a_closed_pipe_is_silent(folder: Path, repository: Path) -> None:
    lines = (folder / "records.jsonl").read_text(encoding="utf-8")
    record = json.loads(lines)
    many = "".join(json.dumps({**record, "id": str(number)}) + "\n" for number in range(40))
    (folder / "many.jsonl").write_text(many, encoding="utf-8")
    process = subprocess.Popen(
        [*COMMAND, "build", "many.jsonl"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(repository),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=300) == 141


def test_ctrl_c_is_clean(folder: Path, repository: Path) -> None:
    os.mkfifo(folder / "never.txt")
    process = subprocess.Popen(
        [*COMMAND, "extract", "never.txt", "-o", "out.jsonl"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(repository),
        preexec_fn=_heed_interrupts,
    )
    writer = _opened_by_reader(folder / "never.txt")
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    os.close(writer)
    assert stderr.decode().strip() == "kg: interrupted"
    assert process.returncode == 130
    assert not (folder / "out.jsonl").exists()


def _heed_interrupts() -> None:
    """Undo what a shell does to jobs in the background, which are deaf to Ctrl-C and pass that on."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _opened_by_reader(pipe: Path) -> int:
    """Wait until the other end reads the pipe, and return the end to write to."""
    for _ in range(600):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.1)
    raise KgError("nobody reads the pipe")
