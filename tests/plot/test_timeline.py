from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from matplotlib.text import Text

from kg.errors import ConfigError
from kg.graph.model import ActorNode, DocumentNode, EventNode, KnowledgeGraph, MentionNode
from kg.plot.timeline import timeline, timeline_figure

from .conftest import assert_legible, words

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import EventType


ROLES = ("title", "subtitle", "lane", "day", "words", "claims", "legend", "credit")


def test_events_come_in_time_and_the_undated_last(strait: KnowledgeGraph) -> None:
    figure = timeline_figure(strait)
    assert_legible(figure, *ROLES)
    days = words(figure, "day")
    assert days[:2] == ["4 March 2024", "6 March 2024"]
    assert days[-1] == "Date not given"
    assert words(figure, "words")[0] == "Orlova and Demirtaş meet in Sund"
    assert words(figure, "words")[-1] == "Dock workers strike against Nordstrom Energy"


def test_denied_and_possible_events_are_left_out_and_counted(strait: KnowledgeGraph) -> None:
    figure = timeline_figure(strait)
    assert "10 of 12 events shown; 2 denied or merely possible left out" in words(figure, "subtitle")[0]
    assert not [text for text in words(figure, "words") if "withdraw" in text or "might" in text]


def test_claims_and_disputes_are_said(strait: KnowledgeGraph) -> None:
    figure = timeline_figure(strait)
    claims = words(figure, "claims")
    assert "according to Ministry of Foreign Affairs of Osmia; disputed by Varland" in claims
    assert "planned" in claims
    assert words(figure, "dispute").count("?") == 2 + 1


def test_events_of_one_actor(strait: KnowledgeGraph) -> None:
    figure = timeline_figure(strait, actor="Osmia")
    assert len(words(figure, "words")) == 4
    assert "Osmia" in words(figure, "lane")
    assert words(figure, "title") == ["The timeline of Osmia"]


def test_many_events_are_cut_to_the_most_reported() -> None:
    actors = tuple(ActorNode(f"i:{place:02}", f"Actor {place}", "STATE") for place in range(30))
    events = tuple(
        EventNode(
            f"e:{place:02}", "ASSAULT", f"Event {place}", "happened", sources=(f"i:{place:02}",), date="2020-01-02"
        )
        for place in range(30)
    )
    figure = timeline_figure(KnowledgeGraph("i:", actors=actors, events=events), max_events=20)
    assert_legible(figure, *ROLES)
    assert len(words(figure, "words")) == 20
    assert words(figure, "lane")[-1] == "others or not named"
    said = "20 of 30 events shown, those with the most reports (20 of 30 with 0 reports each: disputed first, "
    assert said in words(figure, "subtitle")[0]


def _reported(iri: str, kind: EventType, *documents: str, contested: bool = False) -> EventNode:
    mentions = tuple(MentionNode(f"m:{iri}{document}", document, 0, 1, "w", "w") for document in documents)
    return EventNode(iri, kind, iri, "happened", date="2020-01-02", contested=contested, mentions=mentions)


def _archive(*events: EventNode) -> KnowledgeGraph:
    copies = tuple(DocumentNode(f"d:copy{n}", f"copy{n}", "0" * 64, copy_of="d:1") for n in range(9))
    documents = (DocumentNode("d:1", "1", "0" * 64), DocumentNode("d:2", "2", "0" * 64), *copies)
    return KnowledgeGraph("i:", documents=documents, events=tuple(sorted(events)))


def test_copies_and_repetitions_count_as_one_report() -> None:
    copied = _reported("copied", "ACCUSE", "d:1", *(f"d:copy{n}" for n in range(9)))
    figure = timeline_figure(_archive(copied, _reported("twofold", "ACCUSE", "d:1", "d:2")), max_events=1)
    assert words(figure, "words") == ["twofold"]
    assert "1 of 2 events shown, those with the most reports. From 2 of 11 documents, " in words(figure, "subtitle")[0]


def test_of_events_with_as_many_reports_the_disputed_are_drawn_and_some_of_every_kind() -> None:
    kinds: tuple[EventType, ...] = ("ACCUSE", "AID", "ASSAULT", "CONSULT")
    many = [_reported(f"{kind.lower()}-{n:02}", kind, "d:1") for kind in kinds for n in range(20)]
    disputed = _reported("protest-99", "PROTEST", "d:2", contested=True)
    figure = timeline_figure(_archive(*many, disputed), max_events=9)
    drawn = words(figure, "words")
    assert {word.split("-")[0]: sum(other[:3] == word[:3] for other in drawn) for word in drawn} == {
        **{kind.lower(): 2 for kind in kinds},
        "protest": 1,
    }
    said = (
        "9 of 81 events shown, those with the most reports (9 of 81 with 1 report each: disputed first, then the most"
    )
    assert said in words(figure, "subtitle")[0]


def test_events_without_parties_dates_or_labels() -> None:
    events = (EventNode("e:1", "ASSAULT", "", "happened"), EventNode("e:2", "ACCUSE", "x", "planned", targets=("i:?",)))
    figure = timeline_figure(KnowledgeGraph("i:", events=events))
    assert words(figure, "day") == []
    assert words(figure, "words") == ["Assault", "x"]
    assert "without dates: in the order of the text" in words(figure, "subtitle")[0]


PERIODS = [
    ("2015-11-24", "2015-11-26", "24–26 November 2015"),
    ("2015-10-01", "2015-10-31", "October 2015"),
    ("2003-01-01", "2003-12-31", "2003"),
    ("2015-11-24", None, "from 24 November 2015"),
    (None, "2015-11-26", "until 26 November 2015"),
]


@pytest.mark.parametrize(("earliest", "latest", "said"), PERIODS)
def test_periods_are_in_words(earliest: str | None, latest: str | None, said: str) -> None:
    event = EventNode("e:1", "ASSAULT", "x", "happened", earliest=earliest, latest=latest)
    days = words(timeline_figure(KnowledgeGraph("i:", events=(event,))), "day")
    assert [" ".join(day.split()) for day in days] == [said]


def test_long_periods_are_legible() -> None:
    event = EventNode("e:1", "ASSAULT", "x", "happened", earliest="2014-12-30", latest="2015-09-28")
    figure = timeline_figure(KnowledgeGraph("i:", events=(event,)))
    assert_legible(figure, *ROLES)
    assert "2015" in words(figure, "day")[0]


def test_nothing_to_draw_is_said(strait: KnowledgeGraph) -> None:
    figure = timeline_figure(replace(strait, events=()))
    assert "No events." in [text.get_text() for text in figure.findobj(Text)]


def test_bad_settings_are_refused(strait: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="max_events is 0"):
        timeline_figure(strait, max_events=0)
    with pytest.raises(ConfigError, match=r"\.svg"):
        timeline(strait, tmp_path / "a.gif")


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_equal_bytes(strait: KnowledgeGraph, tmp_path: Path, suffix: str) -> None:
    for name in "ab":
        timeline(strait, tmp_path / f"{name}.{suffix}", actor="Varland")
    assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()
