"""The readers that there are: kg's own, and those that other packages add by the entry point ``kg_readers``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ConfigError
from kg.ingest.plugin import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUP: Final = "kg_readers"
# The entry points of kg itself, as pyproject.toml declares them: they hold where the package is not installed, too.
# The order is that in which files without a suffix are tried.
BUILT_IN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gzip": "kg.ingest.compressed:GZIP",
        "bzip2": "kg.ingest.compressed:BZIP2",
        "xz": "kg.ingest.compressed:XZ",
        "zstandard": "kg.ingest.compressed:ZSTANDARD",
        "epub": "kg.ingest.epub:READER",
        "docx": "kg.ingest.docx:READER",
        "zip": "kg.ingest.zip:READER",
        "tar": "kg.ingest.tar:READER",
        "warc": "kg.ingest.warc:READER",
        "pdf": "kg.ingest.pdf:READER",
        "parquet": "kg.ingest.parquet:READER",
        "feed": "kg.ingest.feed:READER",
        "html": "kg.ingest.html:READER",
        "jsonl": "kg.ingest.jsonl:READER",
        "json": "kg.ingest.json:READER",
        "csv": "kg.ingest.delimited:CSV",
        "tsv": "kg.ingest.delimited:TSV",
        "text": "kg.ingest.text:READER",
    }
)


@cache
def readers() -> Mapping[str, Reader]:
    """Return every reader by name. A reader of another package takes the place of kg's own of that name.

    Raises:
        ConfigError: If an entry point leads to no reader.
    """
    found = {name: _load(target) for name, target in BUILT_IN.items()}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        if BUILT_IN.get(point.name) == point.value:
            continue
        reader = point.load()
        if not isinstance(reader, Reader):
            raise ConfigError(f"the entry point {point.name} = {point.value} in {GROUP} is no reader")
        found[point.name] = reader
    return MappingProxyType(found)


@cache
def suffixes() -> Mapping[str, Reader]:
    """Return the reader of every suffix."""
    return MappingProxyType({suffix: reader for reader in readers().values() for suffix in reader.suffixes})


def reader_of(name: str, beginning: bytes = b"", media_type: str = "") -> Reader:
    """Return the reader of a file after its suffix, or else its type, or else its first bytes; else that of text."""
    by_suffix = suffixes().get(PurePosixPath(name).suffix.lower())
    if by_suffix is not None and not media_type:
        return by_suffix
    # A server's word that something is HTML or XML is too often said of feeds and files.
    if media_type and media_type not in {"text/html", "text/plain", "application/octet-stream"}:
        for reader in readers().values():
            if media_type in reader.media_types:
                return reader
    for reader in readers().values():
        if reader.begins is not None and reader.begins(beginning):
            return reader
    return readers()["html" if media_type == "text/html" else "text"]


def supported(name: str) -> bool:
    """Say whether a file of this name is of a format that is read."""
    path = PurePosixPath(name)
    reader = suffixes().get(path.suffix.lower())
    if reader is None:
        return False
    inner = PurePosixPath(path.stem)
    return not (reader.wraps and inner.suffix) or supported(inner.name) or not inner.suffix[1:].isalpha()


def _load(target: str) -> Reader:
    module, _, name = target.partition(":")
    loaded: Any = getattr(import_module(module), name)
    if not isinstance(loaded, Reader):
        raise ConfigError(f"{target} is no reader")
    return loaded
