"""How inputs are read: limits, names of fields, what is left aside, and which hosts may be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError
from kg.ingest.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIELDS: Final = ("id", "text", "title", "published", "publisher", "url", "language", "authors", "source")
"""What is known of a document in a table or JSON object."""


@dataclass(frozen=True, slots=True)
class InputSettings:
    """How inputs are read.

    Attributes:
        limits: Bounds on what one document may cost.
        fields: The columns or keys that hold what is known of a document, where they are not called by the names
            in :data:`FIELDS`: ``{"text": "body", "published": "meta.date"}``; a dot leads into an object.
        any_language: Read documents that are not in English, too.
        keep_duplicates: Read documents that are there already word for word, too.
        allowed_hosts: Hosts (names or addresses) that may be asked although their addresses are private.
        follow: Fetch the pages that the entries of feeds link to.
        delay: Seconds between two requests to one host, where it asks for no more.

    Raises:
        ConfigError: If ``fields`` names what no document has.
    """

    limits: Limits = field(default_factory=Limits)
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    any_language: bool = False
    keep_duplicates: bool = False
    allowed_hosts: frozenset[str] = frozenset()
    follow: bool = False
    delay: float = 1.0

    def __post_init__(self) -> None:
        for name, column in self.fields.items():
            if name not in FIELDS:
                raise ConfigError(f"a document has no field {name!r}; it has {', '.join(FIELDS)}")
            if not column:
                raise ConfigError(f"the field {name} needs the name of a column")


def parse_fields(mappings: Iterable[str]) -> dict[str, str]:
    """Return the mapping that strings such as ``text=body`` give.

    Raises:
        ConfigError: If one is no ``NAME=COLUMN``.

    >>> parse_fields(["text=body", "published=meta.date"])
    {'text': 'body', 'published': 'meta.date'}
    """
    found = {}
    for mapping in mappings:
        name, equals, column = mapping.partition("=")
        if not equals:
            raise ConfigError(f"a field is given as NAME=COLUMN, such as text=body, not {mapping!r}")
        found[name] = column
    return found
