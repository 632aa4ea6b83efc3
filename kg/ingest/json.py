"""JSON: one object, a list of objects, or an object with such a list in it; read as a stream."""

from __future__ import annotations

import io
import re
from typing import IO, TYPE_CHECKING, Any, Final

from kg.errors import DocumentError, LimitError
from kg.ingest.items import DocumentFailure
from kg.ingest.jsonl import item_of
from kg.ingest.plugin import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer

    from kg.ingest.items import AnyItem
    from kg.ingest.origin import Origin

_LIST: Final = re.compile(rb"(\xef\xbb\xbf)?\s*\[\s*\{")
_BOM: Final = b"\xef\xbb\xbf"
_DEPTH: Final = 100
_CHUNK: Final = 1 << 16
_OPENS: Final = frozenset({"start_map", "start_array"})
_CLOSES: Final = frozenset({"end_map", "end_array"})


class _Bounded(io.RawIOBase):
    """A stream of which only so much may be read for one document."""

    def __init__(self, file: IO[bytes], limit: int, name: str) -> None:
        self._file = file
        self._limit = limit
        self._name = name
        self._left = limit
        self._begun = False

    def renew(self) -> None:
        """Begin the next document."""
        self._left = self._limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self._file.read(min(len(view), _CHUNK))
        self._left -= len(data)
        if self._left < -_CHUNK:
            raise LimitError(
                f"cannot read {self._name}: an object of more than {self._limit:,} bytes (the limit 'document_bytes')"
            )
        view[: len(data)] = data
        return len(data)


def _read(file: IO[bytes], origin: Origin) -> Iterator[AnyItem]:
    if hasattr(file, "peek") and not file.peek(1):
        raise DocumentError(f"cannot read {origin.name}: it is empty")
    bounded = _Bounded(file, origin.settings.limits.document_bytes, origin.name)
    number = 0
    for value in _objects(io.BufferedReader(bounded, _CHUNK), origin.name):
        bounded.renew()
        number += 1
        where = f"{origin.name}:{number}"
        if isinstance(value, dict):
            yield from _items(value, origin, number, where)
        else:
            yield DocumentFailure(where, DocumentError(f"{where}: expected an object, found {type(value).__name__}"))
    if not number:
        raise DocumentError(f"cannot read {origin.name}: it holds no object")


def _items(value: dict[str, Any], origin: Origin, number: int, where: str) -> Iterator[AnyItem]:
    """Yield the document of an object, or those in its only list of objects, as in ``{"articles": [...]}``."""
    lists = [item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], dict)]
    text = origin.settings.fields.get("text", "text")
    if number > 1 or len(lists) != 1 or text.partition(".")[0] in value or "events" in value:
        yield item_of(value, origin, number, where)
        return
    for inner, one in enumerate(lists[0], start=1):
        place = f"{origin.name}:{inner}"
        if isinstance(one, dict):
            yield item_of(one, origin, inner, place)
        else:
            yield DocumentFailure(place, DocumentError(f"{place}: expected an object, found {type(one).__name__}"))


def _objects(file: IO[bytes], name: str) -> Iterator[Any]:
    """Yield the values of a list one by one, or the only value that there is, of a stream of JSON."""
    import ijson
    from ijson.common import ObjectBuilder

    if getattr(file, "peek", lambda _: b"")(len(_BOM)).startswith(_BOM):
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
