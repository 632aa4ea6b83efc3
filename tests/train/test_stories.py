"""Stories that carry their annotation in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import RecordError
from kg.train.stories import read_stories

if TYPE_CHECKING:
    from pathlib import Path

    from kg.records import DocumentRecord

STORY = """== talks
Capitals at odds

[A1 [A2 Ruritanian] President Rudolf Elphberg] {E1 met} [A3 rebels] in Strelsau on Monday.
[A3 They] {E2 deny} that [A1 he] {E3 came}, and hold Zenda.
--
A1 | PERSON | | GOV | Rudolf Elphberg
A2 | STATE | | GOV | Ruritania
A3 | ARMED_GROUP | | REB | Ruritanian rebels
E1 | CONSULT:visit | A1 > A3 | happened | at Strelsau | on Monday | denied A3
E2 | REJECT | A3 > A1 | happened
E3 | CONSULT | A1 > | negated | by A3 | same E1
R1 | leads | A1 > A2 | happened | s 2
R2 | controls | A3 > "Zenda" | past | s 3 | by A1
"""


def one(tmp_path: Path, text: str) -> DocumentRecord:
    path = tmp_path / "own.txt"
    path.write_text(text, encoding="utf-8")
    (record,) = read_stories(path)
    return record


def test_a_story(tmp_path: Path) -> None:
    record = one(tmp_path, STORY)
    text = record.document.text
    assert record.document.id == "own/talks"
    assert text.startswith(
        "Capitals at odds\n\nRuritanian President Rudolf Elphberg met rebels in Strelsau on Monday. They"
    )
    assert [s.of(text)[:8] for s in record.sentences] == ["Capitals", "Ruritani", "They den"]
    elphberg, ruritania, rebels = record.actors
    assert [m.of(text) for m in elphberg.mentions] == ["Ruritanian President Rudolf Elphberg", "he"]
    assert [m.of(text) for m in ruritania.mentions] == ["Ruritanian"]
    assert (rebels.type, rebels.country, rebels.sector, rebels.name) == ("ARMED_GROUP", "", "REB", "Ruritanian rebels")
    met, deny, came = record.events
    assert (met.type, met.mode, met.sources, met.targets, met.factuality) == (
        *("CONSULT", "visit", ("A1",), ("A3",), "happened"),
    )
    assert met.time is not None
    assert (met.trigger.of(text), met.places[0].of(text), met.time.of(text)) == ("met", "Strelsau", "Monday")
    assert (met.disputed_by, came.claimant, came.same_as, deny.time) == (("A3",), "A3", "E1", None)
    leads, controls = record.relations
    assert (leads.type, leads.source, leads.target, leads.sentence.of(text)[:5]) == ("leads", "A1", "A2", "Rurit")
    assert (controls.target, controls.target_place, controls.factuality, controls.claimant) == (
        None,
        "Zenda",
        "past",
        "A1",
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("--\n", "", "no line"),
        ("[A3 They]", "[A3 They", "not closed"),
        ("[A3 They]", "[A3 They}", "closed by the wrong bracket"),
        ("[A3 They]", "A3 They]", "closes nothing"),
        ("[A3 They]", "[They]", "closes nothing"),
        ("[A3 They]", "[A9 They]", "'A9' is no annotated item"),
        ("{E2 deny}", "{E1 deny}", "two triggers"),
        ("{E2 deny}", "deny", "E2"),
        ("REJECT", "REFUSE", "no type of event"),
        ("A3 > A1 |", "A3 > A7 |", "'A7' is no actor"),
        ("at Strelsau", "at Hentzau", "'Hentzau' is not in the sentence"),
        ("on Monday |", "when Monday |", "'when' is no detail"),
        ("| s 3 | by A1", "| s 3 | denied A1", "'denied' is no detail of a relation"),
        ("same E1", "same E8", "'E8' is no event"),
        ("CONSULT:visit", "CONSULT:drone", "'drone' is no mode of CONSULT"),
        ("| negated", "| untrue", "no factuality"),
        ("| s 2", "|", "number of its sentence"),
        ("A2 | STATE | | GOV", "A2 | NATION | | GOV", "no type of actor"),
        ("A2 | STATE | | GOV", "A2 | STATE | Ruritania | GOV", "no country code"),
        ("R2 | controls", "R1 | controls", "annotated twice"),
        ("A1 | PERSON | | GOV | Rudolf Elphberg", "A1 | PERSON", "not enough values"),
        ("[A2 Ruritanian]", "Ruritanian", "not mentioned"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in STORY
    with pytest.raises(RecordError, match=said) as error:
        one(tmp_path, STORY.replace(old, new, 1))
    assert "own.txt: story talks: " in str(error.value)


@pytest.mark.no_cover  # which takes as long again, and reaches nothing that the story above does not
def test_the_stories_of_the_project(repository: Path) -> None:
    files = sorted((repository / "stories").glob("*.txt"))
    names = [record.document.id for file in files for record in read_stories(file)]
    assert len(names) == len(set(names)) > 100
