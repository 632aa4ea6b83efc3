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
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.errors import KgError, QueryError
from kg.explore.sheet import sheet
from kg.query import load, render, run
from kg.rdf.serialize import serialize
from kg.store import read_to_ask
from kg.store.database import reopened

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.query import Table

Content: TypeAlias = dict[str, Any]
Answerer: TypeAlias = "Callable[[Content], Content]"

GRAPH_FORMATS: Final = ("turtle", "ntriples", "jsonld")
_LONGEST_LINE: Final = 1_600_000
_BACKLOG: Final = 128
_NICE: Final = 5
_TOO_MUCH: Final[Content] = {"error": "the query needs more memory than it may take", "refused": True}
_MEGABYTE: Final = 1 << 20


def answerer(source: str | os.PathLike[str]) -> Answerer:
    """Return what answers questions about the graph in a file, which is read once, or in a database.

    A question has ``query``, SPARQL, or ``name`` and ``arguments`` of one that ships with kg; ``format``, one of
    ``json``, ``csv``, ``tsv`` and ``sheet``, CSV for spreadsheets, and ``graph_format``, one of :data:`GRAPH_FORMATS`,
    for a query whose answer is a graph, or "" for as many rows of triples. ``subjects`` says whether the answer to a
    named one tells what each row is about. The answer has ``kind`` and ``text``, or ``error``.

    Raises:
        GraphError: The file cannot be read or holds no graph.
    """
    known = read_to_ask(source)

    def answer(question: Content) -> Content:
        try:
            graph = reopened(known)
            if question.get("name"):
                given, subjects = question.get("arguments") or {}, bool(question.get("subjects"))
                table = load(question["name"]).run(graph, given, subjects=subjects)
            else:
                table = run(graph, _text(question))
            return _told(table, question)
        except KgError as error:
            return _TOO_MUCH if isinstance(error.__cause__, MemoryError) else {"error": str(error)}
        except MemoryError:
            return _TOO_MUCH
        except RecursionError:
            return {"error": "the query is nested too deeply"}

    return answer


def _text(question: Content) -> str:
    text = str(question.get("query") or "")
    if not text.strip():
        raise QueryError("there is no query")
    return text


def _told(table: Table, question: Content) -> Content:
    graph_format = question.get("graph_format") or ""
    if table.kind == "graph" and graph_format in GRAPH_FORMATS:
        return {"kind": "graph", "text": serialize(table.graph, graph_format)}
    wanted = question["format"]
    text = sheet(render(table, "json")) if wanted == "sheet" else render(table, wanted)
    return {"kind": table.kind, "text": text}


def serve(answer: Answerer, path: str) -> None:
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
                        _answer_one(answer, connection)


def _answer_one(answer: Answerer, connection: socket.socket) -> None:
    """Take one question, answer it, and end this process."""
    code = 1
    try:
        with connection.makefile("rwb") as stream:
            question = json.loads(stream.readline(_LONGEST_LINE))
            _limit(float(question["seconds"]), int(question["megabytes"]))
            found = answer(question)
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
        serve(answerer(source), path)
    finally:
        with suppress(OSError):
            Path(path).unlink(missing_ok=True)
            Path(path).parent.rmdir()
        if os.getpgrp() == os.getpid():  # with us end all copies that still work on an answer
            os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    main()
