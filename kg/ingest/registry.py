"""The readers that there are: kg's own, and those that other packages add by the entry point ``kg_readers``."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

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
        ConfigError: If an entry point leads to nothing, or to what is no reader.
    """
    own = [EntryPoint(name, value, GROUP) for name, value in BUILT_IN.items()]
    others = [point for point in entry_points(group=GROUP) if BUILT_IN.get(point.name) != point.value]
    others.sort(key=lambda point: (point.name, point.value))
    return MappingProxyType({point.name: _load(point) for point in (*own, *others)})


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


def _load(point: EntryPoint) -> Reader:
    place = f"the entry point {point.name} = {point.value} in {GROUP}"
    try:
        reader = point.load()
    except (ImportError, AttributeError) as error:
        raise ConfigError(f"{place} cannot be loaded: {error}") from error
    if not isinstance(reader, Reader):
        raise ConfigError(f"{place} is no reader")
    return reader
