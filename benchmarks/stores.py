#!/usr/bin/env python3
"""Measure writing, reading, asking and checking large graphs, beside plain rdflib in the same run.

    python benchmarks/stores.py --triples 1000000
    python benchmarks/stores.py --triples 10000000 --disk

The graph is one of made-up events, encoded by kg itself: documents with a few events each, between actors of which few
take part in much and many in little, with reports, claims, places, dates and the relations that follow. It depends on
the number of triples and the seed alone. Without ``--disk`` everything is in memory and rdflib does the same work; with
it the graph goes to a database on disk in a stream, and only kg's own side is measured: how memory grows while it is
filled and written to a file, and what questions take, first those that go by direct relations between actors.

Seconds are by the clock and, in brackets, of CPU: for questions, on either side, the least of several runs. What takes
longer than ``--bound`` seconds (of CPU for rdflib, by the clock for kg) is broken off and told as more than that.
Memory is what the process takes beyond what it took before.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import metadata
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import rdflib

from kg import ontology
from kg.errors import QueryError
from kg.graph.model import (
    ActorNode,
    ClaimNode,
    DocumentNode,
    EventNode,
    KnowledgeGraph,
    MentionNode,
    PlaceNode,
)
from kg.graph.relations import Relations
from kg.identifiers import Identifiers, text_digest
from kg.query import load, names, run
from kg.query.engine import run_ours
from kg.query.filled import filled
from kg.query.timeout import within
from kg.rdf.decode import decode
from kg.rdf.encode import triples
from kg.rdf.oxigraph import location_of
from kg.rdf.validate import validate_file
from kg.records import EVENT_TYPES, Span
from kg.store import Database, File, graph_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rdflib import Graph

    from kg.query.table import Term
    from kg.rdf.encode import Triple

Result = TypeVar("Result")

TRIPLES_AN_EVENT: Final = 31
EVENTS_A_DOCUMENT: Final = 4
EVENTS_AN_ACTOR: Final = 10
BUSIER: Final = 0.8  # the power of Zipf's law: the busiest actor is in a tenth of all events, the busiest pair in 0.3 %
PART_EVENTS: Final = 20_000
SHOWN: Final = 20
FIRST_DAY: Final = date(2015, 1, 1)
DAYS: Final = 2000
ONSETS: Final = ("Ba", "Do", "Fe", "Ga", "Ki", "Lu", "Mo", "Na", "Po", "Ra", "So", "Ta", "Ve", "Zu")
CODAS: Final = ("dra", "lin", "mor", "neth", "quar", "rim", "sul", "tov", "vash", "wen")
COUNTRIES: Final = ("FRA", "DEU", "POL", "TUR", "EGY", "IND", "JPN", "BRA", "NGA", "CAN")
WORDS: Final = "turned to"
MIB: Final = 1024 * 1024
LONG_S: Final = 10
MARKS: Final = 5  # how often the memory is looked at while a database is filled

# Questions as people write them; {one} and {other} are the two busiest actors.
QUESTIONS: Final = {
    "events by type": "SELECT ?type (COUNT(*) AS ?n) { ?e a kg:Event ; sem:eventType ?type } GROUP BY ?type",
    "events in a month": "SELECT ?e { ?e kg:date ?d "
    "FILTER (?d >= '2016-03-01'^^xsd:date && ?d < '2016-04-01'^^xsd:date) }",
    "top 20 dyads": "SELECT ?a ?b (COUNT(*) AS ?n) { ?e kg:source ?a ; kg:target ?b } GROUP BY ?a ?b "
    "ORDER BY DESC(?n) ?a ?b LIMIT 20",
    "an actor's events": "SELECT ?what ?d {{ ?e kg:participant <{one}> ; rdfs:label ?what ; kg:date ?d }} "
    "ORDER BY ?d ?what",
    "between two actors": "SELECT ?what {{ ?e kg:participant <{one}>, <{other}> ; rdfs:label ?what }} ORDER BY ?what",
    "who attacked whom": "SELECT ?a ?b { ?x kg:attacks ?y . ?x skos:prefLabel ?a . ?y skos:prefLabel ?b }",
    "enemies of enemies": "SELECT DISTINCT ?z {{ <{one}> kg:opposes ?y . ?y kg:opposes ?z }}",
    "partners of partners over events": "SELECT (COUNT(DISTINCT ?z) AS ?n) {{ "
    "{{ SELECT DISTINCT ?y {{ ?e kg:participant <{other}>, ?y }} }} "
    "?f kg:participant ?y, ?z ; kg:factuality kg:Happened }}",
    "mean intensity a year": "SELECT ?year (AVG(?i) AS ?mean) { ?e kg:date ?d ; kg:intensity ?i } "
    "GROUP BY (YEAR(?d) AS ?year) ORDER BY ?year",
    "the words of a publisher's reports": "SELECT ?words ?sentence { ?doc dct:publisher/rdfs:label 'Paper 3' . "
    "?m nif:referenceContext ?doc ; nif:anchorOf ?words ; kg:sentence ?sentence }",
}

# What direct relations answer, without a look at any event.
DIRECT: Final = {
    "whom an actor opposes": "SELECT ?name {{ <{one}> kg:opposes ?y . ?y skos:prefLabel ?name }} ORDER BY ?name",
    "who supports both of two actors": "SELECT ?x {{ ?x kg:supports <{one}>, <{other}> }} ORDER BY ?x",
    "how two actors stand to each other": "SELECT ?how {{ <{one}> ?how <{other}> }}",
    "who attacked whom": QUESTIONS["who attacked whom"],
    "who threatens whom both ways": "SELECT (COUNT(*) AS ?n) { ?x kg:threatens ?y . ?y kg:threatens ?x }",
    "enemies of enemies": QUESTIONS["enemies of enemies"],
    "friends of enemies": "SELECT DISTINCT ?z {{ <{one}> kg:opposes ?y . ?y kg:supports ?z }}",
}


@dataclass(frozen=True)
class Lap:
    """What something took: seconds by the clock and of CPU, and MiB of memory beyond those taken before."""

    seconds: float
    cpu_s: float
    mib: float
    is_over: bool = False

    def __str__(self) -> str:
        digits = 2 if self.seconds >= 1 else 3  # what takes thousandths of a second is told in them
        return f"{'more than ' * self.is_over}{self.seconds:.{digits}f} ({self.cpu_s:.{digits}f})"


class OverError(BaseException):
    """The time for a question is over; no handler of ``Exception`` on the way shall stop it."""


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description="Measure stores of graphs.")
    parser.add_argument("--triples", type=int, default=1_000_000, help="about how many (1,000,000)")
    parser.add_argument("--disk", action="store_true", help="in a database on disk, without rdflib beside it")
    parser.add_argument("--no-rdflib", action="store_true", help="leave out what rdflib alone takes")
    parser.add_argument("--runs", type=int, default=3, help="how often each question is asked (3)")
    parser.add_argument("--bound", type=float, default=120, help="the most seconds for a question (120)")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes another world (1)")
    options = parser.parse_args()
    events = options.triples // TRIPLES_AN_EVENT
    print(f"{machine()}\n", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        if options.disk:
            on_disk(events, options.seed, Path(folder), options.runs, options.bound)
        else:
            beside = not options.no_rdflib
            in_memory(events, options.seed, Path(folder), options.runs, options.bound, beside=beside)


def on_disk(events: int, seed: int, folder: Path, runs: int, bound: float) -> None:
    """Fill a database in a stream, write it to a file, and ask it."""
    database, peaks = Database(folder / "news.oxigraph"), dict[int, float]()
    parts = (one for part in world(events, seed) for one in triples(part))
    before = memory_mib()
    filled, _ = lap(lambda: database.fill(watched(parts, events * TRIPLES_AN_EVENT // MARKS, peaks)))
    graph = database.read()
    written, _ = lap(lambda: File(folder / "news.nt").write(graph))
    print("| | seconds (CPU) | MiB more |\n| --- | --- | --- |")
    print(f"| filled with {len(graph):,} triples | {filled} | {filled.mib:.0f} |")
    print(f"| written as N-Triples | {written} | {written.mib:.0f} |")
    grown = ", ".join(f"{peak - before:.0f} at {count / 1e6:.1f} million" for count, peak in peaks.items())
    print(f"\nPeak of memory while it was filled, in MiB: {grown}.\n", flush=True)
    one, other = busiest(graph)
    print("| question | seconds (CPU) |\n| --- | --- |")
    for name, question in (DIRECT | QUESTIONS).items():
        print(f"| {name} | {asked(graph, filled_in(question, one, other), runs, bound)} |", flush=True)


def watched(parts: Iterable[Triple], step: int, peaks: dict[int, float]) -> Iterator[Triple]:
    """Give triples on, and note the memory taken so far at every ``step`` of them."""
    for count, triple in enumerate(parts, 1):
        if count % step == 0:
            peaks[count] = memory_mib()
        yield triple


def in_memory(events: int, seed: int, folder: Path, runs: int, bound: float, *, beside: bool) -> None:
    """Write, read, ask and check the same graph with kg and with rdflib."""
    (knowledge,) = world(events, seed, part=events + 1)
    made, graph = lap(lambda: graph_of(knowledge, large=0))
    path = folder / "news.ttl"
    written, _ = lap(lambda: File(path).write(graph, large=0))
    read, again = lap(lambda: File(path).read(large=0))
    decoded, back = lap(lambda: decode(again))
    assert back == knowledge
    checked, findings = lap(lambda: validate_file(path))
    assert findings == [], findings[:5]
    print(f"{len(again):,} triples, {path.stat().st_size / MIB:.0f} MiB of Turtle\n")
    print("| | kg, seconds (CPU) | MiB more | rdflib, seconds (CPU) | times as fast |\n| --- | --- | --- | --- | --- |")
    for name, ours in [
        ("records to graph", made),
        ("graph to records", decoded),
        ("check against the shapes", checked),
    ]:
        print(f"| {name} | {ours} | {ours.mib:.0f} | | |", flush=True)
    theirs = Theirs(path, knowledge) if beside else None
    for name, ours, other in [
        ("write Turtle", written, theirs.written if theirs else None),
        ("read Turtle", read, theirs.read if theirs else None),
    ]:
        print(f"| {name} | {ours} | {ours.mib:.0f} | {other or ''} | {ratio(ours, other)} |", flush=True)
    one, other_one = busiest(again)
    questions = [(name, filled_in(question, one, other_one), False) for name, question in QUESTIONS.items()]
    questions += [(name, sparql, True) for name, sparql in shipped(one, other_one)]
    for name, sparql, is_ours in questions:
        ours = asked(again, sparql, runs, bound, ours=is_ours)
        other = theirs.asked(sparql, runs, bound) if theirs else None
        print(f"| {name} | {ours} | | {other or ''} | {ratio(ours, other)} |", flush=True)


def shipped(one: str, other: str) -> Iterator[tuple[str, str]]:
    """Yield the queries that ship with kg, with the two actors and the parameters' defaults filled in."""
    for name in names():
        query, actors = load(name), iter((one, other))
        terms: dict[str, tuple[Term, ...]] = {}
        for parameter in query.parameters:
            if parameter.type == "actor":
                terms[parameter.name] = (rdflib.URIRef(next(actors)),)
            elif parameter.default is not None and parameter.name != "limit":
                terms[parameter.name] = parameter.read(rdflib.Graph(), parameter.default)
        sparql = filled(query.text, terms, SHOWN if any(each.name == "limit" for each in query.parameters) else None)
        assert sparql is not None
        yield f"`{name}`", sparql


