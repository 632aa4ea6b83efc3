from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kg.errors import RecordError
from kg.evaluate.counts import Share
from kg.evaluate.re3d import Entity, EntityRelation, RelatedDocument, read, score
from kg.jsonl import write_records
from kg.records import EVENT_TYPES, Actor, Document, DocumentRecord, Event, Relation, Span

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Colonel Duarte commands the Ninth Brigade near Lima."
DUARTE, BRIGADE, LIMA = Span(0, 14), Span(28, 41), Span(47, 51)
GOLD = RelatedDocument(
    "d",
    TEXT,
    (Entity("Person", DUARTE), Entity("Organisation", BRIGADE), Entity("Location", LIMA)),
    (EntityRelation("InChargeOf", DUARTE, BRIGADE),),
)
ACTORS = (
    Actor("A1", "Duarte", "PERSON", (Span(8, 14),)),
    Actor("A2", "Ninth Brigade", "MILITARY", (BRIGADE,)),
)


def record(*, events: tuple[Event, ...] = (), relations: tuple[Relation, ...] = ()) -> DocumentRecord:
    return DocumentRecord(Document("d", TEXT), (Span(0, len(TEXT)),), ACTORS, events, relations)


LEADS = Relation("R1", "leads", "A2", "A1", Span(0, len(TEXT)), "happened")
MEETS = Event("E1", "CONSULT", Span(15, 23), ("A1", "A2"), (), "happened")


def test_a_fitting_relation_counts_in_either_direction() -> None:
    scores = score([GOLD], [record(relations=(LEADS,))])
    assert (scores.mentions, scores.linked, scores.typed, scores.predicted) == (
        Share(2, 2),
        Share(1, 1),
        Share(1, 1),
        1,
    )


def test_an_event_of_another_kind_links_only() -> None:
    scores = score([GOLD], [record(events=(MEETS,))])
    assert (scores.linked, scores.typed) == (Share(1, 1), Share(0, 1))


def test_a_missing_record_counts_as_empty() -> None:
    scores = score([GOLD], [])
    assert (scores.mentions, scores.linked, scores.documents) == (Share(0, 2), Share(0, 1), 1)


def test_read_names_the_broken_line(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    relation = {"type": "Knows", "source": {"begin": 0, "end": 1}, "target": {"begin": 2, "end": 3}}
    row = {"id": "d", "text": TEXT, "entities": [], "relations": [relation]}
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"gold\.jsonl:1: relations\[0\]: type must be one of"):
        read(file)


def test_equals_the_reference_scorer(shared: Path, tmp_path: Path) -> None:
    path = shared / "evaluation" / "re3d" / "dev.jsonl"
    gold = read(path)
    predicted = [_guess(one) for number, one in enumerate(gold) if number % 9 != 4]
    file = tmp_path / "predicted.jsonl"
    write_records(predicted, file)
    script = shared / "evaluation" / "score_re3d.py"
    run = subprocess.run([sys.executable, script, path, file, "--json"], check=True, capture_output=True, text=True)
    expected = json.loads(run.stdout)
    scores = score(gold, predicted)
    assert round(scores.mentions.accuracy or 0, 4) == expected["mentions"]
    assert round(scores.linked.accuracy or 0, 4) == expected["linked"]
    assert round(scores.typed.accuracy or 0, 4) == expected["typed"]
    assert round(scores.predicted / len(gold), 2) == expected["predicted events and relations per document"]
    assert {kind: share.right for kind, share in scores.typed_by_type.items()} == {
        kind: counts["typed"] for kind, counts in expected["by type"].items()
    }


def _guess(gold: RelatedDocument) -> DocumentRecord:
    """Return a record with most of gold's entities as actors and an event for every second relation."""
    kept = [entity.span for number, entity in enumerate(gold.entities) if number % 6 != 5]
    actors = tuple(Actor(f"A{place}", "x", "OTHER", (span,)) for place, span in enumerate(kept))
    ids = {span: f"A{place}" for place, span in enumerate(kept)}
    events = tuple(
        Event(f"E{place}", EVENT_TYPES[place % 16], one.source, (ids[one.source],), (ids[one.target],), "happened")
        for place, one in enumerate(gold.relations)
        if place % 2 == 0 and one.source in ids and one.target in ids
    )
    return DocumentRecord(Document(gold.id, gold.text), (Span(0, len(gold.text)),), actors, events, ())
