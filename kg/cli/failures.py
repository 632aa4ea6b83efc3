"""What could not be read or was left aside: told at once, counted at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.cli.log import Log
    from kg.ingest.items import DocumentFailure, DocumentSkip

NOTHING_READ: Final = 2
SOME_FAILED: Final = 1


class Failures:
    """Counts documents that could not be read or were left aside, and tells of them."""

    def __init__(self, log: Log) -> None:
        self.count = 0
        self.skipped = 0
        self._log = log

    def add(self, failure: DocumentFailure) -> None:
        """Report one failure."""
        self.count += 1
        self._log.failure(failure)

    def skip(self, skip: DocumentSkip) -> None:
        """Report a document that was left aside, which is no failure."""
        self.skipped += 1
        self._log.skip(skip)

    def counts(self) -> dict[str, int]:
        """Return how many failed, and how many were left aside."""
        return {"failed": self.count, "left_aside": self.skipped}

    def exit_code(self, read: int) -> int:
        """Sum up, and return the exit code after ``read`` documents were read."""
        self._log.untold()
        if not read:
            return NOTHING_READ
        return SOME_FAILED if self.count else 0
