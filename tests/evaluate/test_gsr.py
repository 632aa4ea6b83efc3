from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kg.errors import DocumentError, RecordError
from kg.evaluate.counts import Share
from kg.evaluate.gsr import CodedActor, CodedSentence, read, score
from kg.jsonl import write_records
from kg.records import EVENT_TYPES, Actor, Document, DocumentRecord, Event, Span

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Peruvian rebels shelled a relief agency's trucks in Chile."
ACTORS = (
    Actor("A1", "Peruvian rebels", "ARMED_GROUP", (Span(0, 15),), "PER", "REB"),
    Actor("A2", "relief agency", "NGO", (Span(26, 39),), "", ""),
    Actor("A3", "Chile", "STATE", (Span(52, 57),), "CHL", "GOV"),
)


def sentence(sources: list[str], targets: list[str]) -> CodedSentence:
    sides = [tuple(CodedActor("", code) for code in codes) for codes in (sources, targets)]
    return CodedSentence("s", TEXT, "ASSAULT", *sides)


def record(sources: tuple[str, ...], targets: tuple[str, ...], kind: str = "ASSAULT") -> DocumentRecord:
    event = Event("E1", "ASSAULT" if kind == "ASSAULT" else "COERCE", Span(16, 23), sources, targets, "happened")
    return DocumentRecord(Document("s", TEXT), (Span(0, len(TEXT)),), ACTORS, (event,), ())


CASES = {
    "by country": (["PER"], ["CHL"], ("A1",), ("A3",), True),
    "by sector and by type": (["IMG"], ["NGO"], ("A1",), ("A2",), True),
    "one of several is enough": (["PER", "BOL"], ["CHL"], ("A1",), ("A3",), True),
    "a side without codes asks nothing": ([""], ["CHL"], (), ("A3",), True),
    "the wrong way round": (["PER"], ["CHL"], ("A3",), ("A1",), False),
    "a side is missing": (["PER"], ["CHL"], ("A1",), (), False),
    "several sources without targets are symmetric": (["PER", "CHL"], [], ("A1",), ("A3",), True),
    "two of the codes are needed": (["PER", "CHL"], [], ("A1",), (), False),
    "one code twice needs one actor": (["PER", "PER"], [], ("A1",), (), True),
}


@pytest.mark.parametrize(("gold_sources", "gold_targets", "sources", "targets", "right"), CASES.values(), ids=CASES)
def test_dyad(
    gold_sources: list[str], gold_targets: list[str], sources: tuple[str, ...], targets: tuple[str, ...], right: bool
) -> None:
    scores = score([sentence(gold_sources, gold_targets)], [record(sources, targets)])
    assert (scores.type, scores.dyad, scores.predicted) == (Share(1, 1), Share.one(right), 1)


def test_another_type_and_a_missing_record_find_nothing() -> None:
    gold = [sentence(["PER"], ["CHL"]), replace(sentence(["PER"], ["CHL"]), id="other")]
    scores = score(gold, [record(("A1",), ("A3",), "COERCE")])
    assert (scores.type, scores.dyad) == (Share(0, 2), Share(0, 2))
    assert scores.type_by_event == {"ASSAULT": Share(0, 2)}


def test_read_names_the_broken_line(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    good = {"id": "s", "text": TEXT, "event": "ASSAULT", "sources": [{"text": "", "code": "PER"}], "targets": []}
    file.write_text(json.dumps(good) + "\n\n" + json.dumps({**good, "event": "FIGHT"}) + "\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"gold\.jsonl:3: event must be one of"):
        read(file)
    file.write_text("{]\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"gold\.jsonl:1: not JSON"):
        read(file)
    with pytest.raises(DocumentError, match="cannot read"):
        read(tmp_path / "missing.jsonl")


@pytest.mark.parametrize("shift", [0, 1])
def test_equals_the_reference_scorer(shared: Path, tmp_path: Path, shift: int) -> None:
    path = shared / "evaluation" / "plover_gsr" / "dev.jsonl"
    gold = read(path)
    predicted = [_guess(one, number, shift) for number, one in enumerate(gold) if number % 7 != 3]
    file = tmp_path / "predicted.jsonl"
    write_records(predicted, file)
    script = shared / "evaluation" / "score_gsr.py"
    run = subprocess.run([sys.executable, script, path, file, "--json"], check=True, capture_output=True, text=True)
    expected = json.loads(run.stdout)
    scores = score(gold, predicted)
    assert round(scores.type.accuracy or 0, 4) == expected["type"]
    assert round(scores.dyad.accuracy or 0, 4) == expected["dyad"]
    assert round(scores.predicted / len(gold), 3) == expected["events predicted per sentence"]
    assert {kind: share.right for kind, share in scores.dyad_by_event.items()} == {
        kind: counts["dyad"] for kind, counts in expected["by type"].items()
    }


def _guess(gold: CodedSentence, number: int, shift: int) -> DocumentRecord:
    """Return a record that is right in part, by ``number``: gold's own codes, some moved to the other side."""
    coded = [*gold.sources, *gold.targets]
    actors = tuple(
        Actor(f"A{place}", one.text, "NGO" if one.code == "NGO" else "OTHER", (Span(0, 1),), *_code(one.code))
        for place, one in enumerate(coded)
    )
    ids = [actor.id for actor in actors]
    middle = max(len(gold.sources) - (shift if number % 3 == 0 else 0), 0)
    kind = next(kind for kind in EVENT_TYPES if kind == gold.event or number % 5 == 4)
    event = Event("E1", kind, Span(0, 1), tuple(ids[:middle]), tuple(ids[middle:]), "happened")
    return DocumentRecord(Document(gold.id, gold.text), (Span(0, len(gold.text)),), actors, (event,), ())


def _code(code: str) -> tuple[str, str]:
    return ("", {"IMG": "UAF"}.get(code, code)) if code in {"IGO", "NGO", "IMG"} else (code, "")
