"""The English pipeline, ready to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy

from kg.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language


def load(model: Path | None = None, spacy_model: str | None = None) -> Language:
    """Return a spaCy pipeline for syntax, names, and the reading of actors, events and relations.

    Args:
        model: Folder of a model made by ``kg train``; by default the one that comes with the package.
        spacy_model: Name or folder of another spaCy pipeline, which then supplies syntax and names.

    Raises:
        ModelError: a model is missing or does not fit this version.

    >>> nlp = load()
    >>> nlp.pipe_names
    ['kg_encoder', 'kg_syntax', 'kg_names', 'kg_reader']
    """
    settings = {} if model is None else {"model": str(model)}
    if spacy_model is None:
        nlp = spacy.blank("en")
        names = ["kg_encoder", "kg_syntax", "kg_names", "kg_reader"]
    else:
        nlp = _other(spacy_model)
        names = ["kg_encoder", "kg_reader"]
    for name in names:
        nlp.add_pipe(name, config=settings)
    return nlp


def _other(name: str) -> Language:
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError) as error:
        raise ModelError(f"spaCy pipeline {name!r}: cannot load it: {error}".splitlines()[0]) from error
    if not {"parser", "senter", "sentencizer"} & set(nlp.pipe_names):
        raise ModelError(f"spaCy pipeline {name!r}: sets no sentences; choose one with a parser, senter or sentencizer")
    return nlp
