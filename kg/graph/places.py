"""Places of many documents as nodes: which entry of the gazetteers each is, and what the node is called."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kg.graph.model import PlaceNode
from kg.graph.source import place_name
from kg.resolve.places import resolve
from kg.resolve.setting import Setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.source import Source
    from kg.identifiers import Identifiers
    from kg.records import Event
    from kg.resolve.places import Place

# The grounds for taking an entry, the firmest first: a node of several documents keeps the firmest.
_FIRMEST: Final[tuple[str, ...]] = ("qualifier", "sentence", "lexicon", "document", "population")


@dataclass(slots=True)
class Places:
    """The places met so far, by IRI."""

    identifiers: Identifiers
    tallies: dict[str, Tally] = field(default_factory=dict)

    def add(self, source: Source) -> dict[str, str]:
        """Take in the places that events and relations of a document name; return their IRIs by name.

        Raises:
            RecordError: If the record refers to what it lacks.
        """
        found: dict[str, str] = {}
        setting = Setting(source.record.document.text, source.record.sentences)
        for name, countries in _named(source).items():
            place = resolve(name, setting.context(name, countries))
            iri = found[name] = identity(self.identifiers, name, place)
            self.tallies.setdefault(iri, Tally()).add(name, place)
        return found

    def nodes(self) -> Iterator[PlaceNode]:
        """Give a node for each place, sorted by IRI."""
        return (self.tallies[iri].node(iri) for iri in sorted(self.tallies))


def identity(identifiers: Identifiers, name: str, place: Place | None) -> str:
    """Return the IRI of a place: the one place that decides which places of different documents are one.

    Names of one entry of the gazetteers are one place. A name in an entry, as ``northern Syria``, is one with the
    same name in the same state; one that is not known, with the same name.
    """
    if place is None:
        return identifiers.place(name)
    if place.whole:
        return identifiers.place(place.name, place.country, place.geonames)
    return identifiers.place(name, place.country)


@dataclass(slots=True)
class Tally:
    """What documents call one place, each name with the number of documents, and what it was resolved to."""

    names: Counter[str] = field(default_factory=Counter)
    places: set[Place] = field(default_factory=set)

    def add(self, name: str, place: Place | None) -> None:
        """Take in the place as one document names it."""
        self.names[name] += 1
        self.places.update([place] if place else [])

    def node(self, iri: str) -> PlaceNode:
        """Return the node: the commonest name, all others, and the entry."""
        name = min(self.names, key=lambda one: (-self.names[one], one.swapcase()))
        others = tuple(sorted(self.names.keys() - {name}))
        if not self.places:
            return PlaceNode(iri, name, alt_names=others)
        place = min(self.places, key=_firmness)
        return PlaceNode(
            iri=iri,
            name=name,
            country=place.country,
            latitude=place.latitude,
            longitude=place.longitude,
            alt_names=others,
            precision=place.precision,
            entry=place.name,
            basis=place.basis,
            geonames=place.geonames if place.whole else "",
            population=place.population if place.whole else None,
        )


def one_place(one: PlaceNode, other: PlaceNode) -> PlaceNode:
    """Return the node of a place that two graphs hold: of its two names, the one that sorts first."""
    names = {one.name, other.name}
    name = min(names, key=str.swapcase)
    others = names.union(one.alt_names, other.alt_names) - {name}
    kept = min(one, other, key=lambda node: (not node.basis, _rank(node.basis), repr(node)))
    return replace(kept, name=name, alt_names=tuple(sorted(others)))


def _firmness(place: Place) -> tuple[int, str]:
    return _rank(place.basis), repr(place)


def _rank(basis: str) -> int:
    return _FIRMEST.index(basis) if basis in _FIRMEST else len(_FIRMEST)


def _named(source: Source) -> dict[str, set[str]]:
    """Return the names of places, with the states of those who take part in what happens there."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    countries = {actor.id: actor.country for actor in source.record.actors}
    for event in source.record.events:
        for span in event.places:
            if name := place_name(source.words(span, f"event {event.id!r}")):
                found[name].update(countries.get(key, "") for key in _parties(event))
    for relation in source.record.relations:
        if relation.target_place and (name := place_name(relation.target_place)):
            found[name].add(countries.get(relation.source, ""))
    return dict(found)


def _parties(event: Event) -> tuple[str, ...]:
    return (*event.sources, *event.targets)
