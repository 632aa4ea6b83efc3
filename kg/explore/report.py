"""A graph as one HTML file to send to a colleague: no scripts, nothing loaded, all that it shows leads to sentences."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from kg import resources
from kg.explore import page
from kg.explore.atlas import chart_map
from kg.explore.chart import bars
from kg.explore.drawing import about_network, draw, note
from kg.explore.entries import dealings, drawn_pairs, events_at, pair_entries, place_entries
from kg.explore.events import rows
from kg.explore.evidence import evidence
from kg.explore.history import history
from kg.explore.index import Index
from kg.explore.neighbourhood import neighbourhood
from kg.explore.overview import overview
from kg.explore.places import about_map, spots
from kg.explore.selection import Selection
from kg.explore.stated import stated
from kg.explore.told import by_period, first_within, told_events, told_relations
from kg.files import write_whole
from kg.graph.names import find_actor
from kg.plot.spoken import count, rests_on

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable

    from kg.explore.entries import Dealings
    from kg.explore.evidence import Evidence
    from kg.explore.places import Spot
    from kg.graph.model import EventNode, KnowledgeGraph, RelationEdge

    Anchors = dict[tuple[str, ...], str]

MOST_EVENTS: Final = 300
_SPOTS: Final = 200
_ROW: Final = "row-"


def report(
    graph: KnowledgeGraph, *, actor: str | None = None, title: str = "", most: int = MOST_EVENTS, address: str = ""
) -> str:
    """Return a graph as one HTML page: network, timeline, pairs, map, events, relations and what each rests on.

    Args:
        graph: The graph.
        actor: A name or IRI: whose neighbourhood is drawn, and whose events are told. By default all events are,
            around the actor with the most of them.
        title: What stands above it; by default what it is about.
        most: The most events, and the most relations that texts state, that are told: the best of each pair, place and
            period that is drawn, then those with the most reports. How many are left out is said.
        address: The address of the page itself, where links within it need that: where a page lies within another
            (``srcdoc``), bare fragments lead to the outer one.

    Raises:
        ConfigError: The graph has no such actor.
    """
    index = Index(graph)
    found = overview(index)
    centre = find_actor(graph, actor).iri if actor is not None else _busiest(index)
    shown = neighbourhood(index, centre, Selection()) if centre else None
    positions = index.columns.involving(centre) if actor is not None and centre else index.columns.all
    pairs = drawn_pairs(shown)
    if actor is None:
        pairs |= {(index.iri(one.one), index.iri(one.other)) for one in found.pairs}
    between = dealings(index, pairs)
    points = history(index.columns, positions)
    places = spots(index, positions)
    drawn_places = places.spots[:_SPOTS]
    there = events_at(index, positions, drawn_places)
    events = index.columns.at(positions)
    groups = [*(one.events for one in between), *there.values(), *by_period(index, events, points.rows)]
    told = told_events(index, events, groups, most)
    about = _relations(index, between, whole=actor is None)
    stating = told_relations(index, about, [one.relations for one in between], most)
    listed = _within(told, events)
    anchors = _anchors(index, told, stating, between, drawn_places)
    anchor = _anchor(anchors)

    def url(view: str, **parameters: object) -> str:
        place = anchor(view, **parameters)
        return f"{address}#{place}" if place else ""

    name = index.name(centre) if centre else ""
    return page.render(
        "report",
        title=title or (name if actor is not None else "Who does what to whom"),
        style=_style(),
        policy=_policy(),
        address=address,
        url=url,
        url_of=lambda key: url("event", id=key) or url("relation", id=key),
        anchor=anchor,
        found=found,
        name=name,
        drawing=draw(index, shown) if shown is not None else None,
        about=about_network(shown) if shown is not None else "",
        omitted=sum(one.actors for one in shown.omitted) if shown is not None else 0,
        ties=[(index.key(tie.source), index.key(tie.target), note(index, tie), tie.family) for tie in shown.ties]
        if shown is not None
        else [],
        whom=lambda key: url("pair", one=index.key(centre), other=key),
        pairs=pair_entries(index, between, told, stating, lambda event: url("event", id=index.key(event.iri))),
        bars=bars(points.rows),
        basis=rests_on(points.basis),
        window=first_within(index, listed, lambda event: f"{address}#{_ROW}{anchor('event', id=index.key(event.iri))}"),
        row_id=lambda key: _ROW + anchor("event", id=key),
        drawn=chart_map(drawn_places),
        map_about=about_map(places)
        + f" The {_SPOTS} with the most events are drawn." * (len(drawn_places) < len(places.spots)),
        places=place_entries(index, there, told),
        rows=rows(index, listed),
        caption=_caption(len(listed), len(events), "event"),
        stated=stated(index, stating),
        caption_of_relations=_caption(len(stating), len(about), "relation"),
        following=sum(1 for one in _of_pairs(index, between, whole=actor is None) if not one.mentions),
        evidence=[evidence(index, event) for event in told],
        evidence_of_relations=[_carried(index, relation, told) for relation in stating],
    )


def write_report(
    graph: KnowledgeGraph,
    path: str | os.PathLike[str],
    *,
    actor: str | None = None,
    title: str = "",
    most: int = MOST_EVENTS,
) -> None:
    """Write the report to a file, whole or not at all; arguments as for :func:`report`.

    Raises:
        ConfigError: The graph has no such actor.
        InputError: The file cannot be written.
    """
    text = report(graph, actor=actor, title=title, most=most)
    with write_whole(path) as file:
        file.write(text)


def _of_pairs(index: Index, between: Iterable[Dealings], *, whole: bool) -> tuple[RelationEdge, ...]:
    """Return the relations that a report is about: all, or those between the pairs that it draws."""
    if whole:
        return index.graph.relations
    return tuple(relation for one in between for relation in index.bonds.between(one.one, one.other))


def _relations(index: Index, between: Iterable[Dealings], *, whole: bool) -> tuple[RelationEdge, ...]:
    """Return those of the relations that a report is about which texts state."""
    return tuple(one for one in _of_pairs(index, between, whole=whole) if one.mentions)


def _within(told: Iterable[EventNode], events: Iterable[EventNode]) -> tuple[EventNode, ...]:
    """Return those that are told of the events that a report is about, which its drawings may go beyond."""
    own = {event.iri for event in events}
    return tuple(event for event in told if event.iri in own)


def _carried(index: Index, relation: RelationEdge, told: Iterable[EventNode]) -> tuple[Evidence, int]:
    """Return what a relation rests on, of events only those that are told, and how many others it follows from."""
    found = evidence(index, relation)
    known = {index.key(event.iri) for event in told}
    kept = tuple(one for one in found.events if one[0] in known)
    return replace(found, events=kept), len(found.events) - len(kept)


def _caption(told: int, known: int, noun: str) -> str:
    if told == known:
        return count(told, noun)
    return (
        f"{count(told, noun)} of {known:,}, those with the most reports, after the first of each pair, place and "
        "period that is drawn"
    )


def _busiest(index: Index) -> str:
    if not index.graph.actors:
        return ""
    return min(index.graph.actors, key=lambda actor: (-index.activity(actor.iri), actor.name, actor.iri)).iri


def _anchors(
    index: Index,
    told: Iterable[EventNode],
    stating: Iterable[RelationEdge],
    between: Iterable[Dealings],
    places: Iterable[Spot],
) -> Anchors:
    """Return where in the report everything stands that has a place of its own, by view and keys."""
    views: tuple[tuple[str, list[tuple[str, ...]]], ...] = (
        ("event", [(index.key(event.iri),) for event in told]),
        ("relation", [(index.key(relation.iri),) for relation in stating]),
        ("pair", [tuple(sorted((index.key(one.one), index.key(one.other)))) for one in between]),
        ("actor", [(spot.key,) for spot in places]),
    )
    return {(view, *keys): f"{view[0]}{number}" for view, known in views for number, keys in enumerate(known, start=1)}


def _anchor(anchors: Anchors) -> Callable[..., str]:
    """Return what gives the place within the report of what a page of its own shows in the explorer, "" for none."""

    def anchor(view: str, **parameters: object) -> str:
        keys = sorted(str(parameters[name]) for name in ("id", "one", "other") if name in parameters)
        return anchors.get((view, *keys), "")

    return anchor


@cache
def _style() -> str:
    return resources.read_text(f"{page.FOLDER}/explore.css")


@cache
def _policy() -> str:
    """Return a content security policy that allows our style, known by its digest, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
