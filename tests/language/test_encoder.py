from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ModelError
from kg.language.encoder import WIDTH, Encoder, windows

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.load()


@given(
    st.lists(st.integers(1, 8), max_size=300),
    st.integers(8, 60),
    st.integers(0, 20),
)
def test_windows_keep_every_word_once(lengths: list[int], limit: int, overlap: int) -> None:
    made = list(windows(lengths, limit, overlap))
    kept = [i for w in made for i in range(w.keep_from, w.keep_to)]
    assert kept == list(range(len(lengths)))
    assert all(w.begin <= w.keep_from <= w.keep_to <= w.end for w in made)
    assert all(sum(lengths[w.begin : w.end]) <= limit for w in made)
    assert all(a.begin < b.begin for a, b in pairwise(made))


def test_a_short_document_is_one_window() -> None:
    assert list(windows([2, 3, 1])) == [(0, 3, 0, 3)]
    assert list(windows([])) == []


def test_states_of_a_document_do_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    nlp = spacy.blank("en")
    docs = [nlp("Norway sent two ships to Iceland."), nlp("Police beat them."), nlp("")]
    together = encoder.encode(docs)
    for doc, encoding in zip(docs, together, strict=True):
        (alone,) = encoder.encode([doc])
        np.testing.assert_array_equal(alone.states.events, encoding.states.events)
        assert encoding.states.syntax.shape == (len(doc), WIDTH)
        assert len(encoding.syntax) == len(doc)


def test_long_documents_are_read_in_windows(encoder: Encoder) -> None:
    sentence = [
        "The",
        "minister",
        "of",
        "Norway",
        "met",
        "the",
        "president",
        "of",
        "Iceland",
        "in",
        "Oslo",
        "on",
        "Monday",
        ".",
    ]
    states = encoder.states(sentence * 80)
    assert states.events.shape == (80 * len(sentence), WIDTH)
    assert np.isfinite(states.events).all()
    assert np.abs(states.events).sum(1).min() > 0


@pytest.mark.parametrize("missing", ["tokenizer.json", "heads.npz", "labels.json", "encoder.onnx", "roles.onnx"])
def test_a_model_that_lacks_a_file(encoder: Encoder, tmp_path: Path, missing: str) -> None:
    for file in encoder.path.iterdir():
        if file.name != missing:
            (tmp_path / file.name).symlink_to(file)
    with pytest.raises(ModelError, match=missing):
        Encoder.load(tmp_path)


def test_a_broken_graph(encoder: Encoder, tmp_path: Path) -> None:
    for file in encoder.path.iterdir():
        if file.name != "encoder.onnx":
            (tmp_path / file.name).symlink_to(file)
    (tmp_path / "encoder.onnx").write_bytes(b"broken")
    with pytest.raises(ModelError, match=r"encoder\.onnx"):
        Encoder.load(tmp_path)
