"""What a worker on a cluster does: it loads the model once, and reads the documents that it is handed.

It may be on another machine, so that everything it needs is sent to it as bytes.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import ConfigError, KgError
from kg.run.reading import Reading, read_document
from kg.run.worker import THREADS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

    from kg.records import Document, DocumentRecord
    from kg.run.reading import Read


class Equipment(NamedTuple):
    """What a worker reads by: as :class:`~kg.run.reading.Reading`, but for any machine.

    ``settings`` are the versions and digests that must be the same there, so that the records are.
    """

    spacy_model: str | None
    patterns: bytes | None
    lexicon: bytes | None
    settings: dict[str, str | None]
    threads: int

    @classmethod
    def of(cls, reading: Reading, threads: int) -> Equipment:
        """Pack what documents are read by.

        Raises:
            ConfigError: If the patterns cannot be read or used.
            LexiconError: If the lexicon cannot be read.
        """
        patterns = None
        if reading.patterns is not None:
            from kg.language.pattern_file import read_patterns

            patterns = read_patterns(reading.patterns).text.encode("utf-8")
        return cls(reading.spacy_model, patterns, reading.lexicon_bytes(), reading.settings(), threads)

    def load(self) -> Language:
        """Load the pipeline.

        Raises:
            KgError: If it cannot be loaded here, or not with the same versions and data.
        """
        from kg.resolve.lexicon_bytes import loads

        lexicon = None if self.lexicon is None else loads(self.lexicon)
        if self.patterns is None:
            return self._checked(Reading(self.spacy_model, None, lexicon))
        with TemporaryDirectory() as folder:
            patterns = Path(folder) / "patterns.toml"
            patterns.write_bytes(self.patterns)
            return self._checked(Reading(self.spacy_model, patterns, lexicon))

    def _checked(self, reading: Reading) -> Language:
        here = reading.settings()
        others = [name for name, value in self.settings.items() if here.get(name) != value]
        if others:
            raise ConfigError(
                f"the worker on {socket.gethostname()} has another {' and '.join(others)} than this process; "
                "install the same kg on each machine"
            )
        return reading.load()


class ClusterWorker:
    """Holds the model, or what went wrong in loading it. Errors are returned, since Ray would wrap those raised."""

    def __init__(self, equipment: Equipment) -> None:
        os.environ.update(dict.fromkeys(THREADS, str(equipment.threads)))
        self._loaded: Language | KgError
        try:
            self._loaded = equipment.load()
        except KgError as error:
            self._loaded = error

    def ready(self) -> KgError | None:
        """Return when the model is loaded: None, or why it cannot be."""
        return self._loaded if isinstance(self._loaded, KgError) else None

    def read(self, documents: Sequence[Document | DocumentRecord]) -> list[Read] | KgError:
        """Read documents; return an error where something is wrong that no document can do better with."""
        if isinstance(self._loaded, KgError):
            return self._loaded
        try:
            return [read_document(document, self._loaded) for document in documents]
        except KgError as error:
            return error
