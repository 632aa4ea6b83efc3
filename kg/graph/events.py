"""Reports of one document as events: reports of one happening become one event with several mentions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg import ontology
from kg.graph import dates
from kg.graph.labels import label, reciprocal
from kg.graph.legible import legible
from kg.graph.model import ClaimNode, EventNode, MentionNode, QuoteNode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kg.graph.model import Polarity
    from kg.graph.source import Source
    from kg.records import Attribution, Event, EventType, Factuality, Span

# What a happening counts as when its reports differ: the first of these that any report has.
_STRONGEST: Final[tuple[Factuality, ...]] = ("happened", "planned", "possible", "negated")
_CONFIDENCE_PLACES: Final = 4


def events(source: Source) -> Iterator[EventNode]:
    """Give an event for each happening that the document reports, in the order of their first reports.

    A mode that PLOVER does not have for the type of an event is left out.

    Raises:
        RecordError: If a report refers to what the record lacks, or has a date or confidence that is none.
    """
    taken: defaultdict[tuple[int, int, str], int] = defaultdict(int)
    for reports in _happenings(source):
        first = reports[0]
        place = (*first.trigger, first.type)
        iri = source.identifiers.event(source.node.iri, first.trigger, first.type, taken[place])
        taken[place] += 1
        yield _event(source, iri, reports)


def strongest(factualities: Collection[Factuality]) -> Factuality:
    """Return what a happening counts as whose reports have these factualities."""
    return next(value for value in _STRONGEST if value in factualities)


def confidence(value: float) -> float:
    """Return a confidence as graphs hold it, rounded to four places.

    Raises:
        ValueError: If it does not lie between 0 and 1.
    """
    if not 0 <= value <= 1:
        raise ValueError(f"confidence {value} does not lie between 0 and 1")
    return round(float(value), _CONFIDENCE_PLACES)


def _happenings(source: Source) -> list[list[Event]]:
    """Group the reports that ``same_as`` chains together, each group and all groups in the order of the text.

    Reports of different types stay apart even when chained, since an event has one type.
    """
    reports = {event.id: event for event in source.record.events}
    if len(reports) < len(source.record.events):
        raise source.wrong("events: two have one id")
    leader = {key: key for key in reports}

    def find(key: str) -> str:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for event in source.record.events:
        if event.same_as is None:
            continue
        if event.same_as not in reports:
            raise source.wrong(f"event {event.id!r}: no event {event.same_as!r} in the record")
        leader[find(event.id)] = find(event.same_as)
    groups: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in sorted(source.record.events, key=lambda event: event.trigger):
        groups[find(event.id), event.type].append(event)
    return list(groups.values())


def _event(source: Source, iri: str, reports: list[Event]) -> EventNode:
    kind = reports[0].type
    mode = next((report.mode for report in reports if report.mode in ontology.modes(kind)), "")
    roles = _roles(kind, mode, reports)
    mentions = _mentions(source, iri, reports)
    factualities = {report.factuality for report in reports}
    factuality = strongest(factualities)
    period = _period(source, reports)
    sources, targets, participants = (
        roles.iris(source, ids) for ids in (roles.sources, roles.targets, roles.participants)
    )
    return EventNode(
        iri=iri,
        type=kind,
        label=roles.label(source, kind, mode, factuality) + _custom(source, reports),
        factuality=factuality,
        mode=mode,
        sources=sources,
        targets=targets,
        participants=participants,
        places=_places(source, reports),
        date=period.day,
        earliest=None if period.day else period.earliest,
        latest=None if period.day else period.latest,
        contested=any(report.disputed_by for report in reports)
        or ("negated" in factualities and factuality != "negated"),
        confidence=max(_confidence(source, report) for report in reports),
        mentions=mentions,
    )


@dataclass(frozen=True, slots=True)
class _Roles:
    """The ids of those who take part, in the order of the text. ``owner`` is the report that names them."""

    owner: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    participants: tuple[str, ...]

    def iris(self, source: Source, ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(sorted({source.actor(key, self.owner) for key in ids})) if ids else ()

    def label(self, source: Source, kind: EventType, mode: str, factuality: Factuality) -> str:
        named = [[source.names[key] for key in ids] for ids in (self.participants or self.sources, self.targets)]
        return label(kind, mode, factuality, *named, joint=bool(self.participants))


def _roles(kind: EventType, mode: str, reports: list[Event]) -> _Roles:
    """Return who takes part in a happening.

    An event is symmetric by its type, or where its sources, named without a target, act on each other.
    """
    sources = tuple(dict.fromkeys(key for report in reports for key in report.sources))
    targets = tuple(dict.fromkeys(key for report in reports for key in report.targets))
    mutual = len(sources) > 1 and not targets and reciprocal(kind, mode)
    owner = f"event {reports[0].id!r}"
    if mutual or kind in ontology.symmetric_event_types():
        return _Roles(owner, (), (), tuple(dict.fromkeys(sources + targets)))
    return _Roles(owner, sources, targets, ())


def _mentions(source: Source, event: str, reports: list[Event]) -> tuple[MentionNode, ...]:
    """Return the reports as mentions, sorted by IRI, with their claims and what these contradict."""
    claims: dict[str, dict[str, ClaimNode]] = {}
    happened: dict[str, bool] = {}
    spans = {}
    for report in reports:
        iri = source.identifiers.mention(source.node.iri, report.trigger, event)
        spans[iri] = report
        own = claims.setdefault(iri, {})
        for claim in _claims(source, iri, report):
            own[claim.iri] = claim
            happened[claim.iri] = (claim.polarity == "affirms") != (report.factuality == "negated")
    against = {
        stance: tuple(sorted(iri for iri, says in happened.items() if says != stance)) for stance in (True, False)
    }
    return tuple(
        source.mention(
            iri,
            spans[iri].trigger,
            f"event {spans[iri].id!r}",
            tuple(_contradicted(own[claim], against[happened[claim]]) for claim in sorted(own)),
            _custom_types(source, spans[iri]),
            tuple(sorted({legible(name) for name in spans[iri].patterns if name})),
        )
        for iri, own in sorted(claims.items())
    )


def _custom_types(source: Source, report: Event) -> tuple[str, ...]:
    owner = f"event {report.id!r}"
    return tuple(sorted({source.custom_type(name, report.type, owner).iri for name in report.custom_types}))


def _custom(source: Source, reports: list[Event]) -> str:
    """Return what follows a label: the types of the user's own, in brackets."""
    found = {
        source.custom_type(name, report.type, f"event {report.id!r}").label
        for report in reports
        for name in report.custom_types
    }
    return f" ({', '.join(sorted(found))})" if found else ""


