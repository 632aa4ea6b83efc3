"""From documents to document records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import DocumentError, ModelError
from kg.language.pipeline import load
from kg.language.reader import ReaderPipe, register
from kg.records import DocumentRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.records import Document


def extract(
    documents: Iterable[Document | DocumentRecord],
    nlp: Language | None = None,
    on_error: Callable[[Document, Exception], None] | None = None,
) -> Iterator[DocumentRecord]:
    """Read documents, one record each, in order.

    A record in place of a document keeps what it holds, and patterns add to it.
    A document that cannot be read goes to ``on_error`` and is left out; without ``on_error`` it raises.

    Raises:
        DocumentError: a document cannot be read, and there is no ``on_error``.
        ModelError: the model is missing, or the pipeline has no component that reads events.
    """
    pipeline = nlp or load()
    if not any(isinstance(component, ReaderPipe) for _, component in pipeline.pipeline):
        raise ModelError("the pipeline reads no events: it lacks the component kg_reader; load one with kg.load()")
    register()
    for item in documents:
        document, record = (item.document, item) if isinstance(item, DocumentRecord) else (item, None)
        try:
            doc = _doc(pipeline, document)
            doc._.kg_record = record
            for _, component in pipeline.pipeline:
                if record is None or not isinstance(component, ReaderPipe):
                    doc = component(doc)
        except ModelError:
            raise
        except Exception as error:
            if on_error is None:
                raise DocumentError(f"document {document.id!r}: cannot be read: {error}") from error
            on_error(document, error)
            continue
        yield doc._.kg_record


def _doc(nlp: Language, document: Document) -> Doc:
    doc = nlp.tokenizer(document.text)
    doc._.kg_document = document
    return doc
