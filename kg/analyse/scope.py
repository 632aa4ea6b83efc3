"""Which events count: the window, and what else than plain happenings is let in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from kg import ontology
from kg.analyse.figures import Basis
from kg.errors import ConfigError
from kg.graph import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.graph.model import EventNode, KnowledgeGraph

Status = Literal["planned", "possible", "negated", "contested"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which events count.

    Args:
        since: The first day, month or year (ISO 8601) of the window. What ended before it, and what has no date,
            is left out.
        until: The last day, month or year; what began after it, and what has no date, is left out.
        include: What counts although it did not plainly happen: ``planned``, ``possible``, ``negated`` and
            ``contested`` events. An event that is both, as planned and contested, needs both.
        published: Whether an event that no text dates takes the day on which the first document that reports it
            appeared.
    """

    since: str | None = None
    until: str | None = None
    include: tuple[str, ...] = ()
    published: bool = False


class Counted(NamedTuple):
    """An event that counts: the days between which it lies (None: not known), intensity, and who takes part.

    ``weight`` is the event's place on the PLOVER scale, -10 to 10; ``friendly`` is whether its quad class is one of
    cooperation; ``pairs`` are the (source, target) pairs of IRIs, in alphabetical order where both act alike.
    """

    event: EventNode
    begin: date | None
    end: date | None
    weight: float
    friendly: bool
    documents: frozenset[str]
    pairs: tuple[tuple[str, str], ...]

    @property
    def parties(self) -> frozenset[str]:
        """The IRIs of all who take part."""
        return frozenset((*self.event.sources, *self.event.targets, *self.event.participants))

    @property
    def dyads(self) -> frozenset[tuple[str, str]]:
        """The pairs without direction, each in alphabetical order."""
        return frozenset((min(pair), max(pair)) for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class Selection:
    """The events that count, by date and IRI, and why others do not."""

    scope: Scope
    events: tuple[Counted, ...]
    left_out: tuple[tuple[str, int], ...]

    def of(self, *actors: str) -> Selection:
        """Return the events in which all of ``actors`` (IRIs) take part; two must be a dyad of the event."""
        wanted = frozenset(actors)
        kept = [
            counted
            for counted in self.events
            if wanted <= counted.parties and (len(wanted) < 2 or any(wanted == set(dyad) for dyad in counted.dyads))
        ]
        return Selection(self.scope, tuple(kept), self.left_out)

    def basis(self, undated: int = 0) -> Basis:
        """Return what the events amount to; ``undated`` more were not counted, as no one period holds them."""
        begins = [counted.begin for counted in self.events if counted.begin]
        ends = [counted.end for counted in self.events if counted.end]
        left_out = Counter(dict(self.left_out))
        left_out.update(undated=undated)
        return Basis(
            since=self.scope.since,
            until=self.scope.until,
            first=min(begins).isoformat() if begins else None,
            last=max(ends).isoformat() if ends else None,
            events=len(self.events),
            documents=len(documents_of(self.events)),
            dated=sum(bool(counted.begin or counted.end) for counted in self.events),
            left_out=tuple(sorted((+left_out).items())),
        )


def select(graph: KnowledgeGraph, scope: Scope, *actors: str) -> Selection:
    """Return the events of ``graph`` that count, of those in which all of ``actors`` (IRIs) take part.

    Raises:
        ConfigError: A bound of the window is no date, the window ends before it begins, or something unknown is to
            be included.
    """
    first, last = window(scope)
    included = _included(scope)
    appeared = {node.iri: node.published for node in graph.documents}
    kept: list[Counted] = []
    left_out: Counter[str] = Counter()
    wanted = Selection(scope, tuple(_counted(event, appeared, scope) for event in graph.events), ()).of(*actors)
    for counted in wanted.events:
        reason = _reason(counted, first, last, included)
        if reason:
            left_out[reason] += 1
        else:
            kept.append(counted)
    kept.sort(key=lambda counted: (counted.begin or date.max, counted.end or date.max, counted.event.iri))
    return Selection(scope, tuple(kept), tuple(sorted(left_out.items())))


def window(scope: Scope) -> tuple[date | None, date | None]:
    """Return the first and the last day of the window, None where it is open.

    Raises:
        ConfigError: A bound is no date, or the window ends before it begins.
    """
    first = _bound(scope.since, "since", start=True)
    last = _bound(scope.until, "until", start=False)
    if first and last and first > last:
        raise ConfigError(f"the window ends on {last}, before it begins on {first}")
    return first, last


def documents_of(events: Iterable[Counted]) -> frozenset[str]:
    """Return the IRIs of the documents that report the events."""
    return frozenset().union(*(counted.documents for counted in events))


def _bound(text: str | None, name: str, *, start: bool) -> date | None:
    if text is None:
        return None
    try:
        period = dates.bound(text)
    except ValueError as error:
        raise ConfigError(f"{name}: {error}") from error
    day = period.earliest if start else period.latest
    return date.fromisoformat(day) if day else None


def _included(scope: Scope) -> frozenset[str]:
    for name in scope.include:
        if name not in STATUSES:
            raise ConfigError(f"no events are {name!r}; what may be included: {', '.join(STATUSES)}")
    return frozenset(scope.include)


def _reason(counted: Counted, first: date | None, last: date | None, included: frozenset[str]) -> str:
    """Return why an event does not count; "" where it does."""
    event = counted.event
    if event.factuality != "happened" and event.factuality not in included:
        return event.factuality
    if event.contested and "contested" not in included:
        return "contested"
    if first is None and last is None:
        return ""
    if counted.begin is None and counted.end is None:
        return "undated"
    outside = (first and counted.end and counted.end < first) or (last and counted.begin and counted.begin > last)
    return "outside the window" if outside else ""


def _counted(event: EventNode, appeared: Mapping[str, str | None], scope: Scope) -> Counted:
    documents = frozenset(mention.document for mention in event.mentions)
    begin, end = _days(event)
    if begin is None and end is None and scope.published:
        days = sorted(day for iri in documents if (day := appeared.get(iri)))
        begin = end = date.fromisoformat(days[0][:10]) if days else None
    return Counted(
        event=event,
        begin=begin,
        end=end,
        weight=float(ontology.intensity(event.type, event.mode)),
        friendly=ontology.quad_class(event.type) in _cooperation(),
        documents=documents,
        pairs=_pairs(event),
    )


def _days(event: EventNode) -> tuple[date | None, date | None]:
    earliest, latest = event.date or event.earliest, event.date or event.latest
    return (date.fromisoformat(earliest) if earliest else None, date.fromisoformat(latest) if latest else None)


def _cooperation() -> tuple[str, ...]:
    return (ontology.PLOVER.verbal_cooperation, ontology.PLOVER.material_cooperation)


def _pairs(event: EventNode) -> tuple[tuple[str, str], ...]:
    """Return who deals with whom: each source with each target, and all participants of a symmetric event."""
    found = {(source, target) for source in event.sources for target in event.targets if source != target}
    found |= {(one, other) for one in event.participants for other in event.participants if one < other}
    return tuple(sorted(found))
