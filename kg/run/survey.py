"""What there is to read, before it is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.ingest import DocumentFailure
from kg.run.extract import report
from kg.run.folder import read_before
from kg.run.reading import digest_of, document_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from kg.ingest.items import Item
    from kg.run.extract import OnFailure
    from kg.run.reading import Reading


@dataclass(frozen=True, slots=True)
class Survey:
    """What inputs hold: documents, words as spaces part them, those read before by a run, and what failed.

    >>> print(Survey(documents=2, words=1_200, read_before=1))
    2 documents, 1,200 words; 1 of them read before; 0 cannot be read
    """

    documents: int = 0
    words: int = 0
    read_before: int = 0
    failed: int = 0

    def __str__(self) -> str:
        before = f"{self.read_before:,} of them read before; " if self.read_before else ""
        documents = f"{self.documents:,} document{'' if self.documents == 1 else 's'}"
        return f"{documents}, {self.words:,} words; {before}{self.failed:,} cannot be read"


def survey(
    items: Iterable[Item],
    reading: Reading,
    run: str | os.PathLike[str] | None = None,
    on_failure: OnFailure | None = None,
) -> Survey:
    """Go through documents without reading what they report.

    Args:
        items: The documents.
        reading: How they would be read.
        run: The folder of a run, which tells what it has read before; it is not written to.
        on_failure: Called with each document that cannot be opened; without it the first one raises.

    Raises:
        InputError: If a document cannot be opened, and there is no ``on_failure``.
        ConfigError: If the run was begun otherwise, or its folder holds something else.
    """
    before = read_before(run, reading) if run is not None else frozenset[str]()
    found = Survey()
    for item in items:
        if isinstance(item, DocumentFailure):
            report(item, on_failure)
            found = replace(found, failed=found.failed + 1)
            continue
        found = replace(
            found,
            documents=found.documents + 1,
            words=found.words + len(document_of(item).text.split()),
            read_before=found.read_before + (bool(before) and digest_of(item) in before),
        )
    return found
