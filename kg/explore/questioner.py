"""A process of its own that answers queries about one graph, each in a child that can be stopped at any moment.

    python -m kg.explore.questioner GRAPH SOCKET

It reads the graph once, then listens on the socket (a path). For each connection it makes a copy of itself, which
takes one question, a line of JSON, answers with a line of JSON, and ends. The kernel ends the copy when its time is
up, wherever it is, and refuses it more memory than it may take. When standard input closes, the process ends.
"""

from __future__ import annotations

import json
import os
import resource
import selectors
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import KgError, QueryError
from kg.query import load, render, run
from kg.rdf.parse import parse
from kg.rdf.serialize import serialize

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.query import Table

LONGEST_QUESTION: Final = 200_000
GRAPH_FORMATS: Final = ("turtle", "ntriples", "jsonld")
_BACKLOG: Final = 128
_NICE: Final = 5
_TOO_MUCH: Final[dict[str, Any]] = {"error": "the query needs more memory than it may take", "refused": True}
_MEGABYTE: Final = 1 << 20


def answer(graph: Graph, question: dict[str, Any]) -> dict[str, Any]:
    """Return what a question is answered with.

    A question has ``query``, SPARQL, or ``name`` and ``arguments`` of one that ships with kg; ``format``, one of
    ``json``, ``csv`` and ``tsv``, and ``graph_format``, one of :data:`GRAPH_FORMATS`, for a query whose answer is a
    graph, or "" for as many rows of triples. The answer has ``kind`` and ``text``, or ``error``.
    """
    try:
        table = _table(graph, question)
        graph_format = question.get("graph_format") or ""
        if table.kind == "graph" and graph_format in GRAPH_FORMATS:
            return {"kind": "graph", "text": serialize(table.graph, graph_format)}
        return {"kind": table.kind, "text": render(table, question["format"])}
    except KgError as error:
        return _TOO_MUCH if isinstance(error.__cause__, MemoryError) else {"error": str(error)}
    except MemoryError:
        return _TOO_MUCH
    except RecursionError:
        return {"error": "the query is nested too deeply"}


def _table(graph: Graph, question: dict[str, Any]) -> Table:
    if question.get("name"):
        return load(question["name"]).run(graph, question.get("arguments") or {})
    if not question.get("query"):
        raise QueryError("there is no query")
    return run(graph, question["query"])


def serve(graph: Graph, path: str) -> None:
    """Answer questions on a socket until standard input closes."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever ends is gone, and leaves no trace to be fetched
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener, selectors.DefaultSelector() as waiting:
        listener.bind(path)
        listener.listen(_BACKLOG)
        waiting.register(listener, selectors.EVENT_READ)
        waiting.register(sys.stdin.buffer, selectors.EVENT_READ)
        while True:
            ready = {key.fileobj for key, _ in waiting.select()}
            if sys.stdin.buffer in ready:
                return
            with suppress(OSError):  # no room for one process more: the question goes without an answer, we go on
                connection, _ = listener.accept()
                with connection:
                    if os.fork() == 0:
                        listener.close()
                        _answer_one(graph, connection)


def _answer_one(graph: Graph, connection: socket.socket) -> None:
    """Take one question, answer it, and end this process."""
    code = 1
    try:
        with connection.makefile("rwb") as stream:
            question = json.loads(stream.readline(LONGEST_QUESTION * 8))
            _limit(float(question["seconds"]), int(question["megabytes"]))
            found = answer(graph, question)
            stream.write(json.dumps(found).encode() + b"\n")
        code = 0
    finally:
        os._exit(code)  # without what a copy of a process would tidy up: it belongs to the original


def _limit(seconds: float, megabytes: int) -> None:
    """Bound this process: the kernel ends it after so many seconds, and gives it so much memory beyond what it has."""
    os.nice(_NICE)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    taken = _taken()
    if taken:
        most = taken + megabytes * _MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _taken() -> int:
    """Return how many bytes of address space this process has; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def main() -> None:
    """Read the graph and serve; the graph and the socket are named by the arguments."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us decides when we end
    source, path = sys.argv[1:]
    try:
        serve(parse(source), path)
    finally:
        with suppress(OSError):
            Path(path).unlink(missing_ok=True)
            Path(path).parent.rmdir()


if __name__ == "__main__":
    main()
