"""A document as it was read: its text with everything marked, or, where a graph alone is at hand, its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.explore.passages import Segment, fact_label, marks_of, notes, segments, sentence_offset
from kg.graph.model import EventNode
from kg.identifiers import text_digest
from kg.ingest import DocumentFailure, read

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from kg.explore.index import Index
    from kg.explore.passages import Mark, Note
    from kg.graph.model import DocumentNode, MentionNode, RelationEdge


class Fact(NamedTuple):
    """An event or relation that a document reports; ``factuality`` is "" of a relation that simply holds."""

    key: str
    label: str
    factuality: str
    contested: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that follows another, with or without something between: all of it, or a sentence."""

    begin: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and what was read from it. ``whole`` says whether its full text is shown.

    ``facts`` are the events and relations that it reports, in the order of the text.
    """

    document: DocumentNode
    whole: bool
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was read from the words of all passages."""
        return tuple(dict.fromkeys(note for passage in self.passages for note in notes(passage.segments)))


def reading(index: Index, document: DocumentNode) -> Reading:
    """Return a document as it was read."""
    mentions = sorted(
        (
            (mention, fact)
            for fact in index.reported_in(document.iri)
            for mention in fact.mentions
            if mention.document == document.iri
        ),
        key=lambda pair: (pair[0].begin, pair[0].end, pair[0].iri, pair[1].iri),
    )
    facts = {fact.iri: fact for _, fact in mentions}.values()
    text = index.texts.get(document.sha256)
    if text is not None:
        marks = [mark for mention, fact in mentions for mark in marks_of(index, fact, mention, text, 0)]
        passages: tuple[Passage, ...] = (Passage(0, segments(text, marks)),)
    else:
        passages = _sentences(index, mentions)
    return Reading(document, text is not None, passages, tuple(_fact(index, fact) for fact in facts))


def read_texts(inputs: Iterable[str | os.PathLike[str]]) -> dict[str, str]:
    """Return the texts of documents by their digest, which tells to which document of a graph each belongs.

    Raises:
        InputError: One cannot be read.
    """
    found: dict[str, str] = {}
    for document in read(inputs, strict=True):
        if not isinstance(document, DocumentFailure):
            found[text_digest(document.text)] = document.text
    return found


def _fact(index: Index, fact: EventNode | RelationEdge) -> Fact:
    holds = fact.factuality == "happened" and not isinstance(fact, EventNode)
    return Fact(index.key(fact.iri), fact_label(index, fact), "" if holds else fact.factuality, fact.contested)


def _sentences(index: Index, mentions: Iterable[tuple[MentionNode, EventNode | RelationEdge]]) -> tuple[Passage, ...]:
    """Return each sentence that something was read from, once, in the order of the text."""
    marks: dict[tuple[int, str], list[Mark]] = {}
    begins: dict[str, list[int]] = {}
    for mention, fact in mentions:
        begin = _known(begins, mention, sentence_offset(mention))
        found = marks_of(index, fact, mention, mention.sentence, begin)
        marks.setdefault((begin, mention.sentence), []).extend(found)
    return tuple(Passage(begin, segments(text, own)) for (begin, text), own in sorted(marks.items()))


def _known(begins: dict[str, list[int]], mention: MentionNode, begin: int) -> int:
    """Return where the sentence of a mention begins, which a mention before it may have told better."""
    seen = begins.setdefault(mention.sentence, [])
    for other in seen:
        at = mention.begin - other
        if mention.sentence[max(at, 0) : at + len(mention.anchor)] == mention.anchor and at >= 0:
            return other
    seen.append(begin)
    return begin
