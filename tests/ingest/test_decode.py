"""Bytes become text unchanged, or the reason why not is given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DocumentError
from kg.ingest.decode import decode, decode_any

REFUSED = [
    (b"", "it is empty"),
    (b" \n\t\r\n", "it is empty"),
    (b"\xef\xbb\xbf", "it is empty"),
    (b"abc\0def", "it is binary, not text"),
    (b"\x89PNG\r\n\x1a\n", "it is binary, not text"),
    (b"%PDF-1.7\n", "it is binary, not text"),
    (b"PK\x03\x04rest", "it is binary, not text"),
    ("Genf".encode("utf-16"), "it is UTF-16; save it as UTF-8"),
    (b"Caf\xe9 talks", r"not UTF-8 at byte 3 \(0xe9\)"),
    (b"\xef\xbb\xbfCaf\xe9", r"not UTF-8 at byte 6 \(0xe9\)"),
    ("Zürich".encode()[:2], r"not UTF-8 at byte 1 \(0xc3\)"),
    (b"half a pair \xed\xa0\x80", r"not UTF-8 at byte 12 \(0xed\)"),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED)
def test_refuses_what_is_no_text(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=f"^cannot read a.txt: {reason}"):
        decode(data, "a.txt")


def test_takes_off_a_byte_order_mark_only_at_the_beginning() -> None:
    assert decode("\ufeffa\ufeffb".encode(), "a.txt") == "a\ufeffb"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(str.strip))
def test_changes_no_character(text: str) -> None:
    signed = text.startswith("\ufeff")
    assert decode(text.encode(), "a.txt") == (text[1:] if signed else text) or not text[signed:].strip()


@given(st.binary())
def test_any_bytes_are_text_or_refused_in_one_line(data: bytes) -> None:
    try:
        text = decode(data, "a.txt")
    except DocumentError as error:
        refusal = str(error)
    else:
        refusal = ""
        assert text.encode() == data.removeprefix(b"\xef\xbb\xbf")
    assert "\n" not in refusal


RUSSIAN = (
    "Министр иностранных дел встретился в понедельник в Женеве со своим коллегой. Они обсудили положение на границе и "
    "помощь жителям районов, где идут бои. Переговоры продолжатся во вторник, сообщила пресс-служба министерства."
)
DETECTED = [
    ("Café talks in Zürich", "cp1252"),
    ("“Talks” – the minister’s first – cost 5 €", "cp1252"),
    ("Genf", "utf-16"),
    ("Genf", "utf-32"),
    (RUSSIAN, "cp1251"),
    ("Zürich", "utf-8-sig"),
]


@pytest.mark.parametrize(("text", "encoding"), DETECTED)
def test_the_bytes_tell_their_encoding(text: str, encoding: str) -> None:
    assert decode_any(text.encode(encoding), "a.txt") == text


UNTOLD = [
    (b"\xff", "not UTF-8 at byte 0 (0xff); save it as UTF-8"),
    ("Zürich".encode()[:2], "not UTF-8 at byte 1 (0xc3); save it as UTF-8"),
    ("Zürich, Genève, Łódź ".encode() + b"\xe9 and on", "not UTF-8 at byte 26 (0xe9); save it as UTF-8"),
    ("Genf".encode("utf-16") + b"x", "not utf-16 at byte 10; save it as UTF-8"),
    ("a\0b".encode("utf-16"), "it is binary, not text"),
    (" ".encode("utf-16"), "it is empty"),
    (bytes(range(128, 160)), "not UTF-8 at byte 0 (0x80); save it as UTF-8"),
]


@pytest.mark.parametrize(("data", "reason"), UNTOLD)
def test_damaged_or_unsure_bytes_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        decode_any(data, "a.txt")
    assert str(caught.value) == f"cannot read a.txt: {reason}"


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text = decode_any(data, "a.txt")
    except DocumentError:
        return
    assert text.strip()
    assert "\0" not in text
