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
