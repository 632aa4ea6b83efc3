"""What reading gives beside documents: those that failed, and those that were left aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from kg.records import Document, DocumentRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.errors import InputError

SkipReason = Literal["language", "duplicate", "kind"]


@dataclass(frozen=True, slots=True)
class DocumentFailure:
    """A document, file or folder that could not be read, and why."""

    source: str
    error: InputError


@dataclass(frozen=True, slots=True)
class DocumentSkip:
    """A document that was left aside, and why.

    ``reason`` is ``language`` (not in English), ``duplicate`` (there already, word for word) or ``kind`` (no text:
    an answer in an archive that is an image or an error page); ``detail`` says it in words.
    """

    source: str
    reason: SkipReason
    detail: str

    def __str__(self) -> str:
        return f"left aside {self.source}: {self.detail}"


Item: TypeAlias = Document | DocumentRecord | DocumentFailure
AnyItem: TypeAlias = Item | DocumentSkip
OnSkip: TypeAlias = "Callable[[DocumentSkip], None]"
