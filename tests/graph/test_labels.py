"""Lines that say who did what to whom."""

from __future__ import annotations

import pytest

from kg import ontology, resources
from kg.errors import KgError
from kg.graph.labels import label, phrases, reciprocal
from kg.records import EVENT_TYPES, FACTUALITIES, EventType, Factuality

CASES: list[tuple[EventType, str, Factuality, list[str], list[str], bool, str]] = [
    ("REJECT", "", "happened", ["Iceland"], ["Norway"], False, "Iceland rejected Norway"),
    ("AID", "", "planned", ["Norway"], ["Iceland"], False, "Norway to give aid to Iceland"),
    ("SANCTION", "expel", "negated", ["Iceland"], ["Boris"], False, "Iceland did not expel Boris"),
    ("ASSAULT", "", "possible", [], ["Norway"], False, "Possible attack on Norway"),
    ("ASSAULT", "", "negated", [], [], False, "No attack"),
    ("PROTEST", "demo", "happened", ["activists"], [], False, "Activists protested"),
    ("CONSULT", "", "happened", ["A", "B", "C"], [], True, "A, B and C held talks"),
    ("CONSULT", "visit", "happened", ["A", "B"], [], True, "A and B met"),
    ("AGREE", "", "happened", ["A", "B", "C", "D"], [], True, "A, B and 2 others reached an agreement"),
    ("CONSULT", "", "planned", ["A"], [], True, "A to hold talks"),
]


@pytest.mark.parametrize(("kind", "mode", "factuality", "sources", "targets", "joint", "line"), CASES)
def test_label(
    kind: EventType, mode: str, factuality: Factuality, sources: list[str], targets: list[str], joint: bool, line: str
) -> None:
    assert label(kind, mode, factuality, sources, targets, joint=joint) == line


@pytest.mark.parametrize("kind", EVENT_TYPES)
@pytest.mark.parametrize("factuality", FACTUALITIES)
def test_every_type_has_a_line(kind: EventType, factuality: Factuality) -> None:
    for sources in ([], ["A"], ["A", "B"]):
        for targets in ([], ["C"]):
            line = label(kind, "", factuality, sources, targets, joint=len(sources) > 1)
            assert line == " ".join(line.split())
            assert line[0].isupper()


def test_lexicon_fits_the_ontology() -> None:
    rows = resources.read_tsv("lexicons/event_labels.tsv")
    keys = [(row["type"], row["mode"]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert {kind for kind, _ in keys} == set(EVENT_TYPES)
    assert all(mode in ontology.modes(kind) for kind, mode in keys if mode)
    assert all(row["source"] and bool(row["past_joint"]) == bool(row["base_joint"]) for row in rows)


def test_what_is_done_to_each_other() -> None:
    assert reciprocal("COOPERATE")
    assert reciprocal("RETREAT", "ceasefire")
    assert not reciprocal("PROTEST")
    assert not reciprocal("ACCUSE", "allege")
    assert all(reciprocal(kind) for kind in ontology.symmetric_event_types())  # type: ignore[arg-type]


def test_unknown_type() -> None:
    with pytest.raises(KgError, match="no row"):
        phrases("DANCE")  # type: ignore[arg-type]
