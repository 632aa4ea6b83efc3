from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve.bodies import bare_noun
from kg.resolve.countries import subject
from kg.resolve.names import MentionKind, key, kind_of, titled, uncapitalised, without_quantity, without_tail


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        ("President Barack Obama", "President", "Barack Obama"),
        ("Mr. Obama", "Mr.", "Obama"),
        ("former U.S. Secretary of State Hillary Clinton", "former U.S. Secretary of State", "Hillary Clinton"),
        ("White House spokesman Scott McClellan", "White House spokesman", "Scott McClellan"),
        ("EU Enlargement Commissioner Olli Rehn", "EU Enlargement Commissioner", "Olli Rehn"),
        ("Lt. Gen. Dan Halutz's", "Lt. Gen.", "Dan Halutz"),
        ("Assistant Secretary of State Jane Example", "Assistant Secretary of State", "Jane Example"),
        ("Army Chief of Staff Jan Novak", "Army Chief of Staff", "Jan Novak"),
        ("Minister for Women and Children Jan Novak", "Minister for Women and Children", "Jan Novak"),
        ("President of the United States Barack Obama", "President of the United States", "Barack Obama"),
        ("Minister of", "Minister", "of"),
        ("Air Vice Marshal Jan Novak", "Air Vice Marshal", "Jan Novak"),
        ("Ursula von der Leyen", "", "Ursula von der Leyen"),
        ("Osama bin Laden", "", "Osama bin Laden"),
        ("Ban Ki-moon", "", "Ban Ki-moon"),
        ("Major", "", "Major"),
        ("President", "", "President"),
        ("Jane Example, the president", "", "Jane Example"),
    ],
)
def test_titled(text: str, title: str, name: str) -> None:
    assert titled(text) == (title, name)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Barack Obama", "name"),
        ("US", "name"),
        ("us", "pronoun"),
        ("They", "pronoun"),
        ("Officials", "nominal"),
        ("U.S. officials", "nominal"),
        ("al-Qaida", "name"),
        ("the Taliban", "name"),
        ("Police", "nominal"),
        ("five soldiers", "nominal"),
    ],
)
def test_kind_of(text: str, kind: MentionKind) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hugo Chávez", "Hugo Chavez"),
        ("Kim Jong-il", "Kim Jong Il"),
        ("Bashar al-Assad", "Bashar Assad"),
        ("U.N. Security Council", "UN Security Council"),
        ("The New York Times", "New York Times"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_phrases() -> None:
    assert without_quantity("at least 14 other British soldiers") == "British soldiers"
    assert without_quantity("fifty-two hostages") == "hostages"
    assert without_tail("Fars news agency") == "Fars"
    assert uncapitalised("Riot police") == "riot police"
    assert uncapitalised("Sunni militants") == "Sunni militants"
    assert bare_noun("Pakistan's Foreign Ministry") == "foreign ministry"
    assert bare_noun("the government of Turkey") == "government"


def test_subject() -> None:
    assert subject("Peruvian police and U.S. agents in Lima said Peru was calm.") == ("PER", False)
    assert subject("Peruvian police in Lima said Peru was calm.") == ("PER", True)
    assert subject("Nothing here.") == ("", False)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["President", "Gen.", "former", "Jane", "de", "Example", "U.S."]), min_size=1, max_size=6)
)
def test_titled_keeps_every_word(words: list[str]) -> None:
    found = titled(" ".join(words))
    assert [*found.title.split(), *found.name.split()] == words
    assert found.name
