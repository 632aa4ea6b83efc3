"""What an address asks for beside a selection: numbers, the first row of a page, and what a form carries along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import ConfigError
from kg.plot.spoken import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    Parameters = Mapping[str, str]

ROWS: Final = 100
"""How many rows a page of a list shows."""
STATED: Final = 10
"""How many stated relations a page shows at first."""
MOST_STATED: Final = 10_000
"""How many it shows at most."""


def number(given: Parameters, name: str, default: int, least: int, most: int) -> int:
    """Return the number ``name``, drawn into its bounds; ``default`` where there is none.

    Raises:
        ConfigError: It is no whole number.
    """
    text = given.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise ConfigError(f"{name} is a whole number, not {text[:40]!r}")
    return min(max(int(text), least), most)


def first_row(given: Parameters, total: int) -> int:
    """Return which row a page begins with: that of ``from``, or where there are not so many, of the last page.

    Raises:
        ConfigError: ``from`` is no whole number.
    """
    first = number(given, "from", 0, 0, 10**9)
    return first if first < total else max(total - 1, 0) // ROWS * ROWS


def hidden(**values: object) -> tuple[tuple[str, str], ...]:
    """Return the hidden fields of a form, none for what is "" or None."""
    return tuple((name, str(value)) for name, value in values.items() if value not in ("", None))


def caption(found: int, shown: int, noun: str = "event") -> str:
    """Return how many there are, and how many of them are shown where those are not all.

    >>> caption(3, 100), caption(300, 100)
    ('3 events', '300 events, 100 of them shown')
    """
    return f"{count(found, noun)}" + (f", {shown} of them shown" if found > shown else "")
