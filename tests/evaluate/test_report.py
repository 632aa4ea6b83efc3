from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.evaluate.counts import Count, Share
from kg.evaluate.report import as_json, as_text
from kg.evaluate.score import Scores, score

if TYPE_CHECKING:
    from kg.records import DocumentRecord

SCORES = Scores(
    documents=1,
    actors=Count(3, 4, 6),
    accuracy={"actor type": Share(2, 3), "factuality": Share()},
    events_by_type={"ASSAULT": Count(1, 1, 2)},
)


def test_text() -> None:
    assert as_text(SCORES) == (
        "1 document\n"
        "            precision  recall     F1   gold  predicted\n"
        "actors          0.500   0.750  0.600      4          6\n"
        "events          0.000   0.000  0.000      0          0\n"
        "arguments       0.000   0.000  0.000      0          0\n"
        "edges           0.000   0.000  0.000      0          0\n"
        "relations       0.000   0.000  0.000      0          0\n"
        "\n"
        "actor type: 0.667 of 3\n"
        "factuality: nothing to judge\n"
        "\n"
        "by type     precision  recall     F1   gold  predicted\n"
        "ASSAULT         0.500   1.000  0.667      1          2\n"
    )


def test_json() -> None:
    content = json.loads(as_json(SCORES))
    assert content["actors"] == {"precision": 0.5, "recall": 0.75, "f1": 0.6, "gold": 4, "predicted": 6}
    assert content["accuracy"] == {
        "actor type": {"accuracy": 0.6667, "of": 3},
        "factuality": {"accuracy": None, "of": 0},
    }
    assert content["documents"] == 1


def test_text_of_no_documents() -> None:
    assert as_text(Scores()).startswith("0 documents\n")


def test_json_of_a_real_record_names_every_type_in_it(record: DocumentRecord) -> None:
    content = json.loads(as_json(score([record], [])))
    assert set(content["events by type"]) == {event.type for event in record.events}
