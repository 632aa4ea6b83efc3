"""Whether two documents can be speaking of one happening, and how much says that they do.

Reports agree where type, parties, place and time agree within what the texts leave open: what one of them does not
say contradicts nothing. An army or a minister stands for its state, a town for the country it may lie in, and "gunmen"
may be anybody. A report without a date is of the days around its publication.

Agreement is counted in points: two for a party, the place or the day that both name, one for what only comes near it.
Who did it may differ where victim, place and day are the same and the texts are alike or somebody denies it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from kg import ontology
from kg.graph.actors import is_described
from kg.identifiers import fold
from kg.lexicon import gazetteer
from kg.ontology import PLOVER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.graph.model import ActorNode, EventNode, PlaceNode
    from kg.records import EventType, Factuality

ENOUGH: Final = 5
"""The points that make two reports one happening, where nothing contradicts it."""
_SAME: Final = 2
_NEAR: Final = 1
_OPEN: Final = 0
_APART: Final = -1
_COPIED: Final = 20
_DAYS_BEFORE: Final = 3
_DAYS_AFTER: Final = 1
_LONGEST_DAYS: Final = 31
_ALIKE: Final = 0.25
_CACHED: Final = 1 << 16
_FEW_WORDS: Final = 1 << 13
_UNDATED: Final = "9999"
_EARTH_KM: Final = 6371
_TOWN_KM: Final = 25
_REGION_KM: Final = 250
_FIRST_DAY: Final = date.min.toordinal()
_LAST_DAY: Final = date.max.toordinal()
_ORGANS: Final = frozenset({"GOVERNMENT_BODY", "MILITARY", "POLICE", "STATE"})
_FORCES: Final = frozenset({"MILITARY", "POLICE"})
_OFFICES: Final = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})


class Content(NamedTuple):
    """What a report says, apart from when and in what words; parties and places are IRIs, sorted."""

    type: EventType
    mode: str
    factuality: Factuality
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    participants: tuple[str, ...]
    places: tuple[str, ...]


_content = lru_cache(_CACHED)(Content)
"""Makes contents, the same one for reports that say the same, by which they are quickly compared."""


class Match(NamedTuple):
    """How far two contents agree: in points, and what more it needs to be believed.

    ``parties`` and ``place`` are the points for these, ``doubt`` is what it costs that one of them says it did not
    happen.
    """

    parties: int
    place: int
    doubt: int
    needs_dates: bool
    is_rival: bool

    @property
    def points(self) -> int:
        """How far they agree in all."""
        return self.parties + self.place - self.doubt


class Grounds(NamedTuple):
    """Why two reports are of one happening.

    ``rule`` is ``copy`` where both have a sentence of one text, ``rivals`` where they name different doers of one
    deed, or else ``agreement``. ``agrees_on`` holds, sorted, what of ``parties``, ``place``, ``day``, ``period``,
    ``manner`` and ``text`` they agree on, and ``score`` is the points for that.
    """

    rule: str
    agrees_on: tuple[str, ...]
    score: int


@dataclass(frozen=True, slots=True)
class Report:
    """An event as one document reports it, ready to be compared.

    ``first`` and ``last`` are the days (proleptic Gregorian ordinals) within which it falls by its date, if it
    ``has_date``, or else by the publication of the document. ``published`` is when that was, ``9999`` where that is
    not known. ``originals`` are the documents that its own are copies of, or else themselves; ``anchors`` are folded.
    """

    event: EventNode
    content: Content
    first: int
    last: int
    has_date: bool
    documents: frozenset[str]
    published: str
    originals: frozenset[str]
    anchors: tuple[str, ...]

    @property
    def sentences(self) -> frozenset[str]:
        """The sentences of the report, folded; they are folded anew for each use, since they are all of the texts."""
        return _folded_all(tuple([mention.sentence for mention in self.event.mentions]))

    @property
    def days(self) -> int:
        """The number of days between the first and the last."""
        return self.last - self.first

    @property
    def is_dated(self) -> bool:
        """Whether the days are few enough to tell one happening from the next."""
        return self.days <= _LONGEST_DAYS

    @property
    def age(self) -> tuple[bool, str]:
        """What puts originals before copies, and early before late."""
        return (self.originals != self.documents, self.published)

    @property
    def key(self) -> tuple[str, str]:
        """What reports are sorted by where nothing else decides."""
        return (self.event.iri, self.event.label)


def report(event: EventNode, published: Mapping[str, str], originals: Mapping[str, str]) -> Report:
    """Return an event of one document ready to be compared.

    Args:
        event: The event.
        published: The day or moment of publication of documents, by IRI, where known.
        originals: The original of each document that is a copy.
    """
    documents = _set(*{mention.document for mention in event.mentions})
    sources = _originals(documents, originals)
    earliest, latest = event.date or event.earliest, event.date or event.latest
    dated = bool(earliest or latest)
    if dated:
        first = date.fromisoformat(earliest).toordinal() if earliest else _FIRST_DAY
        last = date.fromisoformat(latest).toordinal() if latest else _LAST_DAY
    else:
        first, last = _around(published[document] for document in sources if document in published)
    return Report(
        event=event,
        content=_content(
            event.type, event.mode, event.factuality, event.sources, event.targets, event.participants, event.places
        ),
        first=first,
        last=last,
        has_date=dated,
        documents=documents,
        published=min((published[document] for document in documents if document in published), default=_UNDATED),
        originals=sources,
        anchors=_words_of(tuple([mention.anchor for mention in event.mentions])),
    )


def _originals(documents: frozenset[str], originals: Mapping[str, str]) -> frozenset[str]:
    """Return the documents that some are copies of, or else themselves."""
    if originals.keys().isdisjoint(documents):
        return documents
    return _set(*{originals.get(document, document) for document in documents})


@lru_cache(_CACHED)
def _words_of(anchors: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({fold(anchor) for anchor in anchors}))


@lru_cache(_FEW_WORDS)
def _folded_all(sentences: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, sentences))


@lru_cache(_CACHED)
def _set(*iris: str) -> frozenset[str]:
    """Return a set of IRIs, the same one for the reports of one document."""
    return frozenset(iris)


class Agreement:
    """Compares reports that speak of these actors and places, given by IRI."""

    def __init__(self, actors: Mapping[str, ActorNode], places: Mapping[str, PlaceNode]) -> None:
        self._actors = actors
        self._places = places
        self.match: Callable[[Content, Content], Match | None] = lru_cache(_CACHED)(self._match)
        """Compare two contents; None where they contradict each other."""
        self._actors_agree = lru_cache(_CACHED)(self._compare_actors)
        self._places_agree = lru_cache(_CACHED)(self._compare_places)

    def points(self, one: Report, other: Report) -> int:
        """Return the points for two reports to be of one happening, at least :data:`ENOUGH`, or else 0."""
        if one.first > other.last or other.first > one.last or one.documents == other.documents:
            return 0
        if len(one.documents) != 1 or len(other.documents) != 1:
            return 0
        match = self.match(one.content, other.content)
        if match is None:
            return 0
        if not one.originals.isdisjoint(other.originals) and not one.sentences.isdisjoint(other.sentences):
            return _COPIED + match.points + _manner(one, other)
        time = _time(one, other)
        if match.needs_dates and not (one.has_date and other.has_date and time):
            return 0
        if match.is_rival and not (time == _SAME and _is_one_story(one, other)):
            return 0
        points = match.points + time + _manner(one, other)
        return points if points >= ENOUGH else 0

    def grounds(self, one: Report, other: Report) -> Grounds | None:
        """Return why two reports are of one happening, or None where they have too few points for that."""
        score, match = self.points(one, other), self.match(one.content, other.content)
        if not score or match is None:
            return None
        is_copy = score >= _COPIED
        time = _time(one, other)
        agreed = {
            "parties": match.parties > 0,
            "place": match.place > 0,
            "day": time == _SAME,
            "period": time == _NEAR,
            "manner": _manner(one, other) > 0,
            "text": is_copy,
        }
        rule = "copy" if is_copy else "rivals" if match.is_rival else "agreement"
        return Grounds(rule, tuple(sorted(name for name, holds in agreed.items() if holds)), score)

    def block_names(self, content: Content) -> list[str]:
        """Return what stands for the parties where reports are looked for: a state for all that acts for it.

        Parties who are only described are left out, since others may describe them otherwise.
        """
        nodes = (self._actors[iri] for iri in _parties(content) if iri in self._actors)
        return sorted({_block_name(node) for node in nodes if not is_described(node.name, node.type, node.country)})

    def _match(self, one: Content, other: Content) -> Match | None:
        if one.type != other.type:
            return None
        doubt, needs_dates = _standing(one.factuality, other.factuality)
        place = self._any(one.places, other.places, self._places_agree)
        if place == _APART:
            return None
        near_place = _SAME if place == _SAME else _OPEN
        if one.participants or other.participants:
            together = self._together(_parties(one), _parties(other))
            return None if together == _APART else Match(together, near_place, doubt, needs_dates, is_rival=False)
        source = self._any(one.sources, other.sources, self._actors_agree)
        target = self._any(one.targets, other.targets, self._actors_agree)
        rival = source == _APART
        if target == _APART or (rival and not (target == place == _SAME and _is_deed(one.type))):
            return None
        return Match(max(source, 0) + target, near_place, doubt, needs_dates, rival)

    def _any(self, ones: Sequence[str], others: Sequence[str], agree: Callable[[str, str], int]) -> int:
        """Return how far two sets agree: as far as their nearest members do, and openly where one is empty."""
        if not ones or not others:
            return _OPEN
        return max([agree(one, other) if one < other else agree(other, one) for one in ones for other in others])

    def _together(self, ones: frozenset[str], others: frozenset[str]) -> int:
        """Return the points for two parties of equals, who may not each have a member that the other lacks."""
        shared = ones & others
        rest, other_rest = sorted(ones - others), sorted(others - ones)
        nearest = self._any(rest, other_rest, self._actors_agree)
        if rest and other_rest and nearest == _APART:
            return _APART
        near = min(self._near(rest, other_rest), self._near(other_rest, rest))
        return min(_SAME * len(shared) + _NEAR * near, 2 * _SAME)

    def _near(self, ones: Sequence[str], others: Sequence[str]) -> int:
        """Return how many of ``ones`` come near any of ``others``."""
        return sum(any(self._actors_agree(*sorted((one, other))) == _NEAR for other in others) for one in ones)

    def _compare_actors(self, one: str, other: str) -> int:
        if one == other:
            return _SAME
        if one not in self._actors or other not in self._actors:
            return _APART
        return _kinship(self._actors[one], self._actors[other])

    def _compare_places(self, one: str, other: str) -> int:
        if one == other:
            return _SAME
        if one not in self._places or other not in self._places:
            return _APART
        return _containment(self._places[one], self._places[other])


def _around(published: Iterable[str]) -> tuple[int, int]:
    """Return the days that reports without a date are of, by when they were published."""
    days = [date.fromisoformat(moment[:10]).toordinal() for moment in published]
    if not days:
        return _FIRST_DAY, _LAST_DAY
    return max(min(days) - _DAYS_BEFORE, _FIRST_DAY), min(max(days) + _DAYS_AFTER, _LAST_DAY)


def _parties(content: Content) -> frozenset[str]:
    return frozenset(chain(content.sources, content.targets, content.participants))


def _standing(one: Factuality, other: Factuality) -> tuple[int, bool]:
    """Return what it costs that two reports differ on whether it happened, and if only dates can then join them."""
    if one == other:
        return 0, False
    if {one, other} == {"happened", "negated"}:
        return 1, False
    return int("possible" in (one, other)), True


def _is_deed(kind: EventType) -> bool:
    return ontology.quad_class(kind) == PLOVER.material_conflict


def _kinship(one: ActorNode, other: ActorNode) -> int:
    """Compare two actors that are not the same node."""
    if one.country and other.country and one.country != other.country:
        return _APART
    if any(is_described(actor.name, actor.type, actor.country) for actor in (one, other)):
        return _NEAR if fold(one.name) == fold(other.name) else _OPEN
    if not one.country or not other.country:
        return _APART
    kinds = {one.type, other.type}
    if "STATE" in kinds and all(map(_acts_for_state, (one, other))):
        return _NEAR
    if len(kinds) == 1:
        return _OPEN if kinds <= _FORCES else _APART
    return _OPEN if all(map(_acts_for_state, (one, other))) and not kinds >= _FORCES else _APART


def _acts_for_state(actor: ActorNode) -> bool:
    return actor.type in _ORGANS or (actor.type == "PERSON" and actor.sector in _OFFICES)


def _block_name(actor: ActorNode) -> str:
    return actor.country if actor.country and _acts_for_state(actor) else actor.iri


def _containment(one: PlaceNode, other: PlaceNode) -> int:
    """Compare two places that are not the same node: one may lie in the other, or be it by another name."""
    countries = [_country(place) for place in (one, other)]
    if all(countries) and countries[0] != countries[1]:
        return _APART
    away_km = _away_km(one, other)
    if away_km is not None and one.precision == other.precision == "city":
        return _SAME if away_km <= _TOWN_KM else _APART
    words = [set(fold(place.name).split()) for place in (one, other)]
    states = [gazetteer().place(place.name) for place in (one, other)]
    if words[0] <= words[1] or words[1] <= words[0] or all(found and found.is_own_name for found in states):
        return _SAME
    wide = [place.precision == "country" or _names_state(place) for place in (one, other)]
    if any(wide):
        return _APART if all(wide) else _OPEN
    return _OPEN if away_km is not None and away_km <= _REGION_KM else _APART


def _away_km(one: PlaceNode, other: PlaceNode) -> float | None:
    """Return the great-circle distance of two places whose points are known."""
    points = (one.latitude, one.longitude, other.latitude, other.longitude)
    if None in points:
        return None
    north, east, other_north, other_east = (radians(degrees or 0) for degrees in points)
    half = sin((other_north - north) / 2) ** 2
    half += cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(sqrt(half), 1))


def _country(place: PlaceNode) -> str:
    """Return the code of the state that a place lies in, as far as its name or the graph says."""
    found = gazetteer().place(place.name)
    within = gazetteer().countries_in(place.name)
    return place.country or (found.iso3 if found else within[0] if len(within) == 1 else "")


def _names_state(place: PlaceNode) -> bool:
    """Say whether a place is a state or is named after one, as its north is."""
    return any(match.entry.is_own_name for match in gazetteer().matches(place.name))


def _time(one: Report, other: Report) -> int:
    if not (one.is_dated and other.is_dated):
        return _OPEN
    same_day = one.has_date and other.has_date and one.days == other.days == 0
    return _SAME if same_day else _NEAR


def _manner(one: Report, other: Report) -> int:
    mode, other_mode = one.content.mode, other.content.mode
    if mode and other_mode:
        return _NEAR if mode == other_mode else -_NEAR
    return _NEAR if _share(one.anchors, other.anchors) else _OPEN


def _is_one_story(one: Report, other: Report) -> bool:
    """Say whether two reports of different doers are rival accounts of one deed, and not of two deeds."""
    return one.event.contested or other.event.contested or likeness(one, other) >= _ALIKE


def likeness(one: Report, other: Report) -> float:
    """Return the share of words that the sentences of two reports have in common (their Jaccard index)."""
    words, others = _words(one.sentences), _words(other.sentences)
    shared = len(words & others)
    union = len(words) + len(others) - shared
    return shared / union if union else 0.0


@lru_cache(_FEW_WORDS)
def _words(sentences: frozenset[str]) -> frozenset[str]:
    return frozenset(word for sentence in sentences for word in sentence.split())


def _share(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return any(one in others for one in ones)
