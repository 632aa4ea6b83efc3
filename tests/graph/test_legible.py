"""Text that every format can hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.graph.legible import legible


@given(st.text(st.characters(codec=None)))
def test_length_stays_and_all_can_be_written(text: str) -> None:
    clean = legible(text)
    assert len(clean) == len(text)
    assert legible(clean) == clean
    clean.encode()


def test_what_gives_way() -> None:
    assert legible("a\x00\x1b\ud83d\ufffe\uffff\x85é\t\n😀") == "a\ufffd\ufffd\ufffd\ufffd\ufffd\x85é\t\n😀"
