"""How documents are read: what the language pipeline is loaded with, in this process or in others."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.errors import ConfigError, DocumentError, InputError, KgError
from kg.ingest import DocumentFailure
from kg.jsonl import dumps
from kg.records import Document, DocumentRecord
from kg.resources import path as resource_path

if TYPE_CHECKING:
    import os

    from spacy.language import Language

    from kg.resolve.dictionaries import Lexicon, LexiconSource

Read: TypeAlias = DocumentRecord | DocumentFailure
_MODEL: Final = "model"


@dataclass(frozen=True, slots=True)
class Reading:
    """What documents are read by, beside the model that ships with kg.

    Attributes:
        spacy_model: The name or path of a spaCy pipeline that gives syntax and names.
        patterns: A TOML file of event types and patterns of the user's own.
        lexicon: The user's own lexicon, or its file or files.
    """

    spacy_model: str | None = None
    patterns: str | os.PathLike[str] | None = None
    lexicon: LexiconSource | None = None

    def load(self) -> Language:
        """Load the pipeline.

        Raises:
            ConfigError: If the patterns cannot be used.
            LexiconError: If the lexicon cannot be read.
            ModelError: If there is no usable language model.
        """
        from kg.language import load

        patterns = None if self.patterns is None else Path(self.patterns)
        return load(spacy_model=self.spacy_model, patterns=patterns, lexicon=self.lexicon)

    def lexicon_bytes(self) -> bytes | None:
        """Return the lexicon as bytes, in which it goes to another process; None where there is none.

        Raises:
            LexiconError: If the lexicon cannot be read.
        """
        from kg.resolve import lexicon_bytes

        return None if self.lexicon is None else lexicon_bytes.dumps(_read(self.lexicon))

    def settings(self) -> dict[str, str | None]:
        """Return what decides on the record of a document: versions and digests. Equal ones give equal records.

        Raises:
            ConfigError: If the patterns cannot be read.
            LexiconError: If the lexicon cannot be read.
        """
        lexicon = self.lexicon_bytes()
        return {
            "kg": _version(),
            "model": _model_digest(),
            "spacy model": self.spacy_model,
            "patterns": None if self.patterns is None else _sha256(_bytes(Path(self.patterns))),
            "lexicon": None if lexicon is None else _sha256(lexicon),
        }


def read_document(item: Document | DocumentRecord, nlp: Language) -> Read:
    """Read one document, or add to a record what patterns find; what goes wrong with it is given back.

    Raises:
        KgError: If something is wrong that no other document could do better with, as a missing model.
    """
    from kg.language.extract import extract

    failures: list[DocumentFailure] = []

    def report(document: Document, error: Exception) -> None:
        if isinstance(error, KgError) and not isinstance(error, InputError):
            raise error
        failures.append(failure_of(document, str(error)))
        failures[-1].error.__cause__ = error

    for record in extract([item], nlp, on_error=report):
        return record
    return failures[0]


def failure_of(document: Document, reason: str) -> DocumentFailure:
    """Return the failure of a document that the model cannot read."""
    name = document.source or document.id
    return DocumentFailure(name, DocumentError(f"cannot read {name}: {reason}"))


def document_of(item: Document | DocumentRecord) -> Document:
    """Return a document as it is, and that of a record."""
    return item.document if isinstance(item, DocumentRecord) else item


def digest_of(item: Document | DocumentRecord) -> str:
    """Return 32 hexadecimal digits of the SHA-256 of all that an item holds: its text, and what is known about it."""
    known = dumps(item) if isinstance(item, DocumentRecord) else json.dumps(asdict(item))
    return _sha256(known.encode("utf-8", "surrogatepass"))


def _read(source: LexiconSource) -> Lexicon:
    from kg.resolve.dictionaries import Lexicon

    if isinstance(source, Lexicon):
        return source
    from kg.language.pipeline import read_lexicon

    return read_lexicon(source)


def _version() -> str:
    try:
        return metadata.version("kg")
    except metadata.PackageNotFoundError:
        return "unknown"


def _model_digest() -> str:
    folder = resource_path(_MODEL)
    hashed = hashlib.sha256()
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        hashed.update(f"{file.name}\0".encode())
        hashed.update(hashlib.sha256(file.read_bytes()).digest())
    return hashed.hexdigest()[:32]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror or error}") from error


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
