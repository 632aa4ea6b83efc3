"""What the columns of the reading heads stand for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from kg.errors import ModelError

if TYPE_CHECKING:
    from typing import Self


@dataclass(frozen=True, slots=True)
class EventInventory:
    """The closed inventories of the reading heads, in the order of their logits. ``sectors[0]`` is none.

    ``paths`` and ``cases`` are the dependency paths and case markers that have an embedding (:mod:`kg.language.paths`).
    """

    actors: tuple[str, ...]
    sectors: tuple[str, ...]
    events: tuple[str, ...]
    modes: tuple[str, ...]
    relations: tuple[str, ...]
    factualities: tuple[str, ...]
    relation_factualities: tuple[str, ...]
    roles: tuple[str, ...]
    circumstances: tuple[str, ...]
    paths: tuple[str, ...]
    cases: tuple[str, ...]

    @classmethod
    def from_json(cls, found: Any) -> Self:
        """Read the part ``events`` of ``labels.json``.

        Raises:
            ModelError: a list is missing or holds anything but strings.
        """
        values: dict[str, Any] = {f.name: found.get(f.name) if isinstance(found, dict) else None for f in fields(cls)}
        for name, labels in values.items():
            if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
                raise ModelError(
                    f"labels.events.{name}: expected a list of strings; the model does not fit this version"
                )
        return cls(**{name: tuple(labels) for name, labels in values.items()})
