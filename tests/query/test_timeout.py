"""Work that is stopped when its time is up, and what comes back from work that is not."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from kg.errors import ConfigError, GraphError, QueryError
from kg.query import run
from kg.query.timeout import within
from kg.rdf.oxigraph import add, graph_on

if TYPE_CHECKING:
    import rdflib

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


@pytest.mark.parametrize("large", [False, True])
def test_an_endless_query_is_stopped(graph: rdflib.Graph, large: bool) -> None:
    if large:
        store = pyoxigraph.Store()
        add(store, graph)
        graph = graph_on(store)
    begin = time.monotonic()
    with pytest.raises(QueryError, match=r"no answer within 0\.3 s; give more time, or ask for less"):
        run(graph, ENDLESS, timeout=0.3)
    assert time.monotonic() - begin < 60
    assert run(graph, "ASK { ?a kg:meets ?b }", timeout=300)


def test_what_is_raised_comes_back() -> None:
    def refuse() -> None:
        raise GraphError("no graph")

    with pytest.raises(GraphError, match=r"^no graph$"):
        within(300, refuse)


def test_other_errors_are_told() -> None:
    with pytest.raises(QueryError, match="the query failed: ZeroDivisionError"):
        within(300, lambda: 1 / 0)


def test_a_large_answer_comes_whole() -> None:
    assert len(within(300, lambda: "x" * 1_000_000)) == 1_000_000


def test_a_child_that_dies_is_noticed() -> None:
    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(QueryError, match="was ended from outside"):
        within(300, die)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_no_time_is_an_error(seconds: float) -> None:
    with pytest.raises(ConfigError, match="must be more than 0"):
        within(seconds, lambda: None)


def test_a_system_that_cannot_copy_processes_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    with pytest.raises(ConfigError, match="cannot"):
        within(1, lambda: None)
    assert within(None, lambda: 1) == 1
