from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import spacy
from spacy.tokens import Doc
from spacy.util import raise_error

from kg.language import factories
from kg.language.components import EncoderPipe

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

TEXTS = ["Norway met Iceland.", "Talks failed", "", "The envoys\n\nleft  Oslo ."]
PIPELINES = [["kg_syntax"], ["kg_names"], ["kg_syntax", "kg_names"], ["kg_encoder", "kg_syntax", "kg_names"]]


@pytest.fixture
def encoder(hand: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The encoder that every component loads in these tests."""
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "weights.bin").write_bytes(b"weights")
    encoder = hand.encoder(folder)

    def load(path: Path | None) -> Any:
        encoder.path = path or folder
        return encoder

    monkeypatch.setattr(factories, "load_encoder", load)
    return encoder


def pipeline(names: list[str], **config: Any) -> Language:
    nlp = spacy.blank("en")
    for name in names:
        nlp.add_pipe(name, config=config)
    return nlp


@pytest.mark.parametrize("names", PIPELINES)
def test_every_component_works_alone_and_with_the_others(encoder: Any, names: list[str]) -> None:
    nlp = pipeline(names)
    docs = list(nlp.pipe(TEXTS))
    assert [doc.text for doc in docs] == TEXTS
    assert encoder.batches == [len(TEXTS)]
    assert all(doc._.kg_scores is None for doc in docs)
    alone = [nlp(text) for text in TEXTS]
    assert [doc.to_json() for doc in alone] == [doc.to_json() for doc in docs]


def test_an_encoder_without_readers_keeps_its_encodings(encoder: Any) -> None:
    doc = pipeline(["kg_encoder"])(TEXTS[0])
    assert len(doc._.kg_scores.syntax) == len(doc)


def test_batches_are_bounded(encoder: Any) -> None:
    list(pipeline(["kg_encoder", "kg_names"]).pipe(["word " * 1500] * 5, batch_size=100))
    assert encoder.batches == [2, 2, 1]


def test_pipelines_declare_what_they_assign(encoder: Any) -> None:
    analysis = pipeline(["kg_encoder", "kg_syntax", "kg_names"]).analyze_pipes()
    assert analysis is not None
    assert not any(analysis["problems"].values())
    assert {"doc.ents", "doc.sents", "token.dep"} <= analysis["attrs"].keys()


@pytest.mark.parametrize("names", PIPELINES)
def test_a_document_that_fails_is_left_out_alone(encoder: Any, names: list[str]) -> None:
    nlp = pipeline(names)
    encoder.refused = "failed"
    with pytest.raises(ValueError, match="refused: failed"):
        list(nlp.pipe(TEXTS))
    seen: list[str] = []

    def leave_out(name: str, component: object, docs: list[Doc], error: Exception) -> None:
        seen.extend(doc.text for doc in docs)

    nlp.set_error_handler(leave_out)  # type: ignore[arg-type]  # spaCy's type leaves out that handlers may return
    assert [doc.text for doc in nlp.pipe(TEXTS)] == [TEXTS[0], *TEXTS[2:]]
    assert seen == [TEXTS[1]]
    nlp.set_error_handler(raise_error)


def test_noun_chunks_follow_our_labels(encoder: Any) -> None:
    doc = pipeline(["kg_syntax"])(TEXTS[0])
    assert all(0 <= chunk.start < chunk.end <= len(doc) for chunk in doc.noun_chunks)


def test_pipelines_go_to_disk_and_bytes_with_their_model(encoder: Any, tmp_path: Path) -> None:
    nlp = pipeline(["kg_encoder", "kg_names"])
    reader = nlp.get_pipe("kg_encoder")
    assert isinstance(reader, EncoderPipe)
    reader.model = encoder.path
    before = nlp(TEXTS[0]).to_json()
    nlp.to_disk(tmp_path / "saved")
    loaded = spacy.load(tmp_path / "saved")
    assert (encoder.path / "weights.bin").read_bytes() == b"weights"
    assert encoder.path == tmp_path / "saved" / "kg_encoder" / "model"
    assert loaded(TEXTS[0]).to_json() == before
    other = pipeline(["kg_encoder", "kg_names"]).from_bytes(nlp.to_bytes())
    assert (encoder.path / "weights.bin").read_bytes() == b"weights"
    assert other(TEXTS[0]).to_json() == before


def test_the_packaged_model_is_not_copied(encoder: Any, tmp_path: Path) -> None:
    pipeline(["kg_encoder"]).to_disk(tmp_path / "saved")
    assert not (tmp_path / "saved" / "kg_encoder" / "model").exists()
    assert encoder.batches == []


def test_scores_of_another_document_are_refused(encoder: Any, hand: Any) -> None:
    nlp = pipeline(["kg_syntax"])
    doc = Doc(nlp.vocab, ["Talks", "failed"])
    doc._.kg_scores = hand.encoding(hand.random_scores(3, 0), hand.labels)
    with pytest.raises(ValueError, match="3 rows for 2 words"):
        nlp(doc)
