"""The system's own browser, and explorers of the article, of the showcase, and of a graph whose texts are hostile."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

import pytest

pytest.importorskip("playwright", reason="needs playwright to drive a browser")
pytest.importorskip("starlette", reason="needs the extra explore")
pytest.importorskip("uvicorn", reason="needs the extra explore")

import uvicorn
from playwright.sync_api import expect, sync_playwright

from kg.explore.index import Index
from kg.explore.report import write_report
from kg.explore.server import application
from kg.explore.site import Site
from kg.graph.assemble import assemble
from kg.rdf.encode import encode
from kg.rdf.serialize import write
from kg.store import Database

from ..archive import archive
from .visit import Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from kg.graph.model import KnowledgeGraph
    from kg.records import DocumentRecord

    Open = Callable[..., Visit]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARTICLES = int(os.environ.get("KG_ARTICLES", "300"))
WAIT_MS = 60_000  # on a busy machine, too


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser that $KG_BROWSER names, or the first on the path. Its loop must end with the module's tests."""
    path = os.environ.get("KG_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(reason="needs a browser: chromium or google-chrome on the path, or $KG_BROWSER")
    arguments = ["--disable-gpu"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # which refuses root
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=arguments)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Opens pages in a profile of their own, and at the end holds them to what all must be."""
    opened: list[Visit] = []

    def open_at(address: str, **options: object) -> Visit:
        context = browser.new_context(base_url=address, **{"viewport": {"width": 1280, "height": 900}, **options})  # type: ignore[arg-type]
        context.set_default_timeout(WAIT_MS)
        opened.append(Visit(context, address))
        return opened[-1]

    yield open_at
    for one in opened:
        one.context.close()
        one.check()


@pytest.fixture(scope="session")
def explorer(
    graph: KnowledgeGraph, record: DocumentRecord, repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of ``kg explore`` on the article, with its text."""
    folder = tmp_path_factory.mktemp("explorer")
    write(encode(graph), folder / "north-sea.ttl")
    (folder / "north-sea.txt").write_text(record.document.text, encoding="utf-8")
    with serving(repository, folder / "north-sea.ttl", folder / "north-sea.txt") as address:
        yield address


@pytest.fixture(scope="session")
def seed(repository: Path) -> Iterator[str]:
    """The address of ``kg explore`` on the showcase, with its text."""
    with serving(repository, repository / "outputs" / "seed.ttl", repository / "seeds") as address:
        yield address


@pytest.fixture(scope="session")
def large(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of ``kg explore`` on a database of :data:`ARTICLES` articles."""
    database = Database(tmp_path_factory.mktemp("archive") / "archive.oxigraph")
    database.write_knowledge(assemble(archive(repository, ARTICLES)))
    with serving(repository, database.path) as address:
        yield address


@pytest.fixture(scope="module")
def hostile_site(hostile: KnowledgeGraph) -> Site:
    """Pages whose every text is hostile, as no file could carry them."""
    text = hostile.events[0].mentions[0].sentence * 2
    return Site(Index(hostile, {hostile.documents[0].sha256: text}), hostile.actors[0].name)


@pytest.fixture(scope="module")
def hostile_explorer(hostile_site: Site) -> Iterator[str]:
    """The address of the hostile pages, served from this process."""
    server = uvicorn.Server(
        uvicorn.Config(application(hostile_site), port=0, log_level="error", lifespan="off", http="h11", ws="none")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            thread.join(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def serving(repository: Path, graph: Path, texts: Path | None = None) -> Iterator[str]:
    """Serve a graph in a process of its own, and give the address."""
    with started(repository, graph, *(("--texts", texts) if texts is not None else ())) as (address, _):
        yield address


@contextmanager
def started(repository: Path, graph: Path, *options: str | Path) -> Iterator[tuple[str, IO[str]]]:
    """Serve a graph in a process of its own, and give the address and what else the process says."""
    command = [sys.executable, "-m", "kg.cli", "explore", str(graph), "--port", "0", *map(str, options)]
    command += ["--time-out", "120"]  # a busy machine takes its time
    # What is covered, the tests of the server tell; to trace these pages too would make each slower.
    own = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    environment = {**own, "PYTHONPATH": str(repository)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        found = re.search(r"http://[\d.]+:\d+", said)
        assert found is not None, said + process.stderr.read()
        try:
            yield found[0], process.stderr
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


@pytest.fixture(scope="session")
def graph_report(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the article."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(graph, path)
    return path
