"""Pairs of reports that are worth comparing: near each other in some respect that reports of one happening share.

Reports are blocked by what they have in common (type with parties, a place, a text that both copy) and by stretches
of days; within a large block each is compared with its neighbours in two sorted orders only (the sorted neighbourhood
method of Hernández and Stolfo 1995). The number of pairs so grows with the number of reports, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.graph.agreement import Agreement, Report

Key: TypeAlias = "tuple[str | int, ...]"

_STRETCH_DAYS: Final = 8
_MOST_PARTIES: Final = 6
_SMALL: Final = 24
_NEIGHBOURS: Final = 12


def pairs(reports: Sequence[Report], agreement: Agreement) -> Iterator[tuple[int, int]]:
    """Give pairs of numbers of reports, the lesser first; some more than once."""
    for block in _blocks(reports, agreement).values():
        if len(block) <= _SMALL:
            yield from combinations(block, 2)
            continue
        for key in (_by_day, _by_content):
            ordered = sorted(block, key=lambda number: key(reports[number]))
            for place, one in enumerate(ordered):
                for other in ordered[place + 1 : place + 1 + _NEIGHBOURS]:
                    yield min(one, other), max(one, other)


def _blocks(reports: Sequence[Report], agreement: Agreement) -> Mapping[Key, list[int]]:
    blocks: defaultdict[Key, list[int]] = defaultdict(list)
    for number, report in enumerate(reports):
        for key in _keys(report, agreement.block_names(report.content)):
            blocks[key].append(number)
    return blocks


def _keys(report: Report, names: Sequence[str]) -> Iterator[Key]:
    kind, places = report.content.type, report.content.places
    for original in report.originals:
        yield kind, "copied", original
    couples = list(combinations(names, 2)) if len(names) <= _MOST_PARTIES else []
    for couple in couples:
        for place in places:
            yield kind, "where", *couple, place
    if not report.is_dated:
        return
    for stretch in range(report.first // _STRETCH_DAYS, report.last // _STRETCH_DAYS + 1):
        for couple in couples:
            yield kind, stretch, *couple
        for name in (*names, *places):
            yield kind, stretch, name


def _by_day(report: Report) -> tuple[Any, ...]:
    return report.first, report.last, report.content, report.key


def _by_content(report: Report) -> tuple[Any, ...]:
    return report.content, report.first, report.last, report.key
