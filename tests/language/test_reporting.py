"""The lexicon of reporting words: complete rows, each form once, phrases by their longest form."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from kg.language.reporting import Kind, Stance, reporting_words
from kg.resources import read_tsv

ROWS = read_tsv("lexicons/reporting.tsv")
FRAMES = {"clause", "object", "infinitive", "as", "of", "to", "with", "resumes"}


def test_rows_are_complete() -> None:
    for row in ROWS:
        assert row["lemma"]
        assert row["source"]
        assert row["kind"] in get_args(Kind)
        assert row["stance"] in get_args(Stance)
        assert set(filter(None, row["frames"].split("|"))) <= FRAMES
        assert row["lemma"] in row["forms"].split("|")
        assert row["forms"] == row["forms"].lower()


def test_a_form_stands_for_one_word_of_its_kind() -> None:
    forms = Counter((row["kind"], form) for row in ROWS for form in row["forms"].split("|"))
    assert [form for form, count in forms.items() if count > 1] == []


@pytest.mark.parametrize(
    ("kind", "form", "lemma", "stance"),
    [
        ("verb", "said", "say", "neutral"),
        ("verb", "insists", "insist", "assertive"),
        ("verb", "denied", "deny", "denying"),
        ("verb", "doubting", "doubt", "doubting"),
        ("noun", "allegations", "allegation", "assertive"),
        ("relay", "quoted", "quote", "neutral"),
    ],
)
def test_words_are_found_by_form(kind: Kind, form: str, lemma: str, stance: str) -> None:
    found = reporting_words().find(kind, form)
    assert found is not None
    assert (found.lemma, found.stance) == (lemma, stance)


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("according to police", 0, 2),
        ("killed , according to police", 2, 4),
        ("in the words of one", 0, 4),
        ("in the", 0, None),
        ("police say so", 0, None),
        ("", 0, None),
    ],
)
def test_phrases(text: str, position: int, expected: int | None) -> None:
    found = reporting_words().phrase_at(text.split(), position)
    assert (found and found[0]) == expected
