"""Readers of the training corpora: UD treebanks (CoNLL-U), named entities (IOB columns), document records."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NAME_TYPES: Final = ("PER", "ORG", "LOC", "NORP", "DATE", "EVENT", "MISC")


@dataclass(frozen=True, slots=True)
class SyntaxSentence:
    """A sentence of a treebank. ``heads`` are 0-based word indices; a root is its own head."""

    document: str
    words: tuple[str, ...]
    tags: tuple[str, ...]
    morphs: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedSentence:
    """A sentence with, for each word, the set of BIO tags that its annotation allows."""

    document: str
    words: tuple[str, ...]
    allowed: tuple[frozenset[str], ...]


def _lines(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def read_conllu(path: Path) -> Iterator[SyntaxSentence]:
    """Yield the sentences of a CoNLL-U file; multiword token lines are skipped, their words kept."""
    document, rows = path.name, list[list[str]]()
    for line in [*_lines(path), ""]:
        if line.startswith("# newdoc id = "):
            document = line.removeprefix("# newdoc id = ")
        elif line and not line.startswith("#"):
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
        elif not line and rows:
            yield _syntax_sentence(document, rows)
            rows = []


def _syntax_sentence(document: str, rows: list[list[str]]) -> SyntaxSentence:
    return SyntaxSentence(
        document=document,
        words=tuple(r[1] for r in rows),
        tags=tuple(r[4] for r in rows),
        morphs=tuple(r[3] if r[5] == "_" else f"{r[3]}|{r[5]}" for r in rows),
        lemmas=tuple(r[2] for r in rows),
        heads=tuple(int(r[6]) - 1 if r[6] != "0" else i for i, r in enumerate(rows)),
        relations=tuple(r[7] for r in rows),
    )


@dataclass(frozen=True, slots=True)
class NameScheme:
    """How one corpus's entity labels stand for ours.

    ``types`` maps a label to the types it may mean; ``unannotated`` are types its annotators left out,
    so that an ``O`` may be one of them.
    """

    types: Mapping[str, tuple[str, ...]]
    word: int
    tag: int
    unannotated: tuple[str, ...] = ()


NAME_SCHEMES: Final[Mapping[str, NameScheme]] = {
    "gmb": NameScheme(
        {
            "geo": ("LOC",),
            "gpe": ("NORP",),
            "per": ("PER",),
            "org": ("ORG",),
            "tim": ("DATE",),
            "eve": ("EVENT",),
            "art": ("MISC",),
            "nat": ("MISC", "EVENT"),
        },
        word=0,
        tag=2,
    ),
    "uner": NameScheme(
        {"PER": ("PER",), "LOC": ("LOC",), "ORG": ("ORG",)},
        word=1,
        tag=2,
        unannotated=("NORP", "DATE", "EVENT", "MISC"),
    ),
    "crossner": NameScheme(
        {
            "politician": ("PER",),
            "person": ("PER",),
            "location": ("LOC",),
            "country": ("LOC",),
            "politicalparty": ("ORG",),
            "organisation": ("ORG",),
            "election": ("EVENT",),
            "event": ("EVENT",),
            "misc": ("MISC", "NORP"),
        },
        word=0,
        tag=1,
        unannotated=("DATE",),
    ),
    "wikigold": NameScheme(
        {"PER": ("PER",), "ORG": ("ORG",), "LOC": ("LOC",), "MISC": ("MISC", "NORP", "EVENT")},
        word=0,
        tag=1,
        unannotated=("DATE",),
    ),
}


def read_names(path: Path, scheme: NameScheme) -> Iterator[NamedSentence]:
    """Yield the sentences of a column file with BIO or IO tags."""
    rows, document = list[list[str]](), path.name
    for line in [*_lines(path), ""]:
        if line.startswith("#") and ("\t" not in line):
            continue
        columns = line.split()
        if len(columns) > max(scheme.word, scheme.tag):
            rows.append(columns)
        elif not columns and rows:
            words = tuple(r[scheme.word] for r in rows)
            yield NamedSentence(document, words, tuple(_allowed([r[scheme.tag] for r in rows], scheme)))
            rows = []


def _allowed(tags: list[str], scheme: NameScheme) -> Iterator[frozenset[str]]:
    outside = frozenset({"O", *(f"{p}-{t}" for t in scheme.unannotated for p in "BI")})
    previous = "O"
    for tag in tags:
        prefix, _, label = tag.partition("-")
        types = scheme.types.get(label)
        if types is None:
            yield outside
        elif prefix == "I" and previous.partition("-")[2] == label:
            yield frozenset(f"I-{t}" for t in types)
        else:
            yield frozenset(f"B-{t}" for t in types)
        previous = tag
