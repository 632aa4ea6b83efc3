"""A graph, and a real SPARQL server to send it to."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from kg.graph.assemble import assemble
from kg.rdf.encode import encode

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib import Graph

    from kg.graph.model import KnowledgeGraph
    from kg.records import DocumentRecord

WAIT_S = 60.0


@pytest.fixture(scope="session")
def knowledge(record: DocumentRecord) -> KnowledgeGraph:
    return assemble([record])


@pytest.fixture
def graph(knowledge: KnowledgeGraph) -> Graph:
    return encode(knowledge)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of Oxigraph's own server, with nothing in it; queries go to ``/query``, graphs to ``/store``."""
    port = free_port()
    with serving(port):
        yield f"http://127.0.0.1:{port}"


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(port: int) -> Iterator[None]:
    """Run Oxigraph's own server, which keeps its graph in memory, at a port."""
    program = shutil.which("oxigraph")
    if program is None:
        pytest.skip(reason="needs Oxigraph's server: pip install oxigraph")
    process = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}", process)
        yield
    finally:
        process.terminate()
        process.wait(WAIT_S)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=WAIT_S):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("Oxigraph's server does not start")


Answers = list[tuple[int, dict[str, str]]]
Unreliable = Callable[[Answers], tuple[str, list[tuple[str, str, dict[str, str], bytes]]]]


@pytest.fixture
def unreliable() -> Iterator[Unreliable]:
    """Start a server that gives these statuses and headers, one after the other, and keeps what it was sent.

    Once it has given them all, it works; whatever it did not refuse, it gives to whoever gets it.
    """
    servers: list[ThreadingHTTPServer] = []

    def start(answers: Answers) -> tuple[str, list[tuple[str, str, dict[str, str], bytes]]]:
        got: list[tuple[str, str, dict[str, str], bytes]] = []
        held: list[bytes] = []

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                got.append((self.command, self.path, dict(self.headers), body))
                working = (200, {"Content-Type": "application/n-triples"}) if self.command == "GET" else (204, {})
                status, headers = answers.pop(0) if answers else working
                held[:] = [*(held if self.command != "PUT" else ()), body] if status < 300 else held
                given = b"".join(held) if self.command == "GET" and status == 200 else b""
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(given)))
                self.end_headers()
                self.wfile.write(given)

            do_GET = do_POST = do_PUT = answer  # noqa: N815 (as the library calls them)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/store", got

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
