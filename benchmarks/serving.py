#!/usr/bin/env python3
"""Measure ``kg explore`` as people meet it: opening a large database, clicking about, and many asking at once.

    python -m benchmarks.serving --database /tmp/million.oxigraph --triples 1000000
    python -m benchmarks.serving --database /tmp/million.oxigraph --clients 50 --bad 10 --seconds 60

The database is that of ``benchmarks/stores.py``, made where it is not there, with its records in it. It is opened
three times: twice without these, as if others had written it, the second time from the copy that the first one keeps,
and as kg wrote it; opened is when the first page has come whole. Clicks follow links from page to page, chosen by
chance after a seed; beside the time each took is that for which the explorer computed, without the waiting on a busy
machine.
Then clients, each from a loopback address of its own, ask one query after the other; some ask only what has no end,
takes too much memory, or is no query. All of it stays on the machine.
"""

from __future__ import annotations

import argparse
import html
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from benchmarks.stores import TRIPLES_AN_EVENT, world
from kg.store import Database
from kg.store.kept import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PAUSE_S: Final = 0.02  # between clicks, so that the limit of requests a second is not met
WALKED: Final = ("actor", "pair", "event", "relation", "document")
WHOLE: Final = ("events", "timeline", "map", "documents")
GOOD: Final = (
    "SELECT ?n { ?a a kg:Person ; skos:prefLabel ?n } ORDER BY ?n LIMIT 20",
    "SELECT ?what ?d { ?e kg:date ?d ; rdfs:label ?what FILTER (?d = '2016-03-01'^^xsd:date) } LIMIT 50",
    "ASK { ?x kg:attacks ?y }",
    "SELECT ?z { ?x kg:opposes ?y . ?y kg:opposes ?z } LIMIT 100",
)
BAD: Final = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a",
    "SELECT ?a { ?a",
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",
    f'SELECT (STRLEN(REPLACE("{"x" * 60_000}", "x", "{"y" * 4_000}")) AS ?n) {{}}',
)


class Click(NamedTuple):
    """The seconds that a page took to come, and those of CPU that the explorer spent on it."""

    seconds: float
    cpu: float


