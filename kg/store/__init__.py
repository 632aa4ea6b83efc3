"""Where graphs live: in memory, a file, a pipe, a database on disk, behind a SPARQL endpoint. One interface for all.

What reads RDF is imported when it is first needed, since records that are at hand need none of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kg.store.database import Database, is_database
    from kg.store.endpoint import Endpoint
    from kg.store.file import File
    from kg.store.memory import Memory, graph_of
    from kg.store.places import Store, knowledge_of, read, read_knowledge, read_to_ask, store_at, write, write_knowledge
    from kg.store.stream import StandardInput

_HOMES: Final = {
    "Database": "kg.store.database",
    "Endpoint": "kg.store.endpoint",
    "File": "kg.store.file",
    "Memory": "kg.store.memory",
    "StandardInput": "kg.store.stream",
    "Store": "kg.store.places",
    "graph_of": "kg.store.memory",
    "is_database": "kg.store.database",
    "knowledge_of": "kg.store.places",
    "read": "kg.store.places",
    "read_knowledge": "kg.store.places",
    "read_to_ask": "kg.store.places",
    "store_at": "kg.store.places",
    "write": "kg.store.places",
    "write_knowledge": "kg.store.places",
}

__all__ = [
    "Database",
    "Endpoint",
    "File",
    "Memory",
    "StandardInput",
    "Store",
    "graph_of",
    "is_database",
    "knowledge_of",
    "read",
    "read_knowledge",
    "read_to_ask",
    "store_at",
    "write",
    "write_knowledge",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg.store' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
