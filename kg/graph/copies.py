"""Copies of documents: one agency's text in many papers is one report, however often it is printed.

Documents are compared by the sentences that their facts rest on, which a graph holds where it lacks the texts. So a
graph that is put together from others finds the same copies as one that is made from all documents at once.

Likely copies are found by MinHash with banding (Broder 1997; Leskovec, Rajaraman and Ullman, *Mining of Massive
Datasets*, chapter 3), and each is then compared exactly: what counts is the Jaccard index of the two documents' runs
of three words. Only originals are kept to compare with, so that a thousand copies take a thousand comparisons.
Documents published more than a week apart are no copies, unless their whole texts are equal: what is written by form,
as of a monthly meeting, is alike too.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from rensa import RMinHash, RMinHashLSH

from kg.identifiers import digest, fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kg.graph.model import DocumentNode, MentionNode

Runs: TypeAlias = "frozenset[str]"

_RUN: Final = 3
_ALIKE: Final = 0.6
_FEWEST: Final = 20
"""Fewer runs of words than these, about a long sentence, do not show whence a text comes."""
_DAYS: Final = 7
_PERMUTATIONS: Final = 128
_BANDS: Final = 32
_SEED: Final = 1997
_UNDATED: Final = "9999"
_CACHED: Final = 1 << 10


def originals(documents: Sequence[DocumentNode], mentions: Iterable[MentionNode]) -> dict[str, str]:
    """Return the IRI of the original of each document that is a copy, by the copy's IRI.

    The original is the document published first; of equals, the one whose id sorts first. ``mentions`` are the
    reports of events and relations in the documents.
    """
    sentences: defaultdict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        sentences[mention.document].add(mention.sentence)
    by_text: dict[str, str] = {}
    ordered = sorted(documents, key=_age)
    index = _Index(sentences, keeps_all=any(_stretch_of(node) is None for node in ordered))
    copies: dict[str, str] = {}
    for node in ordered:
        original = by_text.get(node.sha256)
        if original is None and node.iri in sentences:
            original = index.original(node)
        by_text.setdefault(node.sha256, original or node.iri)
        if original is not None:
            copies[node.iri] = original
    return copies


class _Index:
    """Documents met so far, by what their sentences are made of.

    The runs of words of a document are made whenever they are needed, since those of many would fill the memory; and
    of documents that come in the order of their publication, those too old to be anybody's original are forgotten,
    unless the index ``keeps_all``.
    """

    def __init__(self, sentences: Mapping[str, Collection[str]], *, keeps_all: bool) -> None:
        self.sentences = sentences
        self.keeps_all = keeps_all
        self.count = 0
        self.stretches: dict[int, _Stretch] = {}
        self.runs = lru_cache(_CACHED)(self._runs)

    def original(self, node: DocumentNode) -> str | None:
        """Return the IRI of the document that ``node`` is a copy of; where there is none, keep it as an original."""
        runs = self.runs(node.iri)
        if len(runs) < _FEWEST:
            return None
        key, day = digest("\n".join(sorted(runs))), 0 if self.keeps_all else _stretch_of(node) or 0
        held = self._held(day)
        same = next((one.by_runs[key] for one in held if key in one.by_runs), None)
        if same is None or not _is_near(node, same):
            sketch = _sketch(list(runs))
            same = self._nearest(node, runs, sketch, held)
            held[0].by_runs[key] = same or node
            if same is None:
                held[0].bands.insert(self.count, sketch)
                held[0].nodes[self.count] = node
                self.count += 1
        return same.iri if same else None

    def _held(self, number: int) -> list[_Stretch]:
        """Return the stretch of this number and the one before, if that is held; older ones are forgotten."""
        if number not in self.stretches:
            self.stretches = {number: _Stretch(), **{at: one for at, one in self.stretches.items() if at == number - 1}}
        return [self.stretches[at] for at in (number, number - 1) if at in self.stretches]

    def _nearest(
        self, node: DocumentNode, runs: Runs, sketch: RMinHash, held: Sequence[_Stretch]
    ) -> DocumentNode | None:
        """Return the original most like ``runs``, of equals the oldest."""
        found = [(place, one.nodes[place]) for one in held for place in one.bands.query(sketch)]
        near = [
            (-_jaccard(runs, self.runs(other.iri)), place, other) for place, other in found if _is_near(node, other)
        ]
        if not near:
            return None
        distance, _, other = min(near)
        return other if -distance >= _ALIKE else None

    def _runs(self, document: str) -> Runs:
        """Return the runs of words in the sentences that the facts of a document rest on."""
        return frozenset[str]().union(*(_runs_of(fold(sentence).split()) for sentence in self.sentences[document]))


class _Stretch:
    """The originals published within as many days as a copy may come after its original."""

    def __init__(self) -> None:
        self.nodes: dict[int, DocumentNode] = {}
        self.by_runs: dict[str, DocumentNode] = {}
        self.bands = RMinHashLSH(threshold=_ALIKE, num_perm=_PERMUTATIONS, num_bands=_BANDS)


def _stretch_of(node: DocumentNode) -> int | None:
    """Return the number of the stretch of days that a document was published in, None where that is not known."""
    try:
        return date.fromisoformat((node.published or "")[:10]).toordinal() // (_DAYS + 1)
    except ValueError:
        return None


def _is_near(one: DocumentNode, other: DocumentNode) -> bool:
    """Say whether two documents were published within some days, as far as is known."""
    days = [date.fromisoformat(node.published[:10]) for node in (one, other) if node.published]
    return len(days) < 2 or abs(days[0] - days[1]).days <= _DAYS


def _age(node: DocumentNode) -> tuple[str, str, str]:
    return (node.published or _UNDATED, node.id, node.iri)


def _runs_of(words: Sequence[str]) -> Iterator[str]:
    if len(words) <= _RUN:
        return iter((" ".join(words),))
    return map(" ".join, zip(*(words[at:] for at in range(_RUN)), strict=False))


def _sketch(runs: list[str]) -> RMinHash:
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(runs)
    return sketch


def _jaccard(one: Runs, other: Runs) -> float:
    return len(one & other) / len(one | other)
