"""The formats that graphs are written and read in, by name and by suffix."""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from pyoxigraph import RdfFormat

from kg.errors import ConfigError, GraphError


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name here, the suffixes of its files, and what Oxigraph calls it."""

    name: str
    suffixes: tuple[str, ...]
    oxigraph: RdfFormat


FORMATS: Final = (
    Format("turtle", (".ttl", ".turtle"), RdfFormat.TURTLE),
    Format("trig", (".trig",), RdfFormat.TRIG),
    Format("nquads", (".nq", ".nquads"), RdfFormat.N_QUADS),
    Format("ntriples", (".nt", ".ntriples"), RdfFormat.N_TRIPLES),
    Format("jsonld", (".jsonld", ".json"), RdfFormat.JSON_LD),
)

_JSON: Final = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*\{)")  # what begins no graph of Turtle or TriG but an empty one
_QUAD: Final = re.compile(
    rb"""^[ \t]*(?:<[^<>\s]*>|_:\S+)[ \t]*<[^<>\s]*>[ \t]*
    (?:<[^<>\s]*>|_:\S+|"(?:[^"\\\n]|\\.)*"(?:@[\w-]+|\^\^<[^<>\s]*>)?)
    [ \t]*(?:<[^<>\s]*>|_:\S+)[ \t]*\.""",
    re.MULTILINE | re.VERBOSE,
)


def format_named(name: str) -> Format:
    """Return the format called ``name``.

    Raises:
        ConfigError: If there is none.
    """
    for known in FORMATS:
        if known.name == name:
            return known
    raise ConfigError(f"no graph format {name!r}; known: {', '.join(known.name for known in FORMATS)}")


def format_of(path: str | os.PathLike[str]) -> str:
    """Return the name of the format that a file's suffix stands for, whatever its case.

    Raises:
        ConfigError: If it stands for none.

    >>> format_of("news.ttl")
    'turtle'
    """
    suffix = PurePath(path).suffix.lower()
    for known in FORMATS:
        if suffix in known.suffixes:
            return known.name
    suffixes = ", ".join(known.suffixes[0] for known in FORMATS)
    raise ConfigError(f"{PurePath(path).name}: no graph format for the suffix {suffix!r}; known: {suffixes}")


def format_to_read(path: str | os.PathLike[str]) -> str:
    """Return the name of the format that a graph is in, after its file's suffix.

    Raises:
        GraphError: If the suffix stands for none.
    """
    try:
        return format_of(path)
    except ConfigError as error:
        raise GraphError(f"{os.fspath(path)} is no graph that can be read: {error}") from error


def format_of_content(content: bytes) -> str:
    """Return the name of the format that the content of a graph is in; N-Triples count as the Turtle that they are.

    >>> format_of_content(b"<urn:a> <urn:b> 'c' ."), format_of_content(b'<urn:a> <urn:b> "c" <urn:d> .')
    ('turtle', 'nquads')
    """
    if _JSON.match(content.removeprefix(BOM_UTF8)):
        return "jsonld"
    if _QUAD.search(content):
        return "nquads"
    return "trig" if b"{" in content else "turtle"  # a brace in a text does no harm: all Turtle is TriG
