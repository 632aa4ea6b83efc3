"""The page of what happened when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.explore import page
from kg.explore.chart import bars
from kg.explore.events_page import asked
from kg.explore.history import history
from kg.explore.parameters import ROWS, caption, hidden
from kg.explore.selection import Selection
from kg.plot.spoken import rests_on

if TYPE_CHECKING:
    from kg.explore.frame import Frame
    from kg.explore.parameters import Parameters


def timeline(site: Frame, given: Parameters) -> str:
    """Return the page of what happened when; where given, to the actor or place ``id``, or to it and ``with``.

    Raises:
        GraphError: There is nobody of a key.
        ConfigError: A parameter is none.
    """
    index, selection, by = site.index, Selection.read(given), given.get("by", "")
    whose = asked(site, given)
    own, events = whose.parameters, selection.meets(index, whose.positions)
    points = history(index.columns, events, by)
    found = index.ranks.ordered(events)
    return site.render(
        "timeline",
        "Timeline",
        here="/timeline",
        selection=selection,
        whose=whose.named(site),
        hidden=hidden(**own, by=by),
        by=by,
        by_link=lambda name: "/timeline" + page.query(selection.parameters(), **own, by=name),
        bars=bars(points.rows),
        basis=rests_on(points.basis),
        window=lambda begin, end: (
            "/timeline" + page.query(selection.parameters(), **own, by=by, since=begin, until=end, happened="yes")
        ),
        rows=site.rows(found[:ROWS]),
        caption=caption(len(found), ROWS),
        more="/events" + page.query(selection.parameters(), **own) if len(found) > ROWS else "",
    )
