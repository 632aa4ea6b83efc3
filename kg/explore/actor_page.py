"""The page of an actor or place: its world, what is stated of it, its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from kg.explore import page
from kg.explore.chart import bars
from kg.explore.chosen import chosen
from kg.explore.drawing import about_network, draw
from kg.explore.history import history
from kg.explore.neighbourhood import MOST, MOST_EXPANDED, neighbourhood
from kg.explore.parameters import MOST_STATED, STATED, caption, hidden, number
from kg.explore.selection import Selection
from kg.graph.legible import blank
from kg.plot.spoken import rests_on

if TYPE_CHECKING:
    from kg.explore.frame import Frame
    from kg.explore.parameters import Parameters

_EVENTS: Final = 50
_MOST_NEIGHBOURS: Final = 96
_MOST_EXPANDED: Final = 12
_MOST_FURTHER: Final = 32


def actor(site: Frame, given: Parameters) -> str:
    """Return the page of the actor or place ``id``, with the neighbours ``expand`` open too.

    Raises:
        GraphError: There is nobody of that key.
        ConfigError: A parameter is none.
    """
    index, iri = site.index, site.party(given, "id")
    selection = Selection.read(given)
    expanded = [key for key in given.get("expand", "").split("|") if key][:_MOST_EXPANDED]
    most = number(given, "most", MOST, 1, _MOST_NEIGHBOURS)
    further = number(given, "further", MOST_EXPANDED, 1, _MOST_FURTHER)
    listed = number(given, "stated", STATED, 1, MOST_STATED)
    shown = neighbourhood(index, iri, selection, [index.iri(key) for key in expanded], most, further)
    events = selection.meets(index, index.columns.involving(iri))
    actor, place = index.actors.get(iri), index.places.get(iri)
    node = actor or place
    assert node is not None
    found = index.ranks.ordered(events, descending=True)
    points = history(index.columns, events)
    stated = [relation for relation in index.relations_of(iri) if relation.mentions]
    if selection:
        stated = [relation for relation in chosen(index, stated, selection).relations if relation.mentions]
    key = index.key(iri)
    own = {
        "id": key,
        "most": most if most != MOST else None,
        "further": further if further != MOST_EXPANDED else None,
        "stated": listed if listed != STATED else None,
        "expand": "|".join(expanded),
    }

    def link(**others: object) -> str:
        return "/actor" + page.query(selection.parameters(), **{**own, **others})

    def expand(other: str) -> str:
        if other not in expanded and len(expanded) == _MOST_EXPANDED:
            return ""
        kept = [one for one in expanded if one != other] if other in expanded else [*expanded, other]
        opened = link(expand="|".join(kept))
        return f"{opened}#node-{quote(other)}"

    every = "/events" + page.query(selection.parameters(), id=key)
    more_of_it = link(most=min(2 * most, _MOST_NEIGHBOURS)) if most < _MOST_NEIGHBOURS else ""
    more_of_others = link(further=min(2 * further, _MOST_FURTHER)) if further < _MOST_FURTHER else ""
    return site.render(
        "actor",
        index.name(iri),
        selection=selection,
        id=key,
        name=index.name(iri),
        kind=actor.type if actor else "PLACE",
        country=node.country,
        sector=actor.sector if actor else "",
        names=[name for name in node.alt_names if name != node.name and not blank(name)],
        same_as=actor.same_as if actor else (),
        hidden=hidden(**own),
        drawing=draw(index, shown),
        about=about_network(shown) + (" No more can be opened." if len(expanded) == _MOST_EXPANDED else ""),
        expand=expand,
        omitted=[
            {
                "name": index.name(one.iri),
                "actors": one.actors,
                "reports": one.reports,
                "more": more_of_it if one.iri == iri else more_of_others,
                "every": every if one.iri == iri else "",
            }
            for one in shown.omitted
        ],
        ties=[site.tie(tie) for tie in shown.ties],
        relations=site.stated(stated, listed),
        stated=len(stated),
        more_stated=link(stated=min(10 * listed, MOST_STATED)) + "#stated" if listed < MOST_STATED else "",
        bars=bars(points.rows),
        basis=rests_on(points.basis),
        window=lambda begin, end: (
            "/events" + page.query(selection.parameters(), id=key, since=begin, until=end, happened="yes")
        ),
        rows=site.rows(found[:_EVENTS]),
        caption=caption(len(found), _EVENTS),
        more=every if len(found) > _EVENTS else "",
    )
