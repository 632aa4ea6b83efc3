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
    index = _Index(sentences)
    copies: dict[str, str] = {}
    for node in sorted(documents, key=_age):
        original = by_text.get(node.sha256)
        if original is None and node.iri in sentences:
            original = index.original(node)
        by_text.setdefault(node.sha256, original or node.iri)
        if original is not None:
            copies[node.iri] = original
    return copies


class _Index:
    """Documents met so far, by what their sentences are made of.

    The runs of words of a document are made whenever they are needed, since those of many would fill the memory.
    """

    def __init__(self, sentences: Mapping[str, Collection[str]]) -> None:
        self.sentences = sentences
        self.nodes: list[DocumentNode] = []
        self.by_runs: dict[str, DocumentNode] = {}
        self.bands = RMinHashLSH(threshold=_ALIKE, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        self.runs = lru_cache(_CACHED)(self._runs)

    def original(self, node: DocumentNode) -> str | None:
        """Return the IRI of the document that ``node`` is a copy of; where there is none, keep it as an original."""
        runs = self.runs(node.iri)
        if len(runs) < _FEWEST:
            return None
        ordered = sorted(runs)
        key = digest(*ordered)
        same = self.by_runs.get(key)
        if same is None or not _is_near(node, same):
            sketch = _sketch(ordered)
            same = self._nearest(node, runs, sketch)
            self.by_runs[key] = same or node
            if same is None:
                self.bands.insert(len(self.nodes), sketch)
                self.nodes.append(node)
        return same.iri if same else None

    def _nearest(self, node: DocumentNode, runs: Runs, sketch: RMinHash) -> DocumentNode | None:
        """Return the original most like ``runs``, of equals the oldest."""
        places = [place for place in self.bands.query(sketch) if _is_near(node, self.nodes[place])]
        near = [(-_jaccard(runs, self.runs(self.nodes[place].iri)), place) for place in places]
        distance, place = min(near, default=(0.0, 0))
        return self.nodes[place] if -distance >= _ALIKE else None

    def _runs(self, document: str) -> Runs:
        """Return the runs of words in the sentences that the facts of a document rest on."""
        return frozenset(run for sentence in self.sentences[document] for run in _runs_of(fold(sentence).split()))


def _is_near(one: DocumentNode, other: DocumentNode) -> bool:
    """Say whether two documents were published within some days, as far as is known."""
    days = [date.fromisoformat(node.published[:10]) for node in (one, other) if node.published]
    return len(days) < 2 or abs(days[0] - days[1]).days <= _DAYS


def _age(node: DocumentNode) -> tuple[str, str, str]:
    return (node.published or _UNDATED, node.id, node.iri)


def _runs_of(words: Sequence[str]) -> Iterator[str]:
    return (" ".join(words[at : at + _RUN]) for at in range(max(len(words) - _RUN + 1, 1)))


def _sketch(runs: list[str]) -> RMinHash:
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(runs)
    return sketch


def _jaccard(one: Runs, other: Runs) -> float:
    return len(one & other) / len(one | other)
