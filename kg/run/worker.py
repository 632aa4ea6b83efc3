"""What a worker process does: it loads the model once, and reads the documents that it is handed.

Nothing heavy is imported at the top: the number of threads must be set before numpy is loaded.
"""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import connection, parent_process
from typing import TYPE_CHECKING

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.language import Language

    from kg.records import Document, DocumentRecord
    from kg.run.reading import Read

THREADS = ("KG_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_loaded: list[Language | KgError] = []


def start(spacy_model: str | None, patterns: Path | None, lexicon: bytes | None, threads: int) -> None:
    """Load the model, and keep it, or what went wrong, for the documents to come."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Ctrl-C reaches every process of the terminal; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(dict.fromkeys(THREADS, str(threads)))
    try:
        _loaded.append(_load(spacy_model, patterns, lexicon))
    except KgError as error:
        _loaded.append(error)


def ready() -> None:
    """Return when the model is loaded.

    Raises:
        KgError: If it cannot be.
    """
    _pipeline()


def read(documents: Sequence[Document | DocumentRecord]) -> list[Read]:
    """Read documents.

    Raises:
        KgError: If the model could not be loaded.
    """
    from kg.run.reading import read_document

    nlp = _pipeline()
    return [read_document(document, nlp) for document in documents]


def _load(spacy_model: str | None, patterns: Path | None, lexicon: bytes | None) -> Language:
    from kg.resolve.lexicon_bytes import loads
    from kg.run.reading import Reading

    return Reading(spacy_model, patterns, None if lexicon is None else loads(lexicon)).load()


def _pipeline() -> Language:
    (loaded,) = _loaded
    if isinstance(loaded, KgError):
        raise loaded
    return loaded


def _end_with_parent() -> None:
    """Wait until the parent has ended, however it did, and end too: nobody would hand out work any more."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
