from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.language.annotate import annotate_names, annotate_syntax
from kg.language.words import words

NLP = spacy.blank("en")
PLACES = [
    ("Norway", "LOC", "GPE"),
    ("Oslo", "LOC", "GPE"),
    ("Matignon", "LOC", "FAC"),
    ("Africa", "LOC", "LOC"),
    ("Nowhereville", "LOC", "LOC"),
    ("Solberg", "PER", "PERSON"),
    ("NATO", "ORG", "ORG"),
    ("Tuesday", "DATE", "DATE"),
]


def test_a_sentence_is_annotated(hand: Any) -> None:
    word = hand.word
    noun, dot = ("NNP", "PROPN|Number=Sing", "=|0||0|"), (".", "PUNCT", "l|0||0|")
    readings = [
        word(*noun, 2, "nsubj", "B-PER", starts=True),
        word(*noun, 0, "flat", "I-PER"),
        word("VBD", "VERB|Tense=Past", "l|0||1|et", 2, "root"),
        word(*noun, 2, "obj", "B-LOC"),
        word(*dot, 2, "punct"),
    ]
    doc = Doc(NLP.vocab, ["Henrik", "Solberg", "met", " ", "Norway", "."])
    scores = hand.scores_for(readings)
    annotate_syntax(doc, scores, hand.labels)
    annotate_names(doc, scores, hand.labels)
    assert [token.tag_ for token in doc] == ["NNP", "NNP", "VBD", "_SP", "NNP", "."]
    assert [token.pos_ for token in doc] == ["PROPN", "PROPN", "VERB", "SPACE", "PROPN", "PUNCT"]
    assert [str(token.morph) for token in doc] == ["Number=Sing", "Number=Sing", "Tense=Past", "", "Number=Sing", ""]
    assert [token.lemma_ for token in doc] == ["Henrik", "Solberg", "meet", " ", "Norway", "."]
    assert [token.head.i for token in doc] == [2, 0, 2, 2, 2, 2]
    assert [token.dep_ for token in doc] == ["nsubj", "flat", "ROOT", "dep", "obj", "punct"]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Henrik Solberg", "PERSON"), ("Norway", "GPE")]


@pytest.mark.parametrize(("text", "label", "expected"), PLACES)
def test_entity_labels_are_spacys(hand: Any, text: str, label: str, expected: str) -> None:
    doc = Doc(NLP.vocab, [text])
    reading = hand.word("NNP", "PROPN|Number=Sing", "=|0||0|", 0, "root", f"B-{label}")
    annotate_names(doc, hand.scores_for([reading]), hand.labels)
    assert [ent.label_ for ent in doc.ents] == [expected]


TEXT = st.text(st.sampled_from(["a", "B", " ", "\n", "\t", '"', "(", ")", ".", "’", "\u00a0", "\u2028", "é", "𝔾"]))


@given(TEXT, st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=60)
def test_any_text_and_any_scores_make_sentences_that_are_trees(hand: Any, text: str, seed: int) -> None:
    doc = NLP.make_doc(text)
    scores = hand.random_scores(len(words(doc)), seed)
    annotate_syntax(doc, scores, hand.labels)
    annotate_names(doc, scores, hand.labels)
    assert doc.text == text
    if not len(doc):
        return
    sentences = list(doc.sents)
    assert sentences[0].start == 0
    assert sentences[-1].end == len(doc)
    assert all(a.end == b.start for a, b in pairwise(sentences))
    for sentence in sentences:
        assert [token.dep_ for token in sentence].count("ROOT") == 1
        assert sum(token.head == token for token in sentence) == 1
        assert all(sentence.start <= token.head.i < sentence.end for token in sentence)
    for entity in doc.ents:
        assert entity.text == entity.text.strip()
        assert entity.sent.start <= entity.start < entity.end <= entity.sent.end


def test_infinite_scores_do_no_harm(hand: Any) -> None:
    doc = Doc(NLP.vocab, ["a"] * 5)
    scores = hand.random_scores(5, 0)
    for array in (scores.arc_dep, scores.label_dep, scores.names, scores.sent_start, scores.tags):
        array[:] = np.inf
    with np.errstate(invalid="ignore"):
        annotate_syntax(doc, scores, hand.labels)
        annotate_names(doc, scores, hand.labels)
    assert all(token.dep_ for token in doc)
