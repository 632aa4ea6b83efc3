"""Events across documents: reports of one happening in different documents become one event.

The pairs that agree best are joined first, and two groups only where no member of one contradicts a member of the
other (agglomerative clustering with complete-link constraints), so that no chain of reports leads from one day or
place to the next. A document tells its own happenings apart: two of its events are never joined.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.graph.accounts import account
from kg.graph.agreement import Agreement, likeness, report
from kg.graph.blocks import pairs
from kg.graph.events import strongest
from kg.graph.model import EventNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.graph.agreement import Content, Report
    from kg.graph.model import AccountNode, ActorNode, DocumentNode, MentionNode, PlaceNode
    from kg.identifiers import Identifiers

_WHOLE: Final = 1000
_MOST: Final = 100


def happenings(
    identifiers: Identifiers,
    reported: Iterable[EventNode],
    documents: Iterable[DocumentNode],
    actors: Iterable[ActorNode],
    places: Iterable[PlaceNode],
) -> list[EventNode]:
    """Return the happenings that documents report, each once and sorted by IRI.

    What one document alone reports is returned as it is. The order of nothing that is given matters.

    Args:
        identifiers: Names the events of several documents, by what they are made of.
        reported: The events as each document reports them.
        documents: The documents; which of them are copies is known (``copy_of``).
        actors: The actors that take part in the events.
        places: The places where these happen.
    """
    agreement = Agreement({actor.iri: actor for actor in actors}, {place.iri: place for place in places})
    known = list(documents)
    published = {node.iri: node.published for node in known if node.published}
    originals = {node.iri: node.copy_of for node in known if node.copy_of}
    reports = sorted((report(event, published, originals) for event in reported), key=lambda one: one.key)
    groups = _Groups(reports, agreement)
    for one, other in _links(reports, agreement):
        groups.join(one, other)
    return sorted((_event(identifiers, group, agreement) for group in groups.found()), key=lambda event: event.iri)


def _links(reports: Sequence[Report], agreement: Agreement) -> Iterator[tuple[int, int]]:
    """Give the pairs that are of one happening, those that agree best first.

    Each is sorted as one whole number, which takes a fifth of the memory of nested tuples: points, likeness in
    thousandths, and the numbers of the two reports.
    """
    count = len(reports)
    found: set[int] = set()
    for one, other in pairs(reports, agreement):
        points = agreement.points(reports[one], reports[other])
        if points:
            unlike = _WHOLE - round(_WHOLE * likeness(reports[one], reports[other]))
            found.add((((_MOST - points) * (_WHOLE + 1) + unlike) * count + one) * count + other)
    return (divmod(link % (count * count), count) for link in sorted(found))


@dataclass(slots=True)
class _Group:
    """Reports of one happening, by number, with what any other must not contradict."""

    members: list[int]
    contents: set[Content]
    documents: set[str]
    first: int
    last: int
    joined: list[tuple[int, int]] = field(default_factory=list)


class _Joined(NamedTuple):
    """The reports of one happening, and by which pairs of them, each a number here, they came together."""

    reports: Sequence[Report]
    links: Sequence[tuple[int, int]]


@dataclass
class _Groups:
    """The happenings found so far; at first each report is one, and is no group before it is compared."""

    reports: Sequence[Report]
    agreement: Agreement
    groups: dict[int, _Group] = field(default_factory=dict)
    of: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.of = list(range(len(self.reports)))

    def found(self) -> Iterator[_Joined]:
        """Give the happenings, each with its reports sorted."""
        for number, of in enumerate(self.of):
            if number == of and number not in self.groups:
                yield _Joined([self.reports[number]], ())
        for group in self.groups.values():
            members = sorted(group.members)
            place_of = {member: place for place, member in enumerate(members)}
            links = [(place_of[one], place_of[other]) for one, other in group.joined]
            yield _Joined([self.reports[member] for member in members], links)

    def join(self, one: int, other: int) -> None:
        """Make the groups of two reports one, unless it is already or something in them contradicts it."""
        if self.of[one] == self.of[other]:
            return
        known = {place: self._group(place) for place in (self.of[one], self.of[other])}
        places = sorted(known, key=lambda place: (-len(known[place].members), place))
        if not self._agree(*known.values()):
            return
        kept, gone = self.groups[places[0]], self.groups.pop(places[1])
        for member in gone.members:
            self.of[member] = places[0]
        kept.members += gone.members
        kept.joined += [*gone.joined, (one, other)]
        kept.contents |= gone.contents
        kept.documents |= gone.documents
        kept.first, kept.last = max(kept.first, gone.first), min(kept.last, gone.last)

    def _group(self, number: int) -> _Group:
        if number not in self.groups:
            one = self.reports[number]
            self.groups[number] = _Group([number], {one.content}, set(one.documents), one.first, one.last)
        return self.groups[number]

    def _agree(self, one: _Group, other: _Group) -> bool:
        # Stretches of days that overlap two by two all have a day in common, so one comparison does for all.
        if max(one.first, other.first) > min(one.last, other.last) or not one.documents.isdisjoint(other.documents):
            return False
        match = self.agreement.match
        return all(match(*sorted((left, right))) is not None for left in one.contents for right in other.contents)


def _event(identifiers: Identifiers, joined: _Joined, agreement: Agreement) -> EventNode:
    """Return the event that the reports of a group make."""
    group = joined.reports
    if len(group) == 1:
        return group[0].event
    events = [one.event for one in group]
    factualities = {event.factuality for event in events}
    factuality = strongest(factualities)
    rivals = _rivals(group, agreement)
    is_joint = any(event.participants for event in events)
    sources, targets, participants = (_union(events, role) for role in ("sources", "targets", "participants"))
    modes = Counter(event.mode for event in events if event.mode)
    earliest, latest = _bounds(events)
    return EventNode(
        iri=identifiers.happening(events[0].type, [event.iri for event in events]),
        type=events[0].type,
        label=_label([event for event in events if event.factuality == factuality]),
        factuality=factuality,
        mode=min(modes, key=lambda mode: (-modes[mode], mode), default=""),
        sources=() if is_joint else sources,
        targets=() if is_joint else targets,
        participants=tuple(sorted({*sources, *targets, *participants})) if is_joint else (),
        places=_union(events, "places"),
        date=earliest if earliest == latest else None,
        earliest=None if earliest == latest else earliest,
        latest=None if earliest == latest else latest,
        contested=bool(rivals)
        or any(event.contested for event in events)
        or ("negated" in factualities and factuality != "negated"),
        confidence=max(event.confidence for event in events),
        mentions=_mentions(events, rivals),
        accounts=_accounts(identifiers, joined, agreement),
    )


def _accounts(identifiers: Identifiers, joined: _Joined, agreement: Agreement) -> tuple[AccountNode, ...]:
    """Return what each document says, and for all but the first which other it was joined to and why.

    The first is that of the earliest document that is no copy. The pairs by which the reports came together make a
    tree; from the first account, each other one is joined to the one before it.
    """
    near: list[list[int]] = [[] for _ in joined.reports]
    for one, other in joined.links:
        near[one].append(other)
        near[other].append(one)
    first = min(range(len(near)), key=lambda number: (*joined.reports[number].age, number))
    before: dict[int, int | None] = {first: None}
    reached = [first]
    for number in reached:
        for other in sorted({other for other in near[number] if other not in before}):
            before[other] = number
            reached.append(other)
    accounts = (_account(identifiers, agreement, joined.reports, *pair) for pair in before.items())
    return tuple(sorted(accounts, key=attrgetter("iri")))


def _account(
    identifiers: Identifiers, agreement: Agreement, reports: Sequence[Report], number: int, before: int | None
) -> AccountNode:
    own = reports[number]
    if before is None:
        return account(identifiers, own.event)
    grounds = agreement.grounds(*sorted((own, reports[before]), key=lambda report: report.key))
    return account(identifiers, own.event, reports[before].event.iri, grounds)


def _union(events: Sequence[EventNode], role: str) -> tuple[str, ...]:
    return tuple(sorted(set[str]().union(*map(attrgetter(role), events))))


def _label(events: Sequence[EventNode]) -> str:
    """Return the commonest label, of equals that which names most."""
    labels = Counter(event.label for event in events)
    return min(labels, key=lambda label: (-labels[label], -len(label), label))


def _bounds(events: Sequence[EventNode]) -> tuple[str | None, str | None]:
    """Return the days that bound a happening by all dates that are given."""
    earliest = max(filter(None, (event.date or event.earliest for event in events)), default=None)
    latest = min(filter(None, (event.date or event.latest for event in events)), default=None)
    return earliest, latest


def _rivals(group: Sequence[Report], agreement: Agreement) -> list[tuple[str, str]]:
    """Return the pairs of documents' events that name different doers, by IRI."""
    contents = {one.content for one in group}
    apart = {
        pair
        for pair in combinations(sorted(contents), 2)
        if (match := agreement.match(*pair)) is not None and match.is_rival
    }
    if not apart:
        return []
    said: defaultdict[Content, list[str]] = defaultdict(list)
    for one in group:
        said[one.content].append(one.event.iri)
    return [pair for one, other in sorted(apart) for pair in product(said[one], said[other])]


