#!/usr/bin/env python3
"""Measure how well and how fast reports of one happening in many documents are joined, on made-up documents.

    python benchmarks/merging.py 1000 10000 100000 --plot merging.svg
    python benchmarks/merging.py --gold

Each document reports a few happenings of a made-up world. A happening has two parties, a day and a place; how many
documents report it follows a long tail, and a report may leave out the place, the day or a party, name a minister for a
state, or be denied. Look-alikes between the same parties on other days are frequent, and a tenth of the documents are
copies of others. The made-up world depends on the number of documents and the seed alone; its documents are made while
they are read, so that memory holds the graph alone.

With ``--gold`` it is the hand-written gold set of the tests instead: happenings told by several papers in their own
words, and look-alikes.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from statistics import harmonic_mean
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.graph.accounts import reports
from kg.graph.assemble import assemble
from kg.graph.copies import originals
from kg.graph.happenings import happenings
from kg.identifiers import Identifiers
from kg.records import Actor, Document, DocumentRecord, Event, EventType, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.graph.model import KnowledgeGraph

TYPES: Final[tuple[EventType, ...]] = (
    *("ASSAULT", "CONSULT", "ACCUSE", "AID", "COERCE"),
    *("MOBILIZE", "REJECT", "REQUEST", "SANCTION", "SUPPORT"),
)
ONSETS: Final = ("Ba", "Do", "Fe", "Ga", "Ki", "Lu", "Mo", "Na", "Po", "Ra", "So", "Ta", "Ve", "Zu")
CODAS: Final = ("dra", "lin", "mor", "neth", "quar", "rim", "sul", "tov", "vash", "wen")
NAMES: Final = tuple(f"{onset}{middle}{coda}" for onset, middle, coda in product(ONSETS, ("", "le", "ri"), CODAS))
FILLERS: Final = tuple(f"{onset.lower()}{coda}" for onset, coda in product(ONSETS, CODAS))
FIRST_DAY: Final = date(2020, 1, 1)
DOCUMENTS_A_DAY: Final = 40
EVENTS_A_DOCUMENT: Final = 3


class Happening(NamedTuple):
    """What happens in the made-up world."""

    number: int
    type: EventType
    source: str
    target: str
    place: str
    day: date


@dataclass(frozen=True)
class Result:
    """What was measured.

    ``seconds`` are of CPU, ``joining_seconds`` those of them for copies and joining; ``peak_mib`` is memory at most;
    ``precision`` and ``recall`` are B-cubed, of the joined events.
    """

    documents: int
    reports: int
    happenings: int
    events: int
    seconds: float
    joining_seconds: float
    peak_mib: float
    precision: float
    recall: float


def main() -> None:
    """Measure each number of documents, and print a table."""
    parser = argparse.ArgumentParser(description="Measure how reports of one happening are joined.")
    parser.add_argument("documents", nargs="*", type=int, default=[1000], help="how many documents (1000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes another world (1)")
    parser.add_argument("--gold", action="store_true", help="measure on the gold set of the tests instead")
    parser.add_argument("--plot", metavar="FILE", help="draw time and memory over the number of documents")
    options = parser.parse_args()
    if options.gold:
        print_gold()
        return
    results: list[Result] = []
    columns = (
        "documents",
        "reports",
        "happenings",
        "events",
        "CPU seconds",
        "joining",
        "peak MiB",
        "precision",
        "recall",
        "F1",
    )
    print("| " + " | ".join(columns) + " |\n|" + " --- |" * len(columns))
    for count in options.documents:
        found = measure(count, options.seed)
        results.append(found)
        f1 = harmonic_mean([found.precision, found.recall])
        sizes = f"{found.documents} | {found.reports} | {found.happenings} | {found.events}"
        costs = f"{found.seconds:.1f} | {found.joining_seconds:.1f} | {found.peak_mib:.0f}"
        print(f"| {sizes} | {costs} | {found.precision:.3f} | {found.recall:.3f} | {f1:.3f} |", flush=True)
    if options.plot:
        draw(results, options.plot)


def print_gold() -> None:
    """Print how well the gold set of the tests is joined, and which look-alikes are joined to something."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from tests.graph.tellings import tellings

    told = tellings()
    graph = assemble(one.record for one in told)
    gold = {(one.record.document.id, one.record.events[0].trigger.begin): one.happening for one in told}
    precision, recall = b_cubed(graph, gold)
    sizes = Counter(one.happening for one in told)
    ids = {node.iri: node.id for node in graph.documents}
    alone = {one.record.document.id for one in told if sizes[one.happening] == 1}
    mixed = sorted(
        {ids[mention.document] for event in graph.events if event.accounts for mention in event.mentions} & alone
    )
    print(f"{len(told)} tellings of {len(sizes)} happenings, {len(alone)} of them look-alikes told once")
    f1 = harmonic_mean([precision, recall])
    print(f"B-cubed precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    print(f"look-alikes joined to something: {len(mixed)}{''.join(f' {name}' for name in mixed)}")


def draw(results: Sequence[Result], path: str) -> None:
    """Draw time and memory over the number of documents, both axes logarithmic, beside a line of equal growth."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 3.2), layout="constrained")
    documents = [one.documents for one in results]
    panels = (("CPU seconds", [one.seconds for one in results]), ("peak MiB", [one.peak_mib for one in results]))
    for axes, (name, values) in zip(figure.subplots(1, 2), panels, strict=True):
        axes.loglog(documents, values, marker="o", label="measured")
        last = values[-1] / documents[-1]
        axes.loglog(documents, [last * count for count in documents], linestyle="--", label="in proportion")
        axes.set(xlabel="documents", ylabel=name)
        axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None} if path.endswith(".svg") else None)


def measure(count: int, seed: int) -> Result:
    """Make a world of so many documents, and assemble it."""
    gold: dict[tuple[str, int], int] = {}
    begin = time.process_time()
    for _ in world(count, random.Random(seed), {}):  # noqa: S311 (no secret)
        pass
    making = time.process_time() - begin
    begin = time.process_time()
    graph = assemble(world(count, random.Random(seed), gold))  # noqa: S311 (no secret)
    seconds = time.process_time() - begin - making
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
    joining = joining_seconds(graph)
    precision, recall = b_cubed(graph, gold)
    reports_and_happenings = (len(gold), len(set(gold.values())))
    return Result(count, *reports_and_happenings, len(graph.events), seconds, joining, peak, precision, recall)


def joining_seconds(graph: KnowledgeGraph) -> float:
    """Return the seconds of CPU that finding copies and joining events take, of all that assembling does."""
    identifiers = Identifiers(graph.base)
    reported = [own for event in graph.events for own in reports(identifiers, event)]
    begin = time.process_time()
    originals(graph.documents, [mention for event in reported for mention in event.mentions])
    happenings(identifiers, reported, graph.documents, graph.actors, graph.places)
    return time.process_time() - begin


def world(count: int, chance: random.Random, gold: dict[tuple[str, int], int]) -> Iterator[DocumentRecord]:
    """Give documents; ``gold`` comes to hold the happening of each report, by document id and offset."""
    recent: list[Happening] = []
    made: list[tuple[DocumentRecord, list[Happening]]] = []
    total = 0
    for number in range(count):
        today = FIRST_DAY + timedelta(days=number // DOCUMENTS_A_DAY)
        if made and chance.random() < 0.1:
            record, told = chance.choice(made)
            record = replace(record, document=replace(record.document, id=f"d{number}", published=today.isoformat()))
        else:
            recent = [one for one in recent if (today - one.day).days <= 2]
            told = []
            for _ in range(EVENTS_A_DOCUMENT):
                # Half of all reports are of what others report too, the more so the more do.
                if recent and chance.random() < 0.5:
                    one = chance.choice(recent)
                else:
                    one, total = happens(total, today, chance), total + 1
                if one not in told:
                    told.append(one)
            recent += told
            record = document(f"d{number}", today, told, chance)
            made = [*made[-DOCUMENTS_A_DAY:], (record, told)]
        for event, one in zip(record.events, told, strict=True):
            gold[record.document.id, event.trigger.begin] = one.number
        yield record


def happens(number: int, today: date, chance: random.Random) -> Happening:
    """Return something that happens today."""
    source, target = chance.sample(NAMES[: len(NAMES) // 3], 2)
    place = chance.choice(NAMES[-80:])
    return Happening(number, chance.choice(TYPES), source, target, f"{place} Bay", today)


def document(id: str, today: date, told: Sequence[Happening], chance: random.Random) -> DocumentRecord:  # noqa: A002
    """Return a document that tells of happenings, each in a sentence of its own words."""
    text = ""
    actors: dict[str, Actor] = {}
    sentences: list[Span] = []
    events: list[Event] = []
    for number, one in enumerate(told):
        words = [chance.choice(FILLERS) for _ in range(12)]
        named = {"source": one.source, "target": one.target, "place": one.place}
        sentence = f"{one.source} {words[0]} {one.target} {' '.join(words[1:])} {one.place}. "
        spans = {role: at(sentence, name, len(text)) for role, name in named.items()}
        trigger = at(sentence, f" {words[0]} ", len(text))
        for role in ("source", "target"):
            name = named[role]
            actors.setdefault(name, Actor(name, name, "STATE", (spans[role],), sector="GOV"))
        told_whole = chance.random()
        events.append(
            Event(
                *(f"E{number}", one.type, Span(trigger.begin + 1, trigger.end - 1)),
                (one.source,),
                () if told_whole < 0.1 else (one.target,),
                "negated" if told_whole > 0.97 else "happened",
                places=(spans["place"],) if chance.random() < 0.6 else (),
                date=one.day.isoformat() if chance.random() < 0.6 else None,
                confidence=0.9,
            )
        )
        sentences.append(Span(len(text), len(text) + len(sentence) - 1))
        text += sentence
    published = (today + timedelta(days=chance.choice((0, 0, 1)))).isoformat()
    shown = Document(id, text, published=published, publisher=f"Paper {chance.randrange(30)}")
    return DocumentRecord(shown, tuple(sentences), tuple(actors.values()), tuple(events), ())


def at(sentence: str, words: str, offset: int) -> Span:
    """Return where words stand in a text of which the sentence begins at ``offset``."""
    begin = offset + sentence.index(words)
    return Span(begin, begin + len(words))


def b_cubed(graph: KnowledgeGraph, gold: dict[tuple[str, int], int]) -> tuple[float, float]:
    """Return B-cubed precision and recall (Bagga and Baldwin 1998) over all reports."""
    ids = {node.iri: node.id for node in graph.documents}
    part = {
        (ids[mention.document], mention.begin): number
        for number, event in enumerate(graph.events)
        for mention in event.mentions
    }
    found, true = Counter(part.values()), Counter(gold.values())
    both = Counter((part[report], gold[report]) for report in gold)
    shared = [(both[part[report], gold[report]], report) for report in gold]
    precision = sum(count / found[part[report]] for count, report in shared) / len(gold)
    return precision, sum(count / true[gold[report]] for count, report in shared) / len(gold)


if __name__ == "__main__":
    main()
