"""Documents that were encoded once, to be read many times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import spacy

from kg.ingest import with_furniture
from kg.language.annotate import annotate_names, annotate_syntax
from kg.language.reader import register

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.language.encoder import Encoder, WordEncoding
    from kg.records import Document


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with its sentences, and what the encoder says of it."""

    doc: Doc
    encoding: WordEncoding


def prepare(encoder: Encoder, document: Document) -> Prepared:
    """Encode a document and find its sentences, as the pipeline does."""
    register()
    doc = spacy.blank("en")(document.text)
    doc._.kg_document = with_furniture(document)
    (encoding,) = encoder.encode([doc])
    annotate_syntax(doc, encoding.syntax, encoder.labels, encoding.is_word)
    annotate_names(doc, encoding.syntax, encoder.labels)
    return Prepared(doc, encoding)
