"""A Ray cluster of two nodes reads what this process reads, whatever happens to its workers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.errors import ConfigError, DocumentError, LexiconError, MissingExtraError, ModelError
from kg.ingest import DocumentFailure, with_furniture
from kg.jsonl import write_records
from kg.records import Document
from kg.run.cluster import Cluster
from kg.run.cluster_pool import ClusterPool
from kg.run.cluster_worker import ClusterWorker, Equipment
from kg.run.engine import Engine
from kg.run.extract import extract
from kg.run.pool import done_by
from kg.run.reading import Reading, document_of
from kg.run.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.items import Item
    from kg.records import DocumentRecord
    from kg.run.extract import Input
    from kg.run.progress import Progress

# Ray leaves sockets and processes to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore")
needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="needs the extra 'ray'")

NOTES = [
    Document(f"note-{number}", f"Norway {verb} Denmark on Monday. The Blue Tigers share patrol data.\n")
    for number, verb in enumerate(["condemned", "thanked", "met", "attacked", "sanctioned", "joined", "helped", "left"])
]
PATTERNS = """
[[pattern]]
name = "patrol-data"
type = "COOPERATE"
tokens = [ { LOWER = "patrol" }, { LOWER = "data" } ]
source = ""
target = ""
"""
TABLE = "name\ttype\taliases\tcountry\tsector\nDeep Blue Front\tARMED_GROUP\tBlue Tigers\tSDN\tREB\n"
# No figures for Ray's makers, no addresses but 127.0.0.1 (which Ray does elsewhere than on Linux), and so no token.
RAY = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_AUTH_MODE": "disabled"}
GONE_S = 60


@pytest.fixture
def own(tmp_path: Path) -> dict[str, Any]:
    """Patterns and a lexicon of the user's own."""
    (tmp_path / "own.toml").write_text(PATTERNS, encoding="utf-8")
    (tmp_path / "own.tsv").write_text(TABLE, encoding="utf-8")
    return {"patterns": tmp_path / "own.toml", "lexicon": tmp_path / "own.tsv"}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a cluster of two nodes with a core each, which listens on this machine alone."""
    with pytest.MonkeyPatch.context() as environment:
        for name, value in RAY.items():
            environment.setenv(name, value)
        from ray.cluster_utils import Cluster as TwoNodes

        nodes: Any = TwoNodes()
        start(nodes)
        try:
            yield nodes.address
        finally:
            started = family(os.getpid())
            nodes.shutdown()
            assert_gone(started)


def start(nodes: Any) -> None:
    """Start two nodes, or skip the test where the machine is so busy that Ray gives up."""
    own = {"num_cpus": 1, "object_store_memory": 80_000_000, "include_dashboard": False, "node_ip_address": "127.0.0.1"}
    try:
        for _ in range(2):
            nodes.add_node(**own)
    except Exception as error:  # a bare one; what has been started ends with this process
        nodes.shutdown()
        pytest.skip(reason=f"Ray does not start here: {error}")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def family(pid: int) -> set[int]:
    """Return the processes that a process has started, and those that they have."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def assert_gone(pids: set[int]) -> None:
    until = time.monotonic() + GONE_S
    while left := {pid for pid in pids if is_alive(pid)}:
        assert time.monotonic() < until, f"processes live on: {left}"
        time.sleep(0.1)


