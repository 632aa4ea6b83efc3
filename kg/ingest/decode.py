"""Bytes to text: UTF-8, or the encoding that the bytes tell, or a clear reason why not; and no character changed."""

from __future__ import annotations

import codecs
import re
from typing import Final

from kg.errors import DocumentError

_BOM: Final = "\ufeff"
_UTF16_BOMS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BOMS: Final = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_WESTERN: Final = "cp1252"
# Controls, and signs that no article in a Western language holds: where they come up, the bytes mean something else.
_NOT_WESTERN: Final = re.compile(r"[^\t\n\r\f -~\u00a0-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[¤¦¨¬¯¸×÷ƒˆ˜†‡]")
_LATIN_LETTERS: Final = re.compile(r"[A-Za-z\s.,;:'\"-]")
_WESTERN_SHARE: Final = 0.7
_DETECTED_FROM: Final = 64
_DETECTED_WITHIN: Final = 1 << 16
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


def decode_any(data: bytes, name: str) -> str:
    """Return the text of bytes in UTF-8, in UTF-16 or UTF-32 with a mark, or in the encoding that they tell.

    Args:
        data: The whole content of a file.
        name: What to call the file in messages.

    Raises:
        DocumentError: If the bytes are empty or binary, or damaged UTF-8, or their encoding cannot be told.
    """
    encoding = marked(data)
    if encoding is None:
        try:
            return decode(data, name)
        except DocumentError as error:
            encoding = detect(data) if isinstance(error.__cause__, UnicodeDecodeError) else None
            if encoding is None:
                raise
    return _decode_as(data, encoding, name)


def marked(data: bytes) -> str | None:
    """Return UTF-16 or UTF-32 where bytes begin with the mark of it; else None.

    >>> marked("Genf".encode("utf-16")), marked(b"Genf")
    ('utf-16', None)
    """
    return next((encoding for mark, encoding in _BOMS.items() if data.startswith(mark)), None)


def detect(data: bytes) -> str | None:
    """Return the encoding of bytes that are no UTF-8, as they tell it; None where they do not.

    >>> detect("Le président a été reçu à Genève".encode("latin-1"))
    'cp1252'
    """
    head = data[:_DETECTED_WITHIN]
    lenient = head.decode("utf-8", "replace")
    damaged = lenient.count("\ufffd")
    if sum(character > "\x7f" for character in lenient) - damaged > damaged:
        return None
    try:
        western = head.decode(_WESTERN)
    except UnicodeDecodeError:
        western = ""
    latin = len(_LATIN_LETTERS.findall(western))
    if western and latin >= _WESTERN_SHARE * len(western) and not _NOT_WESTERN.search(western):
        return _WESTERN
    if len(head) < _DETECTED_FROM:
        return None
    return _guess(head)


def _guess(head: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(head, threshold=0.1).best()
    return None if best is None else best.encoding


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding).removeprefix(_BOM)
    except UnicodeDecodeError as error:
        raise DocumentError(f"cannot read {name}: not {encoding} at byte {error.start}; save it as UTF-8") from error
    if not text.strip():
        raise DocumentError(f"cannot read {name}: it is empty")
    if "\0" in text:
        raise DocumentError(f"cannot read {name}: it is binary, not text")
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
