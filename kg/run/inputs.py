"""What the user gives to be read: paths, documents and records, one or several."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeAlias

from kg.records import Document, DocumentRecord

if TYPE_CHECKING:
    from collections.abc import Iterable

Input: TypeAlias = "str | os.PathLike[str] | Document | DocumentRecord"


def listed(inputs: Input | Iterable[Input]) -> Iterable[Input]:
    """Return the inputs as several, also where there is but one."""
    if isinstance(inputs, str | os.PathLike | Document | DocumentRecord):
        return (inputs,)
    return inputs
