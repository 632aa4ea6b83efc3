"""Bytes to text: UTF-8 or a clear reason why not, and no character changed."""

from __future__ import annotations

from typing import Final

from kg.errors import DocumentError

_BOM: Final = "\ufeff"
_UTF16_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_BINARY_SIGNATURES: Final = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"{\\rtf")


def decode(data: bytes, name: str) -> str:
    """Return the text of UTF-8 bytes, newlines and all; only a byte order mark is taken off.

    Args:
        data: The whole content of a file.
        name: What to call the file in messages.

    Raises:
        DocumentError: If the bytes are empty, binary, or not UTF-8 (naming the first wrong byte).
    """
    refuse_binary(data, name)
    try:
        text = data.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as error:
        raise not_utf8(name, error.start, data[error.start]) from error
    if not text.strip():
        raise DocumentError(f"cannot read {name}: it is empty")
    return text


def refuse_binary(data: bytes, name: str) -> None:
    """Raise DocumentError where ``data``, the beginning of a file or all of it, is no text in UTF-8 at all."""
    if data.startswith(_UTF16_BOMS):
        raise DocumentError(f"cannot read {name}: it is UTF-16; save it as UTF-8")
    if b"\0" in data or data.startswith(_BINARY_SIGNATURES):
        raise DocumentError(f"cannot read {name}: it is binary, not text")


def not_utf8(name: str, offset: int, byte: int) -> DocumentError:
    """Return the error for a byte that breaks UTF-8, ``offset`` bytes into the file."""
    return DocumentError(f"cannot read {name}: not UTF-8 at byte {offset} (0x{byte:02x}); save it as UTF-8")
