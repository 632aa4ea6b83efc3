#!/usr/bin/env python3
"""Measure how fast ``kg extract`` reads, and how much memory it takes, as a user would see it.

    python benchmarks/speed.py seeds/ --copies 50

The documents are read so many times over, in one run of the command, and once alone, which shows what starting costs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ingest import read
from kg.records import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMAND = (sys.executable, "-c", "from kg.cli import main; main()")
MIB = 1024 * 1024


@dataclass(frozen=True)
class Run:
    """One run of the command: words and documents read, seconds by the clock and of CPU, peak memory in MiB."""

    documents: int
    words: int
    wall_s: float
    cpu_s: float
    peak_mib: float


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description="Measure the speed and memory of kg extract.")
    parser.add_argument("inputs", nargs="+", help="files or folders, as for kg extract")
    parser.add_argument("--copies", type=int, default=50, help="how often the documents are read (50)")
    options = parser.parse_args()
    documents = [item for item in read(options.inputs) if isinstance(item, Document)]
    once, many = measure(documents, 1), measure(documents, options.copies)
    print("| documents | words | seconds | CPU seconds | peak MiB |\n| --- | --- | --- | --- | --- |")
    for run in (once, many):
        print(f"| {run.documents} | {run.words} | {run.wall_s:.2f} | {run.cpu_s:.2f} | {run.peak_mib:.0f} |")
    words, cpu, wall = many.words - once.words, many.cpu_s - once.cpu_s, many.wall_s - once.wall_s
    if words > 0:
        print(f"\nOnce started: {words / wall:,.0f} words a second, {words / cpu:,.0f} words a CPU second.")


def measure(documents: Sequence[Document], copies: int) -> Run:
    """Run the command on so many copies of the documents in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "documents.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for copy in range(copies):
                for document in documents:
                    file.write(json.dumps({"id": f"{document.id}-{copy}", "text": document.text}) + "\n")
        command = [*COMMAND, "extract", str(path), "--keep-duplicates", "-o", str(Path(folder) / "records.jsonl")]
        begin = time.perf_counter()
        process = subprocess.Popen(command)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"kg extract ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    words = copies * sum(len(document.text.split()) for document in documents)
    cpu = usage.ru_utime + usage.ru_stime
    return Run(copies * len(documents), words, wall, cpu, usage.ru_maxrss * unit / MIB)


if __name__ == "__main__":
    main()
