"""Where graphs live: in memory, in a file, in a database on disk, behind a SPARQL endpoint. One interface for all."""

from kg.store.database import Database, is_database
from kg.store.endpoint import Endpoint
from kg.store.file import File
from kg.store.memory import Memory, graph_of
from kg.store.places import Store, knowledge_of, read, read_knowledge, store_at, write, write_knowledge

__all__ = [
    "Database",
    "Endpoint",
    "File",
    "Memory",
    "Store",
    "graph_of",
    "is_database",
    "knowledge_of",
    "read",
    "read_knowledge",
    "store_at",
    "write",
    "write_knowledge",
]
