#!/usr/bin/env python3
"""Measure how long the explorer's pages take, on a made-up archive of so many documents.

    python -m benchmarks.exploring 1000 20000

The archive is that of ``benchmarks/merging.py``. Each page is asked for once for each of a hundred actors, pairs,
events and documents, the busiest among them; what is kept from one request to the next is not counted twice.
"""

from __future__ import annotations

import argparse
import random
import time
from typing import TYPE_CHECKING, Final

from benchmarks.merging import world
from kg.explore import Index
from kg.explore.site import Site
from kg.graph.assemble import assemble

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.graph.model import KnowledgeGraph

CLICKS: Final = 100


def main() -> None:
    """Measure each number of documents, and print a table of milliseconds of CPU."""
    parser = argparse.ArgumentParser(description="Measure how long the explorer's pages take.")
    parser.add_argument("documents", nargs="*", type=int, default=[1000], help="how many documents (1000)")
    options = parser.parse_args()
    print("| documents | events | page | clicks | median ms | 95 % ms | most ms |\n|" + " --- |" * 7)
    for count in options.documents:
        graph = assemble(world(count, random.Random(1), {}))  # noqa: S311 (no secret)
        for page, times in measure(graph):
            shown = " | ".join(f"{1000 * at(times, share):.0f}" for share in (0.5, 0.95, 1.0))
            print(f"| {count} | {len(graph.events)} | {page} | {len(times)} | {shown} |", flush=True)


def measure(graph: KnowledgeGraph) -> Iterator[tuple[str, list[float]]]:
    """Give for each page the seconds that each click took; the first is opening the graph and the first page."""
    begin = time.process_time()
    site = Site(Index(graph), "archive")
    site.overview({})
    yield "opening", [time.process_time() - begin]
    index = site.index
    actors = [index.key(actor.iri) for actor in sorted(graph.actors, key=lambda one: -index.activity(one.iri))]
    chosen = actors[:: max(1, len(actors) // CLICKS)][:CLICKS]
    events = [index.key(event.iri) for event in graph.events[:: max(1, len(graph.events) // CLICKS)]][:CLICKS]
    documents = [index.key(one.iri) for one in graph.documents[:: max(1, len(graph.documents) // CLICKS)]][:CLICKS]
    clicks = {
        "search": (site.search, [{"q": index.name(index.iri(key))[:3]} for key in chosen]),
        "actor": (site.actor, [{"id": key} for key in chosen]),
        "actor, expanded": (site.actor, [{"id": key, "expand": actors[0]} for key in chosen]),
        "actor, chosen": (site.actor, [{"id": key, "since": "2020-02", "sure": "0.5"} for key in chosen]),
        "pair": (site.pair, [{"one": actors[0], "other": key} for key in chosen[1:]]),
        "event": (site.event, [{"id": key} for key in events]),
        "document": (site.document, [{"id": key} for key in documents]),
        "events": (site.events, [{"sort": name} for name in ("date", "what", "confidence", "reports")]),
        "timeline": (site.timeline, [{}, {"by": "month"}, {"by": "week"}]),
        "map": (site.map, [{}, {"type": "AID"}]),
    }
    for page, (view, given) in clicks.items():
        times = []
        for parameters in given:
            begin = time.process_time()
            view(parameters)
            times.append(time.process_time() - begin)
        yield page, times


def at(times: Sequence[float], share: float) -> float:
    """Return the time that a share of the clicks take at most."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


if __name__ == "__main__":
    main()
