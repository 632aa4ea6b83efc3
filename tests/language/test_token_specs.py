"""What a pattern may say of a token, and what is refused with its place."""

from __future__ import annotations

import doctest
import re
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ConfigError
from kg.language import token_specs
from kg.language.token_specs import LONGEST_WORD, check_regex, token_spec, uses_regex

ACCEPTED: list[tuple[dict[str, Any], dict[str, Any], tuple[int, int]]] = [
    ({}, {}, (1, 1)),
    ({"lemma": "arm"}, {"LEMMA": "arm"}, (1, 1)),
    ({"Lower": {"in": ["arm", "arms"]}, "op": "*"}, {"LOWER": {"IN": ["arm", "arms"]}}, (0, 8)),
    ({"IS_TITLE": True, "OP": "+"}, {"IS_TITLE": True}, (1, 8)),
    ({"OP": "?"}, {}, (0, 1)),
    ({"OP": "!", "POS": "VERB"}, {"POS": "VERB"}, (0, 0)),
    ({"OP": "{2}"}, {}, (2, 2)),
    ({"OP": "{2,}"}, {}, (2, 8)),
    ({"OP": "{,3}"}, {}, (0, 3)),
    ({"LENGTH": {">=": 3, "<": 9}}, {"LENGTH": {">=": 3, "<": 9}}, (1, 1)),
    ({"LENGTH": 3}, {"LENGTH": 3}, (1, 1)),
    ({"TEXT": {"REGEX": {"NOT_IN": ["^a"]}}}, {"TEXT": {"REGEX": {"NOT_IN": ["^a"]}}}, (1, 1)),
    ({"LOWER": {"fuzzy2": "weapon"}}, {"LOWER": {"FUZZY2": "weapon"}}, (1, 1)),
    ({"MORPH": {"IS_SUPERSET": ["Number=Plur"]}}, {"MORPH": {"IS_SUPERSET": ["Number=Plur"]}}, (1, 1)),
]


@pytest.mark.parametrize(("value", "spec", "occurrence"), ACCEPTED)
def test_accepted(value: dict[str, Any], spec: dict[str, Any], occurrence: tuple[int, int]) -> None:
    assert token_spec(value, "here") == (spec, occurrence)


REFUSED: list[tuple[object, str]] = [
    ("arm", "here: expected a table such as"),
    ({"LEMA": "arm"}, "here: no token attribute 'LEMA'; did you mean 'LEMMA'?"),
    ({"_": {"is_actor": True}}, "here: no token attribute '_'; known: DEP, ENT_ID"),
    ({"LEMMA": 3}, "here, LEMMA: expected a string of at most 200 characters, found 3"),
    ({"LEMMA": "a" * 201}, "here, LEMMA: expected a string of at most 200"),
    ({"LEMMA": {}}, "here, LEMMA: expected a string or an operator"),
    ({"LEMMA": {"INN": ["a"]}}, "here, LEMMA: no operator 'INN'; did you mean 'IN'?"),
    ({"LEMMA": {"IN": "arm"}}, "here, LEMMA, IN: expected a list of at most 1000 strings"),
    ({"LEMMA": {"IN": ["a"] * 1001}}, "here, LEMMA, IN: expected a list of at most 1000 strings"),
    ({"LEMMA": {"FUZZY": {"IN": ["a"] * 101}}}, "here, LEMMA, FUZZY: expected a list of at most 100 strings"),
    ({"LEMMA": {"IN": [1]}}, "here, LEMMA, IN: expected a string"),
    ({"LEMMA": {"FUZZY": {"IS_SUBSET": ["a"]}}}, "here, LEMMA, FUZZY: no operator 'IS_SUBSET' here; known: IN, NOT_IN"),
    ({"IS_ALPHA": "yes"}, "here, IS_ALPHA: expected true or false, found 'yes'"),
    ({"LENGTH": True}, "here, LENGTH: expected a whole number, found True"),
    ({"LENGTH": {"=>": 3}}, "here, LENGTH: no comparison '=>'"),
    ({"OP": "**"}, "here, OP: expected !, ?, *, +, {n}"),
    ({"OP": "{}"}, "here, OP: expected"),
    ({"OP": 2}, "here, OP: expected"),
    ({"OP": "{9}"}, "here, OP: {9} repeats a token 9 times; 8 is the most"),
    ({"OP": "{3,2}"}, "here, OP: {3,2} repeats"),
    ({"LOWER": {"REGEX": "[[a]"}}, "here, LOWER, REGEX: '[[a]' is no regular expression: Possible nested set"),
    ({"LOWER": {"REGEX": "["}}, "here, LOWER, REGEX: '[' is no regular expression"),
    ({"LOWER": {"REGEX": {"IN": ["a", "(a*)*"]}}}, "here, LOWER, REGEX: '(a*)*' repeats a group"),
]


@pytest.mark.parametrize(("value", "message"), REFUSED)
def test_refused(value: object, message: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)) as caught:
        token_spec(value, "here")
    assert "\n" not in str(caught.value)


SAFE = [
    *("^ship(s|ped|ping)?$", "(?:tank|rifle)s?", r"^\w+ly$", "[A-Z][a-z]{2,9}", r"^\d+(\.\d+)?$", "[^]a]", r"a\.b"),
    *("", "a|", "(a|b)(c|d)", "colou?r", "^[a-z]*e[ds]$", "é+"),
]
CATASTROPHIC = [
    *("(a+)+$", "(a|a)*$", "(a*){2,}", "(.*a){9}", "a*a*a*$", ".*.*.*.*x", "a?" * 14 + "a" * 14),
    *("(a|aa)" * 14 + "$", r"(a)\1", "(?=a)a", "(?P<x>a)", "(?i)a", "a{1,40}a{1,40}a{1,40}$"),
]


@pytest.mark.parametrize("pattern", SAFE)
def test_a_harmless_regular_expression(pattern: str) -> None:
    check_regex(pattern, "here")


@pytest.mark.parametrize("pattern", CATASTROPHIC)
def test_a_catastrophic_regular_expression(pattern: str) -> None:
    with pytest.raises(ConfigError, match=r"^here: "):
        check_regex(pattern, "here")


@settings(max_examples=200, deadline=None)
@given(st.text("aab.?*+|()[]{}1,2^$\\", max_size=24))
def test_what_is_accepted_is_quick(pattern: str) -> None:
    try:
        check_regex(pattern, "here")
    except ConfigError:
        return
    begin = time.process_time()
    re.search(pattern, "a" * (LONGEST_WORD - 1) + "b")
    assert time.process_time() - begin < 2


def test_regular_expressions_are_known() -> None:
    assert uses_regex({"LOWER": {"REGEX": "a"}})
    assert not uses_regex({"LOWER": {"IN": ["REGEX"]}, "POS": "REGEX", "IS_ALPHA": True})


def test_the_documented_examples() -> None:
    assert doctest.testmod(token_specs).failed == 0
