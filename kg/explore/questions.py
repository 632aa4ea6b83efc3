"""Questions in SPARQL from anybody: answered by another process, in bounded time and memory, so many at a time."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import AsyncExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Mapping

_READ_LIMIT: Final = 1 << 16
_PATIENCE: Final = 1.0
_REMEMBERED: Final = 4_096


class QueryTimeoutError(QueryError):
    """A query took too long, or there was no room for it in time."""


class QueryLimitError(QueryError):
    """A query needs more than it may take: memory, or an answer that is too large."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take.

    Args:
        seconds: The longest that it may run.
        megabytes: The most memory beyond that of the graph.
        at_once: How many run side by side; others wait for up to twice ``seconds``. Half of them at most are of those
            who asked last what had to be stopped, so that nobody waits long for the bad queries of others.
        answer_megabytes: The largest answer.
    """

    seconds: float = 10.0
    megabytes: int = 512
    at_once: int = 16
    answer_megabytes: int = 32


@dataclass(frozen=True, slots=True)
class Question:
    """A query, or the ``name`` and arguments of one that ships with kg; and the formats of its answer.

    ``subjects`` says whether the answer to a named one tells what each row is about.
    """

    query: str = ""
    name: str = ""
    arguments: tuple[tuple[str, str], ...] = ()
    format: str = "json"
    graph_format: str = ""
    subjects: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as text; ``kind`` is ``select``, ``ask`` or ``graph``."""

    kind: str
    text: str


class Questions:
    """Answers questions about the graph in a file. It is a context manager, which starts and ends the process.

    Raises:
        QueryError: The system cannot copy processes; so it is on Windows.
    """

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        self.path = path
        self.limits = limits or Limits()
        self._room = asyncio.Semaphore(self.limits.at_once)
        self._slow_lane = asyncio.Semaphore(max(1, self.limits.at_once // 2))
        self._stopped: dict[str, None] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""

    def __enter__(self) -> Questions:
        if not hasattr(os, "fork"):
            raise QueryError("queries cannot be answered on this system: it cannot copy processes")
        self._folder = tempfile.mkdtemp(prefix="kg-")
        command = [sys.executable, "-P", "-m", "kg.explore.questioner", str(self.path.absolute()), self._socket]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, env=environment, start_new_session=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            try:
                self._process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def ready(self) -> bool:
        """Whether the graph has been read, so that questions are answered at once."""
        return Path(self._socket).exists()

    async def ask(self, question: Question, client: str = "") -> Answer:
        """Return the answer to a question.

        Args:
            question: The question.
            client: Who asks it, as an address; "" where nobody knows.

        Raises:
            QueryError: The query is none, or is refused.
            QueryTimeoutError: It took too long, or there was no room for it in time.
            QueryLimitError: It needs more memory than it may take, or its answer is too large.
        """
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(2 * self.limits.seconds + _PATIENCE):
                    if client in self._stopped:
                        await held.enter_async_context(self._slow_lane)
                    await held.enter_async_context(self._room)
            except TimeoutError as error:
                raise QueryTimeoutError("too many queries are running; try again") from error
            try:
                found = await asyncio.wait_for(self._exchange(question), self.limits.seconds + _PATIENCE)
                if found.get("refused"):
                    raise QueryLimitError(found["error"])
            except (TimeoutError, QueryTimeoutError, QueryLimitError) as error:
                self._remember(client)
                if isinstance(error, TimeoutError):
                    raise self._too_long() from error
                raise
        self._stopped.pop(client, None)
        if "error" in found:
            raise QueryError(found["error"])
        return Answer(found["kind"], found["text"])

    def _remember(self, client: str) -> None:
        """Remember whose query had to be stopped, of so many the last."""
        if client:
            self._stopped[client] = None
        if len(self._stopped) > _REMEMBERED:
            del self._stopped[next(iter(self._stopped))]

    @property
    def _socket(self) -> str:
        return str(Path(self._folder) / "questions")

    def _too_long(self) -> QueryTimeoutError:
        return QueryTimeoutError(f"the query was stopped after {self.limits.seconds:g} s; ask for less")

    async def _exchange(self, question: Question) -> Mapping[str, Any]:
        try:
            reader, writer = await asyncio.wait_for(self._connect(), self.limits.seconds * 0.9)
        except TimeoutError as error:
            raise QueryTimeoutError("the graph is still being read; try again in a moment") from error
        try:
            limits = {"seconds": self.limits.seconds, "megabytes": self.limits.megabytes}
            asked = {**asdict(question), "arguments": dict(question.arguments), **limits}
            with suppress(ConnectionError):  # who has no room for it, or was ended, reads nothing and answers nothing
                writer.write(json.dumps(asked).encode() + b"\n")
                await writer.drain()
            started = asyncio.get_running_loop().time()
            content = await self._read(reader)
            took = asyncio.get_running_loop().time() - started
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
        if not content.endswith(b"\n"):
            if took >= self.limits.seconds * 0.9:
                raise self._too_long()
            raise QueryLimitError("the query needs more memory than it may take")
        found: Mapping[str, Any] = json.loads(content)
        return found

    async def _read(self, reader: asyncio.StreamReader) -> bytes:
        """Return all that comes; less than an answer where the process was ended."""
        parts, size = [], 0
        with suppress(ConnectionResetError):
            while part := await reader.read(_READ_LIMIT):
                parts.append(part)
                size += len(part)
                if size > self.limits.answer_megabytes << 20:
                    raise QueryLimitError(
                        f"the answer is larger than {self.limits.answer_megabytes} MB; ask for less, with LIMIT"
                    )
        return b"".join(parts)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to the process, which may still be reading the graph."""
        while True:
            try:
                return await asyncio.open_unix_connection(self._socket)
            except (FileNotFoundError, ConnectionRefusedError):
                if self._process is None or self._process.poll() is not None:
                    raise QueryError("queries cannot be answered: the process for them has ended") from None
                await asyncio.sleep(0.05)
