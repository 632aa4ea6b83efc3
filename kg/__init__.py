"""Reads news into a knowledge graph of geopolitical events, every fact traced to the words it rests on.

    import kg

    graph = kg.build("seeds/")
    graph.networkx, graph.rdf
    graph.query(name="who-met-whom")
    graph.plot("graph.svg")
    graph.to_turtle("graph.ttl")

Parts are imported when they are first used, so ``import kg`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from kg.errors import (
    ConfigError,
    DocumentError,
    EndpointError,
    GraphError,
    InputError,
    KgError,
    LexiconError,
    LimitError,
    MissingExtraError,
    ModelError,
    OntologyError,
    QueryError,
    RecordError,
)

if TYPE_CHECKING:
    from kg.api import Graph, build, extract, load, read_graph, read_lexicon
    from kg.ingest.items import DocumentFailure, DocumentSkip
    from kg.ingest.limits import Limits
    from kg.ingest.settings import InputSettings
    from kg.records import Document, DocumentRecord

    __version__: str

_HOMES: Final = {
    "Document": "kg.records",
    "DocumentFailure": "kg.ingest.items",
    "DocumentRecord": "kg.records",
    "DocumentSkip": "kg.ingest.items",
    "Graph": "kg.api",
    "InputSettings": "kg.ingest.settings",
    "Limits": "kg.ingest.limits",
    "build": "kg.api",
    "extract": "kg.api",
    "load": "kg.api",
    "read_graph": "kg.api",
    "read_lexicon": "kg.api",
}

__all__ = [
    "ConfigError",
    "Document",
    "DocumentError",
    "DocumentFailure",
    "DocumentRecord",
    "DocumentSkip",
    "EndpointError",
    "Graph",
    "GraphError",
    "InputError",
    "InputSettings",
    "KgError",
    "LexiconError",
    "LimitError",
    "Limits",
    "MissingExtraError",
    "ModelError",
    "OntologyError",
    "QueryError",
    "RecordError",
    "__version__",
    "build",
    "extract",
    "load",
    "read_graph",
    "read_lexicon",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
    elif name == "__version__":
        value = _version()
    else:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    globals()[name] = value
    return value


def _version() -> str:
    from importlib import metadata

    try:
        return metadata.version("kg")
    except metadata.PackageNotFoundError:
        return "unknown"


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
