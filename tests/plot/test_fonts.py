from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.plot.canvas import Canvas, Typesetter
from kg.plot.fonts import SANS, SERIF, SUBSTITUTE, FontChain, cleaned
from kg.plot.geometry import Point
from kg.plot.style import NAME, SUBTITLE

CLEANED = [
    ("a\nb\tc", "a b c"),
    ("a\x00b", "a b"),
    ("  a   b ", "a b"),
    ("e\u0301", "é"),
    ("a\u202eb", "ab"),
    ("\ud800", "\ud800"),
]


@pytest.mark.parametrize(("text", "clean"), CLEANED)
def test_cleaned(text: str, clean: str) -> None:
    assert cleaned(text) == clean


@pytest.mark.parametrize("text", ["Erdoğan", "Владимир Путин", "Ελλάδα", "محمود عباس", "Nguyễn Phú Trọng", "Łódź"])
@pytest.mark.parametrize("family", [SANS, SERIF])
def test_names_of_many_scripts_are_held(text: str, family: str) -> None:
    assert FontChain.covering(family, [text]).holds(text)


def test_letters_that_no_font_holds_are_substituted() -> None:
    chain = FontChain((SANS,))
    assert chain.drawable("A \U000e0fff\U00013000 B") == f"A {SUBSTITUTE} B"
    assert not chain.holds("\U00013000")
    assert chain.drawable("가 ẛ̣ Å") == f"{SUBSTITUTE} ẛ̣ Å"


@settings(max_examples=40, deadline=None)
@example("\U0001ee67")  # which the bold face of the first font lacks
@given(st.text(st.characters(), max_size=30))
def test_any_text_is_drawn_without_warning(text: str) -> None:
    typesetter = Typesetter([text])
    canvas = Canvas(300, 100, typesetter)
    for lettering in (NAME, SUBTITLE):
        canvas.text(typesetter.wrapped(text, lettering, 90, 3), lettering, Point(150, 50))
    canvas.figure.canvas.draw()


@pytest.mark.parametrize("text", ["US $\\frac deal$", "$", "$x$", "a\\b", "100% {of} _it_", "^^&#~"])
def test_mathematics_is_off(text: str) -> None:
    typesetter = Typesetter([text])
    assert typesetter.drawable(text, NAME) == text
    assert typesetter.size(text, NAME)[0] > 0


def test_wrapped_text_is_no_wider_than_asked() -> None:
    typesetter = Typesetter([])
    text = "Ministry of Foreign and European Affairs and of Internationalisationsangelegenheiten"
    lines = typesetter.wrapped(text, NAME, 90, 3).split("\n")
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(typesetter.size(line, NAME)[0] <= 90 for line in lines)
