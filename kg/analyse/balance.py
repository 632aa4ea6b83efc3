"""Structural balance: triads whose signs do not go together, as the friend of an enemy.

Two actors are friends where the net intensity of what passed between them is positive, enemies where it is negative.
A triad is balanced where the product of its three signs is positive (Cartwright & Harary 1956): three friends, or two
friends with a common enemy. Out of balance are two enemies with a common friend, and three enemies; the latter are
balanced in the weaker sense of Davis (1967).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kg.analyse.dyads import names_of
from kg.analyse.figures import Figures
from kg.analyse.scope import Scope, select
from kg.analyse.ties import tallies_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.analyse.tally import Tally
    from kg.analyse.ties import Pair
    from kg.graph.model import ActorNode, KnowledgeGraph

Imbalance = Literal["common friend of two enemies", "three enemies"]
_METHOD = "Structural balance after Cartwright & Harary (1956): a triad is balanced where its signs multiply to plus."


@dataclass(frozen=True, slots=True)
class Triad:
    """Three actors out of balance, by name and IRI, and the net intensity between each two.

    In a triad of the kind "common friend of two enemies", ``one`` is the friend, ``two`` and ``three`` are the enemies.
    """

    kind: Imbalance
    one: str
    two: str
    three: str
    one_two: float
    one_three: float
    two_three: float
    events: int
    documents: int
    one_iri: str
    two_iri: str
    three_iri: str


def triads(
    graph: KnowledgeGraph, scope: Scope | None = None, actor: ActorNode | None = None, least: float = 0.0
) -> Figures[Triad]:
    """Return the triads out of balance, those with the strongest weakest tie first; the notes count all triads.

    Args:
        graph: Whose events are counted.
        scope: Which events count; by default all that happened and nobody disputes.
        actor: Only the triads of this actor.
        least: How far from 0 a net intensity must be for two actors to be friends or enemies; beyond 0 by default.

    Raises:
        ConfigError: The scope is none.
    """
    selection = select(graph, scope or Scope())
    tallies = {
        pair: tally for pair, tally in tallies_of(selection.events).items() if tally.net and abs(tally.net) >= least
    }
    names = names_of(graph)
    counts: Counter[str] = Counter()
    rows = []
    for trio in _triangles(tallies):
        if actor is not None and actor.iri not in trio:
            continue
        signs = _signs(trio, tallies)
        counts[signs] += 1
        if signs.count("-") % 2:
            rows.append(_triad(trio, tallies, names))
    rows.sort(key=lambda row: (-_weakest(row), row.one, row.two, row.three, row.one_iri, row.two_iri, row.three_iri))
    return Figures(Triad, tuple(rows), selection.basis(), (_METHOD, _said(counts)))


def _triangles(tallies: Mapping[Pair, Tally]) -> Iterator[tuple[str, str, str]]:
    """Give every three actors of which each two have a sign, in alphabetical order."""
    above: dict[str, set[str]] = {}
    for one, other in tallies:
        above.setdefault(one, set()).add(other)
    for one in sorted(above):
        for two in sorted(above[one]):
            for three in sorted(above[one] & above.get(two, set())):
                yield one, two, three


def _signs(trio: tuple[str, str, str], tallies: Mapping[Pair, Tally]) -> str:
    one, two, three = trio
    nets = (tallies[one, two].net, tallies[one, three].net, tallies[two, three].net)
    return "".join(sorted("+" if net > 0 else "-" for net in nets))


def _triad(trio: tuple[str, str, str], tallies: Mapping[Pair, Tally], names: Mapping[str, str]) -> Triad:
    def between(a: str, b: str) -> Tally:
        return tallies[min(a, b), max(a, b)]

    hostile = [(a, b) for a, b in ((trio[0], trio[1]), (trio[0], trio[2]), (trio[1], trio[2])) if between(a, b).net < 0]
    if len(hostile) == 1:
        (friend,) = set(trio) - set(hostile[0])
        one, two, three = friend, *sorted(hostile[0])
    else:
        one, two, three = trio
    sides = (between(one, two), between(one, three), between(two, three))
    return Triad(
        kind="common friend of two enemies" if len(hostile) == 1 else "three enemies",
        one=names.get(one, one),
        two=names.get(two, two),
        three=names.get(three, three),
        one_two=sides[0].net,
        one_three=sides[1].net,
        two_three=sides[2].net,
        events=sum(side.events for side in sides),
        documents=len(set().union(*(side.documents for side in sides))),
        one_iri=one,
        two_iri=two,
        three_iri=three,
    )


def _weakest(row: Triad) -> float:
    return min(abs(row.one_two), abs(row.one_three), abs(row.two_three))


def _said(counts: Mapping[str, int]) -> str:
    balanced = counts.get("+++", 0) + counts.get("+--", 0)
    total = sum(counts.values())
    if not total:
        return "There is no triad of actors who all deal with each other."
    return f"{balanced:,} of {total:,} triads are balanced ({balanced / total:.0%})."
