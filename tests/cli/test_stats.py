"""``kg stats``: figures on standard output, in every format, and what cannot be reckoned refused."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from kg.analyse import periods
from kg.cli import options
from kg.cli.figures import render
from kg.cli.stats import MEASURES

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Kg


def test_a_summary_on_one_screen(kg: Kg, graph: Path) -> None:
    result = kg("stats", graph.name)
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert len(lines) < 50
    assert "FRIENDLIEST DYADS" in lines
    assert any("Henrik Solberg - Katla Jónsdóttir" in line and "net +4" in line for line in lines)
    basis = " ".join(result.stdout.split("\n\n")[-1].split())
    assert basis.startswith("4 events from 1 document, 12 March 2024 (date known of 1); ")
    assert basis.endswith("1 contested, 1 negated, 1 planned and 1 possible left out.")


def test_every_measure_answers_as_a_table_and_as_json(kg: Kg, graph: Path) -> None:
    result = kg("stats", graph.name, "--measure", "actors", "--format", "json")
    content = json.loads(result.stdout)
    assert (content["events"], content["documents"], content["left_out"]["planned"]) == (4, 1, 1)
    assert {row["actor"] for row in content["rows"]} >= {"Iceland", "Norway"}
    for measure in MEASURES[5:]:
        assert kg("stats", graph.name, "--measure", measure).returncode == 0


def test_dyads_as_csv(kg: Kg, graph: Path) -> None:
    result = kg("stats", graph.name, "--measure", "dyads", "--format", "csv", "--include", "planned", "-o", "dyads.csv")
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr.startswith("5 events from 1 document")
    assert result.stderr.endswith("written to dyads.csv\n")
    rows = list(csv.DictReader(io.StringIO((graph.parent / "dyads.csv").read_text(encoding="utf-8"))))
    pair = next(row for row in rows if (row["one"], row["other"]) == ("Iceland", "Norway"))
    assert (pair["events"], pair["net"]) == ("2", "12.5")


def test_csv_names_its_window_and_what_it_rests_on(kg: Kg, graph: Path) -> None:
    window = ("--since", "2024", "--until", "2024-03")
    result = kg("stats", graph.name, "--measure", "actors", "--format", "csv", *window)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {(row["since"], row["until"]) for row in rows} == {("2024", "2024-03")}
    assert result.stderr.startswith("1 event from 1 document, 12 March 2024 (since 2024 until March 2024); ")
    assert "3 undated left out" in result.stderr
    without = kg("stats", graph.name, "--format", "tsv").stdout.splitlines()
    assert without[0].endswith("\tsince\tuntil")
    assert all(line.endswith("\t\t") for line in without[1:])


def test_what_counts_only_by_publication_is_told(kg: Kg, graph: Path) -> None:
    window = ("--measure", "dyads", "--since", "1990", "--until", "1991")
    hint = "kg: with --published, events without a date count on the day that their first document appeared\n"
    assert kg("stats", graph.name, *window).stderr == hint
    assert kg("stats", graph.name, *window, "--published").stderr == ""


def test_a_series_by_month_of_an_actor(kg: Kg, graph: Path) -> None:
    arguments = ("--measure", "series", "--by", "month", "--actor", "Solberg", "--format", "tsv")
    header, row = kg("stats", graph.name, *arguments).stdout.splitlines()
    assert header.startswith("period\tbegin\tend\tevents")
    assert row.startswith("2024-03\t2024-03-01\t2024-03-31\t1\t1")


WRONG = [
    (("--actor", "Nobody"), "no actor is named 'Nobody' in the graph"),
    (("--since", "then"), "since: 'then' is no date such as"),
    (("--measure", "actors", "--by", "day"), "--by goes with summary, dyads, series, changes, not with actors"),
    (("--with", "Norway"), "--with goes with --measure series and --actor"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_what_cannot_be_reckoned_is_refused_in_one_line(
    kg: Kg, graph: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = kg("stats", graph.name, *arguments)
    assert (result.returncode, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert message in result.stderr


def test_the_command_line_knows_the_same_periods() -> None:
    (parameter,) = options.by(lambda: None).__click_params__  # type: ignore[attr-defined]
    assert tuple(parameter.type.choices) == periods.UNITS


LONG = "Organisation for the Prohibition of Chemical Weapons"


def rendered(width: int | None) -> list[str]:
    from kg.analyse import summary
    from kg.graph.model import ActorNode, EventNode, KnowledgeGraph

    actors = (ActorNode("a", LONG, "IGO"), ActorNode("b", "Turkey", "STATE"))
    events = (EventNode("e", "AID", "x", "happened", "", ("a",), ("b",)),)
    return render(summary(KnowledgeGraph("i:", actors=actors, events=events)), "table", width).splitlines()


def test_nothing_of_a_summary_is_cut_where_nobody_watches() -> None:
    assert f"  {LONG}  1 done, 0 received, net +10, 1 partner (1 event, 0 documents)" in rendered(None)
    assert not any("…" in line for line in rendered(None))


@pytest.mark.parametrize("width", [80, 100])
def test_a_terminal_cuts_names_and_never_figures(width: int) -> None:
    lines = rendered(width)
    active = next(line for line in lines if "1 done" in line)
    assert active.startswith("  Organis")
    assert "…" in active
    assert active.endswith("  1 done, 0 received, net +10, 1 partner (1 event, 0 documents)")
    pair = next(line for line in lines if "mean" in line)
    assert pair.startswith("  Organisation ")
    assert " - Turkey " in pair
    assert " net +10, mean +10.0 (" in pair
    assert all(len(line) <= width for line in lines)


def test_hostile_names_cannot_control_the_terminal() -> None:
    from kg.analyse import dyads
    from kg.graph.model import ActorNode, EventNode, KnowledgeGraph

    actors = (ActorNode("a", "\x1b[31mred", "STATE"), ActorNode("b", "two\nlines\ud800", "STATE"))
    events = (EventNode("e", "AID", "x", "happened", "", ("a",), ("b",)),)
    figures = dyads(KnowledgeGraph("i:", actors=actors, events=events))
    assert "\x1b" not in render(figures, "table")
    assert not any(line.startswith("lines") for line in render(figures, "table").splitlines())
    for name in ("csv", "tsv", "json"):
        render(figures, name).encode("utf-8")
