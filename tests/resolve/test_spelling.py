from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.spelling import Spellings, skeleton

KNOWN = Spellings.of(["muammar gaddafi", "mohammad khatami", "viktor yushchenko", "xi jinping", "putin", "li peng"])


@pytest.mark.parametrize(
    ("spelt", "meant"),
    [
        ("moammar gadhafi", "muammar gaddafi"),
        ("muammar qadhafi", "muammar gaddafi"),
        ("mohammed khatami", "mohammad khatami"),
        ("victor yushchenko", ""),
        ("muammar gaddafi", ""),
        ("mustafa gaddafi", ""),
        ("vladimir putin", ""),
        ("putyin", ""),
        ("li pang", ""),
        ("", ""),
    ],
)
def test_near(spelt: str, meant: str) -> None:
    assert KNOWN.near(spelt) == ((meant,) if meant else ())


@given(st.text(max_size=40))
def test_any_text_has_a_skeleton(text: str) -> None:
    key = " ".join(text.casefold().split())
    assert len(skeleton(key).split(" ")) == len(key.split(" ")) or not key
    assert KNOWN.near(key) == KNOWN.near(key)
