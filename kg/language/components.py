"""The pipeline components for syntax and names, and the one that runs the encoder for them.

A component that reads encodings makes them itself where no encoder ran before it, so each works on its own. Documents
are encoded in batches of bounded size, and the encodings let go as soon as nobody wants them.
"""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Final
from weakref import finalize

import srsly
from spacy.pipeline import Pipe
from spacy.scorer import Scorer, get_ner_prf

from kg.errors import ModelError
from kg.language import encodings
from kg.language.annotate import annotate_names, annotate_syntax
from kg.language.noun_chunks import noun_chunks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.training import Example

    from kg.language.protocols import Encoder, Encoding

    Loader = Callable[[Path | None], Encoder]

_BATCH_TOKENS: Final = 4096
"""Tokens encoded at once, some kilobytes each; a longer document goes alone."""


class EncodingPipe(Pipe, ABC):
    """A component that works on encoded documents: what all of ours have in common.

    ``load`` opens the model in a folder, or the packaged one for None; it is called when the first document comes that
    no component before this one has encoded.
    """

    keeps_encodings = False

    def __init__(self, nlp: Language, name: str, load: Loader, model: Path | None = None) -> None:
        encodings.register()
        self.nlp = nlp
        self.name = name
        self.model = model
        self._load = load
        self._encoder: Encoder | None = None

    @property
    def encoder(self) -> Encoder:
        """The encoder. Raises ModelError where the model is missing or does not fit."""
        if self._encoder is None:
            self._encoder = self._load(self.model)
        return self._encoder

    @abstractmethod
    def read(self, doc: Doc, encoding: Encoding) -> None:
        """Do what the component is for, in place."""

    def __call__(self, doc: Doc) -> Doc:
        """Encode and read one document, in place; one that fails goes to the error handler."""
        for _ in self.pipe([doc]):
            pass
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Encode and read a stream of documents, in order, at most ``batch_size`` at once.

        A document that fails goes to the error handler, and is left out where that returns.
        """
        for doc, encoding in self._encoded(stream, batch_size):
            try:
                self.read(doc, encoding)
            except Exception as error:
                self.get_error_handler()(self.name, self, [doc], error)
                continue
            if not self.keeps_encodings and not encodings.wanted_after(self.nlp, self.name):
                encodings.attach(doc, None)
            yield doc

    def _encoded(self, stream: Iterable[Doc], batch_size: int) -> Iterator[tuple[Doc, Encoding]]:
        batch: list[Doc] = []
        tokens = 0
        for doc in stream:
            known = encodings.encoding(doc)
            if batch and (known or len(batch) >= batch_size or tokens + len(doc) > _BATCH_TOKENS):
                yield from self._encode(batch)
                batch, tokens = [], 0
            if known:
                yield doc, known
            else:
                batch.append(doc)
                tokens += len(doc)
        if batch:
            yield from self._encode(batch)

    def _encode(self, docs: Sequence[Doc]) -> Iterator[tuple[Doc, Encoding]]:
        """Encode ``docs`` together; where that fails, each of them alone."""
        try:
            found = self.encoder.encode(docs)
        except Exception as error:
            if len(docs) == 1:
                self.get_error_handler()(self.name, self, list(docs), error)
                return
            for doc in docs:
                yield from self._encode([doc])
            return
        for doc, encoding in zip(docs, found, strict=True):
            encodings.attach(doc, encoding)
            yield doc, encoding


class EncoderPipe(EncodingPipe):
    """Encodes documents, once for all the components after it.

    Written to disk or bytes, it takes its model's files along, unless they are those that come with the package.
    """

    keeps_encodings = True

    def read(self, doc: Doc, encoding: Encoding) -> None:
        """Leave the document as it is."""

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the model to the folder ``path``."""
        Path(path).mkdir(parents=True, exist_ok=True)
        if self.model is not None:
            shutil.copytree(self.encoder.path, Path(path) / _FOLDER, dirs_exist_ok=True)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> EncoderPipe:
        """Load what :meth:`to_disk` wrote. Raises ModelError where it does not fit."""
        folder = Path(path) / _FOLDER
        if folder.is_dir():
            self.model, self._encoder = folder, self._load(folder)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return the model as bytes."""
        files: dict[str, bytes] = {}
        if self.model is not None:
            folder = self.encoder.path
            files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
        return bytes(srsly.msgpack_dumps(files))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> EncoderPipe:
        """Load what :meth:`to_bytes` returned. Raises ModelError where it does not fit."""
        files: dict[str, bytes] = srsly.msgpack_loads(data)
        if files:
            folder = Path(mkdtemp(prefix="kg-model-")).resolve()
            finalize(self, shutil.rmtree, folder, ignore_errors=True)
            for name, content in files.items():
                path = (folder / name).resolve()
                if not path.is_relative_to(folder):
                    raise ModelError(f"model file {name!r}: lies outside the model's folder; these bytes are not ours")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            self.model, self._encoder = folder, self._load(folder)
        return self


class SyntaxPipe(EncodingPipe):
    """Sets tags, features, lemmas, dependencies and sentences, and makes ``noun_chunks`` follow their labels."""

    def __init__(self, nlp: Language, name: str, load: Loader, model: Path | None = None) -> None:
        super().__init__(nlp, name, load, model)
        nlp.vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]  # spaCy's stub has the wrong item type

    def read(self, doc: Doc, encoding: Encoding) -> None:
        """Annotate the syntax of a document."""
        annotate_syntax(doc, encoding.syntax, encoding.labels, encoding.is_word)

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """Score tags, parts of speech, features, lemmas, dependencies and sentences as spaCy does."""
        examples = list(examples)
        scores: dict[str, Any] = {}
        for attribute in ("tag", "pos", "morph", "lemma"):
            scores |= Scorer.score_token_attr(examples, attribute, getter=_GETTERS.get(attribute, getattr))
        scores |= Scorer.score_deps(examples, "dep", ignore_labels=("p", "punct"))
        return scores | Scorer.score_spans(
            examples, "sents", has_annotation=lambda doc: doc.has_annotation("SENT_START")
        )


class NamesPipe(EncodingPipe):
    """Sets the named entities. ``threshold`` is the probability that a name needs against being none."""

    def __init__(
        self, nlp: Language, name: str, load: Loader, model: Path | None = None, threshold: float = 0.5
    ) -> None:
        super().__init__(nlp, name, load, model)
        self.threshold = threshold

    def read(self, doc: Doc, encoding: Encoding) -> None:
        """Annotate the names of a document."""
        annotate_names(doc, encoding.syntax, encoding.labels, threshold=self.threshold)

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """Score the entities as spaCy does."""
        return get_ner_prf(examples)


def _morph(token: Token, _: str) -> str:
    return str(token.morph)


_GETTERS: Final = {"morph": _morph}
_FOLDER: Final = "model"
