"""Documents and scores made by hand: what an encoder would say, with the decoding left to the code under test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.language.lemmas import make_script
from kg.language.scores import Labels, SyntaxScores
from kg.language.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.tokens import Doc

Floats = NDArray[np.float32]

LABELS = Labels(
    tags=("DT", "IN", "NN", "NNP", "VBD", "."),
    morphs=(
        "DET|Definite=Def|PronType=Art",
        "ADP",
        "NOUN|Number=Sing",
        "PROPN|Number=Sing",
        "VERB|Tense=Past",
        "PUNCT",
    ),
    lemmas=tuple(
        make_script(*pair) for pair in (("the", "the"), ("Oslo", "Oslo"), ("signed", "sign"), ("met", "meet"))
    ),
    relations=("case", "conj", "det", "flat", "nsubj", "obj", "obl", "punct", "root"),
    names=("O", *(f"{p}-{t}" for t in ("PER", "ORG", "LOC", "NORP", "DATE", "EVENT", "MISC") for p in "BI")),
)


@dataclass(frozen=True)
class WordReading:
    """What is to be said of one word; ``head`` counts within the document, from 0."""

    tag: str
    morph: str
    lemma: str
    head: int
    relation: str
    name: str = "O"
    starts: bool = False


@dataclass(frozen=True)
class HandEncoding:
    syntax: SyntaxScores
    labels: Labels

    def is_word(self, text: str) -> bool:
        return True


def scores_for(readings: Sequence[WordReading]) -> SyntaxScores:
    """Return scores of which ``readings`` are the best."""
    size = len(readings)

    def one_hot(values: Sequence[str], inventory: Sequence[str]) -> Floats:
        table = np.zeros((size, len(inventory)), np.float32)
        table[np.arange(size), [inventory.index(value) for value in values]] = 4
        return table

    starts = np.array([[0, 4] if r.starts else [4, 0] for r in readings], np.float32).reshape(size, 2)
    relations = len(LABELS.relations)
    label_weight = np.zeros((relations, relations + 1, relations + 1), np.float32)
    label_weight[np.arange(relations), np.arange(relations), relations] = 1
    return SyntaxScores(
        tags=one_hot([r.tag for r in readings], LABELS.tags),
        morphs=one_hot([r.morph for r in readings], LABELS.morphs),
        lemmas=one_hot([r.lemma for r in readings], LABELS.lemmas),
        sent_start=starts,
        names=one_hot([r.name for r in readings], LABELS.names),
        arc_dep=4 * np.eye(size, dtype=np.float32)[[r.head for r in readings]].reshape(size, size),
        arc_head=np.eye(size, dtype=np.float32),
        arc_weight=np.concatenate([np.eye(size, dtype=np.float32), np.zeros((1, size), np.float32)]),
        label_dep=one_hot([r.relation for r in readings], LABELS.relations),
        label_head=np.zeros((size, relations), np.float32),
        label_weight=label_weight,
    )


def random_scores(size: int, seed: int) -> SyntaxScores:
    """Return scores that make no sense."""
    rng = np.random.default_rng(seed)

    def normal(*shape: int) -> Floats:
        return rng.normal(size=shape).astype(np.float32)

    return SyntaxScores(
        tags=normal(size, len(LABELS.tags)),
        morphs=normal(size, len(LABELS.morphs)),
        lemmas=normal(size, len(LABELS.lemmas)),
        sent_start=normal(size, 2),
        names=normal(size, len(LABELS.names)),
        arc_dep=normal(size, 5),
        arc_head=normal(size, 5),
        arc_weight=normal(6, 5),
        label_dep=normal(size, 3),
        label_head=normal(size, 3),
        label_weight=normal(len(LABELS.relations), 4, 4),
    )


class SeededEncoder:
    """Gives each document scores that depend on its length alone; counts its calls; refuses one word."""

    def __init__(self, path: Path, refused: str = "") -> None:
        self.path = path
        self.refused = refused
        self.batches: list[int] = []

    def encode(self, docs: Sequence[Doc]) -> list[HandEncoding]:
        if self.refused and any(token.text == self.refused for doc in docs for token in doc):
            raise ValueError(f"refused: {self.refused}")
        self.batches.append(len(docs))
        return [HandEncoding(random_scores(len(words(doc)), len(doc)), LABELS) for doc in docs]


@dataclass(frozen=True)
class Hand:
    """What test modules need to make scores by hand."""

    labels = LABELS
    word = WordReading
    encoding = HandEncoding
    encoder = SeededEncoder
    scores_for = staticmethod(scores_for)
    random_scores = staticmethod(random_scores)


@pytest.fixture(scope="session")
def hand() -> Hand:
    return Hand()
