"""Compressed files, .gz .bz2 .xz .zst: expanded as they are read, and what is in them read as if it lay bare."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from typing import IO, TYPE_CHECKING, Final, Protocol

from kg.errors import DocumentError, MissingExtraError
from kg.ingest.budget import counted
from kg.ingest.dispatch import broken, read_stream
from kg.ingest.plugin import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed import WriteableBuffer

    from kg.ingest.items import AnyItem
    from kg.ingest.origin import Origin

_CHUNK: Final = 1 << 16
# A file can ask for a dictionary of gigabytes.
_XZ_MEMORY: Final = 256 << 20
_ZSTANDARD_WINDOW_LOG: Final = 27


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


class _Gunzip:
    """zlib's decompressor with the manners of the others."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


class _Expanded(io.RawIOBase):
    """The bytes of a compressed file, of one stream or several on end."""

    def __init__(self, file: IO[bytes], make: Callable[[], _Decompressor], name: str, kind: str) -> None:
        self._file = file
        self._make = make
        self._name = name
        self._kind = kind
        self._one = make()
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = b""
        while not data:
            if self._one.eof:
                rest = self._one.unused_data or self._file.read(_CHUNK)
                # Zeros may pad the end, as on tapes.
                if not rest.strip(b"\0"):
                    return 0
                self._one, self._begun = self._make(), False
                data = self._expand(rest, len(view))
            elif not self._one.needs_input:
                data = self._expand(b"", len(view))
            elif rest := self._file.read(_CHUNK):
                data = self._expand(rest, len(view))
            else:
                data = self._last(len(view))
        view[: len(data)] = data
        return len(data)

    def _expand(self, data: bytes, most: int) -> bytes:
        self._begun = True
        try:
            return self._one.decompress(data, most)
        except Exception as error:
            raise broken(self._name, self._kind, error) from error

    def _last(self, most: int) -> bytes:
        """Return what is left within the decompressor at the end of the file."""
        data = self._expand(b"", most) if self._begun else b""
        if not data and not self._one.eof:
            reason = "cut off" if self._begun else "empty"
            raise DocumentError(f"cannot read {self._name}: it is {reason}")
        return data


def _reader(name: str, suffixes: dict[str, str], magic: bytes, make: Callable[[], _Decompressor]) -> Reader:
    """Return the reader of one kind of compression; ``suffixes`` say what each becomes when taken off."""

    def read(file: IO[bytes], origin: Origin) -> Iterator[AnyItem]:
        suffix = next((one for one in suffixes if origin.file_name.lower().endswith(one)), None)
        file_name = "" if suffix is None else origin.file_name[: -len(suffix)] + suffixes[suffix]
        expanded = io.BufferedReader(_Expanded(file, make, origin.name, name))
        yield from read_stream(counted(expanded, origin.budget.give), origin.unwrapped(file_name))

    return Reader(name, tuple(suffixes), read, begins=lambda data: data.startswith(magic), wraps=True)


def _unzstandard() -> _Decompressor:
    try:
        from compression import zstd  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        try:
            from backports import zstd
        except ImportError as error:
            raise MissingExtraError("Zstandard needs the extra 'inputs': pip install 'kg[inputs]'") from error
    options = {zstd.DecompressionParameter.window_log_max: _ZSTANDARD_WINDOW_LOG}
    made: _Decompressor = zstd.ZstdDecompressor(options=options)
    return made


GZIP: Final = _reader("gzip file", {".tgz": ".tar", ".gz": ""}, b"\x1f\x8b\x08", _Gunzip)
BZIP2: Final = _reader("bzip2 file", {".tbz2": ".tar", ".bz2": ""}, b"BZh", bz2.BZ2Decompressor)
XZ: Final = _reader(
    "xz file", {".txz": ".tar", ".xz": ""}, b"\xfd7zXZ\0", lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY)
)
ZSTANDARD: Final = _reader("Zstandard file", {".tzst": ".tar", ".zst": ""}, b"\x28\xb5\x2f\xfd", _unzstandard)