@dataclass
class Asked:
    """What became of the queries of one kind: seconds until each answer, by what it was, and how many got none."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    lost: int = 0


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description="Measure kg explore on a large database.")
    parser.add_argument("--database", type=Path, required=True, help="a folder; made where it is not there")
    parser.add_argument("--triples", type=int, default=1_000_000, help="about how many (1,000,000)")
    parser.add_argument("--clicks", type=int, default=300, help="how many links are followed (300)")
    parser.add_argument("--clients", type=int, default=0, help="how many ask at once (none)")
    parser.add_argument("--bad", type=int, default=10, help="how many of them ask only bad queries (10)")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long they go on (60)")
    parser.add_argument("--time-out", type=float, default=10.0, help="the longest that a query may run (10)")
    options = parser.parse_args()
    if not options.database.exists():
        (knowledge,) = world(options.triples // TRIPLES_AN_EVENT, 1, part=options.triples)
        Database(options.database).write_knowledge(knowledge)
    with tempfile.TemporaryDirectory() as folder:
        bare, cache = Path(folder) / "bare.oxigraph", Path(folder) / "cache"
        shutil.copytree(options.database, bare, ignore=shutil.ignore_patterns(NAME))
        openings = {"of others": bare, "of others again": bare, "by kg": options.database}
        for opening, database in openings.items():
            with explorer(database, cache, options.time_out) as (port, process, seconds):
                page = until_first_page(port)
                took = f"listens after {seconds:.2f} s, first page after {seconds + page:.2f} s"
                print(f"{opening}: {took}, {cpu_s(process.pid):.2f} s of CPU, {memory_mib(process.pid):.0f} MiB")
                if database is options.database:
                    show_clicks(walk(port, process.pid, options.clicks))
                    if options.clients:
                        show_load(process.pid, port, options)


@contextmanager
def explorer(database: Path, cache: Path, time_out: float) -> Iterator[tuple[int, subprocess.Popen[str], float]]:
    """Serve a database, and give the port, the process and the seconds until it listened."""
    command = [sys.executable, "-m", "kg.cli", "explore", str(database), "--port", "0", "--timeout", str(time_out)]
    began = time.perf_counter()
    with subprocess.Popen([*command, "--cache", str(cache)], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = re.search(r":(\d+)/", process.stderr.readline())
        assert found is not None
        try:
            yield int(found[1]), process, time.perf_counter() - began
        finally:
            process.send_signal(signal.SIGINT)


def until_first_page(port: int) -> float:
    """Return the seconds until the first page has come whole."""
    began = time.perf_counter()
    status, _ = get(HTTPConnection("127.0.0.1", port, timeout=600), "/")
    assert status == 200
    return time.perf_counter() - began


def get(connection: HTTPConnection, path: str) -> tuple[int, str]:
    """Return the status and content of what lies at a path."""
    connection.request("GET", path, headers={"Accept": "text/html, application/sparql-results+json"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def walk(port: int, pid: int, clicks: int) -> dict[str, list[Click]]:
    """Follow links by chance, and return what each kind of page took of the process that serves them."""
    chance = random.Random(1)  # noqa: S311 (no secret)
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    found: defaultdict[str, list[Click]] = defaultdict(list)
    wanted = re.compile(rf'href="(/(?:{"|".join(WALKED)})\?[^"]+)"')
    _, start = get(connection, "/")
    here = wanted.findall(start)
    for _ in range(clicks):
        path = html.unescape(chance.choice(here)).partition("#")[0]
        page = timed(connection, pid, path, found)
        here = wanted.findall(page) or wanted.findall(start)
    for name in WHOLE:
        for query in ("", "?since=2016&until=2017", "?sure=0.5"):
            timed(connection, pid, f"/{name}{query}", found)
    for letters in ("ba", "mor", "president", "9", "zuvash 0"):
        timed(connection, pid, f"/names?q={quote(letters)}", found)
    return dict(found)


def timed(connection: HTTPConnection, pid: int, path: str, found: dict[str, list[Click]]) -> str:
    """Get a page, and write down what it took under its kind."""
    time.sleep(PAUSE_S)
    began, computed = time.perf_counter(), computing_s(pid)
    status, page = get(connection, path)
    assert status == 200, f"{path}: {page[:200]}"
    took = Click(time.perf_counter() - began, computing_s(pid) - computed)
    found[path[1:].partition("?")[0]].append(took)
    return page


def show_clicks(found: dict[str, list[Click]]) -> None:
    """Print what the clicks took."""
    heads = [f"{name} ms{what}" for what in ("", " of CPU") for name in ("median", "95 %", "most")]
    print(f"\n| page | clicks | {' | '.join(heads)} |\n|" + " --- |" * 8)
    clicks = [one for name in WALKED for one in found.get(name, ())]
    for name, times in ({"links followed": clicks} | found).items():
        sides = [[one.seconds for one in times], [one.cpu for one in times]]
        shown = " | ".join(f"{1000 * at(side, share):.0f}" for side in sides for share in (0.5, 0.95, 1))
        print(f"| {name} | {len(times)} | {shown} |")


def show_load(pid: int, port: int, options: argparse.Namespace) -> None:
    """Let clients ask at once, and print what became of their queries and how much memory the explorer took."""
    until = time.monotonic() + options.seconds
    asked = {"good": Asked(), "bad": Asked()}
    kinds = ["bad" if number < options.bad else "good" for number in range(options.clients)]
    threads = [
        threading.Thread(target=keep_asking, args=(port, number, kind, asked[kind], until))
        for number, kind in enumerate(kinds)
    ]
    for thread in threads:
        thread.start()
    most = 0.0
    while any(thread.is_alive() for thread in threads):
        most = max(most, memory_mib(pid))
        time.sleep(1)
    print(f"\nmost memory of all processes: {most:.0f} MiB\n")
    print("| queries | answer | how many | median s | 95 % s | most s |\n|" + " --- |" * 6)
    for kind, became in asked.items():
        for answer, times in sorted(became.seconds.items()):
            shown = " | ".join(f"{at(times, share):.2f}" for share in (0.5, 0.95, 1))
            print(f"| {kind} | {answer} | {len(times)} | {shown} |")
        print(f"| {kind} | none | {became.lost} | | | |")


def keep_asking(port: int, number: int, kind: str, asked: Asked, until: float) -> None:
    """Ask one query after the other from an address of one's own."""
    chance = random.Random(number)  # noqa: S311 (no secret)
    address = (f"127.0.1.{number + 1}", 0)
    while time.monotonic() < until:
        query = chance.choice(BAD if kind == "bad" else GOOD)
        began = time.perf_counter()
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=600, source_address=address)
            body = {"body": query.encode(), "headers": {"Content-Type": "application/sparql-query"}}
            connection.request("POST", "/sparql", **body)  # type: ignore[arg-type]
            answer = connection.getresponse()
            answer.read()
            asked.seconds[f"{answer.status} {answer.reason}"].append(time.perf_counter() - began)
        except (OSError, HTTPException):
            asked.lost += 1


def cpu_s(pid: int) -> float:
    """Return the seconds of CPU that a process has taken."""
    taken = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, taken)) / os.sysconf("SC_CLK_TCK")


def computing_s(pid: int) -> float:
    """Return the seconds for which the threads of a process have run, to the microsecond; their waiting not."""
    return sum(int(one.read_text().split()[0]) for one in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9


def memory_mib(pid: int) -> float:
    """Return the memory of a process and all that come from it, a page that several share counted once."""
    parents: defaultdict[int, list[int]] = defaultdict(list)
    for one in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(one.read_text().rpartition(")")[2].split()[1])].append(int(one.parent.name))
        except (OSError, ValueError):
            continue
    waiting, total = [pid], 0.0
    while waiting:
        one_pid = waiting.pop()
        waiting += parents[one_pid]
        try:
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{one_pid}/smaps_rollup").read_text(), re.MULTILINE)
        except OSError:
            continue
        total += int(found[1]) / 1024 if found else 0.0
    return total


def at(times: Sequence[float], share: float) -> float:
    """Return the time that a share of them take at most."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


if __name__ == "__main__":
    main()
