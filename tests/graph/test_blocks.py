"""Which reports are compared: few, even where thousands are of the same two parties in one month."""

from __future__ import annotations

import pytest

from kg.graph.agreement import Agreement, Report, report
from kg.graph.blocks import pairs
from kg.graph.model import ActorNode, EventNode, MentionNode

MOST_A_REPORT = 120
ONE, OTHER = "https://example.org/actor/one", "https://example.org/actor/other"
STATES = {ONE: ActorNode(ONE, "One", "STATE", "NOR"), OTHER: ActorNode(OTHER, "Other", "STATE", "ISL")}


def a_report(number: int) -> Report:
    event, document = f"https://example.org/event/{number:06}", f"https://example.org/document/{number:06}"
    return report(
        EventNode(
            *(event, "ASSAULT", "One attacked Other", "happened"),
            sources=(ONE,),
            targets=(OTHER,),
            date=None if number % 3 else f"2024-03-{number % 31 + 1:02}",
            mentions=(MentionNode(f"{event}/mention", document, 0, 3, f"hit{number % 7}", "One hit Other."),),
        ),
        {document: f"2024-03-{number % 31 + 1:02}"},
        {},
    )


@pytest.mark.parametrize("count", [300, 3000])
def test_pairs_of_the_busiest_parties_grow_with_their_reports(count: int) -> None:
    reports = [a_report(number) for number in range(count)]
    found = set(pairs(reports, Agreement(STATES, {})))
    assert all(one < other for one, other in found)
    assert len(found) <= MOST_A_REPORT * count


def test_reports_of_one_day_are_compared() -> None:
    reports = [a_report(number) for number in (0, 31 * 3, 5)]
    assert (0, 1) in set(pairs(reports, Agreement(STATES, {})))
