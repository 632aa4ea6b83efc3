"""Dyads: how every two actors get on, over the whole window or period by period.

A dyad's events are those in which one of the two acts on the other, or both take part alike. Each counts once, with
its place on the PLOVER conflict-cooperation scale (-10 to 10); an event of several actors counts in each dyad.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analyse.figures import Figures
from kg.analyse.periods import check_unit
from kg.analyse.scope import Scope, select
from kg.analyse.series import placed
from kg.analyse.tally import Tally, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.analyse.periods import Period
    from kg.analyse.scope import Counted
    from kg.graph.model import ActorNode, KnowledgeGraph


@dataclass(frozen=True, slots=True)
class Dyad:
    """Two actors, by name and IRI (``one_iri`` is the lesser), and what passed between them.

    ``cooperative`` and ``conflictual`` count events by quad class. ``cooperation`` sums the positive intensities,
    ``conflict`` the negative ones, ``net`` both; ``mean`` is the net by event. ``first`` and ``last`` are days.
    """

    one: str
    other: str
    events: int
    documents: int
    cooperative: int
    conflictual: int
    cooperation: float
    conflict: float
    net: float
    mean: float
    first: str | None
    last: str | None
    one_iri: str
    other_iri: str


@dataclass(frozen=True, slots=True)
class DyadPeriod:
    """What passed between two actors in one period; as :class:`Dyad`, with the period's label and its days."""

    one: str
    other: str
    period: str
    begin: str
    end: str
    events: int
    documents: int
    cooperative: int
    conflictual: int
    cooperation: float
    conflict: float
    net: float
    one_iri: str
    other_iri: str


def dyads(graph: KnowledgeGraph, scope: Scope | None = None, actor: ActorNode | None = None) -> Figures[Dyad]:
    """Return every pair of actors between whom something happened, those with the most events first.

    Args:
        graph: Whose events are counted.
        scope: Which events count; by default all that happened and nobody disputes.
        actor: Only the dyads of this actor.

    Raises:
        ConfigError: The scope is none.
    """
    selection = select(graph, scope or Scope(), *([actor.iri] if actor else []))
    tallies = _tallies((pair, counted) for counted in selection.events for pair in _dyads(counted, actor))
    names = names_of(graph)
    rows = [_dyad(pair, tally, names) for pair, tally in tallies.items()]
    rows.sort(key=lambda row: (-row.events, row.one, row.other, row.one_iri, row.other_iri))
    return Figures(Dyad, tuple(rows), selection.basis(), (SCALE,))


def dyad_series(
    graph: KnowledgeGraph, by: str = "month", scope: Scope | None = None, actor: ActorNode | None = None
) -> Figures[DyadPeriod]:
    """Return the dyads period by period, in the order of names and time; periods without events have no row.

    Args:
        graph: Whose events are counted.
        by: ``day``, ``week``, ``month`` or ``year``. An event that no single period holds is left out and counted.
        scope: Which events count.
        actor: Only the dyads of this actor.

    Raises:
        ConfigError: There is no such period, or the scope is none.
    """
    selection = select(graph, scope or Scope(), *([actor.iri] if actor else []))
    kept, spread = placed(selection, check_unit(by))
    tallies: defaultdict[tuple[tuple[str, str], Period], Tally] = defaultdict(Tally)
    for counted, period in spread:
        for pair in _dyads(counted, actor):
            tallies[pair, period].add(counted)
    names = names_of(graph)
    rows = [_dyad_period(pair, period, tally, names) for (pair, period), tally in tallies.items()]
    rows.sort(key=lambda row: (row.one, row.other, row.one_iri, row.other_iri, row.begin))
    undated = len(selection.events) - len(kept.events)
    return Figures(DyadPeriod, tuple(rows), kept.basis(undated), (SCALE,))


def names_of(graph: KnowledgeGraph) -> Mapping[str, str]:
    """Return the actors' names by IRI."""
    return {actor.iri: actor.name for actor in graph.actors}


SCALE = (
    "Events are weighed by the PLOVER conflict-cooperation scale, -10 (conflict) to 10 (cooperation); net is the sum."
)


def _dyads(counted: Counted, actor: ActorNode | None) -> Iterable[tuple[str, str]]:
    return (pair for pair in counted.dyads if actor is None or actor.iri in pair)


def _tallies(pairs: Iterable[tuple[tuple[str, str], Counted]]) -> Mapping[tuple[str, str], Tally]:
    tallies: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
    for pair, counted in pairs:
        tallies[pair].add(counted)
    return tallies


def _dyad(pair: tuple[str, str], tally: Tally, names: Mapping[str, str]) -> Dyad:
    return Dyad(
        one=names.get(pair[0], pair[0]),
        other=names.get(pair[1], pair[1]),
        events=tally.events,
        documents=len(tally.documents),
        cooperative=tally.cooperative,
        conflictual=tally.conflictual,
        cooperation=rounded(tally.cooperation),
        conflict=rounded(tally.conflict),
        net=tally.net,
        mean=tally.mean,
        first=tally.since,
        last=tally.until,
        one_iri=pair[0],
        other_iri=pair[1],
    )


def _dyad_period(pair: tuple[str, str], period: Period, tally: Tally, names: Mapping[str, str]) -> DyadPeriod:
    return DyadPeriod(
        one=names.get(pair[0], pair[0]),
        other=names.get(pair[1], pair[1]),
        period=period.label,
        begin=period.begin.isoformat(),
        end=period.end.isoformat(),
        events=tally.events,
        documents=len(tally.documents),
        cooperative=tally.cooperative,
        conflictual=tally.conflictual,
        cooperation=rounded(tally.cooperation),
        conflict=rounded(tally.conflict),
        net=tally.net,
        one_iri=pair[0],
        other_iri=pair[1],
    )
