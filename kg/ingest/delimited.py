"""CSV and TSV: a document a row, the first row naming the columns."""

from __future__ import annotations

import csv
import io
import re
from itertools import chain
from typing import IO, TYPE_CHECKING, Any, Final

from kg.errors import DocumentError, LimitError, RecordError
from kg.ingest.decode import detect, marked, refuse_binary
from kg.ingest.dispatch import broken
from kg.ingest.items import DocumentFailure
from kg.ingest.plugin import Reader
from kg.ingest.rows import document_of, no_text_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.ingest.items import AnyItem
    from kg.ingest.origin import Origin

_SNIFFED: Final = 1 << 13
_SEPARATORS: Final = ",;\t|"
_BROKEN: Final = re.compile("[\udc80-\udcff]")


def _read(file: io.BufferedReader, origin: Origin, separator: str | None) -> Iterator[AnyItem]:
    encoding = _encoding(file.peek(_SNIFFED)[:_SNIFFED], origin.name)
    limit = origin.settings.limits.document_bytes
    text = io.TextIOWrapper(file, encoding, errors="surrogateescape", newline="")
    before = csv.field_size_limit(min(limit, 2**31 - 1))
    try:
        lines = _lines(text, limit, origin.name)
        first = next(lines, "")
        if not first.strip():
            raise DocumentError(f"cannot read {origin.name}: it is empty")
        table = csv.reader(chain([first], lines), delimiter=separator or _separator(first))
        yield from _documents(table, origin)
    except csv.Error as error:
        raise broken(origin.name, "table", error) from error
    finally:
        csv.field_size_limit(before)
        # The file is another's to close.
        text.detach()


def _documents(table: Any, origin: Origin) -> Iterator[AnyItem]:
    names: Sequence[str] = [name.strip() for name in next(table)]
    if origin.settings.fields.get("text", "text") not in names:
        raise no_text_column(names, origin)
    found = False
    for number, row in enumerate(table, start=1):
        if not any(row):
            continue
        found = True
        where = f"{origin.name}:{table.line_num}"
        if any(_BROKEN.search(cell) for cell in row):
            yield DocumentFailure(where, RecordError(f"{where}: not UTF-8; save it as UTF-8"))
        else:
            known = {name: cell for name, cell in zip(names, row, strict=False) if cell}
            yield document_of(known, origin, number, where)
    if not found:
        raise DocumentError(f"cannot read {origin.name}: it has no rows")


def _lines(file: IO[str], limit: int, name: str) -> Iterator[str]:
    while line := file.readline(limit + 1):
        if len(line) > limit:
            raise LimitError(f"cannot read {name}: a line of more than {limit:,} bytes (the limit 'document_bytes')")
        yield line


def _separator(header: str) -> str:
    return max(_SEPARATORS, key=header.count)


def _encoding(beginning: bytes, name: str) -> str:
    if (encoding := marked(beginning)) is not None:
        return encoding
    refuse_binary(beginning, name)
    try:
        beginning.decode("utf-8")
    except UnicodeDecodeError as error:
        # The beginning may end within a character.
        if error.start < len(beginning) - 3:
            return detect(beginning) or "utf-8-sig"
    return "utf-8-sig"


CSV: Final = Reader("CSV table", (".csv",), lambda file, origin: _read(file, origin, None), media_types=("text/csv",))
TSV: Final = Reader(
    "TSV table",
    (".tsv", ".tab"),
    lambda file, origin: _read(file, origin, "\t"),
    media_types=("text/tab-separated-values",),
)
