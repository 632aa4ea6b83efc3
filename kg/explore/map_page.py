"""The page of where it happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.explore.atlas import chart_map
from kg.explore.places import about_map, spots
from kg.explore.selection import Selection

if TYPE_CHECKING:
    from kg.explore.frame import Frame
    from kg.explore.parameters import Parameters


def map_of(site: Frame, given: Parameters) -> str:
    """Return the page of where it happened.

    Raises:
        ConfigError: A parameter is none.
    """
    selection = Selection.read(given)
    found = spots(site.index, selection.meets(site.index, site.index.columns.all))
    return site.render(
        "map",
        "Map",
        here="/map",
        selection=selection,
        drawn=chart_map(found.spots),
        about=f"{about_map(found)} A larger circle is more events; red is where most are of conflict.",
        spots=found.spots,
    )