def _mentions(events: Sequence[EventNode], rivals: Iterable[tuple[str, str]]) -> tuple[MentionNode, ...]:
    """Return all reports, each claim with those of other documents that it cannot stand beside."""
    sides = {event.iri: _sides(event) for event in events}
    against: defaultdict[str, set[str]] = defaultdict(set)
    for stance in (True, False):
        opposed = frozenset[str]().union(*(side[not stance] for side in sides.values()))
        for side in sides.values():
            for claim in side[stance] if opposed else ():
                against[claim].update(opposed - side[not stance])
    for pair in rivals:
        for one, other in (pair, pair[::-1]):
            for claim in sides[one][True]:
                against[claim].update(sides[other][True])
    mentions = (_contradicted(mention, against) for event in events for mention in event.mentions)
    return tuple(sorted(mentions, key=lambda mention: mention.iri))


def _sides(event: EventNode) -> Mapping[bool, frozenset[str]]:
    """Return the claims by which a document's event happened and those by which it did not.

    Where its own reports differ so that their claims, though all affirming, contradict each other, the event does not
    tell which is which, and neither side is given.
    """
    claims = [claim for mention in event.mentions for claim in mention.claims]
    polarity = {claim.iri: claim.polarity for claim in claims}
    if any(polarity.get(other) == claim.polarity for claim in claims for other in claim.contradicts):
        return {True: frozenset(), False: frozenset()}
    happened = event.factuality != "negated"
    return {
        stance: frozenset(claim.iri for claim in claims if (claim.polarity == "affirms") == (stance == happened))
        for stance in (True, False)
    }


def _contradicted(mention: MentionNode, against: Mapping[str, set[str]]) -> MentionNode:
    if not any(against.get(claim.iri) for claim in mention.claims):
        return mention
    claims = (
        replace(claim, contradicts=tuple(sorted({*claim.contradicts, *against.get(claim.iri, ())})))
        for claim in mention.claims
    )
    return replace(mention, claims=tuple(claims))
