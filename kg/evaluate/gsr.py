"""Recall on PLOVER gold-standard records: single sentences, each with one coded event.

Gold names one event a sentence, not every event in it, so only recall is counted, and the number of events predicted
a sentence is shown beside it.

- *type*: an event of the gold type is predicted;
- *dyad*: and for each side (sources, targets) at least one of its actors has a gold code. A gold event of several
  sources without targets is symmetric: two of its codes must be among the participants.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kg.evaluate.counts import Share
from kg.evaluate.gold import read_fields
from kg.records import EVENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kg.jsonl import Fields
    from kg.records import Actor, DocumentRecord, Event

_KINDS: Final[Mapping[str, frozenset[str]]] = {
    "IGO": frozenset({"IGO"}),
    "NGO": frozenset({"NGO"}),
    "IMG": frozenset({"REB", "UAF"}),
}


@dataclass(frozen=True, slots=True)
class CodedActor:
    """An actor as gold codes it: an ISO 3166-1 alpha-3 country, or IGO, NGO or IMG; empty where unknown."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class CodedSentence:
    """A sentence with the one event that gold codes in it."""

    id: str
    text: str
    event: str
    sources: tuple[CodedActor, ...]
    targets: tuple[CodedActor, ...]


@dataclass(frozen=True, slots=True)
class CodedScores:
    """Recall over coded sentences; ``predicted`` counts all predicted events. The mappings are by gold event type."""

    type: Share
    dyad: Share
    predicted: int
    type_by_event: Mapping[str, Share] = field(default_factory=dict)
    dyad_by_event: Mapping[str, Share] = field(default_factory=dict)


def read(path: Path) -> list[CodedSentence]:
    """Read a JSON Lines file of coded sentences (``id, text, event, sources, targets``).

    Raises:
        DocumentError: If the file cannot be read.
        RecordError: At the first line that is no coded sentence, naming file and line.
    """
    return [_sentence(fields) for fields in read_fields(path)]


def score(gold: Sequence[CodedSentence], predicted: Iterable[DocumentRecord]) -> CodedScores:
    """Score ``predicted`` against ``gold``; they are paired by id, and a missing record counts as empty."""
    by_id = {record.document.id: record for record in predicted}
    types: dict[str, Share] = {}
    dyads: dict[str, Share] = {}
    events = 0
    for sentence in gold:
        record = by_id.get(sentence.id)
        events += len(record.events) if record else 0
        same = [event for event in record.events if event.type == sentence.event] if record else []
        actors = {actor.id: actor for actor in record.actors} if record else {}
        right = any(_same_dyad(event, actors, sentence) for event in same)
        types[sentence.event] = types.get(sentence.event, Share()) + Share.one(bool(same))
        dyads[sentence.event] = dyads.get(sentence.event, Share()) + Share.one(right)
    return CodedScores(
        type=sum(types.values(), Share()),
        dyad=sum(dyads.values(), Share()),
        predicted=events,
        type_by_event=dict(sorted(types.items())),
        dyad_by_event=dict(sorted(dyads.items())),
    )


def _sentence(fields: Fields) -> CodedSentence:
    return CodedSentence(
        id=fields.text("id"),
        text=fields.text("text"),
        event=fields.one_of("event", EVENT_TYPES),
        sources=tuple(_actor(item) for item in fields.items("sources")),
        targets=tuple(_actor(item) for item in fields.items("targets")),
    )


def _actor(fields: Fields) -> CodedActor:
    return CodedActor(fields.text("text", ""), fields.text("code", ""))


def _same_dyad(event: Event, actors: Mapping[str, Actor], gold: CodedSentence) -> bool:
    sources = [actors[one] for one in event.sources if one in actors]
    targets = [actors[one] for one in event.targets if one in actors]
    if gold.targets or len(gold.sources) < 2:
        return _side(sources, gold.sources) and _side(targets, gold.targets)
    return _reciprocal([*sources, *targets], gold.sources)


def _reciprocal(actors: Sequence[Actor], gold: Sequence[CodedActor]) -> bool:
    found = sum(any(_fits(actor, one.code) for actor in actors) for one in gold if one.code)
    return found >= 2 or (len({one.code for one in gold}) == 1 and _side(actors, gold))


def _side(actors: Sequence[Actor], gold: Sequence[CodedActor]) -> bool:
    codes = [one.code for one in gold if one.code]
    return not codes or any(_fits(actor, code) for actor in actors for code in codes)


def _fits(actor: Actor, code: str) -> bool:
    kinds = _KINDS.get(code, frozenset())
    return actor.country == code or actor.sector in kinds or actor.type in kinds
