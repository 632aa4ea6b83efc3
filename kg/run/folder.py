"""The folder of a run: what it has read so far, so that the same command goes on where the last one ended.

RUN/
  manifest.json    by what documents are read, and the account of the last complete pass
  records/         the records, in shards
  failures.jsonl   the documents that could not be read, and why
  lock             held by the run that writes
"""

from __future__ import annotations

import json
from array import array
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ConfigError, InputError
from kg.files import as_input_error, write_whole
from kg.ingest import DocumentFailure
from kg.run.failures import FailureList
from kg.run.reading import digest_of
from kg.run.shards import SHARD_RECORDS, Shards
from kg.run.task import Outcome, Task, done, needs_model

if TYPE_CHECKING:
    import os
    from collections.abc import Container, Generator, Iterable, Iterator

    from kg.ingest.items import Item
    from kg.records import DocumentRecord
    from kg.run.engine import Engine
    from kg.run.reading import Reading

_FORMAT: Final = 1
_MANIFEST, _RECORDS, _FAILURES, _LOCK = "manifest.json", "records", "failures.jsonl", "lock"
_NAMES: Final = {_MANIFEST, _RECORDS, _FAILURES, _LOCK}


class RunFolder:
    """A run's folder, opened and locked by :func:`open_run`."""

    def __init__(self, path: Path, reading: Reading, shards: Shards, failures: FailureList) -> None:
        self.path = path
        self._reading = reading
        self._shards = shards
        self._failures = failures
        self._places = array("q")

    def read(self, items: Iterable[Item], engine: Engine | None = None) -> Generator[Outcome, None, None]:
        """Read what was not read before, and give what comes of each item, in order.

        Of a document that was read before, the outcome is empty; of one that failed, it is that failure again.

        Raises:
            InputError: If the folder cannot be written, as when the disk is full. What is on it stays.
            KgError: If the model cannot be loaded.
        """
        self._places = array("q")
        failed = 0
        try:
            with closing(done(map(self._task, items), self._reading, engine=engine)) as outcomes:
                for outcome in outcomes:
                    kept = self._kept(outcome)
                    failed += kept.failure is not None
                    yield kept
        finally:
            with suppress(InputError):  # it comes again below, unless something else went wrong before
                self._shards.flush()
        with _to_be_resumed():
            self._shards.flush()
            self._failures.finish()
            account = {"documents": len(self._places), "failed": failed}
            _write_manifest(self.path, {**_manifest(self.path), "account": account})

    def records(self) -> Iterator[DocumentRecord]:
        """Give the records of all that :meth:`read` came by, in the order of the inputs, one by one from the disk.

        Raises:
            InputError: If a shard cannot be read.
        """
        return self._shards.read(self._places)

    def _task(self, item: Item) -> Task:
        if isinstance(item, DocumentFailure):
            return Task(item, reads=False)
        digest = digest_of(item)
        known = digest in self._shards or self._failures.known(digest) is not None
        return Task(item, reads=not known and needs_model(item, self._reading), digest=digest)

    def _kept(self, outcome: Outcome) -> Outcome:
        task = outcome.task
        if not task.reads and task.digest and (known := self._failures.known(task.digest)):
            outcome = Outcome(task, known)
        with _to_be_resumed():
            if outcome.failure is not None:
                self._failures.add(outcome.failure, task.item, task.digest)
                return outcome
            if outcome.record is not None:
                self._shards.add(task.digest, outcome.record)
        self._places.append(self._shards.place(task.digest))
        return outcome


@contextmanager
def open_run(
    path: str | os.PathLike[str], reading: Reading, *, retry_failed: bool = False, shard_size: int = SHARD_RECORDS
) -> Iterator[RunFolder]:
    """Open the folder of a run, new or begun before, and keep others from writing to it.

    Args:
        path: The folder; it is made where it does not exist.
        reading: How documents are read, which must not change within a run.
        retry_failed: Whether to try again what the model could not read before.
        shard_size: How many records are written together, and so how many a crash can cost at most.

    Raises:
        ConfigError: If the folder holds something else, was begun with another model, lexicon or patterns, or another
            run writes to it.
        InputError: If it cannot be written.
    """
    folder = Path(path)
    _check_ours(folder)
    with as_input_error(folder):
        folder.mkdir(exist_ok=True)
        (folder / _RECORDS).mkdir(exist_ok=True)
    with _locked(folder):
        _agree(folder, reading)
        for part in (*folder.glob(".*.part"), *(folder / _RECORDS).glob(".*.part")):
            part.unlink(missing_ok=True)
        shards = Shards(folder / _RECORDS, shard_size)
        yield RunFolder(folder, reading, shards, FailureList(folder / _FAILURES, forget=retry_failed))


def read_before(path: str | os.PathLike[str], reading: Reading) -> Container[str]:
    """Return the digests of what a run has read so far; none where it has not begun.

    Raises:
        ConfigError: If the folder holds something else, or was begun with another model, lexicon or patterns.
    """
    folder = Path(path)
    _check_ours(folder)
    if not (folder / _MANIFEST).exists():
        return frozenset()
    _agree(folder, reading)
    return Shards(folder / _RECORDS)


def _check_ours(folder: Path) -> None:
    if (folder / _MANIFEST).exists() or not folder.exists():
        return
    if not folder.is_dir():
        raise ConfigError(f"{folder} is a file; a run needs a folder")
    others = sorted(file.name for file in folder.iterdir() if file.name not in _NAMES and file.suffix != ".part")
    if others:
        raise ConfigError(f"{folder} is no folder of a run: it holds {others[0]}; give a new or empty folder")


def _agree(folder: Path, reading: Reading) -> None:
    """Write down by what documents are read, or check that it is what the run was begun with."""
    settings = reading.settings()
    if not (folder / _MANIFEST).exists():
        _write_manifest(folder, {"format": _FORMAT, "settings": settings})
        return
    known = _manifest(folder)
    if known.get("format") != _FORMAT:
        raise ConfigError(f"{folder} was begun by another version of kg; give a new folder")
    begun = known.get("settings")
    others = [name for name in settings if not isinstance(begun, dict) or begun.get(name) != settings[name]]
    if others:
        raise ConfigError(f"{folder} was begun with another {' and '.join(others)}; give the same, or a new folder")


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / _MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: no manifest of a run: {error}; give a new folder") from error
    if not isinstance(found, dict):
        raise ConfigError(f"{path}: no manifest of a run; give a new folder")
    return found


def _write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    with write_whole(folder / _MANIFEST) as file:
        file.write(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which the system lets go when the process ends, however it does."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / _LOCK, timeout=0)
    with as_input_error(folder):
        try:
            lock.acquire()
        except Timeout as error:
            raise ConfigError(f"another run writes to {folder}; wait for it, or give another folder") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _to_be_resumed() -> Iterator[None]:
    try:
        yield
    except InputError as error:
        raise InputError(f"{error}; what was read is kept, and the same command goes on once that is mended") from error
