from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.language.constituents import Constituents

WORDS = ["France", "and", "Germany", "said", "Henrik", "Solberg", "beat", "Katla", "Jonsdottir"]
HEADS = [3, 2, 0, 3, 6, 4, 3, 6, 7]
RELATIONS = ["nsubj", "cc", "conj", "ROOT", "nsubj", "flat", "ccomp", "obj", "flat"]
POS = ["PROPN", "CCONJ", "PROPN", "VERB", "PROPN", "PROPN", "VERB", "PROPN", "PROPN"]
MORPHS = ["", "", "", "VerbForm=Fin", "", "", "VerbForm=Fin", "", ""]
NAMES = ["B-GPE", "O", "B-GPE", "O", "B-PERSON", "I-PERSON", "O", "B-PERSON", "I-PERSON"]


@pytest.fixture(scope="module")
def parse() -> Constituents:
    vocab = spacy.blank("en").vocab
    return Constituents.of(list(Doc(vocab, WORDS, heads=HEADS, deps=RELATIONS, pos=POS, morphs=MORPHS, ents=NAMES)))


def test_clauses(parse: Constituents) -> None:
    assert parse.is_clause(4, 8)
    assert parse.is_clause(3, 4)
    assert not parse.is_clause(4, 5)
    assert not parse.is_clause(3, 3)


def test_coordinations_and_names(parse: Constituents) -> None:
    assert parse.is_coordination(0, 2)
    assert not parse.is_coordination(4, 5)
    assert parse.joins((0, 2), (0, 0))
    assert parse.joins((0, 2), (2, 2))
    assert not parse.joins((0, 2), (0, 2))
    assert not parse.joins((0, 2), (4, 5))
    assert not parse.joins((4, 5), (4, 4))
    assert parse.names_several(4, 8)
    assert not parse.names_several(0, 5)
    assert parse.person_names == ((4, 5), (7, 8))
    assert parse.goes_on(4)
    assert not parse.goes_on(5)
    assert not parse.goes_on(8)


def test_a_name_goes_on_after_a_hyphen() -> None:
    words, spaces = ["Han", "Sang", "-", "ook", "left"], [True, False, False, True, False]
    heads, relations = [4, 0, 3, 0, 4], ["nsubj", "flat", "punct", "flat", "ROOT"]
    parse = Constituents.of(list(Doc(spacy.blank("en").vocab, words, spaces, heads=heads, deps=relations)))
    assert parse.goes_on(1)
    assert not parse.goes_on(3)


def test_without_a_parse_nothing_is_ruled_out() -> None:
    doc = spacy.blank("en")("France and Germany said")
    bare = Constituents.of(list(doc))
    assert not bare.is_clause(0, 3)
    assert not bare.is_coordination(0, 2)
    assert Constituents.of([]).person_names == ()
