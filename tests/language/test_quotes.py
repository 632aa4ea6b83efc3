"""Who is given which words: a table of parsed sentences, in ``quotations.txt``, and some in spaCy's own labels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.language.quotes import quotations

if TYPE_CHECKING:
    from kg.records import Span

VOCAB = spacy.blank("en").vocab
BLOCKS = Path(__file__).with_name("quotations.txt").read_text(encoding="utf-8").strip().split("\n\n")[1:]


class Case(NamedTuple):
    text: str
    expected: list[str]
    doc: Doc


def spaced(text: str, words: list[str]) -> list[bool]:
    """Say after which of the words of ``text`` a space stands."""
    spaces, end = [], 0
    for word in words:
        end = text.index(word, end) + len(word)
        spaces.append(text[end : end + 1] == " ")
    return spaces


def parse_block(block: str) -> Case:
    lines = block.split("\n")
    text = lines[0].removeprefix("# ").replace("\\n", "\n")
    expected = [line.removeprefix("= ") for line in lines if line.startswith("= ")]
    rows = [line.split("\t") for line in lines[1 + len(expected) :]]
    words, tags, pos, heads, deps, ents, morphs = (list(column) for column in zip(*rows, strict=True))
    words = [word.replace("\\n", "\n") for word in words]
    doc = Doc(
        *(VOCAB, words, spaced(text, words)),
        tags=tags,
        pos=pos,
        heads=[int(head) for head in heads],
        deps=deps,
        ents=ents,
        morphs=["" if morph == "_" else morph for morph in morphs],
    )
    return Case(text, expected, doc)


def shown(doc: Doc) -> list[str]:
    """Return the quotations of ``doc`` as the table writes them."""

    def words(span: Span | None) -> str:
        return "-" if span is None else span.of(doc.text).replace("\n", "\\n")

    return [
        " | ".join(
            [q.kind, words(q.speaker), words(q.cue), q.lemma or "-", q.stance, " / ".join(map(words, q.content))]
        )
        for q in quotations(doc)
    ]


@pytest.mark.parametrize("block", BLOCKS, ids=[block.split("\n")[0][2:50] for block in BLOCKS])
def test_quotations(block: str) -> None:
    case = parse_block(block)
    assert case.doc.text == case.text
    assert shown(case.doc) == case.expected


def test_the_table_is_long_enough() -> None:
    assert len([case for case in map(parse_block, BLOCKS) if case.expected]) >= 40


# Word/tag/part of speech/head/relation in the labels of spaCy's own English pipelines.
CLEAR = [
    (
        "Solberg/NNP/PROPN/1/nsubj said/VBD/VERB/1/ROOT that/IN/SCONJ/5/mark Norway/NNP/PROPN/5/nsubj "
        "will/MD/AUX/5/aux send/VB/VERB/1/ccomp ships/NNS/NOUN/5/dobj",
        ["indirect | Solberg | said | say | neutral | Norway will send ships"],
    ),
    (
        "Rebels/NNS/NOUN/1/nsubj fled/VBD/VERB/1/ROOT ,/,/PUNCT/1/punct according/VBG/VERB/1/prep to/IN/ADP/3/prep "
        "the/DT/DET/6/det police/NN/NOUN/4/pobj",
        ["according | the police | according to | according to | neutral | Rebels fled"],
    ),
    (
        "In/IN/ADP/8/prep the/DT/DET/2/det words/NNS/NOUN/0/pobj of/IN/ADP/2/prep Solberg/NNP/PROPN/3/pobj "
        ",/,/PUNCT/8/punct the/DT/DET/7/det rebels/NNS/NOUN/8/nsubj fled/VBD/VERB/8/ROOT",
        ["according | Solberg | In the words of | in the words of | neutral | the rebels fled"],
    ),
    (
        "Norway/NNP/PROPN/1/nsubj accused/VBD/VERB/1/ROOT Suvania/NNP/PROPN/1/dobj of/IN/ADP/1/prep "
        "attacking/VBG/VERB/3/pcomp ships/NNS/NOUN/4/dobj",
        ["indirect | Norway | accused | accuse | assertive | attacking ships"],
    ),
    (
        "Norway/NNP/PROPN/2/poss 's/POS/PART/0/case claim/NN/NOUN/7/nsubj that/IN/SCONJ/5/mark rebels/NNS/NOUN/5/nsubj "
        "fled/VBD/VERB/2/acl is/VBZ/AUX/7/auxpass doubted/VBN/VERB/7/ROOT",
        ["indirect | Norway | claim | claim | assertive | rebels fled"],
    ),
    (
        "It/PRP/PRON/2/nsubjpass was/VBD/AUX/2/auxpass denied/VBN/VERB/2/ROOT by/IN/ADP/2/agent "
        "Norway/NNP/PROPN/3/pobj that/IN/SCONJ/7/mark ships/NNS/NOUN/7/nsubj sailed/VBD/VERB/2/ccomp",
        ["indirect | Norway | denied | deny | denying | ships sailed"],
    ),
    (
        "Norway/NNP/PROPN/3/nsubj did/VBD/AUX/3/aux not/RB/PART/3/neg say/VB/VERB/3/ROOT that/IN/SCONJ/6/mark "
        "ships/NNS/NOUN/6/nsubj sailed/VBD/VERB/3/ccomp",
        [],
    ),
]


def from_slashes(text: str) -> Doc:
    words, tags, pos, heads, deps = (list(column) for column in zip(*(t.split("/") for t in text.split()), strict=True))
    return Doc(VOCAB, words, tags=tags, pos=pos, heads=[int(head) for head in heads], deps=deps)


@pytest.mark.parametrize(("text", "expected"), CLEAR)
def test_labels_of_spacy(text: str, expected: list[str]) -> None:
    assert shown(from_slashes(text)) == expected


def test_without_a_parse_there_are_none() -> None:
    assert quotations(Doc(VOCAB, ['"', "We", "agree", ',"', "he", "said"])) == ()
    assert quotations(Doc(VOCAB, [])) == ()


@st.composite
def trees(draw: st.DrawFn) -> Doc:
    """Draw a sentence of reporting words, marks and names under any tree with any labels."""
    size = draw(st.integers(1, 12))
    words = draw(
        st.lists(
            st.sampled_from(
                ["said", "claim", '"', "“", "”", "'", ":", ",", ".", "according", "to", "Norway", "as", "\n\n"]
            ),
            min_size=size,
            max_size=size,
        )
    )
    # A head before its dependents in some order makes a tree.
    order = draw(st.permutations(range(size)))
    heads = [0] * size
    for rank, token in enumerate(order):
        heads[token] = token if rank == 0 else order[draw(st.integers(0, rank - 1))]
    labels = st.sampled_from(
        ["nsubj", "ccomp", "acl", "advcl", "mark", "case", "obl", "pobj", "prep", "fixed", "conj", "obj"]
    )
    tags = st.sampled_from(["VBD", "NN", "WP", "IN", "TO"])
    parts = st.sampled_from(["VERB", "NOUN", "PROPN", "PRON", "PUNCT", "ADP"])

    def some(strategy: st.SearchStrategy[str]) -> list[str]:
        return draw(st.lists(strategy, min_size=size, max_size=size))

    spaces = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    return Doc(VOCAB, words, spaces, tags=some(tags), pos=some(parts), heads=heads, deps=some(labels))


def test_a_phrase_that_is_all_of_its_sentence_comments_on_nothing() -> None:
    words, tags = ["According", "to", "Norway", "."], ["VBG", "IN", "NNP", "."]
    parts, labels = ["VERB", "ADP", "PROPN", "PUNCT"], ["ROOT", "prep", "pobj", "punct"]
    assert quotations(Doc(VOCAB, words, tags=tags, pos=parts, heads=[0, 0, 1, 0], deps=labels)) == ()


@settings(max_examples=200, deadline=None)
@given(trees())
def test_any_tree_is_read(doc: Doc) -> None:
    found = quotations(doc)
    assert found == quotations(doc)
    for quotation in found:
        spans = [*quotation.content, quotation.cue, *filter(None, (quotation.speaker, quotation.head))]
        assert all(0 <= span.begin < span.end <= len(doc.text) for span in spans)
        assert list(quotation.content) == sorted(quotation.content)
        assert quotation.speaker is None or quotation.speaker.overlaps(quotation.head or quotation.cue)
