"""An archive of articles, made of stories and their annotation: nothing is read, so that thousands take seconds."""

from __future__ import annotations

import runpy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.records import DocumentRecord


def archive(repository: Path, number: int) -> Iterator[DocumentRecord]:
    """Give the records of so many articles of one story each, as ``benchmarks/articles.py`` makes them."""
    records: Iterator[DocumentRecord] = runpy.run_path(str(repository / "benchmarks" / "articles.py"))["records"](
        number, seed=1, words=1
    )
    return records
