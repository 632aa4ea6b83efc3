"""Parquet: a document a row, read in batches (extra ``parquet``)."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any, Final

from kg.errors import DocumentError, MissingExtraError
from kg.ingest.plugin import Reader
from kg.ingest.rows import document_of, no_text_column
from kg.ingest.settings import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.ingest.items import AnyItem
    from kg.ingest.origin import Origin

_ROWS: Final = 64


def _read(file: IO[bytes], origin: Origin) -> Iterator[AnyItem]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("Parquet needs the extra 'parquet': pip install 'kg[parquet]'") from error
    with origin.timed():
        table = pq.ParquetFile(pa.PythonFile(origin.seekable(file), mode="r"))
        columns = _columns(table.schema_arrow.names, origin)
    number = 0
    for batch in table.iter_batches(batch_size=_ROWS, columns=columns, use_threads=False):
        for row in batch.to_pylist():
            number += 1
            yield document_of(_plain(row), origin, number, f"{origin.name}:{number}")
    if not number:
        raise DocumentError(f"cannot read {origin.name}: it has no rows")


def _columns(names: Sequence[str], origin: Origin) -> list[str]:
    """Return the columns that say something of a document, of which one must be the text."""
    fields = {name: origin.settings.fields.get(name, name) for name in FIELDS}
    wanted = {*fields.values(), *(column.partition(".")[0] for column in fields.values())}
    if fields["text"] not in names and fields["text"].partition(".")[0] not in names:
        raise no_text_column(names, origin)
    return [name for name in names if name in wanted]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row in which numbers, as of ids, are strings, and bytes are text."""
    return {name: _plain_value(value) for name, value in row.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return json.dumps(value) if isinstance(value, int | float) else value


READER: Final = Reader(
    "Parquet table",
    (".parquet",),
    _read,
    begins=lambda data: data.startswith(b"PAR1"),
    media_types=("application/vnd.apache.parquet",),
)
