from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from kg.analyse import dyads, summary
from kg.errors import MissingExtraError

if TYPE_CHECKING:
    from kg.graph.model import KnowledgeGraph


def test_rows_as_dicts(quarrel: KnowledgeGraph) -> None:
    figures = dyads(quarrel)
    assert (len(figures), figures.columns[:3]) == (3, ("one", "other", "events"))
    assert figures.dicts()[0]["net"] == -14.0
    assert list(figures) == list(figures.rows)


def test_as_a_data_frame(quarrel: KnowledgeGraph) -> None:
    pytest.importorskip("pandas")
    frame = dyads(quarrel).to_pandas()
    assert list(frame["net"]) == [-14.0, 10.0, 2.5]
    assert frame.attrs["basis"]["documents"] == 2


def test_without_pandas_the_extra_is_named(quarrel: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'kg\[analysis\]'"):
        dyads(quarrel).to_pandas()


def test_a_summary(quarrel: KnowledgeGraph) -> None:
    rows = summary(quarrel).rows
    assert list(dict.fromkeys(row.section for row in rows)) == [
        "commonest events",
        "most active actors",
        "friendliest dyads",
        "most hostile dyads",
        "communities",
        "triads out of balance",
    ]
    hostile = next(row for row in rows if row.section == "most hostile dyads")
    assert (hostile.what, hostile.value, hostile.events) == ("Arland - Borland", "net -14, mean -4.7", 3)
    assert (hostile.net, hostile.mean, hostile.done) == (-14.0, -4.6667, None)


def test_the_figures_of_a_summary_stand_by_themselves(quarrel: KnowledgeGraph) -> None:
    rows = summary(quarrel).rows
    active = next(row for row in rows if row.what == "Arland")
    assert active.value == "1 done, 3 received, net -4, 2 partners"
    assert (active.done, active.received, active.net, active.partners) == (1, 3, -4.0, 2)
    friends = next(row for row in rows if row.section == "communities")
    assert (friends.what, friends.value, friends.size) == ("Arland, Borland, Corland", "3 actors", 3)
    assert sum(row.share or 0 for row in rows if row.section == "commonest events") == pytest.approx(5 / 6, abs=0.001)
