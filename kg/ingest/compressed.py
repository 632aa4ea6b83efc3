"""Compressed files, .gz .bz2 .xz .zst: expanded as they are read, and what is in them read as if it lay bare."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from typing import IO, TYPE_CHECKING, Final, Protocol

from kg.errors import DocumentError, MissingExtraError
from kg.ingest.budget import Counted
from kg.ingest.dispatch import read_stream
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

    def __init__(self, file: IO[bytes], make: Callable[[], _Decompressor], name: str) -> None:
        self._file = file
        self._make = make
        self._name = name
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
            else:
                rest = self._file.read(_CHUNK) if self._one.needs_input else b""
                if not rest and self._one.needs_input:
                    if self._begun:
                        raise DocumentError(f"cannot read {self._name}: it is cut off")
                    raise DocumentError(f"cannot read {self._name}: it is empty")
            self._begun = True
            data = self._one.decompress(rest, len(view))
        view[: len(data)] = data
        return len(data)


def _reader(name: str, suffixes: dict[str, str], magic: bytes, make: Callable[[], _Decompressor]) -> Reader:
    """Return the reader of one kind of compression; ``suffixes`` say what each becomes when taken off."""

    def read(file: IO[bytes], origin: Origin) -> Iterator[AnyItem]:
        suffix = next((one for one in suffixes if origin.file_name.lower().endswith(one)), "")
        inner = origin.unwrapped(suffix) if suffix else origin.unwrapped(".")
        if suffixes.get(suffix):
            inner = _renamed(inner, suffixes[suffix])
        expanded = _Expanded(file, make, origin.name)
        yield from read_stream(io.BufferedReader(Counted(_file(expanded), origin.budget, given=True)), inner)

    return Reader(name, tuple(suffixes), read, begins=lambda data: data.startswith(magic), wraps=True)


def _renamed(origin: Origin, suffix: str) -> Origin:
    from dataclasses import replace

    return replace(origin, file_name=origin.file_name + suffix)


def _file(raw: io.RawIOBase) -> IO[bytes]:
    return io.BufferedReader(raw)


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
