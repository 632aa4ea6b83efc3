"""Large graphs from one opening to the next: what was read once is kept, and read in a fraction of the time.

Copies lie in a folder of the user's choice, readable by that user alone, and are known by where the graph is, how large
it is and when it was written. Only the latest few stay.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from kg.errors import GraphError, InputError
from kg.files import write_whole
from kg.graph.compact import pack, unpack
from kg.graph.garbage import uncollected
from kg.store.kept import kept

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph.model import KnowledgeGraph

# Events and relations of about 200,000 triples, below which a graph is read in a moment.
LARGE: Final = 6_000
_COPIES: Final = 8
_SUFFIX: Final = ".graph.gz"


def opened(graph: Path, folder: Path | None = None, large: int = LARGE) -> KnowledgeGraph:
    """Return the graph in a file or database: from a copy of it, where there is one and the graph is unchanged.

    A database that kg wrote holds a copy of its own, and needs none in the folder.

    Args:
        graph: The file or database.
        folder: Where copies are kept; None for reading the graph itself, and keeping none.
        large: How many events and relations a graph must have to be kept.

    Raises:
        GraphError: The graph cannot be read, or is none of kg's.
    """
    if (own := kept(graph)) is not None:
        return own
    state = _state(graph)
    copy = folder / f"{state}{_SUFFIX}" if folder is not None and state else None
    if copy is not None and (known := _kept(copy)) is not None:
        return known
    from kg.store import read_knowledge

    found = read_knowledge(graph)
    if copy is not None and len(found.events) + len(found.relations) >= large and _state(graph) == state:
        with suppress(OSError, InputError, GraphError):  # a copy is a convenience
            _keep(found, copy)
    return found


def _kept(copy: Path) -> KnowledgeGraph | None:
    """Return the graph in a copy; None where there is none that can be read."""
    try:
        with uncollected():
            found = unpack(copy)
    except GraphError:
        return None
    with suppress(OSError):
        copy.touch()
    return found


def _keep(graph: KnowledgeGraph, copy: Path) -> None:
    copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with write_whole(copy, "wb") as file:
        pack(graph, file)
    copy.chmod(0o600)
    copies = sorted(copy.parent.glob(f"*{_SUFFIX}"), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in copies[_COPIES:]:
        old.unlink()


def _state(graph: Path) -> str:
    """Return a digest of where a graph is and when it was written; "" where that cannot be told, as of an endpoint."""
    try:
        files = sorted(one for one in graph.iterdir() if _holds_data(one)) if graph.is_dir() else [graph]
        told = [(one.name, stat.st_size, stat.st_mtime_ns) for one in files for stat in [one.stat()]]
        place = str(graph.resolve(strict=True))
    except OSError:
        return ""
    return hashlib.sha256(json.dumps([place, told]).encode()).hexdigest()[:32]


def _holds_data(file: Path) -> bool:
    """Say whether a file of a database changes only with what the database holds: logs and locks do not."""
    return file.suffix == ".sst" or file.name == "CURRENT" or file.name.startswith("MANIFEST")
