#!/usr/bin/env python3
"""Measure how fast many documents become a graph: stage by stage, by one and by several workers, and memory over time.

    python benchmarks/throughput.py --documents 1000 --workers 1 2
    python benchmarks/throughput.py --documents --records 1000 5000

The articles are made by ``benchmarks/articles.py``. The stages are timed one after the other in one process, in
seconds of CPU; beside them stand the bare encoder of the model and spaCy's tokenizer, on the same texts. Then
``kg build --run`` is run as a user would, once for each number of workers, while the memory of all its processes
together is taken from ``/proc`` twice a second (Linux alone has that; each page is counted once, however many
processes share it).

With ``--records`` the records of so many articles, as the annotation of their stories gives them, become a graph and a
file of N-Quads: what a long run does after reading. Give numbers in rising order, since memory is the most so far.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib import metadata
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from kg.ingest import read
from kg.records import Document, DocumentRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Result = TypeVar("Result")
Sample = tuple[float, float]

HERE: Final = Path(__file__).resolve().parent
COMMAND: Final = (sys.executable, "-c", "from kg.cli import main; main()")
EVERY_S: Final = 0.5
SHOWN: Final = 10
MIB: Final = 1024


@dataclass(frozen=True)
class Run:
    """One run of the command: seconds by the clock and of CPU, and the memory of all processes over time, in MiB."""

    workers: int
    wall_s: float
    cpu_s: float
    reading_s: float
    samples: tuple[Sample, ...]

    @property
    def peak_mib(self) -> float:
        """The most memory at one time."""
        return max((mib for _, mib in self.samples), default=0.0)

    @property
    def reading_mib(self) -> float:
        """The most memory while documents were read."""
        return max((mib for second, mib in self.samples if second < self.reading_s), default=0.0)


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description="Measure how fast many documents become a graph.")
    parser.add_argument("--documents", type=int, nargs="*", default=[1000], help="how many articles (1000)")
    parser.add_argument("--stages", type=int, default=100, help="how many of them the stages are timed on (100)")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2], help="numbers of workers to compare (1 2)")
    parser.add_argument("--records", type=int, nargs="*", default=[], help="join and write the records of so many")
    options = parser.parse_args()
    # As the command does; it must be said before numpy is loaded, whose threads would wait for each other on the clock.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    print(machine())
    if options.records:
        show_records(options.records)
    with tempfile.TemporaryDirectory() as folder:
        for count in options.documents:
            path = Path(folder) / f"{count}.jsonl"
            subprocess.run([sys.executable, HERE / "articles.py", str(count), "-o", path], check=True)
            documents = [item for item in read([path]) if isinstance(item, Document)]
            words = words_in(documents)
            print(f"\n{count} articles, {words} words\n")
            if options.stages:
                show_stages(path, documents[: options.stages])
            if options.workers:
                show_runs([measured(path, workers) for workers in options.workers], words)


def machine() -> str:
    """Return what was measured on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(
        f"{name} {metadata.version(name)}" for name in ("kg", "spacy", "onnxruntime", "numpy", "rdflib")
    )
    return f"{cores} cores ({platform.machine()}), Python {platform.python_version()}, {versions}"


def words_in(documents: Sequence[Document]) -> int:
    """Return how many words documents have, as spaces part them."""
    return sum(len(document.text.split()) for document in documents)


def show_stages(path: Path, documents: Sequence[Document]) -> None:
    """Time each stage on the documents, and print how many words it takes a second."""
    words = words_in(documents)
    found = list(stages(path, documents))
    encoder = next(seconds for name, seconds in found if name == "bare encoder")
    print("| stage | CPU seconds | words a CPU second | times the bare encoder |\n| --- | --- | --- | --- |")
    for name, seconds in found:
        print(f"| {name} | {seconds:.2f} | {words / seconds:,.0f} | {seconds / encoder:.2f} |", flush=True)


def stages(path: Path, documents: Sequence[Document]) -> Iterator[tuple[str, float]]:
    """Give the name of each stage, and the seconds of CPU that it takes."""
    import spacy

    import kg
    from kg.graph.assemble import assemble
    from kg.jsonl import dumps, loads
    from kg.language.encoder import Encoder
    from kg.rdf.encode import statements
    from kg.rdf.serialize import text_of
    from kg.run.reading import read_document

    nlp, blank, encoder = kg.load(), spacy.blank("en"), Encoder.load()
    read_document(documents[0], nlp)
    yield "reading the file, page furniture", timed(lambda: list(islice(read([path]), len(documents))))[1]
    tokens, seconds = timed(lambda: [[token.text for token in blank.make_doc(one.text)] for one in documents])
    yield "spaCy's tokenizer", seconds
    yield (
        "bare encoder",
        timed(lambda: [encoder.states([word for word in words if word.strip()]) for words in tokens])[1],
    )
    records, seconds = timed(lambda: [read_document(document, nlp) for document in documents])
    yield "the whole language pipeline", seconds
    found = [record for record in records if isinstance(record, DocumentRecord)]
    lines, seconds = timed(lambda: [dumps(record) for record in found])
    yield "records to JSON", seconds
    yield "records from JSON", timed(lambda: [loads(line) for line in lines])[1]
    graph, seconds = timed(lambda: assemble(found))
    yield "joining into a graph", seconds
    yield "N-Quads", timed(lambda: text_of(statements(graph), "nquads"))[1]
    yield "Turtle", timed(lambda: text_of(statements(graph), "turtle"))[1]


