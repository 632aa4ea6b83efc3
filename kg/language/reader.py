"""The component that reads actors, events and relations, and its factory.

Annotations are evaluated here, unlike elsewhere: spaCy reads the settings of a component from them.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.language import encodings
from kg.language.attribution import attributed
from kg.language.components import EncodingPipe
from kg.language.constituents import Constituents
from kg.language.encoder import WordEncoding
from kg.language.factories import load_encoder
from kg.language.protocols import Encoding
from kg.language.quotes import quotations
from kg.language.reading import read
from kg.language.record import RecordBuilder, published_date
from kg.language.thresholds import Thresholds
from kg.language.words import words
from kg.records import Document, DocumentRecord, Span
from kg.resolve.dictionaries import Lexicon, no_lexicon
from kg.resolve.lexicon_bytes import dumps, loads

if TYPE_CHECKING:
    from kg.language.components import Loader

RECORD, DOCUMENT = "kg_record", "kg_document"
_LEXICON = "lexicon.json"


def register() -> None:
    """Register ``doc._.kg_document``, what is read, and ``doc._.kg_record``, what was read from it."""
    for name in (DOCUMENT, RECORD):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


class ReaderPipe(EncodingPipe):
    """Reads actors, events and relations into ``doc._.kg_record``; sentences are those of the Doc.

    ``lexicon`` is the user's own. It is written and read with the pipeline.
    """

    def __init__(
        self, nlp: Language, name: str, load: "Loader", model: Path | None = None, lexicon: Lexicon | None = None
    ) -> None:
        super().__init__(nlp, name, load, model)
        self.lexicon = lexicon or no_lexicon()
        register()

    def read(self, doc: Doc, encoding: Encoding) -> None:
        """Read one document; its metadata and page furniture come from ``doc._.kg_document`` where that is set.

        Claims get the words of the text that bear them out.
        """
        record = record_of(doc, cast("WordEncoding", encoding), lexicon=self.lexicon)
        doc._.kg_record = attributed(record, quotations(doc))

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the lexicon to the folder ``path``."""
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / _LEXICON).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "ReaderPipe":
        """Load what :meth:`to_disk` wrote. Raises LexiconError where it does not fit."""
        file = Path(path) / _LEXICON
        return self.from_bytes(file.read_bytes()) if file.is_file() else self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the lexicon as bytes."""
        return dumps(self.lexicon)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "ReaderPipe":
        """Load what :meth:`to_bytes` returned. Raises LexiconError where it does not fit."""
        self.lexicon = loads(data)
        return self


def record_of(
    doc: Doc, encoding: WordEncoding, thresholds: Thresholds | None = None, lexicon: Lexicon | None = None
) -> DocumentRecord:
    """Return what is read from a Doc whose sentences are known.

    ``thresholds`` stand in place of the model's; ``lexicon`` is the user's own, which goes before ours.
    """
    document: Document = doc._.kg_document or Document(id="doc", text=doc.text)
    index = words(doc)
    tokens = [doc[int(i)] for i in index]
    starts = np.array([bool(t.is_sent_start) for t in tokens], np.bool_)
    starts[:1] = True
    sentence = np.cumsum(starts) - 1
    spans = [Span(t.idx, t.idx + len(t)) for t in tokens]
    firsts = np.flatnonzero(starts)
    lasts = np.append(firsts[1:], len(tokens)) - 1
    bounds = [Span(spans[a].begin, spans[b].end) for a, b in zip(firsts, lasts, strict=True)] if tokens else []
    reading = read(
        encoding.model,
        encoding.states,
        [t.text for t in tokens],
        sentence.astype(np.int64),
        _readable(spans, document.ignored),
        Constituents.of(tokens),
        thresholds,
        (lexicon or no_lexicon()).on(published_date(document.published)),
    )
    model = encoding.model
    builder = RecordBuilder(document, spans, bounds, model.events, model.name, lexicon, model.calibrations)
    return builder.build(reading)


def _readable(spans: list[Span], ignored: tuple[Span, ...]) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    readable = np.ones(len(spans), np.bool_)
    if ignored and spans:
        begins, ends = np.array([s.begin for s in spans]), np.array([s.end for s in spans])
        for span in ignored:
            readable[(begins < span.end) & (ends > span.begin)] = False
    return readable


@Language.factory(
    "kg_reader",
    assigns=[f"doc._.{RECORD}"],
    requires=[encodings.ATTRIBUTE, "token.is_sent_start"],
    default_config={"model": None},
)
def make_reader(nlp: Language, name: str, model: str | None) -> ReaderPipe:
    """Make the component that reads events; it encodes with ``model`` where no encoder ran before it."""
    return ReaderPipe(nlp, name, load_encoder, None if model is None else Path(model))