def _contradicted(claim: ClaimNode, others: tuple[str, ...]) -> ClaimNode:
    return replace(claim, contradicts=others) if others else claim


def _claims(source: Source, mention: str, report: Event) -> Iterator[ClaimNode]:
    owner = f"event {report.id!r}"
    claimant = source.claimant(report.claimant, owner)
    words = {(one.actor, one.denies): one for one in reversed(report.attributions)} if report.attributions else {}
    if claimant is not None:
        attribution = words.get((report.claimant, False)) if report.claimant else None
        yield _claim(source, mention, claimant, "affirms", attribution, owner)
    for key in report.disputed_by:
        yield _claim(source, mention, source.actor(key, owner), "denies", words.get((key, True)), owner)


def _claim(
    source: Source, mention: str, claimant: str, polarity: Polarity, attribution: Attribution | None, owner: str
) -> ClaimNode:
    claim = ClaimNode(source.identifiers.claim(mention, claimant, polarity), claimant, polarity)
    if attribution is None:
        return claim
    return replace(
        claim,
        cue=source.words(attribution.cue, owner),
        speaker=source.words(attribution.speaker, owner),
        quotes=tuple(sorted({_quote(source, span, attribution.verbatim, owner) for span in attribution.quotes})),
    )


def _quote(source: Source, span: Span, verbatim: bool, owner: str) -> QuoteNode:
    iri = source.identifiers.quote(source.node.iri, span, "verbatim" if verbatim else "reported")
    return QuoteNode(iri, span.begin, span.end, source.words(span, owner), verbatim)


def _places(source: Source, reports: list[Event]) -> tuple[str, ...]:
    named = (source.words(span, f"event {report.id!r}") for report in reports for span in report.places)
    return tuple(sorted(filter(None, {source.place(words) for words in named})))


def _period(source: Source, reports: list[Event]) -> dates.Period:
    """Return when it happened: the first day that a report gives, or else the first period."""
    given = [report for report in reports if report.date]
    try:
        periods = [dates.period(report.date) for report in given if report.date]
    except ValueError as error:
        raise source.wrong(f"event {given[0].id!r}: date {error}") from error
    return next((period for period in periods if period.day), periods[0] if periods else dates.Period(None, None))


def _confidence(source: Source, report: Event) -> float:
    try:
        return confidence(report.confidence)
    except ValueError as error:
        raise source.wrong(f"event {report.id!r}: {error}") from error
