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
from typing import TYPE_CHECKING, Final, TypeAlias

from rensa import RMinHash, RMinHashLSH

from kg.identifiers import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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


def originals(documents: Sequence[DocumentNode], mentions: Iterable[MentionNode]) -> dict[str, str]:
    """Return the IRI of the original of each document that is a copy, by the copy's IRI.

    The original is the document published first; of equals, the one whose id sorts first. ``mentions`` are the
    reports of events and relations in the documents.
    """
    runs = _runs(mentions)
    by_text: dict[str, str] = {}
    index = _Index()
    copies: dict[str, str] = {}
    for node in sorted(documents, key=_age):
        original = by_text.get(node.sha256)
        own = runs.get(node.iri, frozenset())
        if original is None and len(own) >= _FEWEST:
            original = index.original(node, own)
        by_text.setdefault(node.sha256, original or node.iri)
        if original is not None:
            copies[node.iri] = original
    return copies


class _Index:
    """Documents met so far, by what their sentences are made of."""

    def __init__(self) -> None:
        self.nodes: list[DocumentNode] = []
        self.runs: list[Runs] = []
        self.by_runs: dict[Runs, DocumentNode] = {}
        self.bands = RMinHashLSH(threshold=_ALIKE, num_perm=_PERMUTATIONS, num_bands=_BANDS)

    def original(self, node: DocumentNode, runs: Runs) -> str | None:
        """Return the IRI of the document that ``node`` is a copy of; where there is none, keep it as an original."""
        same = self.by_runs.get(runs)
        if same is None or not _is_near(node, same):
            sketch = _sketch(runs)
            same = self._nearest(node, runs, sketch)
            self.by_runs[runs] = same or node
            if same is None:
                self.bands.insert(len(self.nodes), sketch)
                self.nodes.append(node)
                self.runs.append(runs)
        return same.iri if same else None

    def _nearest(self, node: DocumentNode, runs: Runs, sketch: RMinHash) -> DocumentNode | None:
        """Return the original most like ``runs``, of equals the oldest."""
        places = [place for place in self.bands.query(sketch) if _is_near(node, self.nodes[place])]
        near = [(-_jaccard(runs, self.runs[place]), place) for place in places]
        distance, place = min(near, default=(0.0, 0))
        return self.nodes[place] if -distance >= _ALIKE else None


def _is_near(one: DocumentNode, other: DocumentNode) -> bool:
    """Say whether two documents were published within some days, as far as is known."""
    days = [date.fromisoformat(node.published[:10]) for node in (one, other) if node.published]
    return len(days) < 2 or abs(days[0] - days[1]).days <= _DAYS


def _age(node: DocumentNode) -> tuple[str, str, str]:
    return (node.published or _UNDATED, node.id, node.iri)


def _runs(mentions: Iterable[MentionNode]) -> Mapping[str, Runs]:
    """Return the runs of words in the sentences that mentions stand in, by document."""
    sentences: defaultdict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        sentences[mention.document].add(mention.sentence)
    return {
        document: frozenset(run for sentence in own for run in _runs_of(fold(sentence).split()))
        for document, own in sentences.items()
    }


def _runs_of(words: Sequence[str]) -> Iterator[str]:
    return (" ".join(words[at : at + _RUN]) for at in range(max(len(words) - _RUN + 1, 1)))


def _sketch(runs: Runs) -> RMinHash:
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(sorted(runs))
    return sketch


def _jaccard(one: Runs, other: Runs) -> float:
    return len(one & other) / len(one | other)
