"""What the facts of one document are read against: its record, and the IRIs of what it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from operator import gt
from sys import intern
from typing import TYPE_CHECKING, Final

from kg.errors import RecordError
from kg.graph import dates
from kg.graph.legible import legible
from kg.graph.model import DocumentNode, MentionNode
from kg.identifiers import fold, text_digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.graph.model import ClaimNode, CustomTypeNode
    from kg.identifiers import Identifiers
    from kg.records import DocumentRecord, Span

_LANGUAGE: Final = re.compile("[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Source:
    """A document record on its way into a graph.

    ``actors`` gives the IRI, and ``names`` the legible name, of each actor by its id in the record;
    ``custom_types`` the types of the user's own by name, ``places`` the IRI of each place by name. ``text`` is the
    legible text of the document.
    """

    identifiers: Identifiers
    record: DocumentRecord
    node: DocumentNode
    actors: Mapping[str, str]
    names: Mapping[str, str]
    sentence_starts: tuple[int, ...]
    custom_types: Mapping[str, CustomTypeNode]
    text: str
    places: Mapping[str, str] = field(default_factory=dict)

    def wrong(self, what: str) -> RecordError:
        """Return the error that says what in this document cannot be used."""
        return RecordError(f"document {self.record.document.id!r}, {what}")

    def actor(self, id: str, owner: str) -> str:  # noqa: A002 (the field's own name)
        """Return the IRI of the actor with this id, to which ``owner`` refers.

        Raises:
            RecordError: If the record has no such actor.
        """
        if id not in self.actors:
            raise self.wrong(f"{owner}: no actor {id!r} in the record")
        return self.actors[id]

    def custom_type(self, name: str, kind: str, owner: str) -> CustomTypeNode:
        """Return the type of the user's own called ``name``, of which ``owner``, an event of type ``kind``, is.

        Raises:
            RecordError: If the record has no such type, or it lies under another PLOVER type.
        """
        if name not in self.custom_types:
            raise self.wrong(f"{owner}: no custom type {name!r} in the record")
        found = self.custom_types[name]
        if found.broader != kind:
            raise self.wrong(f"{owner}: of the custom type {name!r}, under {found.broader}, but its type is {kind}")
        return found

    def words(self, span: Span, owner: str) -> str:
        """Return the legible words at ``span``, to which ``owner`` refers.

        Raises:
            RecordError: If the text has no such span.
        """
        begin, end = span
        if not 0 <= begin < end <= len(self.text):
            raise self.wrong(f"{owner}: no span {begin} to {end} in a text of {len(self.text)} characters")
        return intern(self.text[begin:end])

    def sentence(self, span: Span) -> str:
        """Return the legible text of the sentences that ``span`` touches, and of all of ``span``.

        Reports of one sentence, and those of a reprint, share the text.
        """
        begin, end = span
        first = max(bisect_right(self.sentence_starts, begin) - 1, 0)
        for sentence in self.record.sentences[first : bisect_left(self.sentence_starts, end)]:
            if sentence.overlaps(span):
                begin, end = min(begin, sentence.begin), max(end, sentence.end)
        return intern(self.text[begin:end])

    def mention(
        self,
        iri: str,
        span: Span,
        owner: str,
        claims: tuple[ClaimNode, ...] = (),
        custom_types: tuple[str, ...] = (),
        patterns: tuple[str, ...] = (),
    ) -> MentionNode:
        """Return the report at ``span``."""
        anchor, sentence = self.words(span, owner), self.sentence(span)
        where = (span.begin, span.end, anchor, sentence)
        return MentionNode(iri, self.node.iri, *where, claims, custom_types, patterns)

    def claimant(self, id: str | None, owner: str) -> str | None:  # noqa: A002
        """Return the IRI of who vouches for a report: the actor it is attributed to, or else the publisher."""
        if id is not None:
            return self.actor(id, owner)
        return self.identifiers.publisher(self.node.publisher) if self.node.publisher else None

    def place(self, words: str) -> str | None:
        """Return the IRI of the place that ``words`` name, or None for mere blanks."""
        return self.places.get(place_name(words))


def place_name(words: str) -> str:
    """Return the name of a place, legible and with single spaces, empty for mere blanks."""
    return " ".join(legible(words).split())


def document_node(identifiers: Identifiers, record: DocumentRecord) -> DocumentNode:
    """Return the node of a record's document.

    Raises:
        RecordError: If it was published on no ISO 8601 day, or its language is no BCP 47 tag.
    """
    document = record.document
    if document.language and not _LANGUAGE.fullmatch(document.language):
        raise RecordError(f"document {document.id!r}: {document.language!r} is no language tag such as en or pt-BR")
    sha256 = text_digest(document.text)
    try:
        published = dates.published(document.published) if document.published else None
    except ValueError as error:
        raise RecordError(f"document {document.id!r}, published: {error}") from error
    return DocumentNode(
        iri=identifiers.document(document.id, sha256),
        id=legible(document.id),
        sha256=sha256,
        title=_legible(document.title),
        publisher=_publisher(document.publisher),
        published=published,
        source=_legible(document.source),
        url=_legible(document.url),
        language=document.language or None,
    )


def source(
    identifiers: Identifiers,
    record: DocumentRecord,
    node: DocumentNode,
    actors: Mapping[str, str],
    custom_types: Mapping[str, CustomTypeNode],
) -> Source:
    """Return a record with all that its facts are read against.

    Raises:
        RecordError: If its sentences are not in order.
    """
    starts = tuple(sentence.begin for sentence in record.sentences)
    if any(map(gt, starts, starts[1:])):
        raise RecordError(f"document {record.document.id!r}, sentences: not in the order of the text")
    names = {actor.id: legible(" ".join(actor.name.split())) for actor in record.actors}
    return Source(identifiers, record, node, actors, names, starts, custom_types, legible(record.document.text))


def _legible(text: str | None) -> str | None:
    return legible(text) if text else None


def _publisher(name: str | None) -> str | None:
    """Return a publisher's name, or None where there is nothing to tell it from others by."""
    return " ".join(legible(name).split()) if name and fold(name) else None
