"""From inputs to the knowledge graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.run.extract import extract

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from spacy.language import Language

    from kg.graph.model import KnowledgeGraph
    from kg.ingest import InputSettings
    from kg.ingest.items import OnSkip
    from kg.records import DocumentRecord
    from kg.resolve.dictionaries import LexiconSource
    from kg.run.extract import Input, OnFailure


def build(
    inputs: Input | Iterable[Input],
    *,
    base: str | None = None,
    nlp: Language | None = None,
    spacy_model: str | None = None,
    patterns: str | os.PathLike[str] | None = None,
    lexicon: LexiconSource | None = None,
    published: str | None = None,
    on_failure: OnFailure | None = None,
    settings: InputSettings | None = None,
    on_skip: OnSkip | None = None,
) -> KnowledgeGraph:
    """Read documents and join what they report into one graph.

    Args:
        inputs: As for :func:`kg.run.extract.extract`.
        base: What the IRIs of actors, events and documents begin with.
        nlp: A pipeline loaded before.
        spacy_model: A spaCy pipeline that gives syntax and names instead of kg's own.
        patterns: A TOML file of event types and patterns of the user's own, by which documents are read as well.
        lexicon: The user's own lexicon, or its file or files.
        published: The date, in ISO 8601, of documents that state none.
        on_failure: Called with each document that cannot be read; without it the first one raises.
        settings: How inputs are read: limits, names of fields, and what else is chosen.
        on_skip: Called with each document that is left aside; without it they are logged.

    Raises:
        InputError: If no document could be read, or one could not and there is no ``on_failure``.
        ConfigError: If ``base`` is no absolute IRI, or the patterns cannot be used.

    """
    records = extract(
        inputs,
        nlp=nlp,
        spacy_model=spacy_model,
        patterns=patterns,
        lexicon=lexicon,
        published=published,
        on_failure=on_failure,
        settings=settings,
        on_skip=on_skip,
    )
    return assemble_some(records, base)


def assemble_some(records: Iterable[DocumentRecord], base: str | None = None) -> KnowledgeGraph:
    """Assemble records, of which there must be one at least.

    Raises:
        InputError: If there is none.

    """
    from kg.graph.assemble import assemble

    graph = assemble(records, base)
    if not graph.documents:
        raise InputError("no document could be read")
    return graph
