"""Tables that hold several things under one key: filled one by one, then frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections import defaultdict
    from collections.abc import Iterable, Mapping

K = TypeVar("K")
V = TypeVar("V")


def file(table: defaultdict[K, list[V]], at: K, one: V) -> None:
    """Put ``one`` under the key ``at``, unless it lies there already."""
    if one not in table[at]:
        table[at].append(one)


def frozen(table: Mapping[K, Iterable[V]]) -> dict[K, tuple[V, ...]]:
    """Return a table that nothing is added to any more."""
    return {at: tuple(ones) for at, ones in table.items()}
