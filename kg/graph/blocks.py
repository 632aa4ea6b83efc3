"""Pairs of reports that are worth comparing: near each other in some respect that reports of one happening share.

Reports are blocked by what they have in common (type with parties, a place, a text that both copy) and by stretches
of days; within a large block each is compared with its neighbours in two sorted orders only (the sorted neighbourhood
method of Hernández and Stolfo 1995). The number of pairs so grows with the number of reports, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.graph.agreement import Agreement, Report

Key: TypeAlias = "tuple[str, ...]"
K = TypeVar("K")

_STRETCH_DAYS: Final = 8
_MOST_PARTIES: Final = 6
_SMALL: Final = 24
_NEIGHBOURS: Final = 12


def pairs(reports: Sequence[Report], agreement: Agreement) -> Iterator[tuple[int, int]]:
    """Give pairs of numbers of reports, the lesser first; some more than once.

    Blocks are made for one type of event and one stretch of days after the other, so that they take little memory.
    """
    shared = _shared_originals(reports)
    for members in _grouped((one.content.type, number) for number, one in enumerate(reports)).values():
        names = {number: agreement.block_names(reports[number].content) for number in members}
        lasting = ((key, number) for number in members for key in _lasting(reports[number], names[number], shared))
        yield from _near(_grouped(lasting).values(), reports)
        dated = ((stretch, number) for number in members for stretch in _stretches(reports[number]))
        for together in _grouped(dated).values():
            keyed = ((key, number) for number in together for key in _passing(reports[number], names[number]))
            yield from sorted(set(_near(_grouped(keyed).values(), reports)))


def _near(blocks: Iterable[Sequence[int]], reports: Sequence[Report]) -> Iterator[tuple[int, int]]:
    """Give the pairs in each block that are worth comparing."""
    for block in blocks:
        if len(block) <= _SMALL:
            yield from combinations(block, 2)
            continue
        for key in (_by_day, _by_content):
            ordered = sorted(block, key=lambda number: key(reports[number]))
            for place, one in enumerate(ordered):
                for other in ordered[place + 1 : place + 1 + _NEIGHBOURS]:
                    yield min(one, other), max(one, other)


def _grouped(keyed: Iterable[tuple[K, int]]) -> Mapping[K, list[int]]:
    blocks: defaultdict[K, list[int]] = defaultdict(list)
    for key, number in keyed:
        blocks[key].append(number)
    return blocks


def _shared_originals(reports: Iterable[Report]) -> frozenset[str]:
    """Return the documents that others are copies of."""
    return frozenset(original for one in reports for original in one.originals - one.documents)


def _lasting(report: Report, names: Sequence[str], shared: frozenset[str]) -> Iterator[Key]:
    """Give what reports of one happening have in common whenever it was: a text that both copy, parties and place."""
    for original in report.originals & shared:
        yield "copied", original
    for couple in _couples(names):
        for place in report.content.places:
            yield "where", *couple, place


def _passing(report: Report, names: Sequence[str]) -> Iterator[Key]:
    """Give what reports of one happening have in common at one time: two parties, or a party or place."""
    yield from _couples(names)
    for name in (*names, *report.content.places):
        yield (name,)


def _couples(names: Sequence[str]) -> list[tuple[str, str]]:
    return list(combinations(names, 2)) if len(names) <= _MOST_PARTIES else []


def _stretches(report: Report) -> range:
    if not report.is_dated:
        return range(0)
    return range(report.first // _STRETCH_DAYS, report.last // _STRETCH_DAYS + 1)


def _by_day(report: Report) -> tuple[Any, ...]:
    return report.first, report.last, report.content, report.key


def _by_content(report: Report) -> tuple[Any, ...]:
    return report.content, report.first, report.last, report.key
