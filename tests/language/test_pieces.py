from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.encoder import Encoder
from kg.language.pieces import MAX_PIECES_PER_WORD, SHAPES, PieceEncoder, word_shape


@pytest.fixture(scope="module")
def pieces() -> PieceEncoder:
    return PieceEncoder.load(Encoder.load().path / "tokenizer.json")


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("talks", "lower"),
        ("Putin", "title"),
        ("NATO", "upper"),
        ("U.S.", "upper"),
        ("I", "letter"),
        ("a", "lower"),
        ("McCain", "mixed"),
        ("al-Assad", "mixed"),
        ("2015", "digit"),
        ("S-400", "number"),
        (",", "punct"),
        ("—", "punct"),
        ("москва", "lower"),
        ("Москва", "title"),
    ],
)
def test_word_shape(word: str, shape: str) -> None:
    assert SHAPES[word_shape(word)] == shape


def test_window_of_words(pieces: PieceEncoder) -> None:
    encoded = pieces.encode(["Ministers", "met", "Jónsdóttir"])
    assert encoded.first.tolist()[:2] == [1, 2]
    assert len(encoded.ids) == len(encoded.shapes) == 2 + sum(map(pieces.count, ["Ministers", "met", "Jónsdóttir"]))
    assert encoded.shapes[encoded.first].tolist() == [SHAPES.index(s) for s in ("title", "lower", "title")]
    assert pieces.encode([]).first.tolist() == []


@given(st.lists(st.text(min_size=1, max_size=300), max_size=5))
def test_any_words(pieces: PieceEncoder, words: list[str]) -> None:
    encoded = pieces.encode(words)
    assert len(encoded.first) == len(words)
    assert len(encoded.ids) <= 2 + MAX_PIECES_PER_WORD * len(words)
