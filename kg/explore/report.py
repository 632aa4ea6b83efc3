"""A graph as one HTML file to send to a colleague: no scripts, nothing loaded, all that it shows leads to sentences."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kg import resources
from kg.explore import page
from kg.explore.atlas import chart_map
from kg.explore.chart import bars
from kg.explore.contents import contents
from kg.explore.drawing import about_network, draw, note
from kg.explore.entries import pair_entries, place_entries
from kg.explore.events import rows
from kg.explore.evidence import evidence
from kg.explore.index import Index
from kg.explore.places import about_map
from kg.explore.stated import stated
from kg.explore.told import first_within
from kg.files import write_whole
from kg.graph.names import find_actor
from kg.plot.spoken import count, rests_on

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Sized

    from kg.explore.contents import Anchors, Contents
    from kg.explore.evidence import Evidence
    from kg.graph.model import EventNode, KnowledgeGraph, RelationEdge

MOST_EVENTS: Final = 300
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
        most: The most events, and the most relations that texts state, that are told: the best of each pair, place,
            period and relation that is drawn, then those with the most reports. How many are left out is said.
        address: The address of the page itself, where links within it need that: where a page lies within another
            (``srcdoc``), bare fragments lead to the outer one.

    Raises:
        ConfigError: The graph has no such actor.
    """
    index = Index(graph)
    centre = find_actor(graph, actor).iri if actor is not None else _busiest(index)
    held = contents(index, centre, most, whole=actor is None)
    anchor = _anchor(held.anchors(index))

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
        framed=bool(address),
        url=url,
        url_of=lambda key: url("event", id=key) or url("relation", id=key),
        anchor=anchor,
        row_id=lambda key: _ROW + anchor("event", id=key),
        found=held.found,
        name=name,
        **_network(index, held, url),
        **_drawings(index, held, url, address),
        **_facts(index, held),
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


def _network(index: Index, held: Contents, url: Callable[..., str]) -> dict[str, Any]:
    """Return what a page says of the network."""
    shown = held.network
    return {
        "drawing": draw(index, shown) if shown is not None else None,
        "about": about_network(shown) if shown is not None else "",
        "omitted": sum(one.actors for one in shown.omitted) if shown is not None else 0,
        "ties": [
            (index.key(tie.source), index.key(tie.target), note(index, tie), tie.family)
            for tie in (shown.ties if shown is not None else ())
        ],
        "whom": lambda key: url("pair", one=index.key(held.centre), other=key),
    }


def _drawings(index: Index, held: Contents, url: Callable[..., str], address: str) -> dict[str, Any]:
    """Return what a page says of time, pairs and places."""

    def evidence_of(event: EventNode) -> str:
        return url("event", id=index.key(event.iri))

    def row_of(event: EventNode) -> str:
        return f"{address}#{_ROW}{evidence_of(event).removeprefix(f'{address}#')}"

    cut = len(held.spots) < len(held.places.spots)
    return {
        "bars": bars(held.points.rows),
        "basis": rests_on(held.points.basis),
        "window": first_within(index, held.listed, row_of),
        "pairs": pair_entries(index, held.between, held.told, held.stating, evidence_of),
        "drawn": chart_map(held.spots),
        "map_about": about_map(held.places) + f" The {len(held.spots)} with the most events are drawn." * cut,
        "places": place_entries(index, held.there, held.told),
    }


def _facts(index: Index, held: Contents) -> dict[str, Any]:
    """Return what a page says of events and relations."""
    told = _caption(held.listed, held.events, "event", "pair, place, period and relation")
    stating = _caption(held.stating, held.stated, "relation", "pair")
    return {
        "rows": rows(index, held.listed),
        "caption": told,
        "stated": stated(index, held.stating),
        "caption_of_relations": stating,
        "following": len(held.relations) - len(held.stated),
        "evidence": [evidence(index, event) for event in held.told],
        "evidence_of_relations": [_carried(index, relation, held.told) for relation in held.stating],
    }


def _carried(index: Index, relation: RelationEdge, told: Iterable[EventNode]) -> tuple[Evidence, int]:
    """Return what a relation rests on, of events only those that are told, and how many others it follows from."""
    found = evidence(index, relation)
    known = {index.key(event.iri) for event in told}
    kept = tuple(one for one in found.events if one[0] in known)
    return replace(found, events=kept), len(found.events) - len(kept)


def _caption(told: Sized, known: Sized, noun: str, drawn: str) -> str:
    if len(told) == len(known):
        return count(len(told), noun)
    return (
        f"{count(len(told), noun)} of {len(known):,}, those with the most reports, after the first of each {drawn} "
        "that is drawn"
    )


def _busiest(index: Index) -> str:
    if not index.graph.actors:
        return ""
    return min(index.graph.actors, key=lambda actor: (-index.activity(actor.iri), actor.name, actor.iri)).iri


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
