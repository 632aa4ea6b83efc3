"""JSON: one object, a list of objects, or an object with such a list in it; read as a stream."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from kg.errors import DocumentError, LimitError
from kg.ingest.budget import counted
from kg.ingest.items import DocumentFailure
from kg.ingest.jsonl import item_of
from kg.ingest.plugin import Reader

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator

    from kg.ingest.items import AnyItem
    from kg.ingest.origin import Origin

_LIST: Final = re.compile(rb"(\xef\xbb\xbf)?\s*\[\s*\{")
_BOM: Final = b"\xef\xbb\xbf"
_DEPTH: Final = 100
_CHUNK: Final = 1 << 16
_OPENS: Final = frozenset({"start_map", "start_array"})
_CLOSES: Final = frozenset({"end_map", "end_array"})


class _Bound:
    """How much may be read for one document."""

    def __init__(self, limit: int, name: str) -> None:
        self._limit = limit
        self._name = name
        self._left = limit

    def renew(self) -> None:
        """Begin the next document."""
        self._left = self._limit

    def spend(self, count: int) -> None:
        self._left -= count
        # What is read ahead is of the next document.
        if self._left < -_CHUNK:
            raise LimitError(
                f"cannot read {self._name}: an object of more than {self._limit:,} bytes (the limit 'document_bytes')"
            )


def _read(file: io.BufferedReader, origin: Origin) -> Iterator[AnyItem]:
    if not file.peek(1):
        raise DocumentError(f"cannot read {origin.name}: it is empty")
    bound = _Bound(origin.settings.limits.document_bytes, origin.name)
    number = 0
    for value in _objects(counted(file, bound.spend, _CHUNK), origin.name):
        bound.renew()
        number += 1
        yield from _items(value, origin, number)
    if not number:
        raise DocumentError(f"cannot read {origin.name}: it holds no object")


def _items(value: Any, origin: Origin, number: int) -> Iterator[AnyItem]:
    """Yield the document of an object, or those in its only list of objects, as in ``{"articles": [...]}``."""
    values = _listed(value, origin) if number == 1 else None
    if values is None:
        yield _item(value, origin, number)
        return
    for inner, one in enumerate(values, start=1):
        yield _item(one, origin, inner)


def _listed(value: Any, origin: Origin) -> list[Any] | None:
    """Return the only list of objects in an object that is itself no document; None where there is none."""
    text = origin.settings.fields.get("text", "text").partition(".")[0]
    if not isinstance(value, dict) or text in value or "events" in value:
        return None
    lists = [item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], dict)]
    return lists[0] if len(lists) == 1 else None


def _item(value: Any, origin: Origin, number: int) -> AnyItem:
    where = f"{origin.name}:{number}"
    if isinstance(value, dict):
        return item_of(value, origin, number, where)
    return DocumentFailure(where, DocumentError(f"{where}: expected an object, found {type(value).__name__}"))


def _objects(file: io.BufferedReader, name: str) -> Iterator[Any]:
    """Yield the values of a list one by one, or the only value that there is, of a stream of JSON."""
    import ijson
    from ijson.common import ObjectBuilder

    if file.peek(len(_BOM)).startswith(_BOM):
        file.read(len(_BOM))
    builder: Any = None
    depth, base = 0, 0
    try:
        for event, value in ijson.basic_parse(file, use_float=True, multiple_values=True):
            if depth == 0 and event == "start_array" and builder is None:
                base = depth = 1
                continue
            if depth == base == 1 and event == "end_array":
                base = depth = 0
                continue
            builder = builder or ObjectBuilder()
            builder.event(event, value)
            depth += (event in _OPENS) - (event in _CLOSES)
            if depth > _DEPTH:
                raise LimitError(f"cannot read {name}: JSON nested more than {_DEPTH} deep")
            if depth == base:
                yield builder.value
                builder = None
    except (ijson.JSONError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())[:100]
        raise DocumentError(f"cannot read {name}: not JSON: {reason}") from error


READER: Final = Reader(
    "JSON",
    (".json",),
    _read,
    begins=lambda data: _LIST.match(data) is not None,
    media_types=("application/json", "application/feed+json"),
)
