"""What a reader of a format is: a small record that other packages can add to by the entry point ``kg_readers``."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, TypeAlias

from kg.ingest.items import AnyItem
from kg.ingest.origin import Origin
from kg.records import Document

Read: TypeAlias = Callable[[io.BufferedReader, Origin], Iterator[AnyItem]]
Parse: TypeAlias = Callable[[bytes, Origin], Document]


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of one format.

    Attributes:
        name: What the format is called in messages, as ``PDF``.
        suffixes: The suffixes of its files, in lower case, with the dot.
        read: Takes an open file of bytes and where it comes from, and gives documents, failures and what was left
            aside, one by one. What it raises becomes a failure of the file, whatever it is.
        begins: Says whether a file that begins with these bytes is of this format; None where that cannot be told.
        media_types: The types by which servers call it.
        wraps: Whether it is only a wrapping of something else, like ``.gz``, whose suffix stands before.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Read
    begins: Callable[[bytes], bool] | None = None
    media_types: tuple[str, ...] = ()
    wraps: bool = False


def whole(parse: Parse) -> Read:
    """Return the reading of a format whose file is one document, out of a function that parses its bytes."""

    def read(file: IO[bytes], origin: Origin) -> Iterator[AnyItem]:
        data = origin.read_all(file)
        with origin.timed():
            document = parse(data, origin)
        yield origin.own(document)

    return read
