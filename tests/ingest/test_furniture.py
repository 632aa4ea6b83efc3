"""Page furniture is found where it stands, and sentences are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import resources
from kg.ingest.furniture import find_furniture

FURNITURE = [
    ("Skip to main content", "Skip to main content"),
    ("\u00a0 SHARE THIS »", "SHARE THIS »"),
    ("• Advertisement:", "• Advertisement:"),
    ("Read more: Ministers meet in Geneva", "Read more: Ministers meet in Geneva"),
    ("Follow us on Twitter and Facebook.", "Follow us on Twitter and Facebook."),
    ("© 2020 The Daily Courier. All rights reserved.", "© 2020 The Daily Courier. All rights reserved."),
    ("Getty Images", "Getty Images"),
    ("By Jane Doe", "By Jane Doe"),
    ("By JANE DOE and John Roe, Associated Press", "By JANE DOE and John Roe, Associated Press"),
    ("The ministers in Geneva on Monday (AFP)", "(AFP)"),
    ("The ministers in Geneva on Monday (AFP) ", "(AFP)"),
    ("The ministers (left and right) in Geneva (Reuters/Jane Doe)", "(Reuters/Jane Doe)"),
    ("The ministers in Geneva [File: Jane Doe/Reuters]", "[File: Jane Doe/Reuters]"),
    ("The ministers in Geneva (Photo by Jane Doe/Pool)", "(Photo by Jane Doe/Pool)"),
    ("The ministers in Geneva (AFP via Getty Images)", "(AFP via Getty Images)"),
    ("The ministers in Geneva. Photo: Jane Doe", "Photo: Jane Doe"),
    ("The ministers in Geneva. Photograph: Jane Doe/Reuters", "Photograph: Jane Doe/Reuters"),
    ("The ministers in Geneva. REUTERS/Jane Doe", "REUTERS/Jane Doe"),
    ("The ministers in Geneva. Jane Doe/AFP/Getty Images", "Jane Doe/AFP/Getty Images"),
    ("The ministers in Geneva. © AFP", "© AFP"),
    ("GENEVA (Reuters) - The talks began on Monday.", "(Reuters) -"),
    ("GENEVA, March 3 (Xinhua) — The talks began on Monday.", "(Xinhua) —"),
]


@pytest.mark.parametrize(("line", "words"), FURNITURE)
def test_furniture_is_found(line: str, words: str) -> None:
    text = f"The talks go on.\n{line}\nThe end."
    assert [span.of(text) for span in find_furniture(text)] == [words]


SENTENCES = [
    "Share prices fell after the talks.",
    "He asked them to share this information with the police.",
    "The advertisement angered the embassy.",
    "By Monday the army had left the town.",
    "By the River",
    "The news was carried by the Associated Press (AP)",
    "The plant was closed by the Environmental Protection Agency (EPA)",
    "Reuters reported that the talks (see below) had failed.",
    "Officials told AFP that the talks had failed.",
    "The treaty (signed in Geneva)",
    "The two states agreed on a 50/50 split",
    "France/Germany",
    "Photo by photo the record of the siege grows.",
    "Home Secretary Jane Doe resigned.",
    "Follow the money, the prosecutor said.",
    "Related: the two men are cousins, and the families who own most of the land in this province have been at odds "
    "with each other since the war ended",
]


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_are_left_alone(line: str) -> None:
    assert find_furniture(f"The talks go on.\n{line}\nThe end.") == ()


def test_spans_count_from_the_beginning_of_the_text() -> None:
    text = "Advertisement\r\n\r\n😀 The talks (AFP)\rShare\u2028The end."
    assert [(span.begin, span.of(text)) for span in find_furniture(text)] == [
        (0, "Advertisement"),
        (29, "(AFP)"),
        (35, "Share"),
    ]


def test_the_lexicon_is_whole() -> None:
    rows = resources.read_tsv("lexicons/furniture.tsv")
    assert {row["kind"] for row in rows} == {"line", "start", "agency", "credit"}
    assert all(row["phrase"] and row["source"] for row in rows)
    assert len({(row["kind"], row["phrase"].casefold()) for row in rows}) == len(rows)


pieces = st.sampled_from([line for line, _ in FURNITURE] + SENTENCES) | st.text(max_size=30)


@given(st.lists(pieces | st.sampled_from(["\n", "\r\n", "\u2028", " "]), max_size=12).map("".join))
def test_spans_are_in_order_and_within_the_text(text: str) -> None:
    end = 0
    for span in find_furniture(text):
        assert end <= span.begin < span.end <= len(text)
        assert span.of(text).strip() == span.of(text)
        assert len(span.of(text).splitlines()) == 1
        end = span.end


@given(st.lists(pieces, max_size=5))
def test_a_line_is_judged_by_itself(lines: list[str]) -> None:
    text = "\n".join(lines)
    separate = [span.of(line) for line in lines for span in find_furniture(line)]
    assert [span.of(text) for span in find_furniture(text)] == separate
