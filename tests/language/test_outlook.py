from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.language.outlook import is_of_saying, looks_ahead

if TYPE_CHECKING:
    from kg.records import Factuality


@pytest.mark.parametrize(
    ("before", "factuality", "expected"),
    [
        ("The ministers will", "planned", True),
        ("The ministers", "happened", False),
        ("The ministers will not", "negated", True),
        ("The ministers won't", "negated", True),
        ("The ministers won’t", "negated", True),
        ("The ministers did not", "negated", False),
        ("The ministers refused to", "negated", False),
        ("The ministers may", "possible", True),
        ("They'll perhaps", "possible", True),
        ("The ministers plan to", "possible", True),
        ("The ministers may have", "possible", False),
        ("The ministers are thought to have", "possible", False),
        ("Gunmen are accused of", "possible", False),
        ("They said they would resign, and suspected", "possible", False),
        ("", "possible", False),
    ],
)
def test_which_way_a_time_lies(before: str, factuality: Factuality, expected: bool) -> None:
    assert looks_ahead(before, factuality) is expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("The ministry said ", True),
        ("The ministry announced late ", True),
        ("The ministry told reporters on ", True),
        ("The ministry said the ", False),
        ("The ministers will meet on ", False),
        ("", False),
    ],
)
def test_when_something_was_said(before: str, expected: bool) -> None:
    assert is_of_saying(before) is expected
