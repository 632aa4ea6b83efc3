"""The English pipeline, ready to read."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, cast

import spacy

from kg.errors import ModelError
from kg.language.pattern_file import read_patterns
from kg.resolve.dictionaries import Lexicon, no_lexicon

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

    from kg.language.patterns import PatternsPipe
    from kg.language.reader import ReaderPipe
    from kg.resolve.dictionaries import LexiconSource


def load(
    model: Path | None = None,
    spacy_model: str | None = None,
    patterns: Path | None = None,
    lexicon: LexiconSource | None = None,
) -> Language:
    """Return a spaCy pipeline for syntax, names, and the reading of actors, events and relations.

    Args:
        model: Folder of a model made by ``kg train``; by default the one that comes with the package.
        spacy_model: Name or folder of another spaCy pipeline, which then supplies syntax and names.
        patterns: TOML file of event types and patterns of the user's own, by which events are read as well.
        lexicon: The user's own lexicon, or its files, which goes before ours.

    Raises:
        LexiconError: the lexicon cannot be read or used.
        ConfigError: the patterns cannot be read or used.
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
    file = None if patterns is None else read_patterns(patterns)
    known = no_lexicon() if lexicon is None else read_lexicon(lexicon)
    for name in names:
        nlp.add_pipe(name, config=settings)
    cast("ReaderPipe", nlp.get_pipe("kg_reader")).lexicon = known
    if file is not None:
        cast("PatternsPipe", nlp.add_pipe("kg_patterns", config={"patterns": str(patterns)})).set(file)
    return nlp


def read_lexicon(source: LexiconSource) -> Lexicon:
    """Read a lexicon, and warn of the lines that were skipped.

    Raises:
        LexiconError: it cannot be read.
    """
    lexicon = Lexicon.read(source)
    if lexicon is not source and (skipped := lexicon.skipped):
        more = f", and {len(skipped) - 1} more; kg.read_lexicon() lists them" if len(skipped) > 1 else ""
        warnings.warn(f"{skipped[0]}{more}", stacklevel=4)
    return lexicon


def _other(name: str) -> Language:
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError) as error:
        raise ModelError(f"spaCy pipeline {name!r}: cannot load it: {error}".splitlines()[0]) from error
    if not {"parser", "senter", "sentencizer"} & set(nlp.pipe_names):
        raise ModelError(f"spaCy pipeline {name!r}: sets no sentences; choose one with a parser, senter or sentencizer")
    return nlp
