"""``kg explore`` and ``kg report``: the real commands."""

from __future__ import annotations

import re
import signal
import subprocess
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from .conftest import COMMAND, environment

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Kg


def test_a_report_is_one_file(kg: Kg, graph: Path) -> None:
    result = kg("report", graph.name, "-o", "report.html")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "written to report.html\n")
    html = (graph.parent / "report.html").read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>")
    assert "<script" not in html
    again = kg("report", graph.name)
    assert again.stdout == html


def test_a_report_on_one_actor(kg: Kg, graph: Path) -> None:
    html = kg("report", graph.name, "--actor", "Norway", "--title", "A <b>title</b>", "--most", "1").stdout
    assert "A &lt;b&gt;title&lt;/b&gt;" in html
    assert "1 event of 3, those with the most reports" in html


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("report", "graph.ttl", "--actor", "Nobody"), "no actor is named 'Nobody'"),
        (("report", "missing.ttl"), "missing.ttl"),
        (("report", "graph.ttl", "-o", "nowhere/report.html"), "does not exist"),
        (("explore", "missing.ttl", "--port", "0"), "missing.ttl"),
        (("explore", "graph.ttl", "--host", "203.0.113.1", "--port", "0"), "cannot listen on 203.0.113.1"),
        (("explore", "graph.ttl", "--host", "a..b", "--port", "0"), "cannot listen on a..b"),
        (("explore", "graph.ttl", "--texts", "missing.txt", "--port", "0"), "missing.txt"),
    ],
)
def test_what_cannot_be_shown_is_refused(kg: Kg, graph: Path, arguments: tuple[str, ...], message: str) -> None:
    pytest.importorskip("starlette", reason="needs the extra explore")
    pytest.importorskip("uvicorn", reason="needs the extra explore")
    result = kg(*arguments)
    assert (graph.exists(), result.returncode, result.stdout) == (True, 2, "")
    assert result.stderr.count("\n") == 1
    assert message in result.stderr


@pytest.mark.parametrize("name", ["graph.ttl", "graph.oxigraph"])
def test_the_explorer_serves_until_it_is_interrupted(kg: Kg, graph: Path, repository: Path, name: str) -> None:
    if name != graph.name:
        assert kg("slice", graph.name, "-o", name).returncode == 0
    pytest.importorskip("starlette", reason="needs the extra explore")
    pytest.importorskip("uvicorn", reason="needs the extra explore")
    command = [*COMMAND, "explore", name, "--port", "0", "--time-out", "60"]
    with subprocess.Popen(
        command, cwd=graph.parent, env=environment(repository), stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            found = re.fullmatch(rf"{re.escape(name)} is at (http://127\.0\.0\.1:\d+/) \(Ctrl-C ends it\)\n", said)
            assert found is not None, said
            with urllib.request.urlopen(found[1]) as answer:
                assert "Katla Jónsdóttir" in answer.read().decode()
                assert "default-src 'none'" in answer.headers["content-security-policy"]
            query = quote("SELECT (COUNT(?a) AS ?n) { ?a a kg:Person }")
            with urllib.request.urlopen(f"{found[1]}sparql?query={query}") as answer:
                assert '"value": "3"' in answer.read().decode()
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        assert process.stderr.read() == ""
