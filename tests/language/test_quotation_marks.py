from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language.quotation_marks import paragraphs, quoted

# A text, and what stands in quotation marks in it, parts joined by bars.
CASES = [
    ('He said: "We agree." Then he left.', ["We agree."]),
    ("“We agree,” he said. “We sign.”", ["We agree,", "We sign."]),
    ("«We agree», he said.", ["We agree"]),
    ("``We agree,'' he said.", ["We agree,"]),
    ("„We agree“ he said, “yes.”", ["yes."]),
    ("'We agree,' he said. 'The soldiers' pay is late.'", ["We agree,", "The soldiers' pay is late."]),
    ("‘We agree,’ he said of the rebels’ offer.", ["We agree,"]),
    ("The rebels' camp and the soldiers' pay.", []),
    ("\"He told me, 'We agree,' and left.\"", ["He told me, 'We agree,' and left.", "We agree,"]),
    ("“He told me, ‘We agree,’ and left.”", ["He told me, ‘We agree,’ and left.", "We agree,"]),
    ('"One.\n\n"Two.\n\n"Three," he said.', ["One.|Two.|Three,"]),
    ("“One.\n“Two,” he said.", ["One.|Two,"]),
    ('"One.\n\nTwo," he said.', []),
    ('One line\nof "a quoted\nremark" here.\n\nAnother.', ["a quoted\nremark"]),
    ('The 6" gun and the 8" gun.', []),
    ('The 6" gun, "a relic," fired.', ["a relic,"]),
    ('"', []),
    ('""', []),
    ('" "', []),
    ("", []),
    ('He said "no', []),
    ("(“Yes,” he said.)", ["Yes,"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_quoted(text: str, expected: list[str]) -> None:
    assert ["|".join(part.of(text) for part in parts) for parts in quoted(text)] == expected


@settings(deadline=None)
@given(st.text(st.sampled_from("a'\"“”‘’«»`,. \n")))
def test_any_text(text: str) -> None:
    for parts in quoted(text):
        assert list(parts) == sorted(parts)
        assert all(part.of(text).strip() == part.of(text) != "" for part in parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb", ["a", "b"]),
        ("a\nb\n\nc", ["a\nb", "c"]),
        ("a\n \t\n\n b\n", ["a", "b\n"]),
        ("a\r\n\r\nb", ["a\r", "b"]),
        ("", []),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in paragraphs(text)] == expected