def is_alive(pid: int) -> bool:
    """Say whether a process runs; one that nobody has waited for yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def fragile(folder: Path) -> type[ClusterWorker]:
    """Return a worker that dies of the document ``deadly``, and once of ``harsh``; it leaves a file for each start."""

    class Fragile(ClusterWorker):
        def __init__(self, equipment: Equipment) -> None:
            import ray

            super().__init__(equipment)
            (folder / f"{ray.get_runtime_context().get_node_id()}.{os.getpid()}.started").touch()

        def read(self, documents: Any) -> Any:
            for item in documents:
                name = document_of(item).id
                found = folder / f"{name}.died"
                if name == "deadly" or (name == "harsh" and not found.exists()):
                    with found.open("a") as file:
                        file.write("x")
                    os.kill(os.getpid(), signal.SIGKILL)
            return super().read(documents)

    return Fragile


@needs_ray
def test_two_nodes_read_what_one_process_reads(
    address: str, record: DocumentRecord, own: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.run.cluster_pool.ClusterWorker", fragile(tmp_path))
    monkeypatch.setattr("kg.run.cluster_pool._TRIES", 2)
    monkeypatch.setattr("kg.run.pool._BATCH_TASKS", 2)
    harsh, deadly = replace(NOTES[0], id="harsh"), replace(NOTES[0], id="deadly")
    inputs: list[Input] = [*NOTES[:3], harsh, record, tmp_path / "none.txt", *NOTES[3:6], deadly, *NOTES[6:]]

    def read(engine: Engine, run: Path, inputs: list[Input]) -> tuple[list[DocumentRecord], list[str], Progress]:
        failures: list[DocumentFailure] = []
        progress: list[Progress] = []
        options: dict[str, Any] = {"on_failure": failures.append, "on_progress": progress.append, **own}
        found = list(extract(inputs, engine=engine, run=run, published="2024-03-13", **options))
        return found, [str(failure.error) for failure in failures], progress[-1]

    expected, failed, progress = read(Engine(), tmp_path / "local", [each for each in inputs if each is not deadly])
    found, reasons, counted = read(Engine("ray", ray_address=address), tmp_path / "cluster", inputs)
    assert found == expected
    assert reasons == [*failed, "cannot read deadly: the process that read it ended; the memory may not have sufficed"]
    assert counted == replace(progress, failed=2)
    assert kg.Graph.of(found).to_turtle() == kg.Graph.of(expected).to_turtle()
    assert {line.name for line in (tmp_path / "cluster" / "records").iterdir()} == {"000000.jsonl"}
    assert (tmp_path / "harsh.died").read_text() == "x"
    assert len((tmp_path / "deadly.died").read_text()) >= 2
    started = [path.name for path in tmp_path.glob("*.started")]
    assert len({name.partition(".")[0] for name in started}) == 2
    assert len(started) >= 4
    # What one engine has read, another goes on with.
    assert read(Engine(), tmp_path / "cluster", inputs)[0] == expected
    assert not is_connected()


def is_connected() -> bool:
    import ray

    return bool(ray.is_initialized())


@needs_ray
def test_what_is_wrong_with_all_ends_it(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine("ray", workers=1, ray_address=address)
    with pytest.raises(ModelError, match="no_such_pipeline"):
        list(extract(NOTES, spacy_model="no_such_pipeline", engine=engine))
    monkeypatch.setattr("kg.run.cluster_pool.ClusterWorker", dying())
    monkeypatch.setattr("kg.run.cluster_pool._TRIES", 1)
    with pytest.raises(ModelError, match="no worker could start on the Ray cluster; install the same kg"):
        list(extract(NOTES, engine=engine))
    assert not is_connected()


def dying() -> type[ClusterWorker]:
    class Dying(ClusterWorker):
        def __init__(self, _: Equipment) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

    return Dying


@needs_ray
def test_a_cluster_that_has_no_room(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_THREADS", "64")
    monkeypatch.setattr("kg.run.cluster_pool._START_S", 0.2)
    monkeypatch.setattr("kg.run.cluster_pool._LOOK_EVERY_S", 0.1)
    monkeypatch.setenv("RAY_ADDRESS", address)
    with pytest.raises(ConfigError, match="no worker could start on the Ray cluster within 0 seconds; see with"):
        list(extract(NOTES, engine=Engine("ray")))


@needs_ray
def test_the_command_on_a_cluster_of_its_own(repository: Path, tmp_path: Path) -> None:
    write_records(extract(NOTES[:1]), tmp_path / "expected.jsonl")
    (tmp_path / "note-0.txt").write_text(NOTES[0].text, encoding="utf-8")
    others = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
    graphs = {}
    for engine in ("local", "ray"):
        done = subprocess.run(
            [sys.executable, "-m", "kg.cli", "build", "note-0.txt", "--engine", engine, "--workers", "1"],
            cwd=tmp_path,
            env={**others, "PYTHONPATH": str(repository), "HOME": str(tmp_path)},
            capture_output=True,
            timeout=300,
            check=False,
        )
        if b"timed out during startup" in done.stderr:
            pytest.skip(reason=f"Ray does not start here: {done.stderr.decode()}")
        assert (done.returncode, done.stderr) == (0, b"")
        graphs[engine] = done.stdout
    assert graphs["ray"] == graphs["local"]


@needs_ray
@pytest.mark.parametrize("address", ["127.0.0.1:{port}", "ray://127.0.0.1:{port}", "[::1]:{port}"])
def test_a_cluster_that_is_not_there(address: str) -> None:
    address = address.format(port=free_port())
    with pytest.raises(ConfigError, match="cannot use the Ray cluster at") as raised:
        kg.build(NOTES, engine="ray", ray_address=address)
    assert address in str(raised.value)
    assert "\n" not in str(raised.value)


def test_without_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"needs ray: pip install 'kg\[ray\]'"):
        kg.build(NOTES, engine="ray")
    with pytest.raises(MissingExtraError):
        Cluster(Engine("ray"), 1)


def test_what_needs_no_model_needs_no_cluster(record: DocumentRecord) -> None:
    items: list[Item] = [record, DocumentFailure("none.txt", DocumentError("cannot read none.txt"))] * 100
    pool = ClusterPool(Reading(spacy_model="none"), Engine("ray", ray_address="192.0.2.1:1"))
    outcomes = list(done_by(pool, (Task(item, reads=False) for item in items)))
    assert [outcome.task.item for outcome in outcomes] == items


def test_settings_go_together() -> None:
    with pytest.raises(ConfigError, match="engine must be local or ray, not 'spark'"):
        kg.build(NOTES, engine="spark")  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="the address of a Ray cluster goes with the engine 'ray'"):
        kg.build(NOTES, ray_address="auto")
    with pytest.raises(ConfigError, match="workers must be 1 or more"):
        kg.build(NOTES, engine="ray", workers=0)
    with pytest.raises(ConfigError, match="workers load their own pipeline"):
        kg.build(NOTES, nlp=kg.load(), engine="ray")


def test_a_worker_reads_by_what_it_is_sent(own: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KG_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        monkeypatch.setenv(name, "1")
    equipment = Equipment.of(Reading(None, **own), threads=1)
    for path in own.values():
        path.unlink()
    worker = ClusterWorker(equipment)
    assert worker.ready() is None
    read = worker.read([with_furniture(NOTES[2])])
    assert isinstance(read, list)
    (found,) = read
    assert not isinstance(found, DocumentFailure)
    assert "Deep Blue Front" in {actor.name for actor in found.actors}
    assert any("patrol" in NOTES[2].text[event.trigger.begin : event.trigger.end] for event in found.events)


def test_a_worker_with_other_data_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_THREADS", "1")
    equipment = Equipment.of(Reading(), threads=1)
    other = equipment._replace(settings={**equipment.settings, "kg": "9", "model": "0"})
    worker = ClusterWorker(other)
    error = worker.ready()
    assert isinstance(error, ConfigError)
    assert str(error).endswith("has another kg and model than this process; install the same kg on each machine")
    assert worker.read(NOTES[:1]) is error


def test_what_cannot_be_sent_is_told_before(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot read .*none\.toml"):
        Equipment.of(Reading(patterns=tmp_path / "none.toml"), 1)
    with pytest.raises(LexiconError):
        Equipment.of(Reading(lexicon=tmp_path / "none.tsv"), 1)
