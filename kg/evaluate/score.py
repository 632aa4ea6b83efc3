"""Predicted document records scored against gold ones.

How things match, per document; offsets count code points of the gold text:

- *actors*: one to one, greedily by how many mentions they share (see :mod:`kg.evaluate.matching`);
- *events*: one type, triggers in one gold sentence; one to one, best arguments first;
- *arguments*: (event, role, actor) of matched events with matched actors;
- *edges*: the graph itself, (type, source, target) over all events that happened or are planned, each once a document;
  consultations, and events of several sources without targets, join every pair of their participants;
- *relations*: (type, source, target) that hold now or held formerly, alliances and wars without direction;
  ``controls``, whose target is a place, is left out.

Figures are micro-averages over all documents. Accuracies are over matched items.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kg.evaluate.counts import Count, Share
from kg.evaluate.matching import Argument, Party, arguments, match_actors, match_events, predicted_party
from kg.records import DocumentRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.records import Event, Relation

SYMMETRIC_RELATIONS = frozenset({"allied_with", "at_war_with"})
_ACTUAL_EVENTS = frozenset({"happened", "planned"})
_ACTUAL_RELATIONS = frozenset({"happened", "past"})
_ACTOR_FIELDS = ("type", "country", "sector")
_NONE = Count()
_T = TypeVar("_T", Count, Share)


class Edge(NamedTuple):
    """A tie between two actors in gold's terms; where it has no direction, ``source`` is the one that sorts first."""

    type: str
    source: Party
    target: Party
    directed: bool = True


@dataclass(frozen=True, slots=True)
class Scores:
    """What a set of predicted records is worth; ``accuracy`` and ``events_by_type`` are by name."""

    documents: int = 0
    actors: Count = _NONE
    events: Count = _NONE
    arguments: Count = _NONE
    edges: Count = _NONE
    relations: Count = _NONE
    accuracy: Mapping[str, Share] = field(default_factory=dict)
    events_by_type: Mapping[str, Count] = field(default_factory=dict)

    def __add__(self, other: Scores) -> Scores:
        return Scores(
            documents=self.documents + other.documents,
            actors=self.actors + other.actors,
            events=self.events + other.events,
            arguments=self.arguments + other.arguments,
            edges=self.edges + other.edges,
            relations=self.relations + other.relations,
            accuracy=_merged(self.accuracy, other.accuracy),
            events_by_type=_merged(self.events_by_type, other.events_by_type),
        )

    def figures(self) -> dict[str, Count]:
        """Return the counts with precision, recall and F1, by name, in the order of a report."""
        return {name: getattr(self, name) for name in ("actors", "events", "arguments", "edges", "relations")}


def score(gold: Iterable[DocumentRecord], predicted: Iterable[DocumentRecord]) -> Scores:
    """Score ``predicted`` against ``gold``; records are paired by document id, and a missing one counts as empty."""
    return sum((score_document(record, other) for record, other in paired(gold, predicted)), Scores())


def score_by_document(gold: Iterable[DocumentRecord], predicted: Iterable[DocumentRecord]) -> dict[str, Scores]:
    """Score each document by itself, by its id, in gold's order; records are paired as :func:`score` does."""
    return {record.document.id: score_document(record, other) for record, other in paired(gold, predicted)}


def score_document(gold: DocumentRecord, predicted: DocumentRecord) -> Scores:
    """Score one predicted record against the gold record of the same document."""
    to_gold = match_actors(gold.actors, predicted.actors)
    matched = match_events(gold, predicted, to_gold)
    return Scores(
        documents=1,
        actors=Count(len(to_gold), len(gold.actors), len(predicted.actors)),
        events=Count(len(matched), len(gold.events), len(predicted.events)),
        arguments=_argument_count(gold, predicted, to_gold, matched),
        edges=Count.of(edges(gold.events), edges(predicted.events, to_gold)),
        relations=Count.of(relation_edges(gold.relations), relation_edges(predicted.relations, to_gold)),
        accuracy=_accuracy(gold, predicted, to_gold, matched),
        events_by_type=_by_type(gold, predicted, matched),
    )


def paired(
    gold: Iterable[DocumentRecord], predicted: Iterable[DocumentRecord]
) -> Iterator[tuple[DocumentRecord, DocumentRecord]]:
    """Yield each gold record with the predicted record of the same document id, or an empty one where there is none."""
    by_id = {record.document.id: record for record in predicted}
    for record in gold:
        empty = DocumentRecord(record.document, record.sentences, actors=(), events=(), relations=())
        yield record, by_id.get(record.document.id, empty)


