from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kg.evaluate.counts import Count, Share
from kg.evaluate.report import as_json
from kg.evaluate.score import Scores, edges, score
from kg.jsonl import read_records, write_records
from kg.records import EVENT_TYPES, FACTUALITIES, Actor, DocumentRecord, Event, Relation, Span

if TYPE_CHECKING:
    from pathlib import Path


def test_perfect_prediction(record: DocumentRecord) -> None:
    scores = score([record], [record])
    assert {name: count.f1 for name, count in scores.figures().items()} == dict.fromkeys(scores.figures(), 1.0)
    assert all(share.accuracy == 1.0 for share in scores.accuracy.values())
    assert scores.documents == 1


def test_missing_document_counts_as_empty(record: DocumentRecord) -> None:
    scores = score([record], [])
    assert scores.actors == Count(0, len(record.actors), 0)
    assert scores.events == Count(0, len(record.events), 0)


def test_document_that_gold_lacks_is_passed_over(record: DocumentRecord) -> None:
    assert score([], [record]) == Scores()


def test_planned_events_are_edges_and_negated_and_possible_ones_are_not(record: DocumentRecord) -> None:
    kinds = {edge.type for edge in edges(record.events)}
    assert kinds == {"CONSULT", "AGREE", "AID", "ASSAULT", "REJECT"}


def test_a_meeting_is_one_whichever_way_it_is_told(record: DocumentRecord) -> None:
    meeting, *rest = record.events
    turned = replace(meeting, sources=meeting.targets, targets=meeting.sources)
    scores = score([record], [replace(record, events=(turned, *rest))])
    assert scores.arguments.f1 == scores.edges.f1 == 1.0


def test_an_attack_is_not_the_same_the_other_way_round(record: DocumentRecord) -> None:
    turned = tuple(
        replace(event, sources=event.targets, targets=event.sources) if event.type == "ASSAULT" else event
        for event in record.events
    )
    scores = score([record], [replace(record, events=turned)])
    assert (scores.edges.shared, scores.edges.gold) == (4, 5)


def test_a_directed_edge_is_no_undirected_one(record: DocumentRecord) -> None:
    directed = tuple(
        replace(event, sources=("A3",), targets=("A4",)) if event.type == "AGREE" else event for event in record.events
    )
    scores = score([record], [replace(record, events=directed)])
    assert (scores.edges.shared, scores.edges.predicted) == (4, 5)


def test_scores_of_documents_add_up(record: DocumentRecord) -> None:
    other = replace(record, document=replace(record.document, id="other"))
    both = score([record, other], [record])
    assert both == score([record], [record]) + score([other], [])
    assert both.accuracy["factuality"] == Share(8, 8)


@pytest.mark.parametrize("name", ["seed/gold.jsonl", "voa/dev.jsonl"])
@pytest.mark.parametrize("seed", range(3))
def test_equals_the_reference_scorer(shared: Path, tmp_path: Path, name: str, seed: int) -> None:
    gold = shared / "evaluation" / name
    records = list(read_records(gold))
    predicted = [_disturbed(record, random.Random(f"{seed} {record.document.id}")) for record in records]
    if len(predicted) > 1:
        del predicted[seed]
    file = tmp_path / "predicted.jsonl"
    write_records(predicted, file)
    script = shared / "evaluation" / "score.py"
    run = subprocess.run([sys.executable, script, gold, file, "--json"], check=True, capture_output=True, text=True)
    assert json.loads(as_json(score(records, predicted))) == json.loads(run.stdout)


def _disturbed(record: DocumentRecord, chance: random.Random) -> DocumentRecord:
    """Return the record with actors lost, split and retyped, and events and relations lost, moved and redirected."""
    actors = [changed for actor in record.actors for changed in _disturbed_actor(actor, chance)]
    ids = [actor.id for actor in actors]
    events = [_disturbed_event(event, ids, len(record.document.text), chance) for event in record.events]
    relations = [_disturbed_relation(relation, ids, chance) for relation in record.relations]
    return replace(
        record,
        actors=tuple(actors),
        events=tuple(event for event in events if chance.random() < 0.9),
        relations=tuple(relation for relation in relations if chance.random() < 0.9),
    )


def _disturbed_actor(actor: Actor, chance: random.Random) -> list[Actor]:
    if chance.random() < 0.1:
        return []
    if chance.random() < 0.2 and len(actor.mentions) > 1:
        return [
            replace(actor, mentions=actor.mentions[:1], country="", sector=""),
            replace(actor, id=f"{actor.id}b", mentions=actor.mentions[1:], type="OTHER"),
        ]
    begin, end = actor.mentions[0]
    first = Span(max(begin - chance.randint(0, 4), 0), end)
    return [replace(actor, mentions=(first, *actor.mentions[1:]))]


def _disturbed_event(event: Event, ids: list[str], length: int, chance: random.Random) -> Event:
    begin = min(max(event.trigger.begin + chance.randint(-30, 30), 0), length - 1)
    changes: dict[str, Any] = {
        "type": chance.choice(EVENT_TYPES) if chance.random() < 0.2 else event.type,
        "trigger": Span(begin, begin + 1),
        "factuality": chance.choice(FACTUALITIES) if chance.random() < 0.3 else event.factuality,
        "sources": _disturbed_ids(event.sources, ids, chance),
        "targets": _disturbed_ids(event.targets, ids, chance),
        "claimant": chance.choice([None, *ids]) if chance.random() < 0.3 else _known(event.claimant, ids),
        "disputed_by": (),
        "same_as": None,
    }
    return replace(event, **changes)


def _disturbed_relation(relation: Relation, ids: list[str], chance: random.Random) -> Relation:
    source, target = _known(relation.source, ids), _known(relation.target, ids)
    if chance.random() < 0.2:
        source, target = target, source
    return replace(
        relation,
        source=source or ids[0],
        target=target or (None if relation.target_place else ids[-1]),
        claimant=None,
    )


def _disturbed_ids(given: tuple[str, ...], ids: list[str], chance: random.Random) -> tuple[str, ...]:
    kept = [one for one in given if one in ids and chance.random() < 0.9]
    return tuple([*kept, chance.choice(ids)] if chance.random() < 0.2 else kept)


def _known(actor_id: str | None, ids: list[str]) -> str | None:
    return actor_id if actor_id in ids else None
