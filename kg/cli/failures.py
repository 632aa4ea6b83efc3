"""What could not be read or was left aside: told at once, counted at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.cli.terminal import complain, note, one_line

if TYPE_CHECKING:
    from kg.ingest.items import DocumentFailure, DocumentSkip

NOTHING_READ: Final = 2
SOME_FAILED: Final = 1
_SHOWN: Final = 20


class Failures:
    """Counts documents that could not be read or were left aside, and names the first of them."""

    def __init__(self) -> None:
        self.count = 0
        self.skipped = 0

    def add(self, failure: DocumentFailure) -> None:
        """Report one failure."""
        self.count += 1
        if self.count <= _SHOWN:
            complain(str(failure.error))

    def skip(self, skip: DocumentSkip) -> None:
        """Report a document that was left aside, which is no failure."""
        self.skipped += 1
        if self.skipped <= _SHOWN:
            note(f"kg: {one_line(str(skip))}")

    def exit_code(self, read: int) -> int:
        """Sum up, and return the exit code after ``read`` documents were read."""
        if self.count > _SHOWN:
            note(f"kg: {self.count - _SHOWN} more documents could not be read")
        if self.skipped > _SHOWN:
            note(f"kg: {self.skipped - _SHOWN} more documents left aside")
        if not read:
            return NOTHING_READ
        return SOME_FAILED if self.count else 0