class Theirs:
    """The same work by rdflib with its own store, parser and writer."""

    def __init__(self, path: Path, knowledge: KnowledgeGraph) -> None:
        self.read, self.graph = lap(lambda: rdflib.Graph().parse(path, format="turtle"))
        for prefix, namespace in Identifiers(knowledge.base).namespaces().items():
            self.graph.bind(prefix, namespace)
        self.written, _ = lap(lambda: self.graph.serialize(path.with_suffix(".rdflib"), format="turtle"))

    def asked(self, sparql: str, runs: int, bound: float) -> Lap:
        """Return what rdflib's answer took; broken off in this process, whose memory is too much to copy."""
        signal.signal(signal.SIGPROF, self._over)
        signal.setitimer(signal.ITIMER_PROF, bound)
        begin = time.perf_counter()
        try:
            return least(lambda: self.ask(sparql), runs)
        except OverError:
            return Lap(time.perf_counter() - begin, bound, 0.0, is_over=True)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def ask(self, sparql: str) -> list[Any]:
        """Return rdflib's answer."""
        return list(self.graph.query(sparql, initNs=dict(ontology.prefixes())))

    @staticmethod
    def _over(_number: int, _frame: object) -> None:
        raise OverError


def asked(graph: Graph, sparql: str, runs: int, bound: float, *, ours: bool = False) -> Lap:
    """Return what kg's answer took, to a query of a user's or to one of ``ours``."""
    location = location_of(graph)

    def work() -> Lap:
        # a child lacks the threads that read a database
        opened = graph if location is None else Database(location).read()
        return least(lambda: run_ours(opened, sparql, {}) if ours else run(opened, sparql), runs)

    try:
        return within(bound, work)
    except QueryError:
        return Lap(bound, bound, 0.0, is_over=True)


