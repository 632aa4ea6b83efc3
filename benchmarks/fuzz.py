#!/usr/bin/env python3
"""Read mutated documents of every format: each file must give something that is built, failed or left aside.

    python benchmarks/fuzz.py --count 10000 --seed 1

Small files of every format (the tests' samples) are changed in ways that break parsers: bytes flipped, cut, doubled and
spliced, numbers set to extremes, hostile words put in. A file that takes longer than the limit, that raises, or that
gives nothing at all is kept and named, and the exit code is 1. The same seed makes the same files.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import lzma
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.ingest import DocumentFailure, DocumentSkip, InputSettings, Limits, read  # noqa: E402
from tests.ingest.samples import FORMATS, docx, epub, tarred, zipped, zstandard  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

SLOWEST_S: Final = 10.0
EXTREMES: Final = (b"\0", b"\xff", b"\x7f", b"\x80", b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\xfe\xff")
WORDS: Final = (
    *(b"<", b">", b"&", b'"', b"'", b"\\", b"%", b"{", b"[", b"(", b"\n", b"\r", b"\t", b",", b";", b"]]>", b"<!--"),
    *(b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>", b"<!ENTITY a 'b'>", b"&#x110000;", b"&#0;"),
    *(b"../../../../etc/passwd", b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xff\xfe"),
    *(b"1e999", b"NaN", b"-1", b"99999999999999999999", b"9999-99-99", b"stream\n", b"endobj", b"/Length -1", b"obj<<"),
    *(
        b"Content-Length: 999999999\r\n",
        b"WARC/1.0\r\n",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x1f\x8b\x08",
        b"ustar",
        b"PAR1",
    ),
)
REPEATS: Final = (2, 16, 1000)


# What is changed before it is wrapped up, every other time: else hardly a change would pass the outer format.
INSIDE: Final[dict[str, tuple[str, Callable[[bytes], bytes]]]] = {
    "a.zip": ("a.html", lambda data: zipped({"b/a.html": data})),
    "a.tar": ("a.html", lambda data: tarred({"b/a.html": data})),
    "a.epub": ("a.html", lambda data: epub(data.decode("utf-8", "replace"))),
    "a.docx": ("a.html", lambda data: docx(data.decode("utf-8", "replace"))),
    "a.txt.gz": ("a.txt", gzip.compress),
    "a.html.bz2": ("a.html", bz2.compress),
    "a.jsonl.xz": ("a.jsonl", lzma.compress),
    "a.txt.zst": ("a.txt", zstandard),
    "a.tar.gz": ("a.tar", gzip.compress),
    "a.warc.gz": ("a.warc", gzip.compress),
}


def flip(data: bytearray, chance: random.Random) -> None:
    """Flip some bits."""
    for _ in range(chance.choice((1, 1, 2, 8))):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def extreme(data: bytearray, chance: random.Random) -> None:
    """Set some bytes to an extreme."""
    new = chance.choice(EXTREMES)
    at = chance.randrange(len(data) + 1)
    data[at : at + len(new)] = new


def cut(data: bytearray, chance: random.Random) -> None:
    """Take out a stretch, or all from some place on."""
    begin = chance.randrange(len(data) + 1)
    del data[begin : chance.choice((begin + chance.randrange(1, 64), len(data)))]


def double(data: bytearray, chance: random.Random) -> None:
    """Repeat a stretch."""
    begin = chance.randrange(len(data) + 1)
    stretch = bytes(data[begin : begin + chance.randrange(1, 256)])
    data[begin:begin] = stretch * chance.choice(REPEATS)


def splice(data: bytearray, chance: random.Random) -> None:
    """Put a stretch in another place."""
    begin, to = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
    data[to:to] = data[begin : begin + chance.randrange(1, 128)]


def word(data: bytearray, chance: random.Random) -> None:
    """Put in a hostile word, once or often."""
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.choice(WORDS) * chance.choice((1, 1, 1, *REPEATS))


MUTATIONS: Final[tuple[Callable[[bytearray, random.Random], None], ...]] = (flip, extreme, cut, double, splice, word)


def mutated(sample: bytes, chance: random.Random) -> bytes:
    """Return a sample with one to four changes."""
    data = bytearray(sample)
    for _ in range(chance.randrange(1, 5)):
        chance.choice(MUTATIONS)(data, chance)
    return bytes(data)


def content(name: str, samples: dict[str, bytes], chance: random.Random) -> bytes:
    """Return a mutated file: changed as it is, or within what wraps it."""
    if name not in INSIDE or chance.random() < 0.5:
        return mutated(samples[name], chance)
    inner, wrap = INSIDE[name]
    return wrap(mutated(samples[inner], chance))


def outcomes(path: Path) -> Counter[str]:
    """Return how many documents of a file are built, failed and left aside."""
    counts: Counter[str] = Counter()

    def skip(_: DocumentSkip) -> None:
        counts["left aside"] += 1

    for item in read([path], settings=InputSettings(limits=Limits(seconds=5)), on_skip=skip):
        counts["failed" if isinstance(item, DocumentFailure) else "built"] += 1
    return counts


def main() -> int:
    """Mutate, read, and print what became of the files of each format."""
    parser = argparse.ArgumentParser(description="Read mutated documents of every format.")
    parser.add_argument("--count", type=int, default=10_000, help="how many files (10000)")
    parser.add_argument("--seed", type=int, default=1, help="what the mutations follow from (1)")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-finds"), help="folder for files that misbehave")
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311
    samples = {name: make() for name, make in FORMATS.items()}
    table: dict[str, Counter[str]] = {name: Counter() for name in samples}
    slowest = dict.fromkeys(samples, 0.0)
    finds = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.count):
            name = list(samples)[number % len(samples)]
            path = Path(folder) / name
            path.write_bytes(content(name, samples, chance))
            trouble, counts, seconds = tried(path)
            slowest[name] = max(slowest[name], seconds)
            table[name].update(counts)
            table[name]["read"] += sum(counts.values())
            table[name]["files"] += 1
            if trouble:
                finds += 1
                options.keep.mkdir(exist_ok=True)
                kept = options.keep / f"{options.seed}-{number}-{name}"
                kept.write_bytes(path.read_bytes())
                print(f"{kept}: {trouble}", file=sys.stderr)
    report(table, slowest)
    print(f"\n{options.count:,} files, seed {options.seed}: {finds} misbehave.")
    return 1 if finds else 0


def tried(path: Path) -> tuple[str, Counter[str], float]:
    """Read a file, and return what is wrong with how that went, what became of it, and CPU seconds."""
    began = time.process_time()
    try:
        counts, trouble = outcomes(path), ""
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        counts, trouble = Counter(), f"raises {error!r}"
    seconds = time.process_time() - began
    if not trouble and not counts:
        trouble = "gives nothing"
    if seconds > SLOWEST_S:
        trouble = trouble or f"takes {seconds:.1f} seconds"
    return trouble, counts, seconds


def report(table: dict[str, Counter[str]], slowest: dict[str, float]) -> None:
    """Print a table of the formats."""
    columns = ("files", "read", "built", "failed", "left aside")
    print(f"| format | {' | '.join(columns)} | slowest, CPU s |\n| --- |{' --- |' * (len(columns) + 1)}")
    for name, counts in table.items():
        print(f"| {name[2:]} | {' | '.join(str(counts[column]) for column in columns)} | {slowest[name]:.2f} |")
    whole = sum(table.values(), Counter())
    print(f"| all | {' | '.join(str(whole[column]) for column in columns)} | {max(slowest.values()):.2f} |")


if __name__ == "__main__":
    sys.exit(main())
