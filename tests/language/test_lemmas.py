from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.lemmas import apply_script, make_script

SCRIPTS = [
    ("talks", "talk", "l|0||1|"),
    ("Talks", "talk", "l|0||1|"),
    ("agreed", "agree", "l|0||1|"),
    ("signing", "sign", "l|0||3|"),
    ("met", "meet", "l|0||1|et"),
    ("Oslo", "Oslo", "=|0||0|"),
    ("OSLO", "Oslo", "t|0||0|"),
    ("Norwegians", "Norwegian", "=|0||1|"),
    ("was", "be", "abe"),
    ("ca", "can", "l|0||0|n"),
]

APPLIED = [
    ("women", "l|0||2|an", "woman"),
    ("Fleeing", "l|0||3|", "flee"),
    ("a", "l|0||3|", "a"),
    ("UN", "=|0||5|", "UN"),
    ("ships", "", "ships"),
    ("ships", "l|0|1|", "ships"),
    ("ships", "l|x||1|", "ships"),
    ("ships", "q|0||1|", "ships"),
    ("ships", "l|\u00b2||1|", "ships"),
    ("ships", "a", ""),
]


@pytest.mark.parametrize(("form", "lemma", "script"), SCRIPTS)
def test_the_most_general_script_is_made(form: str, lemma: str, script: str) -> None:
    assert make_script(form, lemma) == script
    assert apply_script(form, script) == lemma


@pytest.mark.parametrize(("form", "script", "lemma"), APPLIED)
def test_scripts_apply_to_other_forms_and_never_fail(form: str, script: str, lemma: str) -> None:
    assert apply_script(form, script) == lemma


@given(st.text(), st.text())
def test_a_script_always_makes_its_lemma(form: str, lemma: str) -> None:
    assert apply_script(form, make_script(form, lemma)) == lemma


@given(st.text(), st.text())
def test_any_script_applies_to_any_form(form: str, script: str) -> None:
    assert isinstance(apply_script(form, script), str)


@given(st.text(min_size=1), st.text(), st.text())
def test_a_script_of_another_pair_leaves_something(form: str, other: str, lemma: str) -> None:
    script = make_script(other, lemma)
    assert apply_script(form, script) or script == "a"