def machine() -> str:
    """Name the machine and the versions that figures depend on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("kg", "pyoxigraph", "oxrdflib", "rdflib"))
    return f"{cores} cores ({platform.machine()}), Python {platform.python_version()}, {versions}"


def filled_in(question: str, one: str, other: str) -> str:
    """Return a question with its actors."""
    return question.format(one=one, other=other) if "{one}" in question or "{other}" in question else question


def busiest(graph: Graph) -> tuple[str, str]:
    """Return the two actors that take part in most events."""
    table = load("most-active").run(graph, {"limit": 2})
    names = [rdflib.Literal(str(row[0])) for row in table]
    found = [run(graph, "SELECT ?a { ?a skos:prefLabel ?n }", {"n": name}).rows[0][0] for name in names]
    return str(found[0]), str(found[1])


def ratio(ours: Lap, theirs: Lap | None) -> str:
    """Say how many times as fast kg is, by CPU, since other work on the machine disturbs the clock."""
    if theirs is None or ours.is_over:
        return ""
    return f"{'more than ' * theirs.is_over}{theirs.cpu_s / ours.cpu_s:.0f}"


def lap(work: Callable[[], Result]) -> tuple[Lap, Result]:
    """Return what some work took, and its result."""
    before, begin, cpu = memory_mib(), time.perf_counter(), time.process_time()
    result = work()
    seconds, cpu_s = time.perf_counter() - begin, time.process_time() - cpu
    return Lap(seconds, cpu_s, max(0.0, memory_mib() - before)), result


def least(work: Callable[[], object], runs: int) -> Lap:
    """Return the least that some work took in several runs, or in the first that was a long one."""
    laps: list[Lap] = []
    while len(laps) < runs and (not laps or laps[-1].cpu_s < LONG_S):
        laps.append(lap(work)[0])
    return Lap(min(one.seconds for one in laps), min(one.cpu_s for one in laps), 0.0)


def memory_mib() -> float:
    """Return the most memory that the process has taken so far."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MIB


