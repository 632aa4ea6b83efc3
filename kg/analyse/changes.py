"""Sudden changes: periods in which a dyad's events come more or less often than just before.

The number of cooperative, and of conflictual, events of a period is held against that of the periods before it (six,
or as many as there are, but three at least) by the exact test for the ratio of two Poisson rates (Przyborowski &
Wilenski 1940): were the rate the same, each of the ``n`` events of both would fall into the period with a chance of
1 to k, the number of periods before it plus one. The two-sided p-value is twice the lesser tail. Of all tests made,
those are reported that keep the expected share of false alarms among them under 5 % (Benjamini & Hochberg 1995).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from kg.analyse.dyads import names_of
from kg.analyse.figures import Figures
from kg.analyse.periods import check_unit, periods
from kg.analyse.scope import Scope, select
from kg.analyse.series import placed, span
from kg.analyse.tally import rounded
from kg.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.analyse.periods import Period
    from kg.analyse.scope import Counted
    from kg.graph.model import ActorNode, KnowledgeGraph

Subject = Literal["cooperation", "conflict"]
BEFORE: Final = 6
_LEAST_BEFORE: Final = 3
# Fewer events than this in period and baseline together cannot show a change.
_LEAST_EVENTS: Final = 3
_PLACES: Final = 6
_METHOD = (
    "Exact test for the ratio of two Poisson rates (Przyborowski & Wilenski 1940), a period against the {before} before"
    " it; false discovery rate {level:g} (Benjamini & Hochberg 1995) over {tests:,} tests. More reporting looks like"
    " more events: see whether the number of documents changed too."
)


@dataclass(frozen=True, slots=True)
class Change:
    """A period in which two actors had more (``rise``) or fewer (``fall``) events of one kind than just before.

    ``events`` is the number in the period, ``expected`` the mean of the ``baseline`` periods before it. ``p`` is that
    of the test, ``q`` the same adjusted for the number of tests.
    """

    one: str
    other: str
    subject: Subject
    direction: Literal["rise", "fall"]
    period: str
    begin: str
    end: str
    events: int
    documents: int
    expected: float
    baseline: int
    p: float
    q: float
    one_iri: str
    other_iri: str


def changes(
    graph: KnowledgeGraph,
    by: str = "month",
    scope: Scope | None = None,
    actor: ActorNode | None = None,
    *,
    before: int = BEFORE,
    level: float = 0.05,
) -> Figures[Change]:
    """Return the sudden changes in the series of all dyads, in time.

    A series runs from the first to the last period in which anything of the graph lies, or over the window.

    Args:
        graph: Whose events are counted.
        by: ``day``, ``week``, ``month`` or ``year``. An event that no single period holds is left out and counted.
        scope: Which events count.
        actor: Only the dyads of this actor.
        before: How many periods a period is held against, three at least.
        level: The share of false alarms to put up with, between 0 and 1.

    Raises:
        ConfigError: There is no such period, ``before`` or ``level`` is out of range, or the scope is none.
    """
    if before < _LEAST_BEFORE:
        raise ConfigError(f"a change is seen against {_LEAST_BEFORE} periods at least, not {before}")
    if not 0 < level < 1:
        raise ConfigError(f"the share of false alarms lies between 0 and 1: it is {level}")
    unit = check_unit(by)
    everything = select(graph, scope or Scope())
    first, last = span(everything)
    covered = periods(first, last, unit) if first and last else ()
    selection = select(graph, scope or Scope(), *([actor.iri] if actor else []))
    kept, spread = placed(selection, unit)
    tested = list(_tested(spread, covered, names_of(graph), actor, before))
    rows = [row for row in _adjusted(tested) if row.q <= level]
    rows.sort(key=lambda row: (row.begin, row.one, row.other, row.one_iri, row.other_iri, row.subject))
    note = _METHOD.format(before=before, level=level, tests=len(tested))
    return Figures(Change, tuple(rows), kept.basis(len(selection.events) - len(kept.events)), (note,))


def _tested(
    spread: Iterable[tuple[Counted, Period]],
    covered: Sequence[Period],
    names: Mapping[str, str],
    actor: ActorNode | None,
    before: int,
) -> Iterator[Change]:
    """Give the outcome of every test, whatever it is; ``q`` is not known yet."""
    place = {period: number for number, period in enumerate(covered)}
    found: defaultdict[tuple[str, str, Subject], defaultdict[int, list[Counted]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for counted, period in spread:
        for one, other in counted.dyads:
            if actor is None or actor.iri in (one, other):
                subject: Subject = "cooperation" if counted.friendly else "conflict"
                found[one, other, subject][place[period]].append(counted)
    for (one, other, subject), by_place in sorted(found.items()):
        # Far from any event of its own, a dyad's series has nothing to test.
        near = {number + step for number in by_place for step in range(before + 1)}
        for number in sorted(number for number in near if _LEAST_BEFORE <= number < len(covered)):
            events = by_place.get(number, [])
            held = range(max(number - before, 0), number)
            past = sum(len(by_place[other]) for other in held if other in by_place)
            if len(events) + past < _LEAST_EVENTS:
                continue
            expected = past / len(held)
            yield Change(
                one=names.get(one, one),
                other=names.get(other, other),
                subject=subject,
                direction="rise" if len(events) > expected else "fall",
                period=covered[number].label,
                begin=covered[number].begin.isoformat(),
                end=covered[number].end.isoformat(),
                events=len(events),
                documents=len({document for counted in events for document in counted.documents}),
                expected=rounded(expected),
                baseline=len(held),
                p=p_value(len(events), past, len(held)),
                q=1.0,
                one_iri=one,
                other_iri=other,
            )


def p_value(now: int, past: int, held: int) -> float:
    """Return how likely ``now`` events in one period are against ``past`` in the ``held`` before it, two-sided.

    >>> p_value(3, 0, 3)
    0.03125
    """
    total, chance = now + past, 1 / (held + 1)
    upper = sum(_binomial(count, total, chance) for count in range(now, total + 1))
    lower = sum(_binomial(count, total, chance) for count in range(now + 1))
    return round(min(1.0, 2 * min(upper, lower)), 12)


def _binomial(count: int, total: int, chance: float) -> float:
    ways = math.lgamma(total + 1) - math.lgamma(count + 1) - math.lgamma(total - count + 1)
    return math.exp(ways + count * math.log(chance) + (total - count) * math.log1p(-chance))


def _adjusted(tested: Sequence[Change]) -> list[Change]:
    """Return the tests with their p-values adjusted for how many there are (Benjamini & Hochberg 1995)."""
    ordered = sorted(tested, key=lambda row: -row.p)
    adjusted, least = [], 1.0
    for place, row in enumerate(ordered):
        least = min(least, row.p * len(ordered) / (len(ordered) - place))
        adjusted.append(replace(row, p=round(row.p, _PLACES), q=round(least, _PLACES)))
    return adjusted