def show_records(counts: Sequence[int]) -> None:
    """Print what joining and writing the records of so many articles takes."""
    columns = ("articles", "events", "making", "joining", "peak MiB", "writing", "peak MiB", "lines", "MiB of N-Quads")
    print("\n| " + " | ".join(columns) + " |\n|" + " --- |" * len(columns))
    for count in counts:
        print(f"| {' | '.join(from_records(count))} |", flush=True)


def from_records(count: int) -> Iterator[str]:
    """Give how many articles and events there are, and the seconds of CPU and the memory that each stage takes."""
    sys.path.insert(0, str(HERE.parent))
    from benchmarks.articles import records
    from kg.graph.assemble import assemble
    from kg.store import write_knowledge

    yield f"{count}"
    _, making = timed(lambda: sum(1 for _ in records(count, 1)))
    graph, joining = timed(lambda: assemble(records(count, 1)))
    yield from (f"{len(graph.events)}", f"{making:.1f}", f"{joining - making:.1f}", f"{peak_mib():.0f}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nq"
        yield f"{timed(lambda: write_knowledge(graph, path))[1]:.1f}"
        yield f"{peak_mib():.0f}"
        with path.open("rb") as file:
            yield f"{sum(1 for _ in file)}"
        yield f"{path.stat().st_size / MIB**2:.0f}"


def peak_mib() -> float:
    """Return the most memory that this process has had, in MiB."""
    unit = 1 if sys.platform == "darwin" else MIB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MIB**2


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Do work, and return what comes of it with the seconds of CPU that it took."""
    begin = time.process_time()
    result = work()
    return result, time.process_time() - begin


def measured(path: Path, workers: int) -> Run:
    """Run the command with so many workers in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        run, graph = Path(folder) / "run", Path(folder) / "graph.nq"
        command = [*COMMAND, "build", str(path), "-o", str(graph), "--run", str(run), "--workers", str(workers), "-q"]
        samples: list[Sample] = []
        begin = time.perf_counter()
        before = os.times()
        process = subprocess.Popen(command)
        reading_s = 0.0
        while process.poll() is None:
            time.sleep(EVERY_S)
            now = time.perf_counter() - begin
            samples.append((now, memory_mib(process.pid)))
            if not is_read(run):
                reading_s = now
        wall_s = time.perf_counter() - begin
        if process.returncode:
            sys.exit(f"kg build ended with {process.returncode}")
    after = os.times()
    cpu_s = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(workers, wall_s, cpu_s, reading_s, tuple(samples))


def is_read(run: Path) -> bool:
    """Say whether a run has read all its documents, and gives the account of them."""
    manifest = run / "manifest.json"
    return manifest.exists() and '"account"' in manifest.read_text(encoding="utf-8")


def memory_mib(pid: int) -> float:
    """Return the memory of a process and all that it started, in MiB; 0 where the system does not tell."""
    total = 0.0
    for process in family(pid):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) / MIB for line in lines if line.startswith("Pss:"))
    return total


def family(pid: int) -> Iterator[int]:
    """Give a process, and all that it started."""
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = path.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


def show_runs(runs: Sequence[Run], words: int) -> None:
    """Print how fast each run was, and its memory over time."""
    columns = (
        "workers",
        "seconds",
        "of them reading",
        "CPU seconds",
        "words a second",
        "reading",
        "peak MiB",
        "reading MiB",
    )
    print("\n| " + " | ".join(columns) + " |\n|" + " --- |" * len(columns))
    for run in runs:
        speed = f"{words / run.wall_s:,.0f} | {words / max(run.reading_s, EVERY_S):,.0f}"
        memory = f"{run.peak_mib:.0f} | {run.reading_mib:.0f}"
        print(f"| {run.workers} | {run.wall_s:.1f} | {run.reading_s:.1f} | {run.cpu_s:.1f} | {speed} | {memory} |")
    print("\n| workers | memory over time: second, MiB |\n| --- | --- |")
    for run in runs:
        step = max(1, len(run.samples) // SHOWN)
        shown = "; ".join(f"{second:.0f}, {mib:.0f}" for second, mib in run.samples[step - 1 :: step])
        print(f"| {run.workers} | {shown} |", flush=True)


if __name__ == "__main__":
    main()
