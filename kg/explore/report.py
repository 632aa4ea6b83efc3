"""A graph as one HTML file to send to a colleague: no scripts, nothing loaded, every statement with its sentences."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING, Final

from kg import resources
from kg.explore import page
from kg.explore.atlas import chart_map
from kg.explore.chart import bars
from kg.explore.drawing import about_network, draw, note
from kg.explore.events import ordered, rows
from kg.explore.evidence import evidence
from kg.explore.history import history
from kg.explore.index import Index
from kg.explore.neighbourhood import neighbourhood
from kg.explore.overview import overview
from kg.explore.places import about_map, spots
from kg.explore.selection import Selection
from kg.files import write_whole
from kg.graph.names import find_actor
from kg.plot.spoken import count, rests_on

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from kg.graph.model import EventNode, KnowledgeGraph

MOST_EVENTS: Final = 300
_PAIRS: Final = 12


def report(graph: KnowledgeGraph, *, actor: str | None = None, title: str = "", most: int = MOST_EVENTS) -> str:
    """Return a graph as one HTML page: network, timeline, pairs, map, events and what each rests on.

    Args:
        graph: The graph.
        actor: A name or IRI: whose neighbourhood is drawn, and whose events are told. By default all events are,
            around the actor with the most of them.
        title: What stands above it; by default what it is about.
        most: The most events that are told, those with the most reports first; how many are left out is said.

    Raises:
        ConfigError: The graph has no such actor.
    """
    index = Index(graph)
    found = overview(index)
    centre = find_actor(graph, actor).iri if actor is not None else _busiest(index)
    columns = index.columns
    positions = columns.involving(centre) if actor is not None and centre else columns.all
    events = columns.at(positions)
    told = _told(index, events, most)
    anchors = {index.key(event.iri): f"e{number}" for number, event in enumerate(told, start=1)}
    shown = neighbourhood(index, centre, Selection()) if centre else None
    points = history(columns, positions)
    places = spots(index, positions)
    name = index.name(centre) if centre else ""
    return page.render(
        "report",
        title=title or (name if actor is not None else "Who does what to whom"),
        style=_style(),
        policy=_policy(),
        url=_url(anchors),
        url_of=lambda key: f"#{anchors[key]}" if key in anchors else "",
        found=found,
        name=name,
        whole=actor is None,
        drawing=draw(index, shown) if shown is not None else None,
        about=about_network(shown) if shown is not None else "",
        omitted=sum(one.actors for one in shown.omitted) if shown is not None else 0,
        ties=[(note(index, tie), tie.family) for tie in shown.ties] if shown is not None else [],
        pairs=found.pairs[:_PAIRS],
        bars=bars(points.rows),
        basis=rests_on(points.basis),
        drawn=chart_map(places.spots),
        map_about=about_map(places),
        rows=ordered(rows(index, told)),
        caption=count(len(told), "event")
        + (f" of {len(events):,}, those with the most reports" * (len(told) < len(events))),
        evidence=[(anchors[index.key(event.iri)], evidence(index, event)) for event in told],
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


def _told(index: Index, events: tuple[EventNode, ...], most: int) -> list[EventNode]:
    """Return the events that are told, by date."""
    best = sorted(events, key=lambda event: (-index.counts.of_event(event).independent, -event.confidence, event.iri))[
        :most
    ]
    order = {row.key: place for place, row in enumerate(ordered(rows(index, best)))}
    return sorted(best, key=lambda event: order[index.key(event.iri)])


def _busiest(index: Index) -> str:
    if not index.graph.actors:
        return ""
    return min(index.graph.actors, key=lambda actor: (-index.activity(actor.iri), actor.name, actor.iri)).iri


def _url(anchors: dict[str, str]) -> Callable[..., str]:
    """Return what gives the place within the report of what a page of its own shows in the explorer."""

    def url(view: str, **parameters: object) -> str:
        key = str(parameters.get("id", ""))
        return f"#{anchors[key]}" if view == "event" and key in anchors else ""

    return url


@cache
def _style() -> str:
    return resources.read_text(f"{page.FOLDER}/explore.css")


@cache
def _policy() -> str:
    """Return a content security policy that allows our style, known by its digest, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