def edges(events: Iterable[Event], to_gold: Mapping[str, str] | None = None) -> set[Edge]:
    """Return the edges that ``events`` make between actors; without ``to_gold`` they are gold's own."""
    found: set[Edge] = set()
    for event in events:
        if event.factuality in _ACTUAL_EVENTS:
            found.update(_edges_of(event, to_gold))
    return found


def relation_edges(relations: Iterable[Relation], to_gold: Mapping[str, str] | None = None) -> set[Edge]:
    """Return the stated ties between actors; without ``to_gold`` they are gold's own."""
    return {
        _edge(
            relation.type,
            _party(relation.source, to_gold),
            _party(relation.target or "", to_gold),
            directed=relation.type not in SYMMETRIC_RELATIONS,
        )
        for relation in relations
        if relation.factuality in _ACTUAL_RELATIONS and relation.type != "controls"
    }


def _party(actor_id: str, to_gold: Mapping[str, str] | None) -> Party:
    return (True, actor_id) if to_gold is None else predicted_party(actor_id, to_gold)


def _edge(kind: str, source: Party, target: Party, *, directed: bool) -> Edge:
    if not directed and target < source:
        source, target = target, source
    return Edge(kind, source, target, directed)


def _edges_of(event: Event, to_gold: Mapping[str, str] | None) -> Iterator[Edge]:
    sources = [_party(actor_id, to_gold) for actor_id in event.sources]
    targets = [_party(actor_id, to_gold) for actor_id in event.targets]
    reciprocal = event.type == "CONSULT" or (not targets and len(sources) > 1)
    pairs = combinations(sorted({*sources, *targets}), 2) if reciprocal else product(sources, targets)
    return (_edge(event.type, one, other, directed=not reciprocal) for one, other in pairs if one != other)


def _argument_count(
    gold: DocumentRecord, predicted: DocumentRecord, to_gold: Mapping[str, str], matched: Mapping[int, int]
) -> Count:
    expected = [loose(arguments(event), event) for event in gold.events]
    shared = predicted_total = 0
    for index, event in enumerate(predicted.events):
        found = matched.get(index)
        given = loose(arguments(event, to_gold), event if found is None else gold.events[found])
        predicted_total += len(given)
        shared += 0 if found is None else len(given & expected[found])
    return Count(shared, sum(map(len, expected)), predicted_total)


def loose(given: set[Argument], reference: Event) -> set[Argument]:
    """Return the arguments without direction where ``reference``, an act of gold's, has none."""
    if reference.type == "CONSULT" or not reference.targets:
        return {("party", party) for _, party in given}
    return given


def _accuracy(
    gold: DocumentRecord, predicted: DocumentRecord, to_gold: Mapping[str, str], matched: Mapping[int, int]
) -> dict[str, Share]:
    found: defaultdict[str, Share] = defaultdict(Share)
    expected = {actor.id: actor for actor in gold.actors}
    for actor in predicted.actors:
        if actor.id in to_gold:
            for name in _ACTOR_FIELDS:
                right = getattr(actor, name) == getattr(expected[to_gold[actor.id]], name)
                found[f"actor {name}"] += Share.one(right)
    for index, place in sorted(matched.items()):
        for name, right in _event_judgements(gold.events[place], predicted.events[index], to_gold):
            found[name] += Share.one(right)
    return dict(found)


def _event_judgements(gold: Event, predicted: Event, to_gold: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    same = gold.factuality == predicted.factuality
    yield "factuality", same
    if gold.factuality != "happened":
        yield "factuality, not happened", same
    if gold.claimant or predicted.claimant:
        claimant = to_gold.get(predicted.claimant) if predicted.claimant else None
        yield "claimant, where either names one", gold.claimant == claimant


def _by_type(gold: DocumentRecord, predicted: DocumentRecord, matched: Mapping[int, int]) -> dict[str, Count]:
    shared = Counter(gold.events[index].type for index in matched.values())
    expected = Counter(event.type for event in gold.events)
    given = Counter(event.type for event in predicted.events)
    return {kind: Count(shared[kind], expected[kind], given[kind]) for kind in sorted({*expected, *given})}


def _merged(one: Mapping[str, _T], other: Mapping[str, _T]) -> dict[str, _T]:
    merged = dict(one)
    for name, count in other.items():
        merged[name] = merged[name] + count if name in merged else count
    return merged
