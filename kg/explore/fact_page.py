"""The page of an event or relation: what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.explore.evidence import evidence
from kg.explore.selection import Selection
from kg.plot.spoken import date, interval

if TYPE_CHECKING:
    from kg.explore.frame import Frame
    from kg.explore.parameters import Parameters
    from kg.graph.model import EventNode, RelationEdge


def event(site: Frame, given: Parameters) -> str:
    """Return the page of what the event ``id`` rests on.

    Raises:
        GraphError: There is no such event.
        ConfigError: A parameter is none.
    """
    event = site.index.events.get(site.index.iri(given.get("id", "")))
    if event is None:
        raise GraphError("there is no such event in the graph")
    when = date(event.date) if event.date else interval(event.earliest, event.latest)
    mode = f" ({event.mode})" if event.mode else ""
    own = "".join(f", {site.index.name(iri)}" for iri in event.custom_types)
    what = f"{event.type.capitalize()}{mode}{own}"
    return _rests_on(site, given, event, what, when)


def relation(site: Frame, given: Parameters) -> str:
    """Return the page of what the relation ``id`` rests on.

    Raises:
        GraphError: There is no such relation.
        ConfigError: A parameter is none.
    """
    relation = site.index.relations.get(site.index.iri(given.get("id", "")))
    if relation is None:
        raise GraphError("there is no such relation in the graph")
    return _rests_on(site, given, relation, "Relation", interval(relation.first, relation.last))


def _rests_on(site: Frame, given: Parameters, fact: EventNode | RelationEdge, what: str, when: str) -> str:
    found = evidence(site.index, fact)
    return site.render("event", found.label, selection=Selection.read(given), found=found, what=what, when=when)
