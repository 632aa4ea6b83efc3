from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.language.noun_chunks import noun_chunks

# Word/part of speech/head/relation; and the chunks.
CASES = [
    ("Norway/PROPN/1/nsubj sent/VERB/1/ROOT two/NUM/3/nummod ships/NOUN/1/obj", ["Norway", "two ships"]),
    ("He/PRON/3/nsubj is/AUX/3/cop the/DET/3/det president/NOUN/3/ROOT", ["He", "the president"]),
    ("in/ADP/3/case the/DET/3/det old/ADJ/3/amod town/NOUN/3/ROOT", ["the old town"]),
    ("Henrik/PROPN/0/ROOT Solberg/PROPN/0/flat of/ADP/3/case Norway/PROPN/0/nmod", ["Henrik Solberg", "Norway"]),
    (
        "Iceland/PROPN/2/nmod:poss 's/PART/0/case envoy/NOUN/2/ROOT and/CCONJ/4/cc guards/NOUN/2/conj",
        ["Iceland 's envoy", "guards"],
    ),
    ("a/DET/3/det Bergen/PROPN/2/obl based/VERB/3/amod group/NOUN/3/ROOT", ["a Bergen based group"]),
    ("oil/NOUN/3/compound and/CCONJ/2/cc gas/NOUN/0/conj firms/NOUN/3/ROOT", ["oil and gas firms"]),
    ("there/PRON/1/expl was/VERB/1/ROOT rain/NOUN/1/nsubj", ["rain"]),
]


def parsed(text: str) -> Doc:
    words, pos, heads, deps = zip(*(token.split("/") for token in text.split()), strict=True)
    vocab = Vocab()
    vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]
    return Doc(vocab, list(words), pos=list(pos), heads=[int(head) for head in heads], deps=list(deps))


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_noun_chunks(text: str, expected: list[str]) -> None:
    assert [chunk.text for chunk in parsed(text).noun_chunks] == expected


def test_unparsed_documents_are_refused() -> None:
    with pytest.raises(ValueError, match="dependency parse"):
        list(noun_chunks(Doc(Vocab(), ["Oslo"])))
