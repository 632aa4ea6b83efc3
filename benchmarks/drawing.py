#!/usr/bin/env python3
"""Measure how long pictures of graphs of any size take, and keep them to be looked at.

    python benchmarks/drawing.py 10 100 1000 5000 --output pictures

Graphs are made up: so many actors, three times as many events between them, few actors with many dealings and many
with few, at towns of the gazetteer. Each picture is drawn in a process of its own; the time is that of drawing, not of
making up the graph, in seconds by the clock and, in brackets, of CPU. Of the network, ``all`` draws every actor, the
others what fits a page.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from kg.graph.model import (
    ActorNode,
    ClaimNode,
    DocumentNode,
    EventNode,
    KnowledgeGraph,
    MentionNode,
    PlaceNode,
    RelationEdge,
)
from kg.graph.relations import ties
from kg.records import EVENT_TYPES
from kg.resolve.toponyms import toponyms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.records import ActorType, EventType

BASE: Final = "https://example.org/id/"
PICTURES: Final = ("network", "all", "ego", "timeline", "heatmap", "series", "map")
FIRST_DAY: Final = date(2015, 1, 1)
SYMMETRIC: Final = frozenset({"CONSULT"})
ROLES: Final[tuple[tuple[ActorType, str], ...]] = (
    ("PERSON", "President of {}"),
    ("GOVERNMENT_BODY", "{} Foreign Ministry"),
    ("MILITARY", "{} Air Force"),
    ("ARMED_GROUP", "{} Liberation Front"),
    ("PARTY", "{} People's Party"),
    ("POLICE", "{} Police"),
    ("COMPANY", "{} Oil"),
    ("CIVILIANS", "farmers of {}"),
)


def main() -> None:
    """Draw each picture of each size, and print a table of seconds."""
    parser = argparse.ArgumentParser(description="Measure how long pictures of graphs take.")
    parser.add_argument("actors", nargs="*", type=int, default=[10, 100, 1000, 5000], help="how many actors")
    parser.add_argument("--kinds", nargs="*", choices=PICTURES, default=PICTURES, help="which pictures")
    parser.add_argument("--suffix", choices=["png", "svg", "pdf"], default="png", help="kind of file (png)")
    parser.add_argument("--output", type=Path, help="a folder to keep the pictures in")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(*seconds(options.actors[0], options.kinds[0], options.output))
        return
    print("| actors | " + " | ".join(options.kinds) + " |\n| --- |" + " --- |" * len(options.kinds))
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.output or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for count in options.actors:
            cells = []
            for kind in options.kinds:
                path = folder / f"{kind}-{count}.{options.suffix}"
                command = [sys.executable, __file__, str(count), "--one", "--kinds", kind, "--output", str(path)]
                clock, cpu = map(float, subprocess.check_output(command).split())
                cells.append(f"{clock:.1f} ({cpu:.1f})")
            print(f"| {count:,} | " + " | ".join(cells) + " |", flush=True)


def seconds(count: int, kind: str, path: Path) -> tuple[float, float]:
    """Draw one picture of a graph of ``count`` actors, and return how long that took, by the clock and of CPU."""
    graph = world(count)
    begin, cpu = time.perf_counter(), time.process_time()
    _draw(graph, kind, path)
    return time.perf_counter() - begin, time.process_time() - cpu


def _draw(graph: KnowledgeGraph, kind: str, path: Path) -> None:
    from kg.plot import draw

    if kind == "all":
        draw(graph, path, most=max(2, len(graph.actors)))
    elif kind == "ego":
        draw(graph, path, kind, actor=graph.actors[0].iri)
    else:
        draw(graph, path, kind)


def world(count: int, seed: int = 1) -> KnowledgeGraph:
    """Return a graph of ``count`` actors."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    actors = _actors(count)
    places = _places(chance, max(6, count // 4))
    documents = tuple(
        DocumentNode(f"{BASE}d{n:05}", f"d{n:05}", "0" * 64, None, f"The {('Herald', 'Post', 'Times')[n % 3]}")
        for n in range(max(1, count // 3))
    )
    weights = [1 / (rank + 1) ** 0.8 for rank in range(count)]
    events = []
    for number in range(3 * count):
        one = number % count
        other = one
        while other == one:
            other = chance.choices(range(count), weights)[0]
        pair = (actors[one], actors[other]) if chance.random() < 0.5 else (actors[other], actors[one])
        events.append(_event(number, pair, chance, places, documents))
    return KnowledgeGraph(
        BASE, documents=documents, actors=actors, places=places, events=tuple(events), relations=_relations(events)
    )


def _actors(count: int) -> tuple[ActorNode, ...]:
    states = [area.name for area in sorted(toponyms().countries.values(), key=lambda area: -area.population)]
    found = []
    for number in range(count):
        state = states[number % len(states)]
        kind, name = ("STATE", "{}") if number < len(states) else ROLES[(number // len(states) - 1) % len(ROLES)]
        again = number // (len(states) * (len(ROLES) + 1))
        called = name.format(state) + (f" {again + 1}" if again else "")
        found.append(ActorNode(f"{BASE}a{number:05}", called, cast("ActorType", kind)))
    return tuple(found)


def _places(chance: random.Random, count: int) -> tuple[PlaceNode, ...]:
    """Return towns of a part of the world, and its countries."""
    lines = [line.split("\t") for line in toponyms().cities.decode().splitlines()]
    part = {"TUR", "SYR", "IRQ", "LBN", "ISR", "JOR", "EGY", "IRN", "SAU", "YEM", "UKR", "RUS"}
    towns = [row for row in lines if row[2] in part and int(row[6]) > 100_000]
    found = [
        PlaceNode(f"{BASE}p{n:05}", row[1], row[2], float(row[4]), float(row[5]), precision="city")
        for n, row in enumerate(chance.sample(towns, min(count, len(towns))))
    ]
    for code in sorted(part)[: max(1, count // 10)]:
        area = toponyms().countries[code]
        found.append(PlaceNode(f"{BASE}q{code}", area.name, code, area.latitude, area.longitude, precision="country"))
    return (*found, PlaceNode(f"{BASE}r", "Somewhere"))


def _event(
    number: int,
    pair: tuple[ActorNode, ActorNode],
    chance: random.Random,
    places: Sequence[PlaceNode],
    documents: Sequence[DocumentNode],
) -> EventNode:
    kind: EventType = chance.choice(EVENT_TYPES)
    day = FIRST_DAY + timedelta(days=chance.randrange(1000))
    disputed = chance.random() < 0.1
    claims = [ClaimNode(f"{BASE}c{number:05}", pair[0].iri, "affirms", "says")] if chance.random() < 0.3 else []
    claims += [ClaimNode(f"{BASE}c{number:05}d", pair[1].iri, "denies", "denies")] if disputed else []
    label = f"{pair[0].name}: {kind.lower()}, {pair[1].name}"
    mentions = tuple(
        MentionNode(
            f"{BASE}m{number:05}-{n}", chance.choice(documents).iri, 0, 4, "word", label, tuple(claims * (n == 0))
        )
        for n in range(chance.choice((1, 1, 1, 2, 3)))
    )
    ends = tuple(actor.iri for actor in pair)
    symmetric = kind in SYMMETRIC
    return EventNode(
        f"{BASE}e{number:05}",
        kind,
        label,
        "planned" if chance.random() < 0.05 else "happened",
        sources=() if symmetric else ends[:1],
        targets=() if symmetric else ends[1:],
        participants=tuple(sorted(ends)) if symmetric else (),
        places=(chance.choice(places).iri,) if chance.random() < 0.6 else (),
        date=day.isoformat() if chance.random() < 0.9 else None,
        contested=disputed,
        mentions=mentions,
    )


def _relations(events: Sequence[EventNode]) -> tuple[RelationEdge, ...]:
    found: defaultdict[tuple[str, str, str], list[EventNode]] = defaultdict(list)
    for event in events:
        for tie in ties(event):
            found[tie.source, tie.property, tie.target].append(event)
    edges = []
    for number, ((source, name, target), behind) in enumerate(sorted(found.items(), key=lambda item: item[0])):
        days = sorted(event.date for event in behind if event.date)
        edges.append(
            RelationEdge(
                f"{BASE}r{number:06}",
                source,
                name,
                target,
                tuple(sorted(event.iri for event in behind)),
                first=days[0] if days else None,
                last=days[-1] if days else None,
                count=len(behind),
                contested=all(event.contested for event in behind),
            )
        )
    return tuple(edges)


if __name__ == "__main__":
    main()
