"""What one document may cost to read: safe bounds against hostile files, each a setting."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from kg.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable

_VALUE: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([kMG]?)B?")
_FACTORS: Final = {"": 1, "k": 1_000, "M": 1_000_000, "G": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on reading. What goes beyond one is reported as a failure of that document; the rest is read.

    Attributes:
        document_bytes: Size of one document as it is stored: a file, a line, a page, a member of an archive.
        text_characters: Length of the text taken out of it.
        seconds: CPU time for taking a text out of one document (where the system has timers, in the main thread).
        pages: Pages of a PDF, chapters of an EPUB.
        members: Members of one archive.
        depth: How deep archives and compressed files may lie within one another.
        expansion: How many times its size a compressed file or archive may expand to, beyond the first 100 MB.
        fetch_seconds: Time by the clock for fetching one page, redirects and all.
        redirects: Redirects of one page.

    Raises:
        ConfigError: If a limit is not above 0.
    """

    document_bytes: int = 50_000_000
    text_characters: int = 1_000_000
    seconds: float = 10.0
    pages: int = 2_000
    members: int = 1_000_000
    depth: int = 4
    expansion: int = 200
    fetch_seconds: float = 60.0
    redirects: int = 5

    def __post_init__(self) -> None:
        for field in fields(self):
            if not getattr(self, field.name) > 0:
                raise ConfigError(f"the limit {field.name} must be above 0")

    @classmethod
    def parse(cls, settings: Iterable[str]) -> Limits:
        """Return the limits that strings such as ``document_bytes=200MB`` or ``seconds=30`` set, else the usual ones.

        Raises:
            ConfigError: If a string is no ``NAME=VALUE`` with the name of a limit and a number.

        >>> Limits.parse(["document_bytes=200MB"]).document_bytes
        200000000
        """
        chosen: dict[str, Any] = dict(_setting(setting) for setting in settings)
        return replace(cls(), **chosen)


def _setting(setting: str) -> tuple[str, float]:
    name, _, value = setting.partition("=")
    known = [field.name for field in fields(Limits)]
    if name not in known:
        raise ConfigError(f"no limit is named {name!r}; there are {', '.join(known)}")
    found = _VALUE.fullmatch(value.strip())
    if found is None:
        raise ConfigError(f"the limit {name} takes a number such as 500, 20k or 50MB, not {value!r}")
    number = float(found[1]) * _FACTORS[found[2]]
    return name, int(number) if number.is_integer() else number