def world(events: int, seed: int, part: int = PART_EVENTS) -> Iterator[KnowledgeGraph]:
    """Give a made-up world in parts of so many events; actors and places are those of the whole."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    identifiers = Identifiers(ontology.default_base())
    actors, places = _actors(identifiers, max(20, events // EVENTS_AN_ACTOR)), _places(identifiers, 200)
    shares = list(accumulate((1 + rank) ** -BUSIER for rank in range(len(actors))))
    document = 0
    while events > 0:
        relations, documents, found = Relations(identifiers), list[DocumentNode](), list[EventNode]()
        while len(found) < min(part, events):
            told = min(EVENTS_A_DOCUMENT, min(part, events) - len(found))
            node = _document(identifiers, document)
            documents.append(node)
            for number in range(told):
                pair = _pair(actors, shares, chance)
                found.append(_event(identifiers, node, number, pair, places, chance))
            document += 1
        for event in found:
            relations.add_event(event)
        events -= len(found)
        yield KnowledgeGraph(
            identifiers.base,
            documents=tuple(sorted(documents)),
            actors=tuple(sorted(actors)),
            places=tuple(sorted(places)),
            events=tuple(sorted(found, key=lambda event: event.iri)),
            relations=tuple(sorted(relations.edges(), key=lambda edge: edge.iri)),
        )


def _name(number: int) -> str:
    digits = f"{number:04d}"
    return ONSETS[number % len(ONSETS)] + CODAS[number // len(ONSETS) % len(CODAS)] + f" {digits}"


def _actors(identifiers: Identifiers, count: int) -> list[ActorNode]:
    found = []
    for number in range(count):
        name, country = _name(number), COUNTRIES[number % len(COUNTRIES)]
        iri = identifiers.actor(name, "PERSON", country)
        found.append(ActorNode(iri, name, "PERSON", country, "GOV", (f"President {name}",)))
    return found


def _places(identifiers: Identifiers, count: int) -> list[PlaceNode]:
    names = [f"{_name(number)} Bay" for number in range(count)]
    return [
        PlaceNode(identifiers.place(name, "FRA"), name, "FRA", 45 + number / 100, 2 + number / 100)
        for number, name in enumerate(names)
    ]


def _document(identifiers: Identifiers, number: int) -> DocumentNode:
    name, digest = f"d{number}", text_digest(f"d{number}")
    day = (FIRST_DAY + timedelta(days=number % DAYS)).isoformat()
    return DocumentNode(
        identifiers.document(name, digest), name, digest, f"What happened, part {number}", f"Paper {number % 30}", day
    )


def _pair(actors: list[ActorNode], shares: list[float], chance: random.Random) -> tuple[ActorNode, ActorNode]:
    """Return two actors, few of them often and many rarely, as the news has them; ``shares`` are cumulated."""
    one, other = chance.choices(range(len(actors)), cum_weights=shares, k=2)
    return actors[one], actors[other if other != one else (one + 1) % len(actors)]


def _event(
    identifiers: Identifiers,
    document: DocumentNode,
    number: int,
    pair: tuple[ActorNode, ActorNode],
    places: list[PlaceNode],
    chance: random.Random,
) -> EventNode:
    kind = chance.choice(EVENT_TYPES)
    source, target = pair
    span = Span(200 * number + 30, 200 * number + 30 + len(WORDS))
    iri = identifiers.event(document.iri, span, kind)
    mention = identifiers.mention(document.iri, span, iri)
    claims: tuple[ClaimNode, ...] = ()
    if chance.random() < 0.2:
        claims = (ClaimNode(identifiers.claim(mention, source.iri, "affirms"), source.iri, "affirms", "said"),)
    sentence = f"{source.name} {WORDS} {target.name} that day, as {document.id} says in its sentence {number}."
    symmetric = kind in ontology.symmetric_event_types()
    return EventNode(
        iri,
        kind,
        f"{source.name} {kind.lower()} {target.name}",
        chance.choices(("happened", "planned", "possible", "negated"), (80, 8, 8, 4))[0],
        sources=() if symmetric else (source.iri,),
        targets=() if symmetric else (target.iri,),
        participants=tuple(sorted((source.iri, target.iri))) if symmetric else (),
        places=(chance.choice(places).iri,) if chance.random() < 0.5 else (),
        date=document.published,
        confidence=round(chance.random(), 3),
        mentions=(MentionNode(mention, document.iri, span.begin, span.end, WORDS, sentence, claims),),
    )


if __name__ == "__main__":
    main()
