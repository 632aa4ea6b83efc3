from __future__ import annotations

from typing import TYPE_CHECKING

from kg.analyse import Scope, dyad_series, dyads
from kg.graph.names import find_actor

from .conftest import graph_of, happening

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph


def test_how_every_two_get_on(quarrel: KnowledgeGraph) -> None:
    rows = {(row.one, row.other): row for row in dyads(quarrel)}
    assert list(rows) == [("Arland", "Borland"), ("Arland", "Corland"), ("Borland", "Corland")]
    worst = rows["Arland", "Borland"]
    # accuse -3, assault -9, reject -2
    assert (worst.events, worst.documents, worst.cooperative, worst.conflictual) == (3, 2, 0, 3)
    assert (worst.cooperation, worst.conflict, worst.net, worst.mean) == (0.0, -14.0, -14.0, -4.6667)
    assert (worst.first, worst.last) == ("2015-11-03", "2015-11-20")
    assert (rows["Arland", "Corland"].net, rows["Borland", "Corland"].net) == (10.0, 2.5)


def test_included_events_count_like_others(quarrel: KnowledgeGraph) -> None:
    (first, *_) = dyads(quarrel, Scope(include=("contested", "planned")))
    assert (first.events, first.net) == (5, -14.0 - 9.0 - 6.0)


def test_dyads_of_one_actor(quarrel: KnowledgeGraph) -> None:
    figures = dyads(quarrel, actor=find_actor(quarrel, "Corland"))
    assert [(row.one, row.other) for row in figures] == [("Arland", "Corland"), ("Borland", "Corland")]
    assert figures.basis.events == 2


def test_an_event_of_several_counts_in_each_dyad() -> None:
    graph = graph_of(happening(1, "ASSAULT", "ab", "cd"), happening(2, "CONSULT", "abc", together=True))
    rows = {(row.one_iri, row.other_iri): row.events for row in dyads(graph)}
    assert rows == {("a", "b"): 1, ("a", "c"): 2, ("a", "d"): 1, ("b", "c"): 2, ("b", "d"): 1}
    assert dyads(graph).basis.events == 2


def test_a_demand_counts_as_conflict_but_weighs_nothing() -> None:
    (row,) = dyads(graph_of(happening(1, "REQUEST", "a", "b")))
    assert (row.cooperative, row.conflictual, row.net) == (0, 1, 0.0)


def test_dyads_month_by_month(quarrel: KnowledgeGraph) -> None:
    figures = dyad_series(quarrel, "month")
    rows = [(row.one_iri + row.other_iri, row.period, row.events, row.net) for row in figures]
    assert rows == [("ab", "2015-11", 2, -12.0), ("ac", "2015-10", 1, 10.0), ("bc", "2016-01", 1, 2.5)]
    assert dict(figures.basis.left_out)["undated"] == 1


def test_of_nothing_come_no_rows() -> None:
    figures = dyads(graph_of())
    assert (figures.rows, figures.basis.events, figures.basis.left_out) == ((), 0, ())
