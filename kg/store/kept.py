"""The records of a graph beside its triples, in the folder of its database: for whoever reads all of it.

A database knows any triple at once, but to read all of them into records takes some forty times as long as to read the
records themselves. The file says of which state of the database it is a copy. Oxigraph passes over it, and whoever
else writes to the database brings that into another state, in which the file no longer counts.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from kg.errors import GraphError, InputError
from kg.files import write_whole
from kg.graph.compact import pack, unpack
from kg.graph.garbage import uncollected

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph.model import KnowledgeGraph

NAME: Final = "kg.graph.gz"
_DATA: Final = ("*.sst", "*.log", "*.blob")


def keep(knowledge: KnowledgeGraph, folder: Path) -> None:
    """Write the records of the graph in a database that has been closed; where that cannot be, there are none."""
    with suppress(OSError, InputError, GraphError), write_whole(folder / NAME, "wb") as file:
        pack(knowledge, file, state(folder))


def kept(folder: Path) -> KnowledgeGraph | None:
    """Return the records of the graph in a database; None where there are none, or none of its present state."""
    try:
        now = state(folder)
        with uncollected():
            found = unpack(folder / NAME, now)
        return found if state(folder) == now else None
    except (OSError, GraphError):
        return None


def state(folder: Path) -> str:
    """Return a digest of what a database holds, by what it says of its files of data, and by their names and sizes.

    Raises:
        OSError: A file cannot be read, or there is no database.
    """
    digest = hashlib.sha256()
    for path in (folder / "CURRENT", *sorted(folder.glob("MANIFEST-*"))):
        digest.update(f"{path.name}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    for path in sorted(one for pattern in _DATA for one in folder.glob(pattern)):
        digest.update(f"{path.name} {path.stat().st_size}\n".encode())
    return digest.hexdigest()
