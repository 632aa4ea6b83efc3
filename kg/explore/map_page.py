"""The page of where it happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.explore import page
from kg.explore.atlas import chart_map
from kg.explore.events_page import asked
from kg.explore.parameters import hidden
from kg.explore.places import about_map, spots
from kg.explore.selection import Selection

if TYPE_CHECKING:
    from kg.explore.frame import Frame
    from kg.explore.parameters import Parameters


def map_of(site: Frame, given: Parameters) -> str:
    """Return the page of where it happened; where given, to the actor or place ``id``, or to it and ``with``.

    Raises:
        GraphError: There is nobody of a key.
        ConfigError: A parameter is none.
    """
    selection, whose = Selection.read(given), asked(site, given)
    found = spots(site.index, selection.meets(site.index, whose.positions))

    def at(place: str) -> str:
        """Return where the events at a place are: of one actor among its events, otherwise on the place's own page."""
        if len(whose.parameters) == 1:
            return "/events" + page.query(selection.parameters(), **whose.parameters, **{"with": place})
        return "/actor" + page.query(selection.parameters(), id=place)

    return site.render(
        "map",
        "Map",
        here="/map",
        selection=selection,
        whose=whose.named(site),
        hidden=hidden(**whose.parameters),
        at=at,
        drawn=chart_map(found.spots),
        about=f"{about_map(found)} A larger circle is more events; red is where most are of conflict.",
        spots=found.spots,
    )
