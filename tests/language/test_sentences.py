from __future__ import annotations

import numpy as np
import pytest
import spacy

from kg.language.sentences import sentence_starts
from kg.language.words import words

NLP = spacy.blank("en")
LONG = "The ministers of both countries met in the capital on Tuesday for a second day of talks about water"

# Text, words at which the network sees a start, and words that start a sentence in the end.
CASES = [
    ("Talks failed. They left.", ["They"], ["Talks", "They"]),
    ("Talks failed\n\nthey left", [], ["Talks", "they"]),
    ("Talks failed\n  \nthey left", [], ["Talks", "they"]),
    ("Talks failed\r\n\r\nthey left", [], ["Talks", "they"]),
    (f"Talks Fail\n{LONG}", [], ["Talks", "The"]),
    (f"{LONG} and\nTrade with them", [], ["The"]),
    (f"{LONG}\nrights", [], ["The"]),
    ('He spoke. "We agree." They left.', ["We", "They"], ["He", '"', "They"]),
    ('He spoke. "We agree." They left.', ['"', "They"], ["He", '"', "They"]),
    ("He spoke. “We agree.” They left.", ["We", "”"], ["He", "“", "They"]),
    ("He left (in May).", [")"], ["He", "."]),
    ('He said "no"', [], ["He"]),
    ("", [], []),
    ("\n\n", [], []),
]


@pytest.mark.parametrize(("text", "seen", "expected"), CASES)
def test_sentence_starts(text: str, seen: list[str], expected: list[str]) -> None:
    doc = NLP.make_doc(text)
    rows, left = words(doc), list(seen)
    scores = np.zeros((len(rows), 2), np.float32)
    for row, index in enumerate(rows):
        if left and doc[int(index)].text == left[0]:
            scores[row, 1] = 3
            left.pop(0)
    starts = sentence_starts(doc, rows, scores)
    assert [doc[int(i)].text for i in rows[starts]] == expected


def test_no_sentence_is_longer_than_the_limit() -> None:
    doc = NLP.make_doc("a " * 1000)
    scores = np.zeros((1000, 2), np.float32)
    scores[70, 1] = -1
    scores[80, 1] = -0.5
    scores[60:120, 0] = 1
    starts = np.flatnonzero(sentence_starts(doc, words(doc), scores, longest=100))
    assert max(np.diff([*starts, 1000])) <= 100
